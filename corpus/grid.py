"""What a spreadsheet holds, whichever program wrote it: sheets of cells, to be read or to be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "number", "date", "formula", "error"]
Value = str | int | float | Decimal | None

MOST_CHARACTERS = 32_767  # of a cell, in every spreadsheet program
CUT = "……（过长，已截断）"
# A text that begins so would be run as a formula, or change what a program makes of the cell.
RUNS = ("=", "+", "-", "@", "\t", "\r")
# What no sheet can hold: control characters but tab and line end, halves of surrogate pairs, and two that are none.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as read: a percentage is ``"45%"``, a number its shortest exact form (``"13"``, ``"0.5"``)."""

    text: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read. Rows and columns count from 1; empty cells are absent. ``merged``: (row, column, address)."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, str], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell to be written with its looks.

    ``fill`` and ``color`` are like ``"FFE699"``; ``link`` is an address, or ``"#题目!A2"`` within the workbook; ``note`` is
    shown beside the cell; ``shape`` is a number format (``"0.0%"``).
    """

    value: Value
    bold: bool = False
    fill: str = ""
    color: str = ""
    link: str = ""
    note: str = ""
    shape: str = ""
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to be written.

    ``widths`` are in characters; ``frozen`` rows stay in sight; ``filtered``: each column can be filtered; ``choices``: the
    words that a column (from 1) offers in its cells; ``text_columns`` keep what is typed later (3.10) as it is typed.
    ``tallest``: rows are made as high as their texts, up to so many lines; 0 leaves that to the program that opens the file.
    """

    name: str
    rows: Sequence[Sequence[Styled | Value]]
    widths: Sequence[float] = ()
    frozen: int = 1
    filtered: bool = False
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    text_columns: Sequence[int] = ()
    tallest: int = 0


def column_letter(column: int) -> str:
    """Return a column's letters.

    >>> column_letter(1), column_letter(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_width(text: str) -> int:
    """Return how many columns of a terminal, or widths of a digit, a text takes: a Chinese character takes two.

    >>> text_width("45%以上")
    7
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def writable(text: str) -> str:
    r"""Return ``text`` as a cell can hold it: what no sheet can hold is written out, what is too long is cut, visibly.

    >>> writable("非化石\x07能源")
    '非化石\\u0007能源'
    """
    shown = UNWRITABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return shown if len(shown) <= MOST_CHARACTERS else shown[: MOST_CHARACTERS - len(CUT)] + CUT


def inert(text: str) -> str:
    """Return ``text`` for a CSV cell: with an apostrophe where a program would take it for a formula.

    >>> inert("=1+1"), inert("45%以上"), inert("'=1")
    ("'=1+1", '45%以上', "''=1")
    """
    return f"'{text}" if text.lstrip("'").startswith(RUNS) else text


def uninert(text: str) -> str:
    """Return what :func:`inert` was given.

    >>> uninert("'=1+1"), uninert("'45%'")
    ('=1+1', "'45%'")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(RUNS) else text
