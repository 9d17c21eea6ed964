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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("重点行业绿色升级里，是不是没有住建厅", "是的，没有"),
        ("重点行业绿色升级里，是不是没有水利厅", "不是。省水利厅"),
        ("住房和城乡建设厅管垃圾分类吗", "是的"),
        ("卫健委参与医疗废物处理没有", "不是"),
        ("省能源局和省水利厅牵头遏制两高，没错吧", "不是。省能源局在这一条的角色是按职责分工负责"),
    ],
)
def test_a_claim_on_a_part_is_answered_first(assistant: Assistant, question: str, said: str) -> None:
    """Yes or no stands first, also where a question claims that a body has no part."""
    assert assistant.ask(question).answer.startswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("省农业农村厅一家牵头农业农村减排，为什么只有它一家？", "不止这一家"),
        ("园区节能的牵头单位省发展改革委，配合单位有几家", "在这一条的角色是按职责分工负责"),
    ],
)
def test_other_forms_of_a_wrong_premise(assistant: Assistant, question: str, said: str) -> None:
    """A lead that is told before the name, and one that is told to be alone, are put right."""
    answer = assistant.ask(question).answer
    assert answer.startswith(DENIAL)
    assert said in answer


def test_tasks_in_a_chapter_are_those_of_the_body(assistant: Assistant) -> None:
    """What a body does in a chapter, and in which part, is told without the other bodies."""
    answer = assistant.ask("第五章里省发展改革委要做什么，分别什么角色")
    assert {row.name for row in answer.agencies} == {"省发展改革委"}


def test_the_described_body_and_no_bodies_beside_it(assistant: Assistant) -> None:
    """另外还牵头哪几条 asks for the tasks of the body that was described, not for those who share them."""
    answer = assistant.ask("牵头能耗双控的单位，另外还牵头哪几条？")
    assert {row.name for row in answer.agencies} == {"省发展改革委"}


def test_who_else_is_counted(assistant: Assistant) -> None:
    """除了它还有几家 counts the bodies beside the one that tells the clause."""
    answer = assistant.ask("省司法厅在的那条，除了它还有几家").answer
    assert "除您提到的外，共 7 家" in answer


@pytest.mark.parametrize("verb", ["参不参与", "掺不掺和", "要不要管", "有没有参与"])
def test_open_questions_deny_nothing(assistant: Assistant, verb: str) -> None:
    """参不参与 asks whether, and holds no 不参与."""
    answer = assistant.ask(f"完善经济政策那条，税务局{verb}")
    assert "不是" not in answer.answer
    assert {row.clause_id for row in answer.agencies} == {"4.5"}


@pytest.mark.parametrize("question", ["城市地铁票价归谁定", "光污染治理归谁", "电磁辐射污染找哪个部门"])
def test_matters_that_the_plan_lacks_have_no_bodies(assistant: Assistant, question: str) -> None:
    """A clause that is hardly on the subject is not taken for it where the plan never uses a word of it."""
    answer = assistant.ask(question)
    assert answer.status == "not_stated"
    assert not answer.agencies
