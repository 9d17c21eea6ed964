"""Questions that the page offers: made from a plan's data, and answered as they promise."""

from __future__ import annotations

from dataclasses import replace

from assistant.examples import examples_by_reader, suggestions
from assistant.service import Assistant
from tests.fakes import garden_plan


def test_every_kind_of_reader_is_offered_questions_that_are_answered(assistant: Assistant) -> None:
    """Of the shipped plan each offered question is answered; one asks trainers for a year that the plan does not have."""
    groups = assistant.examples_by_reader()
    assert [group.reader for group in groups] == ["工作人员", "公众", "培训人员"]
    told = {question: assistant.ask(question).status for group in groups for question in group.questions}
    assert len(told) >= 7
    assert [status for status in told.values() if status != "answered"] == ["not_stated"]


def test_examples_come_from_the_plan_alone() -> None:
    """Another plan gives its own tasks, bodies, targets and years."""
    offered = {group.reader: group.questions for group in examples_by_reader(garden_plan())}
    assert offered["工作人员"][:2] == ("古树保护行动由谁牵头？", "市园林局牵头哪些任务？")
    assert "力争目标有哪些？" in offered["培训人员"]
    assert any(question.startswith("2035年") for question in offered["培训人员"])


def test_a_plan_without_bodies_and_targets_offers_nothing_of_them() -> None:
    """Where the plan gives nothing for a kind of reader, that reader is left out."""
    bare = replace(garden_plan(), responsibilities=(), indicators=())
    assert examples_by_reader(bare) == ()


def test_suggestions_go_on_from_the_clause() -> None:
    """After who is responsible comes what the clause says and what the leading body leads besides; never what was just asked."""
    plan = garden_plan()
    assert suggestions(plan, ("2.1",), "who") == (
        "二、（一）讲了什么？",
        "市园林局牵头哪些任务？",
        "古树复壮的目标是多少？",
    )
    assert suggestions(plan, ("2.2",), "value") == (
        "步道建设行动由谁负责？",
        "二、（二）讲了什么？",
        "二、（二）有哪些目标？",
    )
    assert suggestions(plan, ("9.9",), "who") == ()
