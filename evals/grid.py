"""What a spreadsheet holds, under the name by which the modules of question sets know it: :mod:`corpus.grid`."""

from corpus.grid import (
    CUT,
    MOST_CHARACTERS,
    RUNS,
    UNWRITABLE,
    Cell,
    Grid,
    Kind,
    Page,
    Styled,
    Value,
    column_letter,
    inert,
    text_width,
    uninert,
    writable,
)

__all__ = [
    "CUT",
    "MOST_CHARACTERS",
    "RUNS",
    "UNWRITABLE",
    "Cell",
    "Grid",
    "Kind",
    "Page",
    "Styled",
    "Value",
    "column_letter",
    "inert",
    "text_width",
    "uninert",
    "writable",
]
