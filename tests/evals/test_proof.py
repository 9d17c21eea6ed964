from dataclasses import replace
from typing import Any

import pytest

from corpus import load_corpus
from evals.lines import read_lines
from evals.proof import prove
from evals.reasons import Kind
from evals.reply import Reply, read_reply
from tests.fakes import Answering, garden_plan

PLAN = garden_plan()
PLANS = {PLAN.plan_id: PLAN}
TREES = "市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实"
QUOTES = [
    ("2.1", TREES),
    ("2.1", "完成古树复壮 40 株，湖区水质稳定达到 III 类标准"),
    ("1", "到 2030 年，公园步道长度达到 120 公里以上，力争古树保护率比 2025 年提高 9.5%"),
    ("2.2", "新建步道 80 公里，改造步道 25 公里左右"),
]
MENTIONS = (
    "讲到这一内容的共 {} 条：\n\n- 二、（一）古树保护行动[1][2]\n\n> 完成古树复壮 40 株[2]\n\n"
    "- 二、（二）步道建设行动[3][4]\n\n> 新建步道 80 公里[4]"
)


def _kinds(text: str, **how: Any) -> list[Kind]:
    """Return the kinds of fault in an answer of one text, which cites as many quotes as it has markers for."""
    used = max((number for number in range(1, len(QUOTES) + 1) if f"[{number}]" in text), default=0)
    answer = Answering(PLAN).answer(text, QUOTES[:used], **how)
    return [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)]


@pytest.mark.parametrize(
    "text",
    [
        "市园林局牵头，市财政局、市水务局等按职责分工负责；各区人民政府负责落实[1]。",
        "**二、（一）古树保护行动**的牵头单位是市园林局[1]，不是由市财政局牵头。",
        "二、（一）古树保护行动[1]\n\n- 牵头：市园林局\n- 落实单位：各区人民政府",
        "**市园林局**共牵头 1 项：\n\n- 牵头：二、（一）古树保护行动[1]",
        "湖区水质稳定达到 Ⅲ 类标准，古树复壮 40 株[1][2]。",
        "到 2030 年，公园步道长度达到 120 公里以上[1][2][3]；力争古树保护率比 2025 年提高 9.5%[3]。",
        "公园步道长度不低于 120 公里[1][2][3]。",
        "> 到2030年，公园步道长度达到120公里以上[3]\n\n[1][2]",
        "新建步道 80 公里，改造步道 25 公里左右，相差：80 公里 − 25 公里左右 = 55 公里[1][2][3][4]。",
        "新建步道 80000 米[1][2][3][4]。",
        "共 2 项目标：\n\n| 目标 | 数 |\n| --- | --- |\n| 新建步道 | 80 公里 |\n| 改造步道 | 25 公里左右[1][2][3][4] |",
        MENTIONS.format(2),
        "方案共 2 章：\n\n1. 一、主要目标[1][2][3]\n2. 二、园林任务",
        "二、园林任务有 2 条[1][2][3]，一、主要目标有 3 项。\n\n合计：2 + 3 = 5 条。",
        "市园林局牵头，市财政局、市水务局等按职责分工负责[1]。\n\n二、（一）古树保护行动列明的单位共 3 家（各区人民政府不计在内）。",
        "建立“一树一档”[1]。",
        "抱歉，这个问题不在《示范市“十六五”园林行动方案》的范围内。",
        "二、（二）步道建设行动：方案未明确牵头单位，由市城管局负责[1][2][3][4]。",
    ],
)
def test_what_the_plan_says_is_proved(text: str) -> None:
    """Faithful answers, in their own words, counted, reckoned or quoted, have no fault."""
    assert _kinds(text) == []


