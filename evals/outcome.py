"""What became of one question: the answer, what the index found, every reason why it is wrong, and its measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evals.question import Question
from evals.reasons import UNPROVED, Reason
from evals.reply import Reply

# A clause of a plan: (plan_id, clause_id).
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """So much of so many: a share where ``part`` counts, a mean where it adds up values between 0 and 1 (or 0 and 100).

    >>> Tally(1, 2) + Tally(2, 2)
    Tally(part=3, whole=4)
    """

    part: float
    whole: int

    @property
    def value(self) -> float:
        """The share or the mean; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with what was answered (the JSON object as it came) and everything that is wrong with it.

    ``retrieved`` are the clauses that the index finds for the question, best first. ``measures`` hold, by the names of
    :data:`evals.measures.MEASURES`, what could be measured; a measure that does not apply is absent.
    """

    question: Question
    answer: Mapping[str, Any]
    reply: Reply | None
    reasons: tuple[Reason, ...]
    retrieved: tuple[Place, ...] = ()
    measures: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Whether the answer is wholly right."""
        return not self.reasons

    @property
    def unproved(self) -> bool:
        """Whether the answer holds a number, a body or a quotation without a source."""
        return any(reason.kind in UNPROVED for reason in self.reasons)

    @property
    def milliseconds(self) -> float | None:
        """How long the answer took by its own account, in milliseconds; ``None`` for a broken answer."""
        return self.reply.timings_ms.get("total", 0.0) if self.reply else None
