"""An answer as it arrives: the contract's JSON object (version 1), read strictly and apart from the assistant's own code."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from corpus.model import Comparator, Role, Strength
from evals.question import Status


class _Row(BaseModel):
    """Frozen; a field that the contract does not name is let pass, a wrong type is not."""

    model_config = ConfigDict(frozen=True, strict=True)


class CitationRow(_Row):
    """One row of ``citations``."""

    marker: int
    plan_id: str
    clause_id: str
    label: str
    quote: str
    start: int
    end: int


class AgencyRow(_Row):
    """One row of ``agencies``."""

    name: str
    role: Role
    clause_id: str


class IndicatorRow(_Row):
    """One row of ``indicators``."""

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


class Reply(_Row):
    """One answer. ``timings_ms["total"]`` are milliseconds."""

    version: Literal[1]
    question: str
    status: Status
    answer: Annotated[str, StringConstraints(pattern=r"\S")]
    citations: list[CitationRow]
    agencies: list[AgencyRow]
    indicators: list[IndicatorRow]
    mode: str
    timings_ms: dict[str, float]


def read_reply(line: Any) -> Reply | str:
    """Return the answer that a JSON value holds, or, where it breaks the contract, what is wrong with it in Chinese.

    >>> read_reply({"version": 2})
    '不合约定的字段：version、question、status、answer、citations、agencies、indicators、mode、timings_ms'
    """
    try:
        return Reply.model_validate(line)
    except ValidationError as error:
        fields = dict.fromkeys(".".join(map(str, one["loc"])) or "整体" for one in error.errors())
        return f"不合约定的字段：{'、'.join(fields)}"
