"""The value of an indicator: every reviewed row asked by its name, and what is asked of it that the plan does not say."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer, AnswerIndicator
from assistant.service import Assistant
from corpus import Indicator, load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")
ROWS = PLAN.indicators
NUMERIC = [row for row in ROWS if row.is_numeric]
MARKER = re.compile(r"\[\d+\]")
# The words that an answer may use for each comparator, before or behind the figure.
SIGNS = {
    "=": "{0}(?!以上|以下|左右|以内)",
    ">=": "{0}以上|不低于 ?{0}",
    ">": "超过 ?{0}",
    "<=": "不高于 ?{0}",
    "~": "{0}左右",
}


def ids(row: Indicator) -> str:
    return row.indicator_id


def figure(row: Indicator) -> str:
    """Return the pattern of a row's figure with its unit, however it is spaced."""
    return rf"(?<![\d.]){re.escape(row.value)}\s?{re.escape(row.unit)}"


def plain(answer: Answer) -> str:
    return MARKER.sub("", answer.answer)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_row_asked_by_its_name(assistant: Assistant, row: Indicator) -> None:
    """The row is joined as the table holds it, and its own words are cited at their offsets and marked in the text."""
    answer = assistant.ask(f"{row.name}的目标是多少？")
    assert answer.status == "answered"
    assert AnswerIndicator.of(row) in answer.indicators
    cited = next(one for one in answer.citations if one.start <= row.start and row.end <= one.end)
    assert (cited.clause_id, PLAN.text[row.start : row.end]) == (row.clause_id, row.quote)
    assert row.quote in cited.quote
    assert f"[{cited.marker}]" in answer.answer


@pytest.mark.parametrize("row", NUMERIC, ids=ids)
def test_a_figure_is_said_as_the_plan_says_it(assistant: Assistant, row: Indicator) -> None:
    """Beside the quotation, our own words keep unit, comparator (以上, 不高于, 左右), 力争 and 激励, year and base year."""
    answer = assistant.ask(f"{row.name}要达到多少？")
    own = "\n".join(line for line in plain(answer).splitlines() if not line.startswith((">", "责任单位")))
    said = next(part for part in re.split("[；。]", own) if re.search(figure(row), part))
    assert re.search(SIGNS[row.comparator].format(figure(row)), said)
    assert ("力争" in said) == (row.strength != "firm")
    assert ("激励" in said) == (row.strength == "incentive")
    assert not row.target_year or f"{row.target_year} 年" in own or (row.period and row.period in own)
    assert not row.base_year or f"比 {row.base_year} 年" in own


@pytest.mark.parametrize("row", [row for row in ROWS if not row.is_numeric], ids=ids)
def test_a_target_in_words_gets_no_figure(assistant: Assistant, row: Indicator) -> None:
    """A target without a number is told in the plan's words, with no number but its year."""
    answer = assistant.ask(f"{row.name}的目标是多少？")
    own = "\n".join(line for line in plain(answer).splitlines() if row.name in line)
    assert row.value in own
    assert set(re.findall(r"\d+", own)) <= {str(row.target_year), "1"}


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_row_asked_in_other_words(assistant: Assistant, row: Indicator) -> None:
    """What people call the indicator leads to the same row as its name."""
    assert AnswerIndicator.of(row) in assistant.ask(f"{row.aliases[-1]}的目标是多少？").indicators


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_another_year_has_no_figure(assistant: Assistant, row: Indicator) -> None:
    """Asked for a year that the plan sets nothing for, no figure is offered in its place: not one digit but the year."""
    answer = assistant.ask(f"2030年{row.name}的目标是多少？")
    assert (answer.status, answer.indicators) == ("not_stated", ())
    assert not re.search(r"\d", plain(answer).replace("您说的 2030 年", ""))


@pytest.mark.parametrize(
    "question",
    [
        "贵阳市秸秆综合利用率的目标是多少？",
        "遵义的农村生活污水治理率要达到多少？",
        "贵阳市钢铁行业的目标是多少？",
        "贵阳市铁路、水路货运量占比的目标是多少？",
        "仁怀市白酒企业污染治理要完成多少家？",
        "毕节市单位地区生产总值能耗要下降多少？",
        "云南省非化石能源占能源消费总量比重是多少？",
        "“十五五”时期规模以上工业单位增加值能耗下降多少？",
        "“十三五”的城市污泥无害化处置率是多少？",
        "2023年秸秆综合利用率是多少？",
        "2020年单位地区生产总值能耗是多少？",
        "去年的非化石能源占比是多少？",
        "现在农村生活污水治理率实际是多少？",
        "秸秆综合利用率要达到多少万吨？",
        "农村生活污水治理率是多少公里？",
        "高速公路服务区要建多少个充电桩？",
        "要建设多少座污水处理厂？",
        "单位地区生产总值能耗要降到多少吨标准煤？",
        "白酒企业污染治理要投入多少亿元？",
        "秸秆综合利用率的基期年份是哪一年？",
        "单位地区生产总值二氧化碳排放下降多少？",
        "城市污水处理率是多少？",
        "城市污泥资源化利用率的目标是多少？",
        "森林覆盖率要达到多少？",
        "化肥施用量要压减多少？",
        "农药用量要减多少",
        "GDP增长目标是多少",
        "污水处理费一吨涨多少",
        "污水收集管网每年要建多少公里？",
    ],
)
def test_what_the_plan_does_not_say_has_no_figure(assistant: Assistant, question: str) -> None:
    """Another place, period, unit, measure, the actual state or money: not stated, and not one digit but the year."""
    answer = assistant.ask(question)
    assert (answer.status, answer.indicators) == ("not_stated", ())
    assert not re.search(r"\d", plain(answer).replace("您说的 2023 年", ""))


