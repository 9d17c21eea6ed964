"""One question as a reader of the report sees it: asked, expected, answered, why it is wrong, and from where it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Plan
from evals.columns import words
from evals.compare import Pair
from evals.excerpts import Excerpt, excerpts
from evals.expectation import Line, Name, expectation
from evals.explanations import reason_meaning
from evals.outcome import Outcome
from evals.reply import AgencyRow, IndicatorRow
from evals.score import ROLE_NAMES, STATUS_NAMES

BROKEN = "格式不对"
COMPARATOR_NAMES = {"=": "{}", ">=": "{}以上", "<=": "不高于{}", ">": "超过{}", "<": "低于{}", "~": "{}左右"}
STRENGTH_NAMES = {"firm": "", "strive": "力争", "incentive": "激励目标"}
# How a question stands against the baseline, in the order in which it is read.
CHANGES = {
    "regressed": "由对变错",
    "fixed": "由错变对",
    "regraded": "标准答案改过",
    "added": "基线里没有",
    "same": "对错没有变",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault with all that is wrong of this kind, and what the kind means in plain words."""

    kind: str
    label: str
    details: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Duty:
    """The bodies that an answer names in one role for one clause."""

    role: str
    clause: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator that an answer gives: ``value`` with comparator and strength in words, ``years`` as told."""

    name: str
    value: str
    years: str
    clause: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is told of one question. ``pair`` is the question in the baseline and now, where both asked it.

    ``change``: a key of :data:`CHANGES`, empty where there is no baseline. ``labels``: the clauses' printed labels by id.
    """

    outcome: Outcome
    expected: tuple[Line, ...]
    faults: tuple[Fault, ...]
    excerpts: tuple[Excerpt, ...]
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    labels: Mapping[str, str]
    change: str = ""
    pair: Pair | None = None

    @property
    def formerly_expected(self) -> tuple[Line, ...]:
        """What the baseline's set expected, where that was something else."""
        if self.pair is None or self.change != "regraded":
            return ()
        return expectation(self.pair.old.question.expect, _naming(self.labels))

    @property
    def status(self) -> str:
        """The kind of answer in words."""
        return status_name(self.outcome)

    @property
    def asker(self) -> str:
        """Who asks, in words."""
        return words("users").written.get(self.outcome.question.user or "", "")

    @property
    def why(self) -> str:
        """The kinds of fault in one line."""
        return "、".join(fault.label for fault in self.faults)


def card(outcome: Outcome, plans: Mapping[str, Plan]) -> Card:
    """Put together what is told of one question."""
    reply = outcome.reply
    labels = _labels(outcome, plans)
    return Card(
        outcome,
        expectation(outcome.question.expect, _naming(labels)),
        faults(outcome),
        excerpts(reply.citations, plans) if reply else (),
        _duties(reply.agencies, labels) if reply else (),
        tuple(_target(row, labels) for row in reply.indicators) if reply else (),
        labels,
    )


def _naming(labels: Mapping[str, str]) -> Name:
    return lambda clause_id: labels.get(clause_id, clause_id)


def status_name(outcome: Outcome) -> str:
    """Say what kind of answer was given."""
    return STATUS_NAMES[outcome.reply.status] if outcome.reply else BROKEN


def faults(outcome: Outcome) -> tuple[Fault, ...]:
    """Return what is wrong with an answer, kind by kind."""
    kinds = dict.fromkeys(reason.kind for reason in outcome.reasons)
    return tuple(
        Fault(
            kind.value,
            kind.label,
            tuple(reason.detail for reason in outcome.reasons if reason.kind is kind),
            reason_meaning(kind),
        )
        for kind in kinds
    )


def _labels(outcome: Outcome, plans: Mapping[str, Plan]) -> dict[str, str]:
    """Return the clauses' printed labels by id, of the plan that the question is about.

    A question that names no plan is about those that its answer cites, or about the only one that there is.
    """
    cited = [row.plan_id for row in outcome.reply.citations] if outcome.reply else []
    about = [outcome.question.plan_id] if outcome.question.plan_id else cited or list(plans)
    known = [plans[plan_id] for plan_id in dict.fromkeys(about) if plan_id in plans]
    return {clause.clause_id: clause.label for clause in known[0].clauses} if len(known) == 1 else {}


def _duties(rows: Sequence[AgencyRow], labels: Mapping[str, str]) -> tuple[Duty, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((ROLE_NAMES[row.role], labels.get(row.clause_id, row.clause_id)), []).append(row.name)
    return tuple(Duty(role, clause, tuple(dict.fromkeys(names))) for (role, clause), names in groups.items())


def _target(row: IndicatorRow, labels: Mapping[str, str]) -> Target:
    value = STRENGTH_NAMES[row.strength] + COMPARATOR_NAMES[row.comparator].format(row.value + row.unit)
    years = f"{row.target_year}年" if row.target_year else "未写年份"
    base = f"，比{row.base_year}年" if row.base_year else ""
    return Target(row.name, value, years + base, labels.get(row.clause_id, row.clause_id))
