"""One answer as the measures see it: beside what its question expects, what the index found, and the plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.model import Plan
from evals.outcome import Place
from evals.question import Question
from evals.reply import Reply


@dataclass(frozen=True)
class Case:
    """What a measure may look at. ``plans`` are all plans by id."""

    question: Question
    reply: Reply
    retrieved: tuple[Place, ...]
    plans: Mapping[str, Plan]

    @cached_property
    def cited(self) -> tuple[Place, ...]:
        """The clauses that the answer cites, each once."""
        return tuple(dict.fromkeys((row.plan_id, row.clause_id) for row in self.reply.citations))

    @cached_property
    def binding(self) -> tuple[tuple[str, str], ...]:
        """Cited clauses in which a duty of another clause is written, each with that clause: (三、（一）, 三、（四）)."""
        return tuple(
            (clause.clause_id, duty.clause_id)
            for plan_id, clause_id in self.cited
            if plan_id in self.plans and self.plans[plan_id].has_clause(clause_id)
            for clause in (self.plans[plan_id].clause(clause_id),)
            for duty in self.plans[plan_id].responsibilities
            if clause.start <= duty.start < clause.end and duty.clause_id != clause_id
        )
