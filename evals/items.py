"""What every format of a question set is read into: the fields of each question, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evals.errors import SetFault


@dataclass(frozen=True, slots=True)
class Item:
    """One question as a file has it, not yet checked: its fields, the line that it begins on, the columns of its fields.

    ``number`` counts the questions of the file from 1. ``faults`` are those of its cells; their fields are left out or incomplete.
    """

    value: Any
    line: int
    number: int = 0
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[SetFault, ...] = ()
