"""What questions expect, compared with the plans: a wrong expectation is worse than none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.model import Plan
from corpus.quantities import to_base
from evals.errors import SetFault
from evals.figures import read_figures
from evals.fold import fold
from evals.question import AgencyGold, NumberGold, Question
from evals.score import ROLE_NAMES
from evals.sources import figures_of


def gold_faults(questions: Sequence[Question], plans: Mapping[str, Plan]) -> tuple[SetFault, ...]:
    """Return what the questions expect although no plan says so: clauses, bodies, roles, comparators.

    A number that stands nowhere in the plans is let pass: it may be worked out (相差 1.5 个百分点).
    """
    return tuple(
        SetFault(one.file, one.line, one.id, what)
        for one in questions
        for what in _faults(one, [plan for plan in plans.values() if one.plan_id in {None, plan.plan_id}])
    )


def _faults(question: Question, plans: Sequence[Plan]) -> Iterator[str]:
    if not plans:
        yield f"plan_id：没有方案 {question.plan_id}"
        return
    expect = question.expect
    named = [*expect.clauses, *expect.clauses_any, *(one.clause_id for one in expect.agencies if one.clause_id)]
    for clause_id in dict.fromkeys(named):
        if not any(plan.has_clause(clause_id) for plan in plans):
            yield f"方案没有条款 {clause_id}"
    for agency in expect.agencies:
        yield from _agency(agency, plans)
    for number in expect.numbers:
        yield from _number(number, plans)


def _agency(gold: AgencyGold, plans: Sequence[Plan]) -> Iterator[str]:
    rows = [row for plan in plans for row in plan.responsibilities if fold(row.name) == fold(gold.name)]
    here = [row for row in rows if gold.clause_id in {None, row.clause_id}]
    if not rows:
        yield f"agencies：方案没有“{gold.name}”这个责任单位"
    elif not here:
        yield f"agencies：{gold.name}在条款 {gold.clause_id} 中没有职责"
    elif gold.role not in {row.role for row in here}:
        was = "、".join(ROLE_NAMES[role] for role in sorted({row.role for row in here}))
        yield f"agencies：{gold.name}的职责是{was}，不是{ROLE_NAMES[gold.role]}"


def _number(gold: NumberGold, plans: Sequence[Plan]) -> Iterator[str]:
    amount = to_base(gold.amount, gold.unit)
    figures = [figure for plan in plans for figure in read_figures(fold(plan.text))]
    figures += [figure for plan in plans for row in plan.indicators for figure in figures_of(row)]
    signs = {figure.comparator for figure in figures if figure.base == amount}
    if gold.comparator and signs and gold.comparator not in signs:
        yield f"numbers：{gold} 在方案中是 {'、'.join(sorted(signs))}，不是 {gold.comparator}"