UNSUPPORTED, ALTERED, MARKER = Kind.UNSUPPORTED_FACT, Kind.ALTERED_QUOTE, Kind.WRONG_MARKER
COMPARATOR, STRENGTH = Kind.WRONG_COMPARATOR, Kind.WRONG_STRENGTH


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("古树复壮 41 株[1][2]。", [UNSUPPORTED]),
        ("古树复壮四十一株[1][2]。", [UNSUPPORTED]),
        ("古树复壮 40 亩[1][2]。", [UNSUPPORTED]),
        ("古树复壮 4\u200b1 株[1][2]。", [UNSUPPORTED]),
        ("湖区水质达到 II 类标准[1][2]。", [UNSUPPORTED]),
        ("公园步道长度达到 120 公里以上，古树复壮 40 株。", [UNSUPPORTED, UNSUPPORTED]),
        ("新建步道 25 公里左右[1][2][3][4]。", [UNSUPPORTED]),
        ("新建步道 80 公里；改造步道 80 公里[1][2][3][4]。", [UNSUPPORTED]),
        ("到 2025 年，古树保护率力争提高 9.5%[1][2][3]。", [UNSUPPORTED]),
        ("相差：80 公里 − 25 公里左右 = 45 公里[1][2][3][4]。", [UNSUPPORTED]),
        ("二、园林任务有 2 条[1][2][3][4]。\n\n合计：2 + 9 = 11 条。", [UNSUPPORTED]),
        ("二、园林任务有 6 条[1][2][3][4]。", [UNSUPPORTED]),
        ("共 3 项目标：\n\n- 新建步道 80 公里\n- 改造步道 25 公里左右[1][2][3][4]", [UNSUPPORTED]),
        (MENTIONS.format(3), [UNSUPPORTED]),
        ("**市园林局**共牵头 2 项：\n\n- 牵头：二、（一）古树保护行动[1]", [UNSUPPORTED]),
        ("**市财政局**的任务：\n\n- 牵头：二、（一）古树保护行动[1]", [UNSUPPORTED]),
        ("市园林局、市财政局牵头[1]。", [UNSUPPORTED]),
        ("牵头单位是市财政局[1]。", [UNSUPPORTED]),
        ("由市体育局负责[1]。", [UNSUPPORTED]),
        ("由市城管局负责[1]。", [UNSUPPORTED, UNSUPPORTED]),
        ("由市园林局牵头。", [UNSUPPORTED, UNSUPPORTED]),
        ("二、（一）古树保护行动：方案未明确牵头单位[1]。", [UNSUPPORTED]),
        ("要求建立“一树两档”[1]。", [UNSUPPORTED]),
        ("> 建立一树一档制度[1]", [UNSUPPORTED]),
        ("公园步道长度达到 120 公里[1][2][3]。", [COMPARATOR]),
        ("公园步道长度超过 120 公里[1][2][3]。", [COMPARATOR]),
        ("古树保护率提高 9.5%[1][2][3]。", [STRENGTH]),
        ("古树复壮 40 株[1]。\n\n改造步道 25 公里左右[2][3][4]。\n\n灌溉用水量不高于 3.2 万吨/日[2]。", [MARKER]),
        ("古树复壮 40 株[2]。", [MARKER]),
        ("古树复壮 40 株[1][2][7]。", [MARKER]),
    ],
)
def test_what_it_does_not_say_is_found(text: str, kinds: list[Kind]) -> None:
    """Each invented, altered or misplaced fact is found, and told as what it is."""
    assert _kinds(text) == kinds


@pytest.mark.parametrize(
    ("question", "text", "proved"),
    [
        ("做一半呢？", "按您说的一半计算：120 公里以上 × 50% = 60 公里", True),
        ("做一半呢？", "按您说的一半计算：120 公里以上 × 50% = 61 公里", False),
        ("做一半呢？", "按您说的四成计算：120 公里以上 × 40% = 48 公里", False),
        ("做三分之二呢？", "按您说的三分之二计算：120 公里以上 ÷ 3 × 2 = 80 公里", True),
        ("分 7 年呢？", "按您说的 7 年平均：120 公里以上 ÷ 7 ≈ 17.14 公里", True),
        ("分 7 年呢？", "按您说的 7 年平均：120 公里以上 ÷ 7 ≈ 17.14 家", False),
        ("平均呢？", "2 项的平均：80 公里 + 25 公里左右 = 105 公里，105 公里 ÷ 2 = 52.5 公里", True),
    ],
)
def test_parts_are_proved(question: str, text: str, proved: bool) -> None:
    """A part is proved where it comes out, its unit is that of the whole, and the question tells the share."""
    names = ["改造步道", "新建步道"] if "+" in text else []
    answer = Answering(PLAN).answer(f"{text}[1][2][3][4]。", QUOTES, targets=names)
    reasons = prove(Reply.model_validate(answer | {"question": question}), PLANS)
    assert (not reasons) == proved


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("start", 3, ALTERED),
        ("quote", "完成古树复壮 41 株", ALTERED),
        ("quote", "", ALTERED),
        ("label", "二、（一）古树行动", ALTERED),
        ("clause_id", "2.2", ALTERED),
        ("clause_id", "9", ALTERED),
        ("plan_id", "nowhere", ALTERED),
    ],
)
def test_a_citation_stands_where_it_says(field: str, value: object, kind: Kind) -> None:
    """A citation with a wrong place, label, clause or plan is found."""
    answer = Answering(PLAN).answer("古树复壮[1]。", [("2.1", "完成古树复壮 40 株")])
    answer["citations"][0][field] = value
    assert kind in [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)]


