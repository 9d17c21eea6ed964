"""The last check before an answer leaves: each kind of fault planted alone into an answer that is right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unicodedata import digit as value_of

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answer import Agency, Answer, Citation
from assistant.guard import WITHHELD, faults, guarded
from corpus import Corpus, Responsibility
from tests.fakes import Answering, garden_plan, plan_of, read_answer

GARDEN = garden_plan()
RAISED = tuple(replace(row, direction="提高") if "提高" in row.quote else row for row in GARDEN.indicators)
PLAN = replace(GARDEN, indicators=RAISED)
CORPUS = Corpus((PLAN,), digest="")
DUTIES = "市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实"
TARGETS = "公园步道长度达到 120 公里以上，力争古树保护率比 2025 年提高 9.5%，灌溉用水量不高于 3.2 万吨/日"
TEXT = (
    "**二、（一）古树保护行动**由市园林局牵头，市财政局、市水务局等按职责分工负责；各区人民政府负责落实[1]。\n\n"
    "到 2030 年，公园步道长度达到 120 公里以上，灌溉用水量不高于 3.2 万吨/日[2]。\n\n"
    f"> {TARGETS}[2]\n\n"
    "方案称为“一树一档”。相差：120 公里 − 80 公里 = 40 公里[3]。"
)
COMPUTED = frozenset({"40"})  # what was computed is declared, and has to come out as well
QUOTES = (("2.1", DUTIES), ("1", f"到 2030 年，{TARGETS}"), ("2.2", "新建步道 80 公里"))
CLEAN = read_answer(Answering(PLAN).answer(TEXT, QUOTES, ["2.1"], ["公园步道长度", "灌溉用水量"]))

Plant = Callable[[Answer], Answer]


def found(answer: Answer) -> tuple[str, ...]:
    return faults(answer, CORPUS, COMPUTED)


def written(old: str, new: str) -> Plant:
    """Return a fault in the text: ``old`` becomes ``new``, once."""
    assert TEXT.count(old) == 1
    return lambda answer: replace(answer, answer=answer.answer.replace(old, new))


def cited(marker: int, **changes: Any) -> Plant:
    """Return a fault in one citation."""
    return lambda answer: replace(
        answer,
        citations=tuple(replace(row, **changes) if row.marker == marker else row for row in answer.citations),
    )


def rows(**changes: Any) -> Plant:
    """Return a fault in the first indicator row."""
    return lambda answer: replace(answer, indicators=(replace(answer.indicators[0], **changes), *answer.indicators[1:]))


def body(agency: Agency) -> Plant:
    """Return a body in the place of the first one."""
    return lambda answer: replace(answer, agencies=(agency, *answer.agencies[1:]))


def added(citation: Citation) -> Plant:
    """Return a citation that no marker points to."""
    return lambda answer: replace(answer, citations=(*answer.citations, citation))


def test_a_clean_answer_passes() -> None:
    """An answer with bodies, targets, a quotation, quoted words, a reckoning and three citations has no fault."""
    assert found(CLEAN) == ()
    assert guarded(CLEAN, CORPUS, COMPUTED) == CLEAN


@pytest.mark.parametrize(
    ("plant", "culprit"),
    [
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120 公里以上，共 66 处，灌溉"), "66", id="number"),
        pytest.param(written("= 40 公里", "= 41 公里"), "41", id="number-not-computed"),
        pytest.param(written("120 公里 − 80", "80 公里 − 120"), "does not come out", id="sum-that-does-not-come-out"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 130 公里以上，灌溉"), "130", id="number-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 12 公里以上，灌溉"), "12", id="number-cut"),
        pytest.param(written("到 2030 年，公园", "到 2035 年，公园"), "2035", id="year-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120 亩以上，灌溉"), "120", id="unit-altered"),
        pytest.param(written("达到 120 公里以上，灌溉", "达到 120%以上，灌溉"), "120", id="unit-percent"),
        pytest.param(written("由市园林局牵头", "由市园林局、市城管局牵头"), "市城管局", id="body-of-another-clause"),
        pytest.param(written("；各区人民政府负责落实[1]", "[1]"), "各区人民政府", id="body-not-in-the-text"),
        pytest.param(body(Agency("市园林局", "shared", "2.1")), "市园林局", id="role-swapped"),
        pytest.param(body(Agency("市园林局", "lead", "2.2")), "市园林局", id="body-in-another-clause"),
        pytest.param(written("“一树一档”", "“一树二档”"), "一树二档", id="quoted-words-altered"),
        pytest.param(written("> 公园步道长度", "> 公园步道总长度"), "公园步道总长度", id="quotation-altered"),
        pytest.param(cited(2, start=0, end=10), "2", id="offsets-of-another-place"),
        pytest.param(cited(3, quote="新建步道 80 公里。"), "3", id="cited-words-altered"),
        pytest.param(written("40 公里[3]", "40 公里[3][4]"), "4", id="marker-without-citation"),
        pytest.param(written("40 公里[3]", "40 公里"), "marker", id="citation-without-marker"),
        pytest.param(added(replace(CLEAN.citations[2], marker=4)), "marker", id="second-citation-without-marker"),
        pytest.param(rows(quote="公园步道长度达到 120 公里"), "公园步道长度", id="row-quote-altered"),
        pytest.param(rows(indicator_id="新增步道长度"), "新增步道长度", id="row-unknown"),
    ],
)
def test_a_planted_fault_is_found(plant: Plant, culprit: str) -> None:
    """A fault planted alone is found, and nothing else is."""
    found_faults = found(plant(CLEAN))
    assert found_faults
    assert all(culprit in fault for fault in found_faults)


def test_a_year_of_the_question_may_be_told_as_such() -> None:
    """A declared year is let through where the answer says that the asker named it, and nowhere else."""
    denied = replace(CLEAN, answer=f"方案没有写您说的 2041 年的数字。\n\n{CLEAN.answer}")
    assert faults(denied, CORPUS, {*COMPUTED, "2041"}) == ()
    assert faults(denied, CORPUS, COMPUTED)
    stated = replace(CLEAN, answer=f"到 2041 年完成。\n\n{CLEAN.answer}")
    assert faults(stated, CORPUS, {*COMPUTED, "2041"})


# A second answer, with a target that is only striven for, one in words, a clause without a lead and a table.
OWN_WORDS = (
    "**古树保护率**：到 2030 年，力争比 2025 年提高 9.5%[1]。\n\n"
    "湖区水质稳定达到 III 类标准[2]。\n\n"
    "方案在**二、（二）步道建设行动**中写道：\n\n> 新建步道 80 公里，改造步道 25 公里左右[3]\n\n"
    "| 指标 | 目标 | 时间 | 出处 |\n| --- | --- | --- | --- |\n"
    "| 公园步道长度 | 达到 120 公里以上 | 到 2030 年 | 一、主要目标[4] |\n"
    "| 灌溉用水量 | 不高于 3.2 万吨/日 | 到 2030 年 | 一、主要目标[5] |\n"
    "| 改造步道 | 25 公里左右 | 未写明 | 二、（二）步道建设行动[3] |\n\n"
    "**二、（二）步道建设行动**：方案未明确牵头单位，由市城管局负责[6]。\n\n"
    "**市园林局**在方案中共牵头 1 项：\n\n- 牵头：二、（一）古树保护行动[7]\n\n"
    "有：市财政局按职责分工负责[7]。牵头的是市园林局。不是由市水务局牵头。"
)
OWN_QUOTES = (
    ("1", f"到 2030 年，{TARGETS}"),
    ("2.1", "湖区水质稳定达到 III 类标准"),
    ("2.2", "新建步道 80 公里，改造步道 25 公里左右"),
    ("1", "公园步道长度达到 120 公里以上"),
    ("1", "灌溉用水量不高于 3.2 万吨/日"),
    ("2.2", "（市城管局负责）"),
    ("2.1", DUTIES),
)
OWN = read_answer(
    Answering(PLAN).answer(
        OWN_WORDS, OWN_QUOTES, ["2.2", "2.1"], ["古树保护率", "湖区水质", "公园步道长度", "灌溉用水量", "改造步道"]
    )
)
OWN = replace(OWN, agencies=tuple(row for row in OWN.agencies if row.role != "local"))
# What the text says of the shape of the plan, and a word of its own title.
FREE = (
    "《示范市“十六五”园林行动方案》在二、（一）中写明，市园林局是牵头单位[7]。",
    "有关部门和各级政府的职责以方案为准。",
    "十六五时期的目标见一、主要目标[4]。",
    "公园步道长度不低于 120 公里[4]。",
    "第一、二类绿地，统一、规范管理。",
    "力争到 2030 年古树保护率比 2025 年提高 9.5%[1]。",
    "按照二、（一）古树保护行动[7]的规定，市财政局和市水务局配合。",
    "由几个单位共同牵头的条款共 1 条。",
    "建立‘一树一档’[7]。",
    "| 单位 | 职责 |\n| --- | --- |\n| 市园林局 | 牵头[7] |\n| 市财政局 | 按职责分工负责[7] |",
    "牵头单位：\n\n- 市园林局[7]\n\n配合单位：\n\n- 市财政局\n- 市水务局[7]",
    "- 市水务局：配合[7]",
    "责任单位包括市财政局、市水务局等[7]。",
    "市水务局不在牵头单位之列[7]。",
    "公园步道长度和古树保护率分别达到 120 公里以上、力争提高 9.5%。",
    "两项目标的数值相同。",
    "- 2030 年的目标是什么？",
    "第二章第二节由市城管局单独负责[6]。",
)
# What a garbled answer might add; every name and digit in it stands in the plan, or looks as if it did.
MADE = (
    ("| 单位 | 职责 |\n| --- | --- |\n| 市财政局 | 牵头[7] |", "市财政局"),
    ("| 牵头 | 市财政局[7] |", "市财政局"),
    ("牵头单位：\n\n- 市园林局\n- 市财政局[7]", "市财政局"),
    ("- 市财政局：牵头[7]", "市财政局"),
    ("市财政局在二、（一）古树保护行动[7]这一条里作为牵头单位。", "市财政局"),
    ("牵头工作由市财政局承担[7]。", "市财政局"),
    ("由市财政局会同市水务局牵头[7]。", "市财政局"),
    ("责任单位是市城管局[7]。", "市城管局"),
    ("市财政局不参与[7]。", "市财政局"),
    ("市财政局和市水务局负责[7]。", "市财政局"),
    ("由各市区（镇）人民政府落实[7]。", "人民政府"),
    ("市城市管理和财政局牵头[7]。", "财政局 is"),
    ("绿化养护公司牵头[7]。", "绿化养护公司"),
    ("由绿化养护中心负责[6]。", "绿化养护中心"),
    ("由示范市园林总站牵头[7]。", "示范市园林总站"),
    ("公园步道长度几乎达到 120 公里以上[4]。", "comparator"),
    ("公园步道长度超过 120 公里以下[4]。", "comparator"),
    ("公园步道长度不低于 120 公里，古树保护率达到 120 公里以上[1]。", "another indicator"),
    ("公园步道长度比 2025 年达到 120 公里以上[4]。", "2025"),
    ("步道比 2020 年多[4]。", "2020"),
    ("- 2036 年的目标是什么？", "2036"),
    ("方案共 1 亩。", "1亩"),
    ("见二、（二）[3]步道，三、其他。", "三、"),
    ("第三条。", "第三条"),
    ("按二、（一）对古树护养行动[7]，另见二、（一）至古树保护行[7]。", "heading"),
    ("湖区水质努力达到 III 类标准[2]。", "湖区水质"),
    ("100 公里 ÷ 25 公里 ≈ 5 倍。", "does not come out"),
    ("120 公里以上 × 50% = 1 公里。", "does not come out"),
)


def own_words(text: str) -> tuple[str, ...]:
    return faults(replace(OWN, answer=text), CORPUS, {"1"})


def test_an_answer_in_its_own_words_passes() -> None:
    """A target that is striven for, one in words, a table, a list of tasks and a denial: all as the plan has them."""
    assert own_words(OWN_WORDS) == ()


@pytest.mark.parametrize("sentence", FREE)
def test_another_true_sentence_passes(sentence: str) -> None:
    """Sentences that nobody's responder writes pass where the plan holds what they say."""
    assert own_words(f"{OWN_WORDS}\n\n{sentence}") == ()


