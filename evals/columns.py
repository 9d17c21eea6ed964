"""The columns of a question set in a spreadsheet and the words of its cells (``columns.toml``)."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("columns.toml")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its ``name`` in the program, the ``field`` of a question that it holds, and how it is called."""

    name: str
    field: str
    header: str
    aliases: tuple[str, ...]
    width: int
    help: str
    required: bool = False


@dataclass(frozen=True)
class Words:
    """The words that one kind of cell is read by: what is written → the value, and the word that is written for it."""

    values: Mapping[str, str]
    written: Mapping[str, str]

    def value(self, text: str) -> str | None:
        """Return the value that ``text`` stands for, ``None`` for another word.

        >>> words("roles").value("牵头单位"), words("yes_no").value("Ｙ"), words("status").value("答对")
        ('lead', 'yes', None)
        """
        return self.values.get(plain(text).casefold())


@cache
def columns() -> tuple[Column, ...]:
    """Return all columns in the order in which they are written."""
    return tuple(Column(**row | {"aliases": tuple(row["aliases"])}) for row in _table()["columns"])


@cache
def headers() -> Mapping[str, Column]:
    """Return every name by which a column is called, plain, with its column.

    >>> headers()["题号"].name, headers()["备注"].name
    ('id', 'note')
    """
    return {plain(word).casefold(): one for one in columns() for word in (one.header, *one.aliases)}


def column_field(field: str) -> str:
    """Return the field by which the column is known that holds ``field``: one column holds both kinds of clauses.

    >>> column_field("expect.clauses_any"), column_field("expect.must_any")
    ('expect.clauses', 'expect.must_any')
    """
    return "expect.clauses" if field == "expect.clauses_any" else field


def header_of(field: str) -> str:
    """Return the header of the column that holds a field, empty for a field that no column holds.

    >>> header_of("expect.agencies"), header_of("expect.clauses_any")
    ('责任单位', '条款')
    """
    return next((one.header for one in columns() if one.field == column_field(field)), "")


@cache
def words(section: str) -> Words:
    """Return the words of one kind of cell: ``users``, ``status``, ``roles``, ``yes_no``."""
    table: dict[str, list[str]] = _table()[section]
    values = {plain(word).casefold(): value for value, row in table.items() for word in row}
    return Words(values, {value: row[0] for value, row in table.items()})


def section(name: str) -> dict[str, Any]:
    """Return a section of the table as it stands. Raises ``KeyError`` for an unknown one."""
    return dict(_table()[name])


def plain(text: str) -> str:
    """Return ``text`` with half-width letters, digits and brackets and without white space.

    >>> plain(" 题　号＊（必填）")
    '题号*(必填)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))
