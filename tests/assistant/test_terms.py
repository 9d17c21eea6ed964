"""Terms in other words than 是什么意思: short forms both ways, words without a definition, words that ask within quotes."""

from __future__ import annotations

import pytest

from assistant.service import Assistant

UNDEFINED = "没有给出"


@pytest.mark.parametrize(
    "question",
    ["能源消费强度和总量双控简称什么", "政策里说的双控到底控哪两样", "能耗双控的完整叫法", "能耗双控是哪几个字的缩写"],
)
def test_a_short_form_from_either_side(assistant: Assistant, question: str) -> None:
    """The definition answers whichever of its two sides is asked for."""
    assert "**能耗双控**是**能源消费强度和总量双控**的简称" in assistant.ask(question).answer


def test_a_question_for_more_than_the_term_keeps_its_answer(assistant: Assistant) -> None:
    """A defined term inside another question is not explained instead."""
    assert "的简称" not in assistant.ask("能耗双控制度里对市州怎么考核").answer


def test_a_defined_and_an_undefined_term(assistant: Assistant) -> None:
    """Of two terms, one is explained and the other said to have no definition, with its use."""
    answer = assistant.ask("“三线一单”和“两高”分别是什么意思").answer
    assert "**高耗能高排放项目**的简称" in answer
    assert "没有给出“三线一单”的定义" in answer
    assert "“三线一单”、节能审查" in answer


@pytest.mark.parametrize(
    "question",
    ["黑臭水体是怎么界定的", "能效标杆水平怎么定义", "方案对“重点用能单位”作了界定吗", "绿色采购的概念给出来了吗"],
)
def test_that_there_is_no_definition_is_said(assistant: Assistant, question: str) -> None:
    """However a definition is asked for, its absence is said."""
    assert UNDEFINED in assistant.ask(question).answer


def test_all_uses_of_a_term(assistant: Assistant) -> None:
    """A term that two clauses use is quoted from both."""
    cited = {row.clause_id for row in assistant.ask("“合同能源管理”方案里有解释吗").citations}
    assert {"3.6", "4.6"} <= cited


@pytest.mark.parametrize("question", ["“弄虚作假”在方案哪里出现过", "哪个条款讲过“散煤”", "“一刀切”写在哪"])
def test_where_a_word_stands(assistant: Assistant, question: str) -> None:
    """Who asks where a word stands is not told that it has no definition."""
    answer = assistant.ask(question).answer
    assert "讲到这一内容的共" in answer
    assert UNDEFINED not in answer


@pytest.mark.parametrize(
    "question",
    ["“谁建设、谁运营、谁管理”里有几个谁", "“谁建设、谁运营、谁管理”是哪三个谁", "“谁建设”后面还有两个“谁”，是什么"],
)
def test_a_quoted_word_that_asks_is_no_question(assistant: Assistant, question: str) -> None:
    """谁 inside words of the plan asks for no body: the sentence is quoted."""
    answer = assistant.ask(question)
    assert any("谁建设、谁运营、谁管理" in row.quote for row in answer.citations)
    assert "谁运营" in answer.answer


@pytest.mark.parametrize("question", ["方案依据什么制定", "本方案的由来", "编制目的和意义", "制订这份文件出于什么考虑"])
def test_why_there_is_a_plan(assistant: Assistant, question: str) -> None:
    """The plan's own first words tell what it was made for."""
    answer = assistant.ask(question)
    assert {row.clause_id for row in answer.citations} == {"0"}


def test_what_kind_of_thing_is_no_question_for_a_meaning(assistant: Assistant) -> None:
    """什么保险 asks which one, not what the word means."""
    answer = assistant.ask("企业投保什么保险").answer
    assert "环境污染责任保险" in answer
    assert UNDEFINED not in answer


def test_what_is_done_about_those_who_carry_out_everything(assistant: Assistant) -> None:
    """A body that carries out every clause is not told its tasks where the question asks how it is dealt with."""
    assert "加强督促指导" in assistant.ask("对工作不力的市州怎么办").answer


@pytest.mark.parametrize("question", ["公民个人要尽什么责任", "普通老百姓能做些什么"])
def test_what_citizens_are_asked_to_do(assistant: Assistant, question: str) -> None:
    """What plans ask of 社会公众 is found by everyday words for them."""
    assert any("社会公众" in row.quote for row in assistant.ask(question).citations)


@pytest.mark.parametrize(
    "question",
    [
        "能源产出率是什么",
        "干熄焦是个什么工艺",
        "韧性城市究竟算哪种城市",
        "产能置换四个字怎么讲",
        "供热改造和灵活性改造有什么区别",
    ],
)
def test_a_meaning_asked_for_without_the_word(assistant: Assistant, question: str) -> None:
    """What words of the plan are, or how two of them differ, is a question for their meaning."""
    assert UNDEFINED in assistant.ask(question).answer
