"""What the plan says on a subject, its terms, its own outline; and the refusals, which say nothing of the plan's."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer
from assistant.examples import example_questions, examples_beside
from assistant.respond.outline import CUT
from assistant.respond.refuse import NAMED, REASONS
from assistant.respond.speech import REPLIES
from assistant.service import Assistant
from corpus import Plan

MARKER = re.compile(r"\[\d+\]")
SUBJECTS = {
    "电价上有什么政策？": ("4.5", "差别电价、阶梯电价"),
    "绿色金融有哪些支持？": ("4.5", "绿色信贷、绿色债券、绿色保险"),
    "赤水河流域怎么治理？": ("3.7", "赤水河流域白酒行业污染专项治理"),
    "海绵城市有什么要求？": ("3.3", "海绵城市"),
    "快递包装有什么要求？": ("3.4", "绿色快递包装"),
    "农膜怎么回收？": ("3.5", "废旧农膜和农药包装废弃物回收处理"),
    "合同能源管理有什么规定？": ("4.6", "推行合同能源管理"),
    "统计造假怎么防？": ("4.7", "防范统计造假、弄虚作假"),
    "世界环境日要做什么？": ("5.3", "世界环境日"),
    "排污权交易有什么安排？": ("4.6", "排污权交易市场"),
    "数据中心有什么节能要求？": ("3.1", "绿色数据中心"),
    "考核结果怎么用？": ("5.2", "考核结果"),
}


def quotations(answer: Answer) -> list[str]:
    """Return the words of an answer's quotation lines."""
    return [MARKER.sub("", line[1:]).strip() for line in answer.answer.splitlines() if line.startswith(">")]


@pytest.mark.parametrize("question", SUBJECTS)
def test_the_plans_own_sentences(assistant: Assistant, plan: Plan, question: str) -> None:
    """Whole sentences of the right clause are quoted word for word, in the plan's order, with the clause's bodies."""
    clause_id, words = SUBJECTS[question]
    answer = assistant.ask(question)
    quoted = quotations(answer)
    places = [plan.text.index(one) for one in quoted]
    assert answer.status == "answered"
    assert any(words in one for one in quoted)
    assert places == sorted(places)
    assert len(quoted) <= 5
    for at, one in zip(places, quoted, strict=True):
        assert plan.text[at - 1] in "。；\n！”）" or plan.clause_at(at).text.startswith(one), one
        assert one[-1] in "。；！）”" or plan.text[at + len(one)] in "（\n", one
    assert clause_id in {row.clause_id for row in answer.citations}
    assert {row.name for row in plan.bodies(clause_id)} <= {row.name for row in answer.agencies}


@pytest.mark.parametrize("question", SUBJECTS)
def test_nothing_but_quotations_and_bodies(assistant: Assistant, plan: Plan, question: str) -> None:
    """Beside quotations, labels and bodies, our own words hold no figure but the number of places."""
    answer = assistant.ask(question)
    own = [line for line in MARKER.sub("", answer.answer).splitlines() if not line.startswith(">")]
    text = "\n".join(own)
    for clause in plan.clauses:
        text = text.replace(clause.label, "")
    count = len({plan.clause_at(plan.text.index(one)).clause_id for one in quotations(answer)})
    assert set(re.findall(r"\d+", text)) <= {str(count)}


@pytest.mark.parametrize(
    ("question", "term", "meaning"),
    [
        ("“两高”项目是什么意思？", "“两高”项目", "高耗能高排放项目"),
        ("能耗双控指的是什么？", "能耗双控", "能源消费强度和总量双控"),
    ],
)
def test_a_term_that_the_plan_defines(assistant: Assistant, question: str, term: str, meaning: str) -> None:
    """A term gets the plan's own definition, quoted."""
    answer = assistant.ask(question)
    assert f"**{term}**是**{meaning}**的简称" in answer.answer
    assert f"{meaning}（以下简称{term}）" in answer.citations[0].quote


@pytest.mark.parametrize("term", ["三线一单", "一刀切", "绿岛"])
def test_a_term_that_the_plan_only_uses(assistant: Assistant, term: str) -> None:
    """A term without a definition is not explained: the answer says so and shows where it stands."""
    answer = assistant.ask(f"“{term}”是什么意思？")
    assert "没有给出“" in answer.answer
    assert all(term in one for one in quotations(answer)[:1])


