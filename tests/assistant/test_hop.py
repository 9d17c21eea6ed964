"""Questions over responsibilities in two steps, with parts and clauses left out, and what they leave for the next turn."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.service import Assistant


def told(answer: Answer, role: str = "") -> set[tuple[str, str]]:
    """Return the bodies of an answer with their clauses, of one role where it is given."""
    return {(row.name, row.clause_id) for row in answer.agencies if role in ("", row.role)}


def test_a_described_body_is_found_first(assistant: Assistant) -> None:
    """A body that is told by what it alone does is named, and its tasks are listed."""
    answer = assistant.ask("独自负责公共机构能效提升的那家单位，另外还在哪几条里有任务？")
    assert told(answer) == {("省机关事务局", one) for one in ("3.6", "4.4", "5.3")}
    assert "省机关事务局" in answer.reading


def test_a_single_body_described_by_anything(assistant: Assistant) -> None:
    """那家单位 behind any description means the one body of that clause, and its part in another clause is told."""
    answer = assistant.ask("遴选能效领跑者的那家单位，在标准体系里是牵头还是参与？")
    assert ("省机关事务局", "4.4") in told(answer, "shared")
    assert "省机关事务局" in answer.reading


def test_a_description_of_many_bodies_stays_one_question(assistant: Assistant) -> None:
    """Where a description fits many bodies, none of them is taken for the one that is meant."""
    answer = assistant.ask("参与完善经济政策的单位，还有哪些任务？")
    assert "所问单位是" not in answer.reading


def test_a_clause_is_left_out(assistant: Assistant) -> None:
    """除了某某那条 takes that clause out of a body's tasks."""
    answer = assistant.ask("省水利厅除了农业农村那条，还有什么任务？")
    assert told(answer) == {("省水利厅", "3.1"), ("省水利厅", "3.7")}


@pytest.mark.parametrize(
    "question",
    ["交通物流那条，参与但不牵头的有谁", "交通物流那条，牵头的不用列，其他参与的有谁", "交通物流那条，只列配合的单位"],
)
def test_the_lead_is_left_out(assistant: Assistant, question: str) -> None:
    """Where a question leaves the lead out, only those beside it are told."""
    answer = assistant.ask(question)
    assert len(told(answer, "shared")) == 10
    assert not told(answer, "lead")


def test_those_that_take_part_are_not_wanted(assistant: Assistant) -> None:
    """不要配合单位 leaves them out, though the question names them."""
    answer = assistant.ask("不要配合单位，只想知道赤水河II类水质谁牵头")
    assert {row.role for row in answer.agencies} == {"lead"}


@pytest.mark.parametrize(
    ("history", "question", "clauses"),
    [
        (["省住房城乡建设厅有哪些任务？"], "第四章的呢？", {"4.4", "4.5", "4.7"}),
        (["“两高”项目谁牵头？"], "这几家共同牵头的还有别的条吗？", {"3.7", "4.3"}),
        (["省发展改革委和省生态环境厅各牵头几条？"], "两家共同牵头的有几条？", {"3.7", "4.3", "5.1", "5.2"}),
    ],
)
def test_bodies_are_carried_on(assistant: Assistant, history: list[str], question: str, clauses: set[str]) -> None:
    """A chapter, a number of bodies or 这几家 behind an answer asks of the bodies of that answer."""
    assert {row.clause_id for row in assistant.ask(question, history).agencies} == clauses


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("环保局单独负责哪条", "省生态环境厅"),
        ("税务那边有什么任务", "省税务局"),
        ("水利局牵头哪条", "省水利厅"),
        ("管土地的那个部门在里头有份吗", "省自然资源厅"),
        ("食药监并进去的那个局参加几条", "省市场监管局"),
        ("社保厅有啥任务", "省人力资源社会保障厅"),
    ],
)
def test_bodies_by_other_names(assistant: Assistant, question: str, name: str) -> None:
    """A body is known by the suffix of another level, by its field, by what it looks after, by a name that it had."""
    assert {row.name for row in assistant.ask(question).agencies} == {name}


def test_bodies_listed_by_their_fields(assistant: Assistant) -> None:
    """Fields that are listed and counted as bodies name them: 税务、财政这两家."""
    answer = assistant.ask("税务、财政这两家都参与的是哪条？")
    assert {row.clause_id for row in answer.agencies} == {"4.5"}


def test_a_target_whose_clause_names_nobody(assistant: Assistant) -> None:
    """Of a target in a clause without bodies, that is said, and the clause that tells who pursues it is told as well."""
    answer = assistant.ask("能耗强度目标分解到各地，这件事谁牵头？")
    assert ("省发展改革委", "4.1") in told(answer, "lead")


def test_tasks_are_compared_with_none(assistant: Assistant) -> None:
    """A body without any such task is compared without a zero that nothing proves."""
    answer = assistant.ask("谁多？", ["省水利厅牵头几项？", "省财政厅呢？"])
    assert answer.status == "answered"
    assert "省水利厅**牵头的任务更多" in answer.answer


def test_a_body_without_part_in_a_subject(assistant: Assistant) -> None:
    """有没有 and a body beside a subject is answered of that subject's clause, not with all tasks of the body."""
    answer = assistant.ask("煤炭减量替代里面有没有省公安厅？")
    assert answer.answer.startswith(("不是", "没有"))
