"""What questions say of the form of targets: named, denied, both ways, and by what they are counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.forms import excluded_names, read_forms, told_units
from assistant.service import Assistant
from assistant.tallies import read_tally
from corpus import Indicator, load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")
ROWS = PLAN.indicators

NAMED: list[tuple[str, str, bool | None]] = [
    ("带百分号的目标有几个", "percent", True),
    ("不带百分号的目标", "percent", False),
    ("百分数以外的目标", "percent", False),
    ("除了百分比，还有什么数", "percent", False),
    ("这些目标是不是百分数", "percent", True),
    ("单位地区生产总值能耗", "percent", None),
    ("有没有写明年份的目标", "year", True),
    ("没写明哪一年完成的目标", "year", False),
    ("没有写完成年份的", "year", False),
    ("不是力争的有哪些", "strive", False),
    ("去掉力争的那些", "strive", False),
    ("力争的不算", "strive", False),
    ("那条有几个目标写了具体数", "figure", True),
    ("没给具体数字的目标", "figure", False),
    ("有数字的和没有数字的各几个", "figure", None),
    ("只有文字的目标", "words", True),
    ("没写上限的目标", "at_most", False),
    ("不带“以上”“左右”的目标", "approximate", False),
    ("带小数点的指标", "decimal", True),
]


@pytest.mark.parametrize(("question", "form", "wanted"), NAMED, ids=[question for question, *_ in NAMED])
def test_forms(question: str, form: str, wanted: bool | None) -> None:
    """A form is wanted, denied, or left open, as the question has it."""
    assert read_forms(question).wants(form) is wanted


UNITS = [
    ("按每天算的指标", {"万立方米/日", "万吨/日"}),
    ("论家数的目标", {"家"}),
    ("以公里为单位的", {"公里"}),
    ("按吨计的", {"万吨/日"}),
    ("用克表示的目标", {"克标准煤/千瓦时"}),
    ("每天焚烧多少吨垃圾", set()),
    ("责任单位是哪几家", set()),
]


@pytest.mark.parametrize(("question", "units"), UNITS, ids=[question for question, _ in UNITS])
def test_units(question: str, units: set[str]) -> None:
    """A unit that is only counted in is found, whole or by a part of it; one that is merely asked for is not."""
    assert set(told_units(question, PLAN)) == units


def test_names_both_ways() -> None:
    """有数字的和没有数字的 names one form both ways."""
    assert read_forms("有数字的和没有数字的各几个").names_both("figure")
    assert not read_forms("有数字的有几个").names_both("figure")


def test_exclusions_and_tallies() -> None:
    """A thing left out by its name is told from a form that is denied; most targets from the highest target."""
    assert excluded_names("撇开污泥，其他90%以上的有哪些") == ("污泥",)
    assert excluded_names("除了力争的，还有哪些") == ()
    assert (read_tally("每一章各有几个指标"), read_tally("目标最多的是哪一条")) == ("chapter", "clause")
    assert read_tally("哪一条的目标值最大") == ""


Test = Callable[[Indicator], bool]
ASKED: list[tuple[str, Test]] = [
    ("方案里带百分号的目标总共几项？", lambda row: row.unit == "%"),
    ("除了百分数，还有哪些带数的目标？", lambda row: row.is_numeric and row.unit != "%"),
    ("有没有没写明哪一年完成的数字目标？", lambda row: row.is_numeric and not (row.target_year or row.period)),
    ("哪些指标是按每天算的？", lambda row: row.unit.endswith("/日")),
    ("论家数的目标有哪些？", lambda row: row.unit == "家"),
    ("三、（四）有几个目标写了具体数？", lambda row: row.is_numeric and row.clause_id == "3.4"),
    ("三、（五）里头，不是力争的数字目标有哪些？", lambda row: row.is_numeric and row.clause_id == "3.5" and row.strength == "firm"),
    ("指标值带小数点的有哪些？", lambda row: row.is_numeric and "." in row.value),
    ("交通和农业那两条有几个百分比目标？", lambda row: row.unit == "%" and row.clause_id in ("3.4", "3.5")),
    ("第三章以外的数字目标有哪些？", lambda row: row.is_numeric and not row.clause_id.startswith("3")),
    ("哪几个数是按每天多少算的", lambda row: row.unit.endswith("/日")),
    ("第三章除了第五条，还有哪些70%以上的百分比目标", lambda row: row.unit == "%" and row.is_numeric and float(row.value) >= 70 and row.clause_id != "3.5"),
    ("哪些目标既是力争的，又规定了下限？", lambda row: row.strength != "firm" and row.comparator == ">="),
]  # fmt: skip


@pytest.mark.parametrize(("question", "test"), ASKED, ids=[question for question, _ in ASKED])
def test_answers_by_form(assistant: Assistant, question: str, test: Test) -> None:
    """Exactly the targets of the form that is asked for are used."""
    assert used(assistant.ask(question)) == [row.indicator_id for row in ROWS if test(row)]


def test_counts_clause_by_clause(assistant: Assistant) -> None:
    """The clause with the most figures is told with all of them; every clause is counted where each is asked for."""
    most = assistant.ask("哪一条的数字目标最多，有几个？")
    assert used(most) == [row.indicator_id for row in ROWS if row.is_numeric and row.clause_id == "3.5"]
    assert "共 6 项" in most.answer
    each = assistant.ask("各章各有几个数字目标？").answer
    assert all(f"，共 {number} 项：" in each for number in (2, 22))


def test_leaves_out_by_name(assistant: Assistant) -> None:
    """What is left out by its name is not told."""
    assert used(assistant.ask("除了秸秆，三、（五）还有哪些80%以上的目标？")) == ["manure-use"]


def used(answer: Answer) -> list[str]:
    return [row.indicator_id for row in answer.indicators]


SIFTED: list[tuple[str, str, Test]] = [
    ("三、（十）有哪些数字目标？", "不是百分数的呢？", lambda row: row.clause_id == "3.10" and row.is_numeric and row.unit != "%"),
    ("力争的目标有哪些？", "没写年份的有吗", lambda row: row.strength != "firm" and not (row.target_year or row.period)),
    ("三、（五）有哪些数字目标？", "倒数第一是哪个？", lambda row: row.indicator_id == "rural-sewage-treatment"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "question", "test"), SIFTED, ids=[question for _, question, _ in SIFTED])
def test_sifts_what_was_shown(assistant: Assistant, before: str, question: str, test: Test) -> None:
    """A fragment that names a form keeps of the targets shown before those of that form."""
    assert used(assistant.ask(question, (before,))) == [row.indicator_id for row in ROWS if test(row)]
