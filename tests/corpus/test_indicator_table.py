"""The reviewed table of targets: what loads, what is refused and how plainly that is said."""

import csv
from pathlib import Path

import pytest

from corpus.errors import FaultyPlan
from corpus.indicator_table import COLUMNS, find_table_faults, load_indicators, write_row
from corpus.outline import parse_outline
from corpus.plans import PLANS, load_corpus

TEXT = """某市节水方案
一、主要目标
到 2025 年，再生水利用率达到 25%以上，用水量比 2020 年下降 16%。绿色防控、统防统治覆盖率分别达到 55%、45%。
二、重点任务
达到国家要求。达到国家要求。黄河水质达到国家要求。"""
CLAUSES = parse_outline(TEXT)
ROW = {
    "indicator_id": "reuse",
    "name": "再生水利用率",
    "aliases": "中水利用率;中水回用",
    "comparator": ">=",
    "value": "25",
    "unit": "%",
    "direction": "达到",
    "target_year": "2025",
    "period": "",
    "base_year": "",
    "strength": "firm",
    "clause_id": "1",
    "quote": "再生水利用率达到 25%以上",
}


def table(folder: Path, *rows: dict[str, str]) -> Path:
    """Write rows, each given by how it differs from a good one."""
    path = folder / "indicators.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in rows)
    return path


def test_good_row_loads_with_its_offsets(tmp_path: Path) -> None:
    """The quote's offsets are found, the aliases divided, empty years are none."""
    (row,) = load_indicators(table(tmp_path, {}), TEXT, CLAUSES)
    assert TEXT[row.start : row.end] == row.quote
    assert row.aliases == ("中水利用率", "中水回用")
    assert (row.target_year, row.base_year, row.period) == (2025, None, None)


def test_shared_head_is_read_in_the_quote(tmp_path: Path) -> None:
    """绿色防控覆盖率 is proved by 绿色防控、统防统治覆盖率, though it does not stand there in one piece."""
    quote = "绿色防控、统防统治覆盖率分别达到 55%、45%"
    path = table(tmp_path, {"name": "绿色防控覆盖率", "value": "55", "comparator": "=", "quote": quote})
    assert find_table_faults(path, TEXT, CLAUSES) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"indicator_id": "再生水"}, "编号“再生水”不合格式"),
        ({"name": ""}, "缺少指标名称"),
        ({"comparator": "≥"}, "比较符“≥”不认识"),
        ({"comparator": "="}, "引文的意思不是“=”而是“>=”"),
        ({"strength": "hard"}, "力度“hard”不认识"),
        ({"target_year": "25"}, "目标年“25”不是年份"),
        ({"target_year": "2030"}, "条款 1 没有提到目标年 2030"),
        ({"period": "十五五"}, "“十五五”时期的目标年应为 2030"),
        ({"value": "26"}, "引文中没有 26%"),
        ({"value": "很多"}, "目标值“很多”不是数，却有单位“%”"),
        ({"unit": "桶"}, "单位“桶”不在单位表中"),
        ({"direction": "下降"}, "引文中没有动词“下降”"),
        ({"name": "森林覆盖率"}, "引文中读不出名称“森林覆盖率”"),
        ({"aliases": "再生水利用率"}, "别名有空项、重复或与名称相同"),
        ({"clause_id": "9"}, "方案没有条款“9”"),
        ({"clause_id": "2"}, "引文在条款 2 中找不到"),
        ({"quote": "再生水利用率达到25%以上"}, "引文在条款 1 中找不到"),
        (
            {"clause_id": "2", "quote": "达到国家要求", "target_year": ""},
            "引文在条款 2 中出现 3 次",
        ),
    ],
)
def test_each_fault_is_told(tmp_path: Path, change: dict[str, str], problem: str) -> None:
    """A faulty cell is named with its row and with what would be right."""
    path = table(tmp_path, change)
    faults = find_table_faults(path, TEXT, CLAUSES)
    assert any(problem in str(fault) for fault in faults), list(map(str, faults))
    assert {fault.row for fault in faults} == {2}
    assert all(fault.remedy for fault in faults)
    with pytest.raises(FaultyPlan, match=r"indicators\.csv 第 2 行"):
        load_indicators(path, TEXT, CLAUSES)


