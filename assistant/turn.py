"""One question on its way through the chain, and what it leaves for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.decide import Decision
from assistant.desk import Desk
from assistant.draft import Draft
from assistant.joint import Told
from assistant.reading import Evidence, Reading
from assistant.state import State, remember

ABOUT_KNOWN = (
    "year",
    "per_year",
    "period",
    "place",
    "site",
    "money",
    "actual",
    "base_year",
    "deadline",
)  # refusals that know the subject


@dataclass(frozen=True)
class Turn:
    """One question; every stage returns it with one more part filled in."""

    question: str
    state: State
    desk: Desk
    plan_was_guessed: bool = False
    reading: Reading | None = None
    evidence: Evidence = field(default_factory=Evidence)
    decision: Decision | None = None
    draft: Draft | None = None
    answer: Answer | None = None
    after: State | None = None

    @property
    def read(self) -> Reading:
        """The reading, which every stage behind the first one has."""
        if self.reading is None:
            raise RuntimeError("the turn was not read")
        return self.reading

    @property
    def finished(self) -> Answer:
        """The answer, which the last stage makes."""
        if self.answer is None:
            raise RuntimeError("the chain ended without an answer")
        return self.answer

    @property
    def left(self) -> State:
        """What the dialogue is about after this turn."""
        return self.after or self.leaves(self.state)

    @property
    def is_answered(self) -> bool:
        """Whether the plan answers the question."""
        return self.draft is not None and self.draft.status == "answered"

    def told(self, number: int = 1) -> Told:
        """Return what the question is told; ``number`` is its place in the whole turn."""
        if self.draft is None:
            raise RuntimeError("the turn was not answered")
        return Told(self.read, self.draft, number)

    def leaves(self, state: State) -> State:
        """Return what a turn was about, also where the plan does not state what it asks of that (遵义市的要降多少，全省的呢)."""
        if self.draft is None or self.decision is None:
            return state
        known = self.decision.reason in ABOUT_KNOWN
        return remember(self.read, self.evidence, self.draft, state, known=known)


def leave_together(last: Turn, turns: Sequence[Turn]) -> State:
    """Return the state after several questions: of the last one, with what the others of its kind were about."""
    states = [one.leaves(State()) for one in turns if one.is_answered]
    alike = [state for state in states if state.intent == states[-1].intent]
    return replace(
        states[-1],
        clauses=tuple(dict.fromkeys(one for state in alike for one in state.clauses)),
        series=tuple(dict.fromkeys(one for state in alike for one in state.series)),
        bodies=tuple(dict.fromkeys(one for state in alike for one in state.bodies)),
        listed=tuple(dict.fromkeys(one for state in alike for one in state.listed)),
    )