@pytest.mark.parametrize(("sentence", "culprit"), MADE)
def test_a_made_sentence_is_found(sentence: str, culprit: str) -> None:
    """One sentence that the plan does not bear out, behind an answer that is right, and it is found."""
    assert any(culprit in fault for fault in own_words(f"{OWN_WORDS}\n\n{sentence}"))


def test_numbers_dealt_out_keep_their_order() -> None:
    """甲、乙分别达到 55%、45%: the order tells which number is whose, though one clause holds both."""
    quote = "绿地、林地覆盖率分别达到 55%、45%"
    plan = plan_of("shares", ("目标", f"到 2030 年，{quote}。"))
    row = replace(RAISED[0], clause_id="1", quote=quote, unit="%", comparator="=")
    start = plan.text.index(quote)
    named = (("绿地覆盖率", "55"), ("林地覆盖率", "45"))
    targets = (
        replace(row, indicator_id=name, name=name, value=value, start=start, end=start + len(quote))
        for name, value in named
    )
    plan = replace(plan, indicators=tuple(targets))
    corpus = Corpus((plan,), digest="")
    answering = Answering(plan)

    def told(text: str) -> tuple[str, ...]:
        answer = answering.answer(text, [("1", quote)], targets=["绿地覆盖率", "林地覆盖率"])
        return faults(read_answer(answer), corpus)

    assert told("绿地、林地覆盖率分别达到 55% 和 45%[1]。") == ()
    assert told("绿地覆盖率达到 55%，林地覆盖率达到 45%[1]。") == ()
    assert told("绿地、林地覆盖率分别达到 45% 和 55%[1]。")
    assert told("绿地覆盖率达到 45%，林地覆盖率达到 55%[1]。")


