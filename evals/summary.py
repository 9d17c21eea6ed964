"""The figures of a run: shares right with their intervals, refusals, faults by kind, time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scipy.stats import binomtest  # type: ignore[import-untyped]  # scipy ships no types

from evals.run import Outcome

CONFIDENCE = 0.95
REFUSALS = {"not_stated", "out_of_scope"}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the Wilson interval of the share at 95% (all shares between 0 and 1).

    The interval is Wilson's (1927, JASA 22, pp. 209-212): it stays within 0 and 1 and holds for small sets.
    """

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
        """The bounds of the interval; of nothing, nothing is known.

        >>> [round(bound, 3) for bound in Share("谁牵头", 9, 12).interval], Share("空", 0, 0).interval
        ([0.468, 0.911], (0.0, 1.0))
        """
        if not self.whole:
            return 0.0, 1.0
        bounds = binomtest(self.part, self.whole).proportion_ci(CONFIDENCE, method="wilson")
        return float(bounds.low), float(bounds.high)

    def as_json(self) -> dict[str, Any]:
        """Return the fields with the share and its bounds."""
        return asdict(self) | {"share": self.value, "interval": list(self.interval)}


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run. ``p50_ms`` and ``p99_ms`` are the times that the answers themselves report."""

    categories: tuple[Share, ...]
    total: Share
    rightly_refused: Share
    wrongly_refused: Share
    unproved: int
    kinds: tuple[tuple[str, int], ...]
    p50_ms: float
    p99_ms: float

    def as_json(self) -> dict[str, Any]:
        """Return what ``summary.json`` holds."""
        return {
            "total": self.total.as_json(),
            "categories": [share.as_json() for share in self.categories],
            "rightly_refused": self.rightly_refused.as_json(),
            "wrongly_refused": self.wrongly_refused.as_json(),
            "unproved_answers": self.unproved,
            "reasons": dict(self.kinds),
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
        }


def summarize(outcomes: Sequence[Outcome]) -> Summary:
    """Count a run.

    ``rightly_refused``: of the questions to which only a refusal (not_stated, out_of_scope) is right, those that got
    the right one. ``wrongly_refused``: of those to which only an answer is right, those that got a refusal or were
    asked back. ``kinds`` count answers, each kind once an answer.
    """
    names = dict.fromkeys(outcome.question.category for outcome in outcomes)
    refusable = [one for one in outcomes if set(one.question.expect.status) <= REFUSALS]
    answerable = [one for one in outcomes if one.question.expect.status == ("answered",)]
    kinds = Counter(kind for one in outcomes for kind in {reason.kind.value for reason in one.reasons})
    times = sorted(one.reply.timings_ms.get("total", 0.0) for one in outcomes if one.reply)
    return Summary(
        categories=tuple(_right(name, [one for one in outcomes if one.question.category == name]) for name in names),
        total=_right("合计", outcomes),
        rightly_refused=Share("该拒答的，拒答对了", sum(map(_status_is_right, refusable)), len(refusable)),
        wrongly_refused=Share("该回答的，没有回答", sum(map(_is_refused, answerable)), len(answerable)),
        unproved=sum(one.unproved for one in outcomes),
        kinds=tuple(kinds.most_common()),
        p50_ms=_quantile(times, 0.50),
        p99_ms=_quantile(times, 0.99),
    )


def _right(name: str, outcomes: Sequence[Outcome]) -> Share:
    return Share(name, sum(one.right for one in outcomes), len(outcomes))


def _status_is_right(one: Outcome) -> bool:
    return one.reply is not None and one.reply.status in one.question.expect.status


def _is_refused(one: Outcome) -> bool:
    return one.reply is not None and one.reply.status != "answered"


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of all do not exceed.

    >>> _quantile([1.0, 2.0, 3.0, 4.0], 0.5), _quantile([], 0.5)
    (2.0, 0.0)
    """
    if not ordered:
        return 0.0
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
