"""Chapters and sections counted from an end, put into printed numbers."""

from __future__ import annotations

import pytest

from assistant.ordinals import in_numbers
from assistant.service import Assistant
from corpus import load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")

PLACES = [
    ("最后一章下面几条", "第5章下面几条"),
    ("末章讲什么", "第5章讲什么"),
    ("倒数第二章有几条", "第4章有几条"),
    ("头一章", "第1章"),
    ("第三章最后一条谁负责", "第三章第10条谁负责"),
    ("第三章里的倒数第二条", "第三章第9条"),
    ("最后一条呢", "最后一条呢"),
    ("倒数第九章", "倒数第九章"),
]


@pytest.mark.parametrize(("text", "numbered"), PLACES, ids=[text for text, _ in PLACES])
def test_puts_places_into_numbers(text: str, numbered: str) -> None:
    """A place that is there gets its number; one that is not, and one that may be of a list, stays as it is."""
    assert in_numbers(text, PLAN) == numbered


@pytest.mark.parametrize(
    ("question", "clause_id"), [("最后一章下面几条？", "5"), ("第三章最后一条由哪些单位负责？", "3.10")]
)
def test_answers_by_place(assistant: Assistant, question: str, clause_id: str) -> None:
    """The clause that is told by its place is the one that is answered."""
    assert assistant.ask(question).citations[0].clause_id == clause_id


def test_a_chapter_by_the_number_of_its_sections(assistant: Assistant) -> None:
    """十大工程 is the chapter with ten sections, so that only its clauses are counted."""
    leads = {row.clause_id for row in PLAN.responsibilities if row.role == "lead" and row.clause_id.startswith("3.")}
    assert f"共 {len(leads)} 条" in assistant.ask("十大工程里写明了牵头单位的有几条？").answer
