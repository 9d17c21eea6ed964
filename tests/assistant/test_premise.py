"""What a question takes for granted of a body is put right where the plan says otherwise."""

from __future__ import annotations

import pytest

from assistant.respond.claims import DENIAL
from assistant.service import Assistant


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("省统计局牵头加强统计监测，配合的有哪些？", "4.7"),
        ("省委组织部牵头强化监督考核，那谁配合它？", "5.2"),
        ("为什么省能源局要牵头煤炭清洁利用", "3.8"),
    ],
)
def test_a_wrong_lead_is_put_right(assistant: Assistant, question: str, clause: str) -> None:
    """A body that is taken for the lead is told with the part that it has, before the clause's bodies are."""
    answer = assistant.ask(question)
    assert answer.answer.startswith(DENIAL)
    assert "在这一条的角色是按职责分工负责" in answer.answer
    assert clause in {row.clause_id for row in answer.agencies}


@pytest.mark.parametrize("question", ["省发展改革委牵头的能耗双控，配合的有谁", "为什么省发展改革委要牵头能耗双控"])
def test_a_right_lead_is_not_denied(assistant: Assistant, question: str) -> None:
    """Where the body does lead, nothing is put right."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "不是" not in answer.answer


def test_what_is_asked_is_not_taken_for_granted(assistant: Assistant) -> None:
    """牵头的项目 asks which they are, and claims none."""
    answer = assistant.ask("说说水利部门牵头的项目")
    assert [(row.name, row.clause_id) for row in answer.agencies] == [("省水利厅", "3.7")]


def test_nobody_else_is_named(assistant: Assistant) -> None:
    """除了甲局还有谁 is denied where the clause names that body alone."""
    assert assistant.ask("除了省机关事务局，公共机构能效那条还有谁").answer.startswith("没有别的责任单位")


@pytest.mark.parametrize(
    ("question", "clauses"),
    [("省人民银行参加几条", {"4.3", "4.5"}), ("发改、工信、生态三家共同牵头的是什么事", {"3.7", "4.3"})],
)
def test_bodies_named_in_short(assistant: Assistant, question: str, clauses: set[str]) -> None:
    """省 before the name of any body of a province's plan, and fields that are cut short, name the plan's bodies."""
    answer = assistant.ask(question)
    assert {row.clause_id for row in answer.agencies} == clauses


def test_whether_a_body_has_to_do_with_a_subject(assistant: Assistant) -> None:
    """某事，甲局管不管 is answered yes or no for the clause of that subject."""
    answer = assistant.ask("污水管网的事，水利部门管不管？")
    assert answer.answer.startswith("不是")
    assert {row.clause_id for row in answer.agencies} == {"3.10"}
