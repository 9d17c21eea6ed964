"""Questions over several targets: filtered, counted and reckoned here by hand, and compared with the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus import Indicator, load_corpus

PLAN = load_corpus().plan("guizhou-145-energy")
ROWS = PLAN.indicators
PERCENT = [row for row in ROWS if row.unit == "%"]
Test = Callable[[Indicator], bool]


def value(row: Indicator) -> Decimal:
    return Decimal(row.value)


def used(answer: Answer) -> list[str]:
    return [row.indicator_id for row in answer.indicators]


def bodies_of(row: Indicator, *roles: str) -> set[str]:
    return {body.name for body in PLAN.bodies(row.clause_id) if not roles or body.role in roles}


def is_percent(row: Indicator) -> bool:
    return row.unit == "%"


FILTERS: list[tuple[str, Test]] = [
    ("目标值是25%的指标有哪些？", lambda row: is_percent(row) and value(row) == 25),
    ("哪些指标的目标值超过50%？", lambda row: is_percent(row) and value(row) > 50),
    ("目标值不低于80%的指标有哪些？", lambda row: is_percent(row) and value(row) >= 80),
    ("目标值大于等于45%的有几项？", lambda row: is_percent(row) and value(row) >= 45),
    ("目标值低于20%的指标有哪些？", lambda row: is_percent(row) and value(row) < 20),
    ("目标值在20%到50%之间的指标有哪些？", lambda row: is_percent(row) and 20 <= value(row) <= 50),
    ("十五到三十之间的百分比目标", lambda row: is_percent(row) and 15 <= value(row) <= 30),
    (
        "省住房城乡建设厅参与的条款里，超过80%的目标",
        lambda row: is_percent(row) and value(row) > 80 and "省住房城乡建设厅" in bodies_of(row),
    ),
    ("哪些指标的目标值在四十到六十之间？", lambda row: is_percent(row) and 40 <= value(row) <= 60),
    (
        "由四家单位牵头的条款里有哪些数字目标？",
        lambda row: row.is_numeric and sum(b.role == "lead" for b in PLAN.bodies(row.clause_id)) == 4,
    ),
    (
        "没有牵头单位的条款里有哪些数字目标？",
        lambda row: (
            row.is_numeric
            and row.clause_id != "2"
            and {b.role for b in PLAN.bodies(row.clause_id)} <= {"shared", "local"}
        ),
    ),
    ("挑出能耗类下降指标，不要用水的", lambda row: row.direction == "下降" and "能耗" in row.name),
    ("带“左右”的目标有哪些？", lambda row: row.comparator == "~"),
    ("用“以上”表述的目标有几个？", lambda row: row.is_numeric and f"{row.unit}以上" in row.quote),
    ("哪些是激励性目标？", lambda row: row.strength == "incentive"),
    ("有哪些力争目标？", lambda row: row.strength != "firm"),
    ("有哪些力争完成的目标？", lambda row: row.strength != "firm"),
    ("没有数字的目标有哪些？", lambda row: not row.is_numeric),
    ("方案一共有多少个量化指标？", lambda row: row.is_numeric),
    ("单位是公里的目标有哪些？", lambda row: row.unit == "公里"),
    ("下降类指标有哪些？", lambda row: row.direction == "下降"),
    ("以2020年为基期的目标有哪些？", lambda row: row.base_year == 2020),
    ("三、（五）有哪些目标？", lambda row: row.clause_id == "3.5"),
    ("三、（十）的指标有几个？", lambda row: row.clause_id == "3.10"),
    ("第二章有哪些量化指标？", lambda row: row.clause_id == "2" and row.is_numeric),
    ("省机关事务局负责的目标有哪些？", lambda row: "省机关事务局" in bodies_of(row)),
    ("省农业农村厅牵头的指标有哪些？", lambda row: "省农业农村厅" in bodies_of(row, "lead")),
    (
        "三、（五）中目标值超过50%的指标有哪些？",
        lambda row: row.clause_id == "3.5" and is_percent(row) and value(row) > 50,
    ),
]


@pytest.mark.parametrize(("question", "test"), FILTERS, ids=[question for question, _ in FILTERS])
def test_filters_and_counts(assistant: Assistant, question: str, test: Test) -> None:
    """Exactly the rows that pass the question's condition are used, each is shown, and their number is said."""
    expected = [row for row in ROWS if test(row)]
    answer = assistant.ask(question)
    assert used(answer) == [row.indicator_id for row in expected]
    assert f"共 {len(expected)} 项" in answer.answer
    assert all(f"| {row.name} |" in answer.answer for row in expected)


@pytest.mark.parametrize("row", [row for row in ROWS if row.strength != "firm"], ids=lambda row: row.indicator_id)
def test_tables_keep_strength(assistant: Assistant, row: Indicator) -> None:
    """In a table, too, a target that is only strived for says 力争."""
    line = next(
        line
        for line in assistant.ask(f"{PLAN.clause(row.clause_id).title}的目标有哪些？").answer.splitlines()
        if line.startswith(f"| {row.name} |") and row.value in line
    )
    assert "力争" in line


