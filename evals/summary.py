"""The figures of a run: shares right with their intervals, every measure by category, refusals, faults by kind, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from operator import add
from typing import Any

from evals.chance import wilson
from evals.measures import MEASURES
from evals.outcome import Outcome, Tally

REFUSALS = {"not_stated", "out_of_scope"}
TOTAL = "合计"


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval of the share at 95% (all shares between 0 and 1)."""

    name: str
    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing is 0.

        >>> Share("谁牵头", 9, 12).value, Share("空", 0, 0).value
        (0.75, 0.0)
        """
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of Wilson's interval; of nothing, nothing is known.

        >>> [round(bound, 3) for bound in Share("谁牵头", 9, 12).interval], Share("空", 0, 0).interval
        ([0.468, 0.911], (0.0, 1.0))
        """
        return wilson(self.part, self.whole)

    def as_json(self) -> dict[str, Any]:
        """Return the fields with the share and its bounds."""
        return asdict(self) | {"share": self.value, "interval": list(self.interval)}


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one category, or of all: questions wholly right, answers with something unproved, and every measure.

    ``measures`` add up what :data:`evals.measures.MEASURES` found in each question; a measure that applied to no
    question of the category is absent. Times are those that the answers report, in milliseconds.
    """

    right: Share
    unproved: Share
    measures: Mapping[str, Tally]
    p50_ms: float
    p95_ms: float

    @property
    def name(self) -> str:
        """The category's name."""
        return self.right.name

    def as_json(self) -> dict[str, Any]:
        """Return the fields, each share with its bounds and each measure with its value."""
        measures = {name: _measure_json(name, tally) for name, tally in self.measures.items()}
        shares = {"right": self.right.as_json(), "unproved": self.unproved.as_json()}
        return shares | {"measures": measures, "p50_ms": self.p50_ms, "p95_ms": self.p95_ms}


def _measure_json(name: str, tally: Tally) -> dict[str, Any]:
    known = asdict(tally) | {"value": tally.value}
    return known | ({"interval": list(wilson(int(tally.part), tally.whole))} if MEASURES[name].is_share else {})


@dataclass(frozen=True, slots=True)
class Refusals:
    """The 2×2 table: what should have been answered or refused, and what was. Counts questions.

    A question to which both are right is in no cell, nor is a broken answer. Asking back counts as not answering.
    """

    answered_rightly: int
    refused_wrongly: int
    answered_wrongly: int
    refused_rightly: int

    @property
    def wrongly_refused(self) -> Share:
        """Of the questions to which only an answer is right, those that got none."""
        return Share("该回答的，没有回答", self.refused_wrongly, self.answered_rightly + self.refused_wrongly)

    @property
    def wrongly_answered(self) -> Share:
        """Of the questions to which only a refusal is right, those that got an answer."""
        return Share("该拒答的，却回答了", self.answered_wrongly, self.answered_wrongly + self.refused_rightly)

    def as_json(self) -> dict[str, Any]:
        """Return the cells and the two shares with their bounds."""
        shares = {
            "wrongly_refused": self.wrongly_refused.as_json(),
            "wrongly_answered": self.wrongly_answered.as_json(),
        }
        return asdict(self) | shares


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run. ``reasons`` count answers by kind of fault, each kind once an answer, the commonest first."""

    total: Figures
    categories: tuple[Figures, ...]
    refusals: Refusals
    reasons: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return what ``summary.json`` holds."""
        return {
            "total": self.total.as_json(),
            "categories": [one.as_json() for one in self.categories],
            "refusals": self.refusals.as_json(),
            "reasons": dict(self.reasons),
        }


def summarize(outcomes: Sequence[Outcome]) -> Summary:
    """Add up a run."""
    names = dict.fromkeys(outcome.question.category for outcome in outcomes)
    kinds = Counter(kind for one in outcomes for kind in {reason.kind.value for reason in one.reasons})
    return Summary(
        total=_figures(TOTAL, outcomes),
        categories=tuple(_figures(name, [one for one in outcomes if one.question.category == name]) for name in names),
        refusals=_refusals(outcomes),
        reasons=dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))),
    )


def _figures(name: str, outcomes: Sequence[Outcome]) -> Figures:
    times = sorted(time for one in outcomes if (time := one.milliseconds) is not None)
    return Figures(
        right=Share(name, sum(one.right for one in outcomes), len(outcomes)),
        unproved=Share(name, sum(one.unproved for one in outcomes), len(outcomes)),
        measures=_sums(one.measures for one in outcomes),
        p50_ms=_quantile(times, 0.50),
        p95_ms=_quantile(times, 0.95),
    )


def _sums(measured: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    tallies: dict[str, list[Tally]] = {}
    for measures in measured:
        for name, tally in measures.items():
            tallies.setdefault(name, []).append(tally)
    return {name: reduce(add, tallies[name]) for name in MEASURES if name in tallies}


def _refusals(outcomes: Sequence[Outcome]) -> Refusals:
    cells = Counter(
        (should, one.reply.status == "answered")
        for one in outcomes
        if one.reply and (should := _should_answer(one)) is not None
    )
    return Refusals(cells[True, True], cells[True, False], cells[False, True], cells[False, False])


def _should_answer(one: Outcome) -> bool | None:
    """Whether only an answer is right; ``None`` where that is open, or asking back is called for."""
    wanted = set(one.question.expect.status)
    return True if wanted == {"answered"} else False if wanted <= REFUSALS else None


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of all do not exceed.

    >>> _quantile([1.0, 2.0, 3.0, 4.0], 0.5), _quantile([], 0.5)
    (2.0, 0.0)
    """
    if not ordered:
        return 0.0
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
