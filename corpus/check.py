"""Validates the data of every plan, and measures the extractor of targets against the reviewed tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.agencies import agency_aliases
from corpus.agreement import Agreement, compare
from corpus.errors import FaultyPlan
from corpus.faults import Fault
from corpus.indicator_table import find_table_faults
from corpus.indicators import extract_indicators
from corpus.model import Indicator, Plan
from corpus.plans import PLANS, Corpus, load_plan, plan_folders, read_plan
from corpus.units import read_units

TABLE = "indicators.csv"
TEXT = "plan.txt"


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What was found in one plan. ``agreement`` is ``None`` where nobody has reviewed its targets."""

    plan: Plan
    faults: tuple[Fault, ...]
    agreement: Agreement | None

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        plan = self.plan
        bodies = len({row.name for row in plan.responsibilities})
        numeric = sum(row.is_numeric for row in plan.indicators)
        kind = "已人工核对" if plan.reviewed else "由规则抽取，未经人工核对"
        yield f"{plan.plan_id}  {plan.title}"
        yield f"  条款 {len(plan.clauses)} 个，责任单位 {bodies} 家，目标 {len(plan.indicators)} 项（数字 {numeric} 项；{kind}）"
        if self.agreement:
            yield "  规则抽取与人工核对的目标相比："
            yield from map("    {}".format, _figures(self.agreement))
        yield from (f"  问题：{fault}" for fault in self.faults)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The outcome for all plans; ``str(report)`` is the text for people."""

    plans: tuple[PlanCheck, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of all plans."""
        return tuple(fault for check in self.plans for fault in check.faults)

    @property
    def exit_code(self) -> int:
        """1 when there is a fault, else 0."""
        return int(bool(self.faults))

    def __str__(self) -> str:
        if not self.plans:
            return "还没有方案。用 python -m corpus add 文件 加入一个。"
        count = len(self.faults)
        verdict = f"共发现 {count} 处问题。" if count else "没有发现问题。"
        return "\n\n".join([*map(str, self.plans), f"检查了 {len(self.plans)} 个方案，{verdict}"])


def run_check(corpus: Corpus | None = None, folder: Path = PLANS) -> CheckReport:
    """Check the plans of a loaded corpus or, without one, those under ``folder``.

    From a folder also those plans are checked that :func:`~corpus.plans.load_corpus` refuses: their faults are listed.

    >>> run_check(Corpus((), "")).exit_code
    0
    """
    if corpus is not None:
        return CheckReport(tuple(_check_plan(plan) for plan in corpus.plans))
    return CheckReport(tuple(map(_check_folder, plan_folders(folder))))


def _check_folder(folder: Path) -> PlanCheck:
    try:
        return _check_plan(load_plan(folder))
    except FaultyPlan as fault:
        plan = read_plan(_text_of(folder), folder.name)
        table = folder / TABLE
        found = find_table_faults(table, plan.text, plan.clauses) if table.exists() else ()
        rest = () if found else (Fault(folder.name, None, str(fault), "请按提示改正后再检查"),)
        return PlanCheck(plan, (*found, *rest), None)


def _text_of(folder: Path) -> str:
    try:
        return (folder / TEXT).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _check_plan(plan: Plan) -> PlanCheck:
    faults = (*_clause_faults(plan), *_body_faults(plan), *_definition_faults(plan), *_indicator_faults(plan))
    agreement = compare(plan.indicators, extract_indicators(plan.text, plan.clauses)) if plan.reviewed else None
    return PlanCheck(plan, faults, agreement)


def _clause_faults(plan: Plan) -> Iterator[Fault]:
    if not plan.title.strip():
        yield Fault("plan.toml", None, "方案没有标题", "请填写 title")
    at = 0
    for clause in plan.clauses:
        if clause.start != at or plan.text[clause.start : clause.end] != clause.text:
            yield _fault(f"条款 {clause.clause_id} 的位置与正文不符", "各条款应首尾相接、覆盖全文")
        if not clause.label.strip():
            yield _fault(f"条款 {clause.clause_id} 没有名称", "请核对这一条的编号和标题")
        at = clause.end
    if at != len(plan.text):
        yield _fault(f"正文最后 {len(plan.text) - at} 个字不属于任何条款", "各条款应首尾相接、覆盖全文")
    yield from _repeats("条款编号", Counter(clause.clause_id for clause in plan.clauses))