def test_a_quotation_does_not_cut_a_number() -> None:
    """A quotation that ends within 40 shows another number than the plan."""
    answer = Answering(PLAN).answer("古树复壮[1]。", [("2.1", "完成古树复壮 4")])
    assert [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)] == [ALTERED]


def test_an_answer_without_words_breaks_the_contract() -> None:
    """An empty answer is told as broken, and stops nothing."""
    empty = Answering(PLAN).answer(" \n")
    assert read_reply(empty) == "不合约定的字段：answer"
    assert read_lines("") == ()


def test_two_citations_do_not_share_a_marker() -> None:
    """A marker that two citations have points nowhere."""
    answer = Answering(PLAN).answer("古树复壮[1][2]。", [("2.1", "完成古树复壮 40 株"), ("2.1", TREES)])
    answer["citations"][1]["marker"] = 1
    assert {reason.kind for reason in prove(Reply.model_validate(answer), PLANS)} == {MARKER}


@pytest.mark.parametrize(
    ("field", "value"), [("value", "41"), ("comparator", ">="), ("target_year", 2031), ("indicator_id", "x")]
)
def test_an_indicator_row_is_a_true_copy(field: str, value: object) -> None:
    """A joined row that differs from the corpus in any field is found, and proves nothing."""
    answer = Answering(PLAN).answer("古树复壮[1]。", [("2.1", "完成古树复壮 40 株")], targets=["古树复壮"])
    assert prove(Reply.model_validate(answer), PLANS) == ()
    answer["indicators"][0][field] = value
    assert [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)] == [UNSUPPORTED]


def test_a_body_stands_in_text_and_plan() -> None:
    """A body that the answer joins but does not name, or joins with a role it has not, is found."""
    text = "市园林局牵头，市财政局、市水务局等按职责分工负责[1]。"
    answer = Answering(PLAN).answer(text, QUOTES[:1], ["2.1"])
    assert [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)] == [Kind.AGENCY_MISSING]
    answer["agencies"] = [{"name": "市财政局", "role": "lead", "clause_id": "2.1"}]
    assert [reason.kind for reason in prove(Reply.model_validate(answer), PLANS)] == [UNSUPPORTED]


@pytest.mark.parametrize(("number", "wrong"), [(3, False), (4, True)])
def test_a_heading_gives_nobody_a_role(number: int, wrong: bool) -> None:
    """落实 in a chapter's heading tells of no body that carries out, also where bodies are told elsewhere; 4 is wrong."""
    plan = load_corpus().plan("guizhou-145-energy")
    text = f"**五、强化工作落实**有 {number} 条[1]。"
    answer = Answering(plan).answer(text, [("5", "强化工作落实")], ["4.5"])
    found = prove(Reply.model_validate(answer), {plan.plan_id: plan})
    assert any(reason.kind is UNSUPPORTED for reason in found) is wrong


def test_the_years_in_a_clauses_name_are_no_targets() -> None:
    """A row that gives its source by a name with years in it says nothing of the target's year; a year of its own does."""
    *others, paths = PLAN.clauses
    annex = replace(paths, label="示范行动（2021—2023年） 二、（二）步道建设行动")
    plan = replace(PLAN, clauses=(*others, annex))
    text = f"| 指标 | 目标 | 出处 |\n| --- | --- | --- |\n| 新建步道 | 80 公里 | {annex.label}[1] |"
    for said, kinds in ((text, []), (text.replace("80 公里 |", "到 2023 年 80 公里 |"), [Kind.UNSUPPORTED_FACT])):
        answer = Answering(plan).answer(said, [QUOTES[3]], (), ["新建步道"])
        found = [reason.kind for reason in prove(Reply.model_validate(answer), {plan.plan_id: plan})]
        assert found == kinds