@pytest.mark.parametrize(
    "question",
    ["目标值超过100%的指标有哪些？", "单位是亿元的目标有哪些？", "三、（九）有哪些量化指标？", "2030年的目标有哪些？"],
)
def test_nothing_passes(assistant: Assistant, question: str) -> None:
    """Where no row passes, that is said; no row is shown in its place."""
    answer = assistant.ask(question)
    assert (answer.status, answer.indicators) == ("not_stated", ())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("第三章里写了数字的目标比第二章多几个？", "相差：22 − 2 = 20 项。"),
        ("交通物流那条的目标比农业农村那条少几个？", "相差：7 − 5 = 2 项。"),
        ("环境基础设施那条点名的单位比公共机构那条多几家？", "相差：3 − 1 = 2 家。"),
        ("完善经济政策那条点到名的单位，比环境基础设施那条多几家？", "相差：11 − 3 = 8 家。"),
        ("牵头单位数，农业农村那条比交通物流那条多几家", "相差：4 − 2 = 2 家。"),
        ("第四章的任务比第五章多几条", "相差：8 − 3 = 5 条。"),
        ("秸秆利用、粪污利用两项目标之间隔着多少", "86%以上 − 80%以上 = 6 个百分点"),
        ("充电覆盖率高于公交分担率多少", "100% − 45%以上 = 55 个百分点"),
        ("充电设施覆盖率要比公交分担率领先多少个百分点", "100% − 45%以上 = 55 个百分点"),
    ],
)
def test_what_two_clauses_hold_is_set_against_each_other(assistant: Assistant, question: str, told: str) -> None:
    """The targets, or the bodies, of two clauses are counted and subtracted in plain sight."""
    assert told in assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("垃圾资源化利用率比污泥处置率高吧", "不是。"),
        ("绿色防控覆盖率比统防统治覆盖率高，对吗？", "是的。"),
        ("农村生活污水治理率比统防统治覆盖率低吗？", "是的。"),
    ],
)
def test_which_of_two_is_said_to_be_higher(assistant: Assistant, question: str, verdict: str) -> None:
    """A question that calls one of two targets the higher or the lower is told yes or no first."""
    assert assistant.ask(question).answer.startswith(verdict)


PAIRS = [
    ("绿色防控覆盖率", "统防统治覆盖率"),
    ("秸秆综合利用率", "畜禽粪污资源化综合利用率"),
    ("高速公路服务区充电设施覆盖率", "农村生活污水治理率"),
    ("万元工业增加值用水量", "规模以上工业单位增加值能耗"),
]


def row_of(name: str) -> Indicator:
    return next(row for row in ROWS if row.name == name and row.strength == "firm")


def text(number: Decimal) -> str:
    """Write a number as an answer does: exact, without superfluous zeros."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_differences(assistant: Assistant, pair: tuple[str, str]) -> None:
    """The difference of two shares is worked out in percentage points, with both figures in plain sight."""
    rows = [row_of(name) for name in pair]
    answer = assistant.ask(f"{pair[0]}比{pair[1]}高多少？")
    gap = text(value(rows[0]) - value(rows[1]))
    assert re.search(rf"{rows[0].value}%\S* − {rows[1].value}%\S* = {gap} 个百分点", answer.answer)
    assert set(used(answer)) == {row.indicator_id for row in rows}


def test_the_difference_of_two_targets_of_one_indicator(assistant: Assistant) -> None:
    """Between the firm and the incentive target of one indicator lies 1.5: neither is taken for the other."""
    assert "14.5% − 13% = 1.5 个百分点" in assistant.ask("单位地区生产总值能耗的激励目标比基本目标高多少？").answer


@pytest.mark.parametrize("pair", [PAIRS[0], PAIRS[3]], ids="+".join)
def test_sums(assistant: Assistant, pair: tuple[str, str]) -> None:
    """A sum is worked out with every term in plain sight."""
    rows = [row_of(name) for name in pair]
    answer = assistant.ask(f"{pair[0]}和{pair[1]}的目标加起来是多少？")
    assert f"{rows[0].value}% + {rows[1].value}% = {text(value(rows[0]) + value(rows[1]))}" in answer.answer


def test_means(assistant: Assistant) -> None:
    """A mean is worked out in two steps, over as many targets as the question names."""
    rows = [row_of(name) for name in PAIRS[0]]
    total = sum(map(value, rows))
    answer = assistant.ask(f"{PAIRS[0][0]}和{PAIRS[0][1]}的目标平均是多少？").answer
    assert f"= {text(total)}%，{text(total)}% ÷ 2 = {text(total / 2)}%" in answer
    assert "不表示总的比例" in answer


@pytest.mark.parametrize(("least", "asked"), [(4, "数字目标不少于四个的条款"), (6, "有六个以上数字目标的条款")])
def test_clauses_by_the_number_of_their_targets(assistant: Assistant, least: int, asked: str) -> None:
    """The clauses of a chapter with so many targets are counted, and all their targets shown."""
    having = [
        rows
        for clause in PLAN.clauses
        if clause.parent_id == "3"
        and len(rows := [row for row in PLAN.targets(clause.clause_id) if row.is_numeric]) >= least
    ]
    answer = assistant.ask(f"第三章里，{asked}有几条？")
    assert f"共 {len(having)} 条" in answer.answer
    assert used(answer) == [row.indicator_id for rows in having for row in rows]


def test_next_below_a_figure(assistant: Assistant) -> None:
    """What comes next behind a figure is the highest below it."""
    best = max(value(row) for row in PERCENT if value(row) < 100)
    answer = assistant.ask("仅次于100%的百分比目标是哪个？")
    assert used(answer) == [row.indicator_id for row in PERCENT if value(row) == best]


def test_targets_of_one_figure(assistant: Assistant) -> None:
    """Targets whose figure another one has too stand side by side."""
    figures = [(row.value, row.unit) for row in ROWS if row.is_numeric]
    answer = assistant.ask("哪些目标的数值相同？")
    assert set(used(answer)) == {row.indicator_id for row in ROWS if figures.count((row.value, row.unit)) > 1}


def test_a_difference_told_by_exceeding(assistant: Assistant) -> None:
    """甲 exceeds 乙 by how many points is a difference, no count."""
    answer = assistant.ask("绿色防控覆盖率超过统防统治覆盖率几个点？").answer
    assert "55% − 45% = 10 个百分点" in answer


def test_a_mean_that_is_part_of_a_name_asks_for_none(assistant: Assistant) -> None:
    """平均供电煤耗 is what is measured; nothing is added up and divided."""
    assert "项的平均" not in assistant.ask("平均供电煤耗和秸秆综合利用率的目标是多少？").answer


def test_a_list_of_subjects(assistant: Assistant) -> None:
    """Of a list, the targets of each item are shown, not only those that hold every item's word."""
    answer = assistant.ask("秸秆、污泥方面的目标有哪些？")
    assert used(answer) == ["straw-use", "sludge-disposal"]