@pytest.mark.parametrize(
    ("printed", "told", "passes"),
    [
        ("（市园林局、市财政局按照职责分工负责）", "市园林局、市财政局负责", True),
        ("（市园林局、市财政局按照职责分工负责）", "市园林局负责", False),
        ("（市园林局、市财政局负责）", "市园林局负责", True),
        ("（市园林局、市财政局按职责分工负责）", "市园林局、市财政局负责", False),
        ("（市园林局、市财政局按职责分工负责）", "市园林局、市财政局按分工负责", True),
    ],
)
def test_who_alone_is_responsible(printed: str, told: str, passes: bool) -> None:
    """负责 alone says of one body that nobody shares it; of several it may stand for words that say the same at length."""
    plan = plan_of("shared", ("任务", f"种树。{printed}"))
    starts = ((name, plan.text.index(name)) for name in ("市园林局", "市财政局"))
    duties = tuple(Responsibility("1", name, "shared", False, start, start + len(name)) for name, start in starts)
    plan = replace(plan, responsibilities=duties)
    answer = read_answer(Answering(plan).answer(f"由{told}[1]。", [("1", printed)]))
    assert (faults(answer, Corpus((plan,), digest="")) == ()) is passes


def test_a_citation_of_another_clause_is_found() -> None:
    """A citation whose words lie in another clause than the one it names proves nothing."""
    clause = PLAN.clause("2.2")
    assert found(cited(1, clause_id="2.2", label=clause.label)(CLEAN))


