"""A plan cut into pieces of about the same length, without regard to its clauses: what a plain chain searches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Plan

SIZE = 300  # characters
OVERLAP = 50

_END = re.compile(r"[。；\n]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a plan's text, by its offsets."""

    plan: Plan
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the piece."""
        return self.plan.text[self.start : self.end]

    def quotations(self) -> Iterator[tuple[str, int, int]]:
        """Yield ``(clause_id, start, end)`` for each clause of which the piece holds some words, without torn numbers."""
        for clause in self.plan.clauses:
            start, end = max(self.start, clause.start), min(self.end, clause.end)
            for number in _NUMBER.finditer(self.plan.text, max(0, start - 20), end + 20):
                start = number.end() if number.start() < start < number.end() else start
                end = number.start() if number.start() < end < number.end() else end
            words = self.plan.text[start:end]
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            if start < end:
                yield clause.clause_id, start, end


def chunks(plan: Plan, size: int = SIZE, overlap: int = OVERLAP) -> tuple[Chunk, ...]:
    r"""Cut a plan into pieces of up to ``size`` characters that end with a sentence where one ends in their second half.

    >>> text = "一、甲乙丙。\n二、丁戊己庚。\n"
    >>> [one.text for one in chunks(Plan("a", "例", text, (), ()), size=10, overlap=2)]
    ['一、甲乙丙。\n', '。\n二、丁戊己庚。\n']
    """
    pieces, start, length = [], 0, len(plan.text)
    while start < length:
        end = min(start + size, length)
        if end < length:
            ends = [found.end() for found in _END.finditer(plan.text, start + size // 2, end)]
            end = ends[-1] if ends else end
        pieces.append(Chunk(plan, start, end))
        start = end if end == length else end - overlap
    return tuple(pieces)
