"""How people ask what a word means (``assistant/data/meaning.toml``), alone and behind other turns."""

from __future__ import annotations

import pytest

from assistant.meaning import asked_again, frames, is_remark, meant_words
from assistant.normalize import normalize
from assistant.service import Assistant
from assistant.several import parts
from corpus import Plan


@pytest.mark.parametrize(
    ("strong", "question"), [(frame.strong, question) for frame in frames() for question in frame.questions]
)
def test_every_frame_reads_its_own_questions(question: str, *, strong: bool) -> None:
    """Each example of the table is read as a question for a meaning of words that the plan holds."""
    meant = meant_words(normalize(question), "建立甲机制、乙机制。")
    assert meant
    assert meant.strong or not strong


@pytest.mark.parametrize(
    "question",
    [
        "区块链是什么",
        "散煤是什么时候淘汰",
        "这个目标是什么",
        "非道路移动柴油机械怎么管",
        "方案提到遵义的地方说的是什么",
        "油墨有什么说法",
    ],
)
def test_other_questions_ask_no_meaning(plan: Plan, question: str) -> None:
    """Words that the plan does not hold, and questions for a time or a rule, are left to the other readers."""
    assert not meant_words(question, plan.text)


@pytest.mark.parametrize(
    "question",
    [
        "用能权说白了是个什么权",
        "绿色电力证书是干嘛的",
        "什么样的单位才叫能效领跑者",
        "“黑臭水体”的判定标准方案里给了吗",
    ],
)
def test_the_word_without_a_definition_is_named(assistant: Assistant, question: str) -> None:
    """However its meaning is asked for, it is said of which word the plan gives none, and where it is used."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "方案没有给出“" in answer.answer
    assert "没有完全照您的说法写" not in answer.answer


def test_a_name_that_sums_up_a_list_is_told_by_the_list(assistant: Assistant) -> None:
    """甲、乙、丙“三改联动” says what the name stands for; that is not denied."""
    answer = assistant.ask("三改联动是什么意思").answer
    assert "供热改造" in answer
    assert "没有给出" not in answer


@pytest.mark.parametrize("fragment", ["这个词啥意思", "那它什么意思", "怎么理解呢", "有没有给出定义"])
def test_a_fragment_asks_for_the_word_before(assistant: Assistant, fragment: str) -> None:
    """A fragment that only asks for a meaning asks for that of the word before, and says so."""
    answer = assistant.ask(fragment, ["三线一单写在哪一条"])
    assert "没有给出“三线一单”的定义" in answer.answer
    assert answer.reading == "三线一单的含义"


def test_another_word_behind_a_meaning(assistant: Assistant) -> None:
    """Behind the meaning of one word, another word alone asks for its own."""
    assert "能源消费强度和总量双控" in assistant.ask("那双控呢", ["什么叫两高项目"]).answer


def test_a_fragment_that_asks_something_else_is_left_alone(plan: Plan) -> None:
    """谁负责呢 behind the meaning of a word asks for no meaning."""
    assert asked_again("那谁负责呢", ["三线一单"], plan.text, after_meaning=True) == ("", "")


@pytest.mark.parametrize("question", ["三线一单写在哪一条", "碳达峰写在哪", "国三柴油车还能开吗"])
def test_what_the_plan_holds_word_for_word_is_not_foreign(assistant: Assistant, question: str) -> None:
    """A question that sounds like any other is about the plan where the plan holds its words."""
    assert assistant.ask(question).status == "answered"


@pytest.mark.parametrize("question", ["股票现在能不能买", "考公务员要准备什么", "红楼梦写在哪一年"])
def test_what_only_shares_a_word_stays_foreign(assistant: Assistant, question: str) -> None:
    """A common word of the plan does not make a question one about it."""
    assert assistant.ask(question).status == "out_of_scope"


def test_two_names_joined_by_a_plus(assistant: Assistant) -> None:
    """A full-width plus between two names is no part of a name in Latin letters."""
    answer = assistant.ask("数据中心＋5G基站的节能要求")
    assert {row.clause_id for row in answer.citations} == {"3.1"}


@pytest.mark.parametrize("question", ["区块链如何定义", "绿色供应链这个提法怎么解释"])
def test_a_word_that_the_plan_does_not_use(assistant: Assistant, question: str) -> None:
    """That a word stands nowhere in the plan is said; no other word's sentence is shown for it."""
    answer = assistant.ask(question)
    assert answer.status == "not_stated"
    assert "没有出现您所问的词" in answer.answer


@pytest.mark.parametrize("question", ["能耗双控控的是煤炭和电力吧", "两高项目就是煤电项目，对吗"])
def test_a_wrong_claim_of_what_a_word_means(assistant: Assistant, question: str) -> None:
    """Who claims what a defined word is gets the plan's own definition."""
    assert "的简称" in assistant.ask(question).answer


def test_what_a_claim_says_is_to_be_done_is_no_meaning(assistant: Assistant) -> None:
    """是要 and 是由 tell what is done with a thing, not what it is."""
    assert "的简称" not in assistant.ask("两高项目是要全部关停吧").answer


@pytest.mark.parametrize("question", ["换新车给补贴不", "光污染方面有什么措施", "光污染治理归谁"])
def test_the_neighbours_sentence_is_not_given_instead(assistant: Assistant, question: str) -> None:
    """A sentence on the thing alone says nothing of a subsidy, nor one on other pollution of light."""
    assert assistant.ask(question).status == "not_stated"


@pytest.mark.parametrize("question", ["银行对节能的企业有没有优惠", "超额完成节能目标的市州，有没有奖励？"])
def test_what_is_given_is_told_where_the_plan_tells_it(assistant: Assistant, question: str) -> None:
    """Rewards and tax reliefs that the plan writes are quoted."""
    assert assistant.ask(question).status == "answered"


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("叙永至遵义铁路有多长", "没有写明这一项的具体数字"),
        ("铜仁玉屏清洁热能项目啥时候建成", "没有写明这一项的完成时限"),
    ],
)
def test_that_the_figure_is_missing_is_said(assistant: Assistant, question: str, lacking: str) -> None:
    """Who asks how long or when is told that the plan does not say it, not only what it says besides."""
    assert lacking in assistant.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "细颗粒物就是PM2.5吧，文件里有没有说明",
        "用能权，通俗讲就是用电的权利吗",
        "II类水质达到什么条件才算，方案有界定吗",
        "薪柴是哪种柴",
        "养多少头才叫规模养殖场",
        "能耗强度这个概念文件有没有定义",
    ],
)
def test_a_guess_or_a_limit_is_met_with_where_the_word_stands(assistant: Assistant, question: str) -> None:
    """Who guesses what a word means, or asks from when it holds, is told that the plan defines it nowhere."""
    assert "方案没有给出“" in assistant.ask(question).answer


@pytest.mark.parametrize("piece", ["方案讲清楚了没有", "文件里有没有说明", "有解释吗"])
def test_a_remark_goes_with_the_question_before_it(piece: str) -> None:
    """Whether the document explains it is no question of its own; whether it names a body is one."""
    assert is_remark(piece)
    assert not is_remark("方案有没有写谁负责")
    assert [part.text for part in parts(f"甲机制怎么个搞法，{piece}")] == [f"甲机制怎么个搞法，{piece}"]