@pytest.mark.parametrize(
    ("old", "new", "culprit"),
    [
        pytest.param("力争比 2025 年提高", "比 2025 年提高", "strength", id="strive-dropped"),
        pytest.param("力争比 2025 年提高", "力争（激励目标）比 2025 年提高", "strength", id="strive-made-incentive"),
        pytest.param("| 达到 120 公里以上", "| 力争达到 120 公里以上", "strength", id="strive-added"),
        pytest.param("25 公里左右 |", "25 公里 |", "comparator", id="about-dropped"),
        pytest.param("25 公里左右 |", "25 公里以上 |", "comparator", id="about-made-at-least"),
        pytest.param("不高于 3.2", "不低于 3.2", "comparator", id="at-most-made-at-least"),
        pytest.param("不高于 3.2", "超过 3.2", "comparator", id="at-most-made-above"),
        pytest.param("不高于 3.2", "3.2", "comparator", id="at-most-dropped"),
        pytest.param("120 公里以上", "120 公里以下", "comparator", id="above-made-below"),
        pytest.param("120 公里以上", "120 公里", "comparator", id="above-dropped"),
        pytest.param("年提高 9.5%", "年下降 9.5%", "change", id="direction-turned"),
        pytest.param("年提高 9.5%", "年提高到 9.5%", "change", id="by-made-to"),
        pytest.param("年提高 9.5%", "年达到 9.5%", "change", id="direction-dropped"),
        pytest.param("比 2025 年提高", "比 2030 年提高", "2030", id="base-year-of-the-target"),
        pytest.param("到 2030 年，力争", "到 2025 年，力争", "2025", id="target-year-of-the-base"),
        pytest.param("到 2030 年 | 一、主要目标[4]", "到 2025 年 | 一、主要目标[4]", "2025", id="year-in-a-table"),
        pytest.param("到 2030 年，力争", "“十七五”时期，力争", "十七五", id="period-made"),
        pytest.param("| 公园步道长度 |", "| 灌溉用水量 |", "another indicator", id="name-of-another-number"),
        pytest.param("湖区水质稳定达到", "湖区水质力争达到", "湖区水质", id="words-of-a-target-altered"),
        pytest.param("达到 III 类", "达到 II 类", "II", id="class-altered"),
        pytest.param("由市城管局负责[6]", "由市城管局牵头[6]", "牵头", id="sole-made-lead"),
        pytest.param("由市城管局负责[6]", "由市城管局按职责分工负责[6]", "按职责分工负责", id="sole-made-shared"),
        pytest.param("市财政局按职责分工负责", "市财政局牵头", "牵头", id="shared-made-lead"),
        pytest.param("市财政局按职责分工负责", "市财政局负责", "负责", id="shared-made-sole"),
        pytest.param("市财政局按职责分工负责", "市财政局负责落实", "负责落实", id="shared-made-local"),
        pytest.param("牵头的是市园林局", "配合的是市园林局", "市园林局", id="lead-made-helper"),
        pytest.param("牵头的是市园林局", "牵头单位有市园林局和市水务局", "市水务局", id="lead-added"),
        pytest.param("不是由市水务局牵头", "不是由市园林局牵头", "市园林局", id="lead-denied"),
        pytest.param("- 牵头：二、", "- 按职责分工负责：二、", "市园林局", id="role-in-a-list"),
        pytest.param(
            "未明确牵头单位，由市城管局", "未明确责任单位，没有写明责任单位，由市城管局", "没有写明", id="bodies-denied"
        ),
        pytest.param("由市城管局负责[6]", "由市绿化局负责[6]", "市绿化局", id="body-made"),
        pytest.param("有：市财政局", "有：市体育局、市财政局", "市体育局", id="body-added-to-a-list"),
        pytest.param("有：市财政局", "有：市园林集团、市财政局", "市园林集团", id="company-added-to-a-list"),
        pytest.param("有：市财政局", "有：省财政局", "省财政局", id="body-of-another-level"),
        pytest.param("9.5%[1]", "9.5%[4]", "9.5", id="number-with-the-marker-of-another-place"),
        pytest.param("负责[6]", "负责[1]", "市城管局", id="body-with-the-marker-of-another-place"),
        pytest.param("古树保护行动[7]\n", "古树保护行动[6]\n", "古树保护行动", id="clause-with-the-marker-of-another"),
        pytest.param(
            "方案在**二、（二）步道建设行动**中", "方案在**一、主要目标**中", "主要目标", id="quoted-under-another"
        ),
        pytest.param("步道建设行动**：方案未", "步道养护行动**：方案未", "heading", id="heading-altered"),
        pytest.param(
            "**二、（二）步道建设行动**：方案未", "**二、（三）步道建设行动**：方案未", "（三）", id="clause-made"
        ),
        pytest.param("有：市财政局", "按第三章，市财政局", "第三章", id="chapter-made"),
        pytest.param("有：市财政局", "按《园林条例》，市财政局", "园林条例", id="document-made"),
        pytest.param("有：市财政局", "按‘一树三档’，市财政局", "一树三档", id="single-quotes-altered"),
        pytest.param("有：市财政局", "按『一树三档』，市财政局", "一树三档", id="corner-quotes-altered"),
        pytest.param("有：市财政局", '按"一树三档"，市财政局', "一树三档", id="straight-quotes-altered"),
        pytest.param("共牵头 1 项", "共牵头 1%", "1%", id="count-made-a-share"),
    ],
)
def test_a_fault_in_own_words_is_found(old: str, new: str, culprit: str) -> None:
    """A single fault in the answer's own words, where every name and digit may stand somewhere in the plan."""
    assert OWN_WORDS.count(old) == 1
    found_faults = own_words(OWN_WORDS.replace(old, new))
    assert any(culprit in fault for fault in found_faults)


