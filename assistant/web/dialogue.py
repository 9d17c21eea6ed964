"""The dialogue of one open page, as values; kept by the server, a bounded time and a bounded number of turns."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_TURNS = 30


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, the HTML of its answer, and both as Markdown for who takes them along."""

    question: str
    html: str
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a page, oldest first; ``pending`` is the question that waits for its answer."""

    turns: tuple[Turn, ...] = ()
    pending: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """Return what the reader asked so far, oldest first."""
        return tuple(turn.question for turn in self.turns)

    def asking(self, question: str) -> Dialogue:
        """Return the dialogue while ``question`` waits."""
        return replace(self, pending=question)

    def answered(self, turn: Turn) -> Dialogue:
        """Return the dialogue with one turn more; the oldest one leaves when there are too many.

        >>> Dialogue().answered(Turn("谁牵头？", "…")).questions
        ('谁牵头？',)
        """
        return Dialogue((*self.turns, turn)[-MAX_TURNS:])

    def without_last(self) -> Dialogue:
        """Return the dialogue before its last turn."""
        return Dialogue(self.turns[:-1])