def test_a_body_and_a_range(assistant: Assistant) -> None:
    """A range beside a body is one of its clauses' targets, also where no word for targets is said."""
    answer = assistant.ask("住建厅管的条款里头，四成到六成的")
    expected = [row for row in PERCENT if 40 <= value(row) <= 60 and "省住房城乡建设厅" in bodies_of(row)]
    assert used(answer) == [row.indicator_id for row in expected]


@pytest.mark.parametrize(("question", "chapter"), [("一共有多少个目标？", ""), ("第三章有多少个目标？", "3.")])
def test_a_long_count_names_what_is_counted(assistant: Assistant, question: str, chapter: str) -> None:
    """A long count comes first, then the names clause by clause; no bodies and no figures swell it."""
    counted = [row for row in ROWS if row.clause_id.startswith(chapter)]
    answer = assistant.ask(question)
    assert f"共 {len(counted)} 项" in answer.answer.splitlines()[0]
    assert all(row.name in answer.answer for row in counted)
    assert "责任单位" not in answer.answer
    assert len(answer.answer) < 1200


def test_what_a_long_count_named_can_be_sifted(assistant: Assistant) -> None:
    """A fragment behind a long count means the targets that it named."""
    answer = assistant.ask("其中力争的有几个？", history=["一共有多少个目标？"])
    assert used(answer) == [row.indicator_id for row in ROWS if row.strength != "firm"]


@pytest.mark.parametrize(
    ("pair", "times"), [(("高速公路服务区充电设施覆盖率", "农村生活污水治理率"), "= 4 倍"), (PAIRS[0], "≈ 1.22 倍")]
)
def test_ratios(assistant: Assistant, pair: tuple[str, str], times: str) -> None:
    """A ratio is exact, or says that it is rounded."""
    rows = [row_of(name) for name in pair]
    answer = assistant.ask(f"{pair[0]}是{pair[1]}的几倍？")
    assert f"{rows[0].value}% ÷ {rows[1].value}% {times}" in answer.answer


def test_different_units_are_not_reckoned_together(assistant: Assistant) -> None:
    """Kilometres and cubic metres a day are not added: the answer says so."""
    answer = assistant.ask("污水收集管网和污水处理能力的目标加起来是多少？")
    assert "单位不同" in answer.answer
    assert "4044.7" not in answer.answer


@pytest.mark.parametrize(("word", "choose"), [("最高", max), ("最低", min)])
def test_extremes(assistant: Assistant, word: str, choose: Callable[..., Indicator]) -> None:
    """The highest and the lowest share are those of the whole table."""
    best = value(choose(PERCENT, key=value))
    answer = assistant.ask(f"目标值{word}的百分比指标是哪个？")
    assert used(answer) == [row.indicator_id for row in PERCENT if value(row) == best]


@pytest.mark.parametrize("clause_id", ["3.5", "3.4"])
def test_order(assistant: Assistant, clause_id: str) -> None:
    """From high to low, the numeric targets of a clause stand in the order of their values."""
    label = PLAN.clause(clause_id).label.removesuffix(PLAN.clause(clause_id).title)
    answer = assistant.ask(f"把{label}的目标从高到低排列")
    expected = sorted((row for row in PLAN.targets(clause_id) if row.is_numeric), key=lambda row: -value(row))
    assert used(answer) == [row.indicator_id for row in expected]
