"""Where an answer states a number that is expected: in its joined rows, and in its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.dates import find_dates
from corpus.model import Comparator, Strength
from corpus.quantities import to_base
from evals.figures import Figure, read_figures, strength_said
from evals.fold import fold
from evals.question import NumberGold
from evals.reply import IndicatorRow, Reply
from evals.wording import read_wording

_SENTENCE = re.compile(r"[。；;\n|]")


@dataclass(frozen=True)
class Stated:
    """The rows and the figures of an answer, each with its folded sentence, that have an expected amount.

    ``units`` are those with which the answer gives the same digits, where the amount itself is not there.
    """

    rows: tuple[IndicatorRow, ...]
    said: tuple[tuple[Figure, str], ...]
    units: tuple[str, ...]
    answer: str

    @property
    def is_there(self) -> bool:
        """Whether the answer holds the amount at all."""
        return bool(self.rows or self.said)

    @cached_property
    def comparators(self) -> frozenset[Comparator]:
        """The comparators that the amount is given with."""
        return frozenset(row.comparator for row in self.rows) | {figure.comparator for figure, _ in self.said}

    @cached_property
    def strengths(self) -> frozenset[Strength]:
        """How firmly it is given."""
        said = {strength_said(sentence, figure) for figure, sentence in self.said}
        return frozenset(row.strength for row in self.rows) | said

    @cached_property
    def years(self) -> frozenset[int]:
        """The years by which it is given, those of comparison (比 2020 年) left out; else all that the answer names."""
        years = {row.target_year for row in self.rows if row.target_year is not None}
        years |= {year for _, sentence in self.said for year in _years(sentence)}
        return frozenset(years or _years(fold(self.answer)))


def stated(gold: NumberGold, reply: Reply) -> Stated:
    """Find an expected number in an answer, in any equal form of its unit (3.2 万吨 = 32000 吨)."""
    amount = to_base(gold.amount, gold.unit)
    rows = tuple(row for row in reply.indicators if _is_number(row.value) and _base(row) == amount)
    figures = [
        (figure, sentence) for sentence in map(fold, _SENTENCE.split(reply.answer)) for figure in read_figures(sentence)
    ]
    said = tuple(one for one in figures if one[0].base == amount)
    units = () if rows or said else tuple(figure.unit for figure, _ in figures if figure.value == gold.amount)
    return Stated(rows, said, tuple(dict.fromkeys(units)), reply.answer)


def _base(row: IndicatorRow) -> object:
    return to_base(NumberGold(value=row.value, unit=row.unit).amount, row.unit)


def _is_number(value: str) -> bool:
    return value.isascii() and value.replace(".", "", 1).isdecimal()


def _years(folded: str) -> set[int]:
    """Return the years of a sentence that are not those it compares with.

    >>> _years("到2025年，比2020年下降13%")
    {2025}
    """
    bases = read_wording().base_years
    return {one.year for one in find_dates(folded) if one.year and not folded[: one.start].endswith(bases)}