@pytest.mark.parametrize("question", ["哪些河要达到三类水", "哪些河要达到3类标准？", "哪些河要达到Ⅲ类水质？"])
def test_grades_are_found_however_they_are_written(assistant: Assistant, question: str) -> None:
    """三类, 3类 and Ⅲ类 lead to the sentence that writes III 类."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "III 类" in answer.answer


def test_the_outline(assistant: Assistant, plan: Plan) -> None:
    """All chapters and sections are listed, in order, and counted."""
    answer = assistant.ask("方案有几章？")
    labels = [clause.label for clause in plan.clauses if clause.clause_id != "0"]
    assert re.findall(r"- (.*?)\[\d+\]", answer.answer) == labels
    chapters = [clause for clause in plan.clauses if clause.parent_id is None and clause.clause_id != "0"]
    assert f"共 {len(chapters)} 章，下设 {len(labels) - len(chapters)} 条" in answer.answer


@pytest.mark.parametrize("clause_id", ["3.6", "4.2", "5.2", "1"])
def test_a_clause_is_shown_from_its_beginning(assistant: Assistant, plan: Plan, clause_id: str) -> None:
    """讲了什么 quotes the clause from its first sentence behind the heading, whole sentences, without its bracket."""
    clause = plan.clause(clause_id)
    quoted = "".join(quotations(assistant.ask(f"{clause.label}讲了什么？")))
    body = clause.text.replace("\n", "").split(clause.title, 1)[1].lstrip("。")
    assert body.startswith(quoted)
    assert quoted[-1] == "。"
    assert not any(row.name in quoted for row in plan.bodies(clause_id) if row.role in ("lead", "sole"))


def test_a_long_clause_tells_how_much_of_it_is_shown(assistant: Assistant, plan: Plan) -> None:
    """What is cut says so; who asks for the whole text, also afterwards, gets all of it."""
    clause = plan.clause("4.5")
    body = clause.text.replace("\n", "").split(clause.title, 1)[1].lstrip("。").partition("（省发展改革委、")[0]
    asked = f"{clause.label}讲了什么？"
    cut = assistant.ask(asked)
    shown = "".join(quotations(cut))
    assert body.startswith(shown)
    assert shown != body
    assert CUT in cut.answer
    assert "".join(quotations(assistant.ask(f"{clause.label}的原文"))) == body
    assert "".join(quotations(assistant.ask("全文", [asked]))) == body


@pytest.mark.parametrize("numeral", ["三", "四", "五"])
def test_a_chapter_is_shown_by_its_sections(assistant: Assistant, plan: Plan, numeral: str) -> None:
    """A chapter with sections is answered by their list and number."""
    answer = assistant.ask(f"第{numeral}章有哪些内容？")
    sections = [one.label for one in plan.children(str("零一二三四五".index(numeral)))]
    assert re.findall(r"- (.*?)\[\d+\]", answer.answer) == sections
    assert f"共有 {len(sections)} 项" in answer.answer


def test_the_documents_title(assistant: Assistant, plan: Plan) -> None:
    """The title is the plan's own, quoted."""
    assert plan.title in assistant.ask("这份方案的全称是什么？").answer


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2030年农村生活污水治理率的目标是多少？", "year"),
        ("“十五五”时期工业能耗要下降多少？", "period"),
        ("遵义市的秸秆综合利用率目标是多少？", "place"),
        ("新能源汽车补贴多少钱？", "money"),
        ("省生态环境厅厅长是谁？", "person"),
        ("秸秆综合利用率完成情况如何？", "actual"),
        ("省教育厅负责哪些任务？", "body"),
        ("省能源局的电话是多少？", "contact"),
        ("秸秆综合利用率要达到多少万吨？", "figure"),
        ("第九章讲了什么？", "clause"),
        ("秸秆综合利用率的基期是哪一年？", "base_year"),
    ],
)
def test_a_refusal_says_why(assistant: Assistant, question: str, reason: str) -> None:
    """What the plan does not say is refused with the reason, without a body, a target or a figure of the plan's."""
    answer = assistant.ask(question)
    assert (answer.status, answer.agencies, answer.indicators) == ("not_stated", (), ())
    assert answer.answer.startswith((REASONS[reason], *NAMED.get(reason, "　").split("{}")[:1]))
    assert not re.search(r"\d+(\.\d+)?\s*(%|公里|家|万)", MARKER.sub("", answer.answer))


