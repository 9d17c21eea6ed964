"""Every number of a text, with its unit: read so that none slips through, whether or not it looks like a target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from corpus.model import Comparator, Strength
from corpus.quantities import Quantity, find_quantities, to_base
from corpus.units import any_of, read_units
from evals.wording import read_wording

# PM2.5, CO2 and 5G are names; everything else that has digits is a number.
_DIGITS = re.compile(r"(?<![\d.A-Za-z])\d+(?:\.\d+)?(?![\d.]*\d)")
# III 类标准: the classes of water are numbers, too.
_ROMAN = re.compile(r"(?<![A-Za-z])(?P<roman>I{1,3}|IV|VI{0,3})(?P<unit>类)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_RANGE = re.compile(r"[-~至到]\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a folded text. ``unit`` is empty where none follows; offsets span number and unit."""

    value: Decimal
    unit: str
    comparator: Comparator
    start: int
    end: int

    @property
    def base(self) -> tuple[Fraction, str]:
        """Value and unit in the base unit, for comparing.

        >>> read_figures("44.7万立方米/日")[0].base == read_figures("447000立方米/日")[0].base
        True
        """
        return _base(self.value, self.unit)

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"


_base = lru_cache(maxsize=4096)(to_base)


@lru_cache(maxsize=4096)
def read_figures(folded: str) -> tuple[Figure, ...]:
    """Return the numbers of a folded text from left to right, those written in characters where they have a unit.

    >>> [str(figure) for figure in read_figures("到2025年超过30%，十二家，达到43")]
    ['2025年', '30%', '12家', '43']
    """
    # In a folded text a comma parts words (到2025年，80%以上) and never digits.
    quantities = find_quantities(folded.replace("，", "、"), bare=True)
    taken = {at for one in quantities for at in range(one.number_start, one.number_end)}
    figures = [figure for one in quantities for figure in _from_quantity(one, folded)]
    for digits in _DIGITS.finditer(folded):
        if digits.start() not in taken and not _is_name(folded, digits.end()):
            unit, end = _unit(folded, digits.end())
            figures.append(Figure(Decimal(digits[0]), unit, "=", digits.start(), end))
    figures += [
        Figure(Decimal(_ROMANS.index(one["roman"]) + 1), "类（级别）", "=", one.start(), one.end())
        for one in _ROMAN.finditer(folded)
    ]
    return tuple(sorted(figures, key=lambda figure: (figure.start, figure.end, figure.value)))


def strength_said(folded: str, figure: Figure) -> Strength:
    """Return how firm a number is meant, by the words between the number before it (years aside) and the one behind it.

    >>> text = "下降13%，力争完成14.5%的激励目标"
    >>> [strength_said(text, figure) for figure in read_figures(text)]
    ['firm', 'incentive']
    """
    figures = [one for one in read_figures(folded) if one.unit != "年"]
    before = max((one.end for one in figures if one.end <= figure.start), default=0)
    after = min((one.start for one in figures if one.start >= figure.end), default=len(folded))
    strengths = read_wording().strengths
    # 力争 stands before its number (20%左右，力争达到21.6%), 激励目标 on either side.
    around = {"strive": folded[before : figure.start]}
    return next((name for word, name in strengths.items() if word in around.get(name, folded[before:after])), "firm")


def _from_quantity(one: Quantity, folded: str) -> list[Figure]:
    values = [one.value] if one.upper is None else [one.value, one.upper]
    unit, end = (one.unit, one.number_end) if one.unit else _unit(folded, one.number_end)
    return [Figure(value, unit, one.comparator, one.number_start, end) for value in values]


def _unit(folded: str, end: int) -> tuple[str, int]:
    """Return the unit or measure word after a number and where it ends; the first number of a range has the second's."""
    unit = read_units().pattern.match(folded, end) or _measure_words().match(folded, end)
    if unit:
        return unit[0], unit.end()
    to = _RANGE.match(folded, end)
    later = read_units().pattern.match(folded, to.end()) if to else None
    return (later[0], end) if later else ("", end)


@cache
def _measure_words() -> re.Pattern[str]:
    return re.compile(any_of(read_wording().counted))


def _is_name(folded: str, end: int) -> bool:
    letter = folded[end : end + 1]
    return letter.isascii() and letter.isalpha() and not read_units().pattern.match(folded, end)