def test_repeated_rows_are_told(tmp_path: Path) -> None:
    """A second row of the same id or of the same content is a fault of the later row."""
    path = table(tmp_path, {}, {})
    problems = [(fault.row, fault.problem) for fault in find_table_faults(path, TEXT, CLAUSES)]
    assert problems == [(3, "编号“reuse”与第 2 行重复"), (3, "内容与第 2 行重复")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,value\n", "表头应为"),
        (",".join(COLUMNS).encode() + b"\n1,2\n", "列数不对"),
        (b"\xff\xfe\x00", "读不出来"),
    ],
)
def test_unreadable_table_is_refused_in_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    """A file that is no such table is refused with one Chinese line."""
    path = tmp_path / "indicators.csv"
    path.write_bytes(content)
    with pytest.raises(FaultyPlan, match=told) as fault:
        load_indicators(path, TEXT, CLAUSES)
    assert "\n" not in str(fault.value)


def test_missing_table_is_refused(tmp_path: Path) -> None:
    """A missing file is a fault, not a traceback of the operating system."""
    with pytest.raises(FaultyPlan):
        load_indicators(tmp_path / "indicators.csv", TEXT, CLAUSES)


def test_rows_survive_writing_and_reading(tmp_path: Path) -> None:
    """A loaded row, written again, loads as the same value."""
    (row,) = load_indicators(table(tmp_path, {}), TEXT, CLAUSES)
    assert load_indicators(table(tmp_path, write_row(row)), TEXT, CLAUSES) == (row,)


@pytest.mark.parametrize("plan", load_corpus().plans, ids=lambda plan: plan.plan_id)
def test_tables_of_the_plans_are_faultless(plan: object) -> None:
    """Every reviewed table in the repository is proved by its plan's text."""
    path = PLANS / plan.plan_id / "indicators.csv"
    if not path.exists():
        pytest.skip("this plan's targets are not reviewed")
    assert find_table_faults(path, plan.text, plan.clauses) == ()


def test_first_plan_is_complete() -> None:
    """The table of the first plan holds the targets that a count by eye found: 24 with a number, 19 in words."""
    rows = load_corpus().plan("guizhou-145-energy").indicators
    assert sum(row.is_numeric for row in rows) == 24
    assert sum(not row.is_numeric for row in rows) == 19


@pytest.mark.parametrize(
    ("indicator_id", "facts"),
    [
        ("gdp-energy-intensity", ("=", "13", "%", 2025, 2020, "firm")),
        ("gdp-energy-intensity-incentive", ("=", "14.5", "%", 2025, 2020, "incentive")),
        ("efficiency-benchmark-share", (">", "30", "%", 2025, None, "firm")),
        ("straw-use", (">=", "86", "%", 2025, None, "firm")),
        ("fertilizer-pesticide-use", (">=", "43", "%", 2025, None, "strive")),
        ("manure-use", (">=", "80", "%", 2025, None, "firm")),
        ("coal-per-kwh", ("<=", "318", "克标准煤/千瓦时", None, None, "strive")),
        ("non-fossil-share", ("~", "20", "%", 2025, None, "firm")),
        ("non-fossil-share-strive", ("=", "21.6", "%", 2025, None, "strive")),
        ("sewage-capacity", ("=", "44.7", "万立方米/日", 2025, None, "firm")),
        ("waste-incineration", ("=", "1.86", "万吨/日", 2025, None, "firm")),
        ("liquor-makers", (">=", "600", "家", None, None, "firm")),
    ],
)
def test_rows_that_were_doubted(indicator_id: str, facts: tuple[object, ...]) -> None:
    """The rows that are easily misread say what the plan says."""
    rows = {row.indicator_id: row for row in load_corpus().plan("guizhou-145-energy").indicators}
    row = rows[indicator_id]
    assert (row.comparator, row.value, row.unit, row.target_year, row.base_year, row.strength) == facts
