"""A clause that a question only describes is found before its bodies are told."""

from __future__ import annotations

import pytest

from assistant.service import Assistant


@pytest.mark.parametrize(
    ("question", "clause", "said"),
    [
        ("提到无水港的那条，有几家牵头单位", "3.4", "牵头单位共 2 家"),
        ("要建“绿岛”的那条，责任单位有没有省能源局", "3.2", "不是"),
        ("唯一有通信管理局的那一条，是谁牵头的", "3.1", "未明确牵头"),
        ("写着600家白酒企业的那条，交通厅是牵头还是配合", "3.7", "省交通运输厅在这一条的角色是按职责分工负责"),
        ("财政厅和税务局都在的那条，能源局有没有份", "4.5", "是的"),
    ],
)
def test_a_described_clause_is_named(assistant: Assistant, question: str, clause: str, said: str) -> None:
    """By its bodies, a figure or its words a clause is found, and the rest of the question is asked of it alone."""
    answer = assistant.ask(question)
    assert {row.clause_id for row in answer.agencies} == {clause}
    assert said in answer.answer
    assert "所问条款是" in answer.reading


def test_a_clause_and_then_its_bodies(assistant: Assistant) -> None:
    """Who leads a described clause is found in it, and then what else they lead together."""
    answer = assistant.ask("省委组织部出现的那条，牵头的两家还共同牵头了哪些条")
    assert {row.clause_id for row in answer.agencies} == {"3.7", "4.3", "5.1", "5.2"}


def test_a_description_of_nothing_names_no_clause(assistant: Assistant) -> None:
    """A clause that is described by words which the plan does not hold is not taken for another one."""
    answer = assistant.ask("提到核电的那条，省能源局是牵头吗")
    assert "所问条款是" not in answer.reading


def test_these_bodies_and_no_others(assistant: Assistant) -> None:
    """只有甲和乙两家 finds the clause that has these bodies and no third one."""
    answer = assistant.ask("只有生态环境厅和工信厅两家的那条是哪条")
    assert {row.clause_id for row in answer.agencies} == {"3.9"}
