"""The targets that a question sets against each other: half named, told by their figures, listed."""

from __future__ import annotations

import pytest

from assistant.operands import listed_things, sides
from assistant.service import Assistant

TOLD = [
    ("秸秆、畜禽粪污、化肥农药这三个利用率从高到低", ["straw-use", "manure-use", "fertilizer-pesticide-use"]),
    ("秸秆、畜禽粪污、化肥农药这三个利用率从低到高", ["fertilizer-pesticide-use", "manure-use", "straw-use"]),
    ("4000公里跟1.86万吨/日能不能加？", ["sewage-pipes", "waste-incineration"]),
    ("86%和43%是不是两倍关系？", ["straw-use", "fertilizer-pesticide-use"]),
    ("45%和55%的那两个覆盖率加起来是不是100%？", ["unified-pest-control", "green-pest-control"]),
    ("20%左右和21.6%差多少？", ["non-fossil-share", "non-fossil-share-strive"]),
    ("工业用水和工业能耗，哪个降得多？", ["industrial-water-intensity", "industrial-energy-intensity"]),
]


@pytest.mark.parametrize(("question", "expected"), TOLD, ids=[question for question, _ in TOLD])
def test_finds_what_is_set_against_each_other(assistant: Assistant, question: str, expected: list[str]) -> None:
    """Exactly the meant targets are used, in the order of the question or of their values."""
    assert [row.indicator_id for row in assistant.ask(question).indicators] == expected


RESULTS = [
    ("86%和43%是不是两倍关系？", "86% ÷ 43% = 2 倍"),
    ("45%和55%的那两个覆盖率加起来是不是100%？", "45% + 55% = 100 个百分点"),
    ("13%和14.5%之间差几个百分点？", "14.5% − 13% = 1.5 个百分点"),
    ("非化石能源力争目标比单位GDP能耗激励目标高几个点？", "21.6% − 14.5% = 7.1 个百分点"),
    ("充电设施覆盖率是新能源营运车船比例的四倍吗？", "100% ÷ 25% = 4 倍"),
    ("600家跟12家加一块是多少家？", "600 家以上 + 12 家以上 = 612 家"),
    ("4000公里跟1.86万吨/日能不能加？", "单位不同"),
]


@pytest.mark.parametrize(("question", "result"), RESULTS, ids=[question for question, _ in RESULTS])
def test_works_it_out(assistant: Assistant, question: str, result: str) -> None:
    """The result is worked out in plain sight from the figures that are meant."""
    assert result in assistant.ask(question).answer


@pytest.mark.parametrize("question", ["3000公里跟2.5万吨/日能不能加？", "31%和77%差多少？"])
def test_foreign_figures_are_no_targets(assistant: Assistant, question: str) -> None:
    """Figures that are no targets of the plan bring no target in."""
    assert assistant.ask(question).indicators == ()


def test_lists_without_a_measure() -> None:
    """A list whose last item measures nothing is none; a list that measures is given its measure item by item."""
    names = ["秸秆综合利用率", "绿色防控覆盖率"]
    assert list(listed_things("秸秆、粪污从高到低", names)) == []
    assert list(listed_things("秸秆和粪污的利用率哪个高", names)) == [("秸秆利用率", "粪污利用率")]
    assert list(sides("高")) == []


LISTS = [
    ("规上工业能耗降20%、用水量降15%，我没记反吧？", ["industrial-energy-intensity", "industrial-water-intensity"]),
    ("秸秆综合利用率和统防统治覆盖率还有绿色防控的目标是多少？", ["straw-use", "green-pest-control", "unified-pest-control"]),
    ("秸秆综合利用率是多少，由谁负责？", ["straw-use"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), LISTS, ids=[question for question, _ in LISTS])
def test_lists_that_half_name_targets(assistant: Assistant, question: str, expected: list[str]) -> None:
    """What stands in a list beside a named target is answered too; what asks something else brings none in."""
    assert sorted(row.indicator_id for row in assistant.ask(question).indicators) == sorted(expected)


def test_swapped_figures_are_put_right(assistant: Assistant) -> None:
    """Two figures told of each other's targets are both denied; in their own places neither is."""
    swapped = assistant.ask("统防统治是55%、绿色防控是45%，对不对？").answer
    assert swapped.count("不是这样") == 2
    assert "不是这样" not in assistant.ask("统防统治是45%、绿色防控是55%，对不对？").answer
