"""An answer as the contract writes it (version 1): values, and their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.model import Comparator, Indicator, Role, Strength

VERSION = 1
Status = Literal["answered", "not_stated", "out_of_scope", "clarify"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place of a plan that proves words of the answer; ``[marker]`` in the answer points to it."""

    marker: int
    plan_id: str
    clause_id: str
    label: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Agency:
    """A responsible body that belongs to the answer."""

    name: str
    role: Role
    clause_id: str


@dataclass(frozen=True, slots=True)
class AnswerIndicator:
    """A row of the indicator table that the answer used."""

    indicator_id: str
    name: str
    comparator: Comparator
    value: str
    unit: str
    target_year: int | None
    base_year: int | None
    strength: Strength
    clause_id: str
    quote: str

    @classmethod
    def of(cls, row: Indicator) -> AnswerIndicator:
        """Take over what the contract shows of an indicator."""
        return cls(
            row.indicator_id,
            row.name,
            row.comparator,
            row.value,
            row.unit,
            row.target_year,
            row.base_year,
            row.strength,
            row.clause_id,
            row.quote,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question got.

    ``answer`` is Markdown in Chinese. ``reading`` tells how a follow-up was understood (empty where nothing was carried
    over). ``suggestions`` are questions a reader may ask next. Both are shown by the faces beside the answer.
    """

    question: str
    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    agencies: tuple[Agency, ...] = ()
    indicators: tuple[AnswerIndicator, ...] = ()
    mode: str = "extractive"
    reading: str = ""
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def to_json(self, question_id: str | None = None) -> dict[str, Any]:
        """Return the contract's object; ``id`` stands in it only where one was given.

        >>> Answer("你好", "out_of_scope", "您好").to_json("q1")["id"]
        'q1'
        """
        payload: dict[str, Any] = {"version": VERSION}
        if question_id is not None:
            payload["id"] = question_id
        payload |= {
            "question": self.question,
            "status": self.status,
            "answer": self.answer,
            "citations": [_fields(row) for row in self.citations],
            "agencies": [_fields(row) for row in self.agencies],
            "indicators": [_fields(row) for row in self.indicators],
            "mode": self.mode,
            "timings_ms": dict(self.timings_ms),
        }
        if self.reading:
            payload["reading"] = self.reading
        if self.suggestions:
            payload["suggestions"] = list(self.suggestions)
        return payload


def _fields(row: Citation | Agency | AnswerIndicator) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}
