"""The figures by which a question limits the targets, and what lies within them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.bounds import is_within, read_bounds
from assistant.service import Assistant
from corpus import Indicator, load_corpus
from corpus.quantities import find_quantities

PLAN = load_corpus().plan("guizhou-145-energy")
ROWS = PLAN.indicators

READ: list[tuple[str, list[tuple[str, str, str, str | None]]]] = [
    ("介于30%和50%之间的目标", [("30", "%", "=", "50")]),
    ("30到50%之间的目标", [("30", "%", "=", "50")]),
    ("在 30 和 50% 之间的目标", [("30", "%", "=", "50")]),
    ("上千的数字目标", [("1000", "", ">=", None)]),
    ("过百家的目标", [("100", "家", ">", None)]),
    ("过半的指标", [("50", "%", ">", None)]),
    ("三位数的目标", [("100", "", "=", "999.99")]),
    ("百分之八十往上的", [("80", "%", ">=", None)]),
    ("超过三成不到五成的", [("30", "%", ">", None), ("50", "%", "<", None)]),
    ("比80%还高的", [("80", "%", ">", None)]),
    ("里面两个百分比目标超过50%的", [("50", "%", ">", None)]),
    ("30%和50%的目标", [("30", "%", "=", None), ("50", "%", "=", None)]),
    ("介于30%和50%的目标", [("30", "%", "=", "50")]),
    ("没过半的指标", [("50", "%", "<=", None)]),
    ("够得上八成的", [("80", "%", ">=", None)]),
    ("上五成又不到七成的指标", [("50", "%", ">=", None), ("70", "%", "<", None)]),
    ("还不够80%的", [("80", "%", "<", None)]),
    ("两成以下（不含两成）的指标", [("20", "%", "<", None)]),
    ("超过30%（含30%）的指标", [("30", "%", ">=", None)]),
    ("仅次于90%的", [("90", "%", "<", None)]),
    ("十几到二十几的百分数", [("10.01", "", "=", "29.99")]),
    ("百分之二十几的", [("20.01", "%", "=", "29.99")]),
    ("成百上千的企业", []),
    ("十几年来的变化", []),
    ("这两个字", []),
    ("80%或者更高的", [("80", "%", ">=", None)]),
]


@pytest.mark.parametrize(("question", "expected"), READ, ids=[question for question, _ in READ])
def test_reads_bounds(question: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    """A limit is read with its unit, its comparison and its upper end."""
    found = read_bounds(question, find_quantities(question), PLAN)
    assert [(str(one.value), one.unit, one.comparator, one.upper and str(one.upper)) for one in found] == expected


Test = Callable[[Indicator], bool]
ASKED: list[tuple[str, Test]] = [
    ("介于30%和50%之间的目标有哪些？", lambda row: row.unit == "%" and 30 <= Decimal(row.value) <= 50),
    ("目标值超过一半的比例类指标列一下", lambda row: row.unit == "%" and Decimal(row.value) > 50),
    ("超过300家的目标是什么？", lambda row: row.unit == "家" and Decimal(row.value) > 300),
    ("哪些目标在捌成以上？", lambda row: row.unit == "%" and Decimal(row.value) >= 80),
]


@pytest.mark.parametrize(("question", "test"), ASKED, ids=[question for question, _ in ASKED])
def test_answers_within_bounds(assistant: Assistant, question: str, test: Test) -> None:
    """Exactly the targets within the limits are used."""
    assert [row.indicator_id for row in assistant.ask(question).indicators] == [
        row.indicator_id for row in ROWS if row.is_numeric and test(row)
    ]


BESIDE: list[tuple[str, Test]] = [
    (
        "非化石能源那条之外，还有哪些带“力争”的目标？",
        lambda row: row.strength != "firm" and row.clause_id != "3.8" and "力争" in row.quote,
    ),
    ("高于能效标杆比例、低于统防统治的百分比有哪些？", lambda row: row.unit == "%" and 30 < Decimal(row.value) < 45),
    ("哪些目标比秸秆利用率定得还高？", lambda row: row.unit == "%" and Decimal(row.value) > 86),
]


@pytest.mark.parametrize(("question", "test"), BESIDE, ids=[question for question, _ in BESIDE])
def test_answers_beside_a_named_target(assistant: Assistant, question: str, test: Test) -> None:
    """A named target may be the limit, or stand for the clause that is left out; the others are listed."""
    listed = [line for line in assistant.ask(question).answer.splitlines() if line.startswith("| ")][2:]
    expected = [row.name for row in ROWS if row.is_numeric and test(row)]
    assert [line.split(" | ")[0].removeprefix("| ") for line in listed if "能效标杆水平" not in line] == expected


def test_bounds_without_a_unit() -> None:
    """Without a unit the printed figure counts: 318 克 lies above 100, 44.7 万立方米/日 above 1000."""
    hundred, thousand = (read_bounds(text, (), PLAN)[0] for text in ("上百的", "上千的"))
    above = {row.unit for row in ROWS if is_within(row, hundred)}
    assert "克标准煤/千瓦时" in above
    assert {row.unit for row in ROWS if is_within(row, thousand)} == {"公里", "万立方米/日", "万吨/日"}


LIKENED: list[tuple[str, str, Test]] = [
    ("比秸秆综合利用率还高的指标有几个？", "straw-use", lambda row: row.unit == "%" and Decimal(row.value) > 86),
    ("低于农村污水治理率的百分比目标有哪些", "rural-sewage-treatment", lambda row: row.unit == "%" and Decimal(row.value) < 25),
    ("和统防统治覆盖率一样高的目标有哪些？", "unified-pest-control", lambda row: row.unit == "%" and Decimal(row.value) == 45),
]  # fmt: skip


@pytest.mark.parametrize(("question", "named", "test"), LIKENED, ids=[question for question, *_ in LIKENED])
def test_a_named_target_as_the_limit(assistant: Assistant, question: str, named: str, test: Test) -> None:
    """The named target is told as the limit; listed are the others that lie on the side that is asked for."""
    used = {row.indicator_id for row in assistant.ask(question).indicators}
    others = {row.indicator_id for row in ROWS if row.is_numeric and test(row)} - {named}
    assert used == {named} | others


def test_a_difference_sets_no_limit(assistant: Assistant) -> None:
    """比甲高多少 asks for the difference of two targets, not for those above one."""
    answer = assistant.ask("秸秆综合利用率比畜禽粪污资源化综合利用率高多少？")
    assert {row.indicator_id for row in answer.indicators} == {"straw-use", "manure-use"}


def test_two_named_limits(assistant: Assistant) -> None:
    """Between two targets that are named lie those above the one and below the other."""
    used = {row.indicator_id for row in assistant.ask("高于公交分担率、低于秸秆利用率的目标有哪些？").indicators}
    between = {row.indicator_id for row in ROWS if row.unit == "%" and 45 < Decimal(row.value) < 86}
    assert used == {"public-transport-share", "straw-use"} | between