def test_an_altered_value_of_a_row_is_found() -> None:
    """A row whose value was changed proves nothing: not itself, and not the number that the text takes from it."""
    altered = rows(value="130")(written("达到 120 公里以上，灌溉", "达到 130 公里以上，灌溉")(CLEAN))
    assert any("公园步道长度" in fault for fault in found(altered))


@pytest.mark.parametrize("shift", [-1, 1, 40, -PLAN.text.index(DUTIES)])
def test_shifted_offsets_are_found(shift: int) -> None:
    """A citation that points one character beside its words is found."""
    row = CLEAN.citations[0]
    assert len(found(cited(1, start=row.start + shift, end=row.end + shift)(CLEAN))) == 1


def test_a_withheld_answer_shows_nothing_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Where the check fails, nothing of the answer is shown, and the log has the question with every fault."""
    wrong = replace(
        written("达到 120 公里以上，灌溉", "达到 85 公里以上，灌溉")(CLEAN), suggestions=("古树？",), reading="古树"
    )
    with caplog.at_level(logging.ERROR):
        shown = guarded(wrong, CORPUS, COMPUTED)
    assert (shown.answer, shown.question, shown.reading) == (WITHHELD, CLEAN.question, "")
    assert (shown.citations, shown.agencies, shown.indicators, shown.suggestions) == ((), (), (), ())
    assert shown.status != "answered"
    assert "85" in caplog.text
    assert CLEAN.question in caplog.text


@given(st.integers(0, len(TEXT)), st.characters(categories=["Nd"]))
def test_any_digit_inserted_is_found(at: int, digit: str) -> None:
    """One digit more, of any script and at any place of the text, and the answer is withheld."""
    assume(value_of(digit) or TEXT[at - 1] != "[")  # [02] is marker 2
    assert found(replace(CLEAN, answer=TEXT[:at] + digit + TEXT[at:])) != ()


@given(
    st.sampled_from([at for at, one in enumerate(TEXT) if one.isdigit() and TEXT[at - 1] != "["]),
    st.sampled_from("0123456789"),
)
def test_any_digit_changed_is_found(at: int, digit: str) -> None:
    """One digit of a number changed, and the answer is withheld."""
    changed = TEXT[:at] + digit + TEXT[at + 1 :]
    assert (found(replace(CLEAN, answer=changed)) == ()) == (changed == TEXT)


@given(st.sampled_from([at for at in range(len(TEXT)) if TEXT[at - 1 : at + 1].isdigit()]))
def test_any_digit_dropped_is_found(at: int) -> None:
    """One digit of a longer number lost, and the answer is withheld."""
    assert found(replace(CLEAN, answer=TEXT[:at] + TEXT[at + 1 :])) != ()
