"""An answer as the contract writes it (version 1): values, and their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.model.written import Written
from corpus.model import Comparator, Indicator, Role, Strength

VERSION = 1
PLAN_NOTE = "所问方案是"  # begins what ``reading`` tells of the plan where the question names none of several
Mode = Literal["extractive", "model"]
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
    over). ``suggestions`` are questions a reader may ask next. Both are shown by the faces beside the answer. ``mode`` is
    ``model`` where a language model wrote some of it; ``written`` is there where one was asked, and tells what came of it.
    """

    question: str
    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    agencies: tuple[Agency, ...] = ()
    indicators: tuple[AnswerIndicator, ...] = ()
    mode: Mode = "extractive"
    reading: str = ""
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    written: Written | None = None

    @property
    def heard(self) -> str:
        """How the question was read, as a sentence for its reader; empty where it was read as it stands.

        >>> Answer("谁负责？", "answered", "…", reading="能耗的责任单位").heard
        '按上文理解为：能耗的责任单位'
        """
        return (
            self.reading if self.reading.startswith(PLAN_NOTE) or not self.reading else f"按上文理解为：{self.reading}"
        )

    @property
    def label(self) -> str:
        """What a reader must be told of a language model's part in the answer; empty where it had none."""
        return self.written.label if self.written else ""

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
        if self.written:
            payload["label"] = self.label
            payload["model"] = self.written.to_json()
        return payload


def _fields(row: Citation | Agency | AnswerIndicator) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).__slots__}
