"""The check of all plans: a sound corpus passes, each kind of fault is found and told."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.check import run_check
from corpus.model import Plan
from corpus.plans import PLANS, Corpus, load_corpus, read_plan

PLAN = load_corpus().plan("guizhou-145-energy")


def faults_of(plan: Plan) -> list[str]:
    """Check one plan."""
    return list(map(str, run_check(Corpus((plan,), "")).faults))


def test_the_repository_is_sound() -> None:
    """The plans in the repository have no fault, and the report gives the extractor's figures."""
    report = run_check()
    assert report.exit_code == 0, str(report)
    assert "没有发现问题" in str(report)
    for label in ("数字目标", "文字目标", "全部目标"):
        assert f"{label}  准确率" in str(report)


def test_no_plans_is_no_fault() -> None:
    """An empty corpus says how to add a plan."""
    report = run_check(Corpus((), ""))
    assert (report.exit_code, "corpus add" in str(report)) == (0, True)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (replace(PLAN, title=" "), "方案没有标题"),
        (replace(PLAN, clauses=PLAN.clauses[1:]), "位置与正文不符"),
        (replace(PLAN, clauses=PLAN.clauses[:-1]), "不属于任何条款"),
        (replace(PLAN, clauses=(*PLAN.clauses, PLAN.clauses[0])), "条款编号“0”出现了 2 次"),
        (replace(PLAN, responsibilities=(replace(PLAN.responsibilities[0], clause_id="9.9"),)), "9.9 不存在"),
        (replace(PLAN, responsibilities=(replace(PLAN.responsibilities[0], start=5, end=5),)), "没有位置"),
        (replace(PLAN, responsibilities=(replace(PLAN.responsibilities[0], name="甲"),)), "责任单位“甲”没有别名"),
        (replace(PLAN, definitions=(replace(PLAN.definitions[0], term="别的"),)), "简称“别的”的位置"),
        (replace(PLAN, indicators=(replace(PLAN.indicators[0], clause_id="9.9"),)), "9.9 不存在"),
        (replace(PLAN, indicators=(replace(PLAN.indicators[0], start=0),)), "引文不在条款 2 的原位"),
        (replace(PLAN, indicators=(replace(PLAN.indicators[0], unit="桶"),)), "单位“桶”不在单位表中"),
        (replace(PLAN, indicators=PLAN.indicators[:1] * 2), "出现了 2 次"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_fault_is_found(plan: Plan, told: str) -> None:
    """What contradicts the plan's own text is told."""
    assert any(told in fault for fault in faults_of(plan)), faults_of(plan)
    assert run_check(Corpus((plan,), "")).exit_code == 1


def test_faulty_table_is_checked_row_by_row(tmp_path: Path) -> None:
    """A folder that does not load is still checked: every faulty row of its table is listed."""
    folder = tmp_path / PLAN.plan_id
    shutil.copytree(PLANS / PLAN.plan_id, folder)
    path = folder / "indicators.csv"
    path.write_text(path.read_text("utf-8").replace(",13,%,", ",12,%,").replace(",44.7,", ",45,"), "utf-8")
    report = run_check(folder=tmp_path)
    assert [(fault.row, fault.problem) for fault in report.faults] == [
        (2, "引文中没有 12%"),
        (39, "引文中没有 45万立方米/日"),
    ]
    assert report.exit_code == 1


def test_plan_without_its_text_is_told(tmp_path: Path) -> None:
    """A folder that lacks its text is one fault in the report, not a crash."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "plan.toml").write_text('title = "空"', "utf-8")
    report = run_check(folder=tmp_path)
    assert report.exit_code == 1
    assert "plan.txt" in str(report)


def test_unreviewed_plan_is_marked() -> None:
    """Targets that nobody reviewed are called so, and give no figures."""
    plan = read_plan("某市节水方案\n一、主要目标\n到2025年，用水量比2020年下降16%。", "water")
    text = str(run_check(Corpus((plan,), "")))
    assert "未经人工核对" in text
    assert "准确率" not in text


def test_missed_and_surplus_rows_are_named() -> None:
    """Where extractor and table differ, the report names the rows."""
    plan = replace(PLAN, indicators=(*PLAN.indicators[1:], replace(PLAN.indicators[0], value="12", indicator_id="x")))
    text = str(run_check(Corpus((plan,), "")))
    assert "没有抽到：条款 2 单位地区生产总值能耗 = 12%（2025 年）" in text
    assert "多抽取了：条款 2 单位地区生产总值能耗 = 13%（2025 年）" in text