@pytest.mark.parametrize(
    ("question", "verdict", "figure_said"),
    [
        ("秸秆综合利用率是90%吗？", "不是，方案写的不是这样。", "86%以上"),
        ("秸秆综合利用率是不是86%以上？", "是的。", "86%以上"),
        ("农村生活污水治理率是不是25%？", "是的。", "25%"),
        ("听说农村生活污水治理率要达到60%？", "不是，方案写的不是这样。", "25%"),
        ("燃煤发电机组供电煤耗不低于318克标准煤/千瓦时，对吗？", "不对，方案写的不是这样。", "不高于 318"),
        ("万元工业增加值用水量下降30%？", "不是，方案写的不是这样。", "下降 20%"),
        ("规上工业能耗降15%是到2030年？", "不是，方案写的不是这样。", "十四五"),
        ("农村生活污水治理率25%？", "是的。", "25%"),
        ("单位地区生产总值能耗下降15%，是吗？", "不是，方案写的不是这样。", "下降 13%"),
    ],
)
def test_a_claimed_figure_is_put_right(assistant: Assistant, question: str, verdict: str, figure_said: str) -> None:
    """A figure that the question claims is confirmed or put right first; the true one follows."""
    answer = assistant.ask(question)
    assert answer.answer.startswith(verdict)
    assert figure_said in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("赤水河是不是二类水？", "是的。"),
        ("赤水河是3类水吧", "不是，方案写的不是这样。"),
        ("钢铁行业超低排放改造要完成90%吗？", "不是，方案写的不是这样。"),
        ("钢铁行业超低排放改造要完成100%吗？", ""),
    ],
)
def test_a_claim_on_a_target_in_words_is_judged(assistant: Assistant, question: str, verdict: str) -> None:
    """A grade or a share that the words contradict is denied; 全部 is not set against 100%."""
    assert assistant.ask(question).answer.startswith(f"{verdict}到 2025 年")


def test_a_figure_without_its_comparator_is_not_wholly_confirmed(assistant: Assistant) -> None:
    """Where the plan says 86%以上, a question that says 86% gets the plan's words, and no plain yes."""
    answer = assistant.ask("秸秆综合利用率是不是86%？")
    assert not answer.answer.startswith("是的")
    assert "稳定在 86%以上" in answer.answer


def test_must_does_not_confirm_what_is_strived_for(assistant: Assistant) -> None:
    """A figure that is only strived for is not confirmed as a must."""
    answer = assistant.ask("非化石能源占比必须达到21.6%吗？")
    assert not answer.answer.startswith("是的")
    assert "力争达到 21.6%" in answer.answer


def test_both_targets_of_a_pair(assistant: Assistant) -> None:
    """Of 分别达到 55%、45% each indicator gets its own figure."""
    answer = assistant.ask("绿色防控覆盖率和统防统治覆盖率分别是多少？")
    assert re.search(r"绿色防控覆盖率\*\*：[^。]*55%[^。]*。", answer.answer)
    assert re.search(r"统防统治覆盖率\*\*：[^。]*45%[^。]*。", answer.answer)
    assert {row.value for row in answer.indicators} == {"55", "45"}


@pytest.mark.parametrize("clause_id", ["3.5", "3.8", "3.10"])
def test_the_bodies_of_the_clause_follow(assistant: Assistant, clause_id: str) -> None:
    """The bodies of the clause that holds the target are part of the answer, behind the target itself."""
    row = PLAN.targets(clause_id)[-1]
    answer = assistant.ask(f"{row.name}的目标是多少？")
    bodies = PLAN.bodies(clause_id)
    assert [(one.name, one.role) for one in answer.agencies] == [(one.name, one.role) for one in bodies]
    assert answer.answer.index(bodies[0].name) > answer.answer.index(row.quote[-4:])


def test_a_wrong_year_beside_the_right_figure(assistant: Assistant) -> None:
    """A right figure claimed for another year is put right; a year that the sentence does not hold is not agreed to."""
    wrong = assistant.ask("农村生活污水治理率2030年达到25%，是这样吗？")
    assert wrong.status == "answered"
    assert "不是这样" in wrong.answer
    assert "2025" in wrong.answer
    base = assistant.ask("规上工业能耗是到2025年比2020年下降15%吧？")
    assert base.status == "answered"
    assert not base.answer.startswith("是的")
    assert assistant.ask("农村生活污水治理率2030年达到多少？").status == "not_stated"


def test_converts_in_a_dialogue(assistant: Assistant) -> None:
    """折成立方米呢 wants the figure before in another unit."""
    assert "447000" in assistant.ask("折成立方米呢", ("新增污水处理能力要达到多少？",)).answer


def test_a_unit_that_is_asked_for_is_no_money(assistant: Assistant) -> None:
    """每度电 asks for money only where no other unit is asked for."""
    assert "318" in assistant.ask("每度电用煤封顶多少克？").answer
    assert assistant.ask("每度电多少钱？").indicators == ()


@pytest.mark.parametrize(
    ("question", "figures"),
    [("污泥处置率和垃圾利用率", {"90", "70"}), ("秸秆和粪污利用率的目标分别是多少？", {"86", "80"})],
)
def test_all_that_a_list_names_is_told(assistant: Assistant, question: str, figures: set[str]) -> None:
    """Bare names of rates ask for their targets, and what is measured may stand with the last of them alone."""
    answer = assistant.ask(question)
    assert {row.value for row in answer.indicators} == figures
