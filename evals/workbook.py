"""Sheets of cells in and out of .xlsx files: the door of :mod:`corpus.workbook`, its fault told as one of a file."""

from __future__ import annotations

from pathlib import Path

from corpus import workbook
from corpus.errors import UnreadableDocument
from corpus.grid import Grid
from corpus.workbook import write_workbook
from evals.errors import FileFault

__all__ = ["read_workbook", "write_workbook"]


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of an .xlsx file; raises :class:`FileFault` for what is none, or unpacks to too much."""
    try:
        return workbook.read_workbook(path)
    except UnreadableDocument as fault:
        raise FileFault(str(fault)) from fault
