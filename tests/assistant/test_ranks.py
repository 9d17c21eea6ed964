"""Places of an order: what a question asks for, and the rows that stand there, sorted here by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.ranks import read_rank, rises
from assistant.service import Assistant
from corpus import Indicator, load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")
PERCENT = [row for row in PLAN.indicators if row.unit == "%"]

PLACES = [
    ("数值第二高的目标", (True, 2, 2)),
    ("第三低的是哪个", (False, 3, 3)),
    ("倒数第二的比例", (False, 2, 2)),
    ("排第三的指标", (True, 3, 3)),
    ("次高的目标", (True, 2, 2)),
    ("仅次于最高的目标", (True, 2, 2)),
    ("百分比里排老三的", (True, 3, 3)),
    ("数值居第二的", (True, 2, 2)),
    ("前三名", (True, 1, 3)),
    ("后两名是哪些", (False, 1, 2)),
    ("最低的三个目标", (False, 1, 3)),
    ("最大的那两项", (True, 1, 2)),
    ("三个最小的比例", (False, 1, 3)),
    ("从低到高排前三", (False, 1, 3)),
    ("数值最高的前5项", (True, 1, 5)),
]


@pytest.mark.parametrize(("text", "places"), PLACES, ids=[text for text, _ in PLACES])
def test_reads_places(text: str, places: tuple[bool, int, int]) -> None:
    """The end of the order and the places are read off words and digits alike."""
    rank = read_rank(text)
    assert rank is not None
    assert (rank.descending, rank.first, rank.last) == places


@pytest.mark.parametrize(
    "text",
    [
        "最高的目标",
        "第三章有几条",
        "2025年前三个月",
        "前三章讲什么",
        "三个目标",
        "层次高的产业",
        "第二条谁负责",
        "列第三章的目标",
    ],
)
def test_reads_no_place(text: str) -> None:
    """Chapters, clauses, months and plain counts are no places of an order."""
    assert read_rank(text) is None


def test_direction_of_an_order() -> None:
    """从低到高 begins with the lowest; 从高到低 does not."""
    assert rises("由小到大排列")
    assert not rises("由大到小排列")


def used(assistant: Assistant, question: str) -> list[str]:
    return [row.indicator_id for row in assistant.ask(question).indicators]


def standing(rows: list[Indicator], place: int, *, highest: bool) -> list[str]:
    values = sorted({Decimal(row.value) for row in rows}, reverse=highest)
    return [row.indicator_id for row in rows if Decimal(row.value) == values[place - 1]]


@pytest.mark.parametrize("place", [2, 3, 4])
def test_one_place(assistant: Assistant, place: int) -> None:
    """The second, third and fourth highest and lowest shares are found; equal shares stand on one place."""
    word = "零一二三四"[place]
    assert used(assistant, f"第{word}高的百分比目标是哪个？") == standing(PERCENT, place, highest=True)
    assert used(assistant, f"第{word}低的百分比目标是哪个？") == standing(PERCENT, place, highest=False)


@pytest.mark.parametrize(("word", "highest"), [("最高", True), ("最低", False)])
def test_first_few(assistant: Assistant, word: str, highest: bool) -> None:
    """The first three are the first three of the sorted table, in its order."""
    expected = sorted(PERCENT, key=lambda row: Decimal(row.value), reverse=highest)[:3]
    assert used(assistant, f"数值{word}的三个百分比目标是哪些？") == [row.indicator_id for row in expected]


def test_a_place_behind_the_last(assistant: Assistant) -> None:
    """Where fewer targets pass than the place asked for, that is said and none is shown."""
    answer = assistant.ask("单位是公里的目标里，数值第二高的是哪个？")
    assert answer.status == "not_stated"
    assert answer.indicators == ()
    assert "排不到" in answer.answer


def test_the_sum_of_the_first_few(assistant: Assistant) -> None:
    """The two highest shares of a clause are added up in plain sight."""
    rows = sorted((row for row in PLAN.targets("3.10") if row.unit == "%"), key=lambda row: -Decimal(row.value))[:2]
    total = sum(Decimal(row.value) for row in rows)
    assert f"= {total} 个百分点" in assistant.ask("三、（十）里最高的两个比率加起来是多少？").answer
