"""The dialogue of one open page, as values; kept by the server, a bounded time and a bounded number of turns."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field, replace

MAX_TURNS = 30
# Earlier questions are replayed to understand a follow-up; more than these last ones no follow-up refers to.
HISTORY = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, packed: a thousand open pages of thirty turns would fill the memory otherwise."""

    question: str
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, question: str, html: str, markdown: str = "") -> Turn:
        """Return a turn that holds the HTML of an answer, and question and answer as Markdown for who takes them along.

        >>> Turn.of("谁牵头？", "<p>甲局</p>", "甲局").html
        '<p>甲局</p>'
        """
        return cls(
            question, zlib.compress(json.dumps([html, markdown], ensure_ascii=False).encode("utf-8", "surrogatepass"))
        )

    @property
    def html(self) -> str:
        """The HTML of the answer."""
        return self._texts()[0]

    @property
    def markdown(self) -> str:
        """Question and answer as Markdown."""
        return self._texts()[1]

    def _texts(self) -> tuple[str, str]:
        html, markdown = json.loads(zlib.decompress(self.packed))
        return html, markdown


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a page, oldest first; ``pending`` is the question that waits for its answer."""

    turns: tuple[Turn, ...] = ()
    pending: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """Return what the reader asked so far, oldest first."""
        return tuple(turn.question for turn in self.turns)

    @property
    def recent(self) -> tuple[str, ...]:
        """Return the questions that the next one may lean on, oldest first: of many those from some of the last ones on.

        It begins elsewhere only every few turns, so that the replay of a turn before is one of the turn behind it too.

        >>> [len(Dialogue(tuple(Turn("问", b"") for _ in range(count))).recent) for count in (3, 8, 15, 16, 17)]
        [3, 8, 15, 8, 9]
        """
        return self.questions[max(0, len(self.turns) // HISTORY - 1) * HISTORY :]

    def asking(self, question: str) -> Dialogue:
        """Return the dialogue while ``question`` waits."""
        return replace(self, pending=question)

    def answered(self, turn: Turn) -> Dialogue:
        """Return the dialogue with one turn more; the oldest one leaves when there are too many.

        >>> Dialogue().answered(Turn.of("谁牵头？", "…")).questions
        ('谁牵头？',)
        """
        return Dialogue((*self.turns, turn)[-MAX_TURNS:])

    def without_last(self) -> Dialogue:
        """Return the dialogue before its last turn."""
        return Dialogue(self.turns[:-1])