def _body_faults(plan: Plan) -> Iterator[Fault]:
    for row in plan.responsibilities:
        if not plan.has_clause(row.clause_id):
            yield _fault(f"责任单位“{row.name}”所在的条款 {row.clause_id} 不存在", "请核对条款编号")
        if not plan.text[row.start : row.end].strip() or not 0 <= row.start < row.end <= len(plan.text):
            yield _fault(f"条款 {row.clause_id} 的责任单位“{row.name}”在正文中没有位置", "位置应指向正文中的名称")
    for name in dict.fromkeys(row.name for row in plan.responsibilities):
        if not agency_aliases(name, plan.region):
            yield Fault("agencies.csv", None, f"责任单位“{name}”没有别名", "请补充它的简称、全称或旧称")


def _definition_faults(plan: Plan) -> Iterator[Fault]:
    for row in plan.definitions:
        if not plan.has_clause(row.clause_id) or row.term not in plan.text[row.start : row.end]:
            yield _fault(f"简称“{row.term}”的位置与正文不符", "位置应包含从全称到简称的文字")


def _indicator_faults(plan: Plan) -> Iterator[Fault]:
    for row in plan.indicators:
        told = f"目标“{row.name}”（{row.indicator_id}）"
        if not plan.has_clause(row.clause_id):
            yield Fault(TABLE, None, f"{told}所在的条款 {row.clause_id} 不存在", "请核对条款编号")
        elif not _lies_within(plan, row):
            yield Fault(TABLE, None, f"{told}的引文不在条款 {row.clause_id} 的原位", "请从 plan.txt 原样复制引文")
        if row.unit and read_units().base(row.unit) is None:
            yield Fault(TABLE, None, f"{told}的单位“{row.unit}”不在单位表中", "请改正，或补入 corpus/units.toml")
    yield from _repeats("目标编号", Counter(row.indicator_id for row in plan.indicators), TABLE)


def _lies_within(plan: Plan, row: Indicator) -> bool:
    clause = plan.clause(row.clause_id)
    return plan.text[row.start : row.end] == row.quote and clause.start <= row.start < row.end <= clause.end


def _repeats(what: str, counts: Counter[str], file: str = TEXT) -> Iterator[Fault]:
    for word, count in counts.items():
        if count > 1:
            yield Fault(file, None, f"{what}“{word}”出现了 {count} 次", "每个编号只能用一次")


def _fault(problem: str, remedy: str) -> Fault:
    return Fault(TEXT, None, problem, remedy)


def _figures(agreement: Agreement) -> Iterator[str]:
    kinds = (
        ("数字目标", agreement.only(lambda row: row.is_numeric)),
        ("文字目标", agreement.only(lambda row: not row.is_numeric)),
        ("全部目标", agreement),
    )
    for label, part in kinds:
        right, proposed = len(part.matched), len(part.matched) + len(part.surplus)
        reviewed = right + len(part.missed)
        yield (
            f"{label}  准确率 {part.precision:.1%}（抽取 {proposed} 项，对 {right} 项）  "
            f"召回率 {part.recall:.1%}（应有 {reviewed} 项，抽到 {right} 项）"
        )
    yield from (f"没有抽到：{_said(row)}" for row in agreement.missed)
    yield from (f"多抽取了：{_said(row)}" for row in agreement.surplus)


def _said(row: Indicator) -> str:
    year = f"{row.target_year} 年" if row.target_year else "未说明期限"
    return f"条款 {row.clause_id} {row.name} {row.comparator} {row.value}{row.unit}（{year}）"