def test_no_reason_holds_a_fact() -> None:
    """The sentences of refusals and of small talk name no body and hold no figure: nothing that would need a source."""
    for sentence in (*REASONS.values(), *REPLIES.values()):
        assert not re.search(r"\d|[省市县](?!长)[\u4e00-\u9fff]{1,6}[厅局委]", sentence)


@pytest.mark.parametrize(
    "question",
    [
        "今天天气怎么样？",
        "帮我写一首诗",
        "手机没电了怎么办？",
        "高考录取分数线",
        "推荐一部电影",
        "谁是美国总统",
        "红烧肉怎么做",
    ],
)
def test_out_of_scope(assistant: Assistant, plan: Plan, question: str) -> None:
    """What is not about the plan is declined in a few words, with three questions that it does answer."""
    answer = assistant.ask(question)
    assert (answer.status, answer.citations, answer.agencies, answer.indicators) == ("out_of_scope", (), (), ())
    assert answer.suggestions == examples_beside(plan, question)
    assert not re.search(r"\d", answer.answer)


@pytest.mark.parametrize(
    "turn", ["你好", "您好！", "谢谢", "再见", "你能做什么？", "你是谁", "太棒了", "答非所问", "hello"]
)
def test_small_talk(assistant: Assistant, plan: Plan, turn: str) -> None:
    """A greeting or thanks gets a short answer of our own and three real questions, all of which are answered."""
    answer = assistant.ask(turn)
    assert (answer.citations, answer.agencies, answer.indicators) == ((), (), ())
    assert len(answer.answer) < 200
    assert all(one in answer.answer for one in example_questions(plan))


def test_the_offered_questions_are_answered(assistant: Assistant, plan: Plan) -> None:
    """The questions that refusals offer have answers, and differ from refusal to refusal."""
    offered = {one for number in range(12) for one in examples_beside(plan, str(number))} | {*example_questions(plan)}
    assert len(offered) > 6
    assert {assistant.ask(one).status for one in offered} == {"answered"}


@pytest.mark.parametrize("question", ["第四条由谁负责？", "（五）的责任单位", "第六条讲什么？"])
def test_a_number_that_two_chapters_have(assistant: Assistant, plan: Plan, question: str) -> None:
    """A printed number without its chapter is asked back, with the clauses that it may mean."""
    answer = assistant.ask(question)
    number = "零一二三四五六".index(re.search("[四五六]", question).group())  # type: ignore[union-attr]
    meant = [one.label for one in plan.clauses if one.clause_id.split(".")[1:] == [str(number)]]
    assert (answer.status, list(answer.suggestions)) == ("clarify", meant)


@pytest.mark.parametrize(
    ("question", "clause_id", "words"),
    [
        ("老听人讲“无废城市”，是一点垃圾都没有的城市吗", "3.3", "无废城市"),
        ("“绿岛”是一座岛吗？", "3.2", "绿岛"),
        ("财政资金支持怎么安排的", "4.5", "专项资金"),
        ("能耗目标怎么往下分", "4.1", "分解到各县"),
        ("建铁路的事，文件点名哪几条", "3.4", "叙永至遵义铁路"),
        ("年用煤一万吨标准煤以上的项目有啥说法", "4.3", "工作指导"),
        ("贷款搞环保能不能贴利息", "4.5", "财政贴息"),
        ("给节能搞得好的市发不发奖金", "4.5", "奖励"),
        ("我们市今年经济涨得快，能耗指标能不能多给点", "4.1", "经济增速超过预期目标"),
        ("几家修车铺能不能合用一个喷漆房", "3.9", "钣喷共享中心"),
    ],
)
def test_what_is_meant_is_quoted(assistant: Assistant, question: str, clause_id: str, words: str) -> None:
    """Words in quotation marks are looked for as they are; a figure or 几家 beside a subject does not hide it."""
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert any(one.clause_id == clause_id and words in "".join(one.quote.split()) for one in answer.citations)


def test_a_latin_name_for_what_the_plan_words_otherwise(assistant: Assistant) -> None:
    """PM2.5 stands for a word of the plan, COP28 for none."""
    assert "细颗粒物" in assistant.ask("PM2.5怎么控制").answer
    assert assistant.ask("COP28有什么安排").status != "answered"


def test_money_is_asked_for_by_amount(assistant: Assistant) -> None:
    """How high a reward is stays unsaid where the plan tells of a reward alone."""
    assert assistant.ask("超额完成的市州奖金是多少钱").status == "not_stated"
