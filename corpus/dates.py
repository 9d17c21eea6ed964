"""Years, periods and days in Chinese text: 2025年底, 2021—2023年, “十四五”时期, 6月底.

A date is never a quantity; :mod:`corpus.quantities` leaves out what is found here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import DIGITS, read_numeral
from corpus.units import read_units

# One sign for one sign, so that offsets stay those of the printed text.
NARROW = str.maketrans("０１２３４５６７８９．％，～－：", "0123456789.%,~-:")
FIRST_PLAN_BEGAN = 1953
DASH = r"\s*(?:[-—–~]{1,2}|至|到)\s*"
YEAR = r"(?:19|20|21)\d{2}"
SPELLED_YEAR = "[一二][〇零九一][〇零一二三四五六七八九]{2}"
MARK = r"(?:底前|末前|[底末初前])?"
NUMERAL = "[一二三四五六七八九十]"
FORMS = re.compile(
    # 2021—2023年, 2021年至2025年
    rf"(?<![\d.])(?P<first>{YEAR})\s*年?{DASH}(?P<last>{YEAR})\s*年(?:{MARK})"
    # 2025年, 2025 年 6 月底, 2025年6月30日前
    rf"|(?<![\d.])(?P<year>{YEAR})\s*年(?!期)(?:\s*\d{{1,2}}\s*月(?:份|\s*\d{{1,2}}\s*[日号])?)?{MARK}"
    rf"|(?P<spelled>{SPELLED_YEAR})年{MARK}"
    # “十四五”时期, 十四五末
    rf"|[“\"「]?(?<!分之)(?<!{NUMERAL})(?P<period>十?{NUMERAL}五)[”\"」]?(?P<span>规划期|时期|期间|期末|末|以来)?"
    # 到 25 年底: how people write the year when they ask
    r"|(?<=[到至])\s*(?P<short>[2-9]\d)\s*年[底末]?(?![\d以])"
    rf"|(?<![\d.])\d{{1,2}}\s*月(?:份|\s*\d{{1,2}}\s*[日号])?{MARK}"
    # 2030的目标: a bare year
    rf"|(?<![\dA-Za-z./〔\[])(?P<bare>{YEAR})(?![\d.%A-Za-z〕\]])"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A year or a period. ``year`` is the last year of what is named, ``None`` for a day without one (6月底).

    ``first_year`` is set for a span of years; ``period`` is the five-year plan's name without marks (``十四五``).
    """

    year: int | None
    first_year: int | None
    period: str | None
    text: str
    start: int
    end: int


def find_dates(text: str) -> tuple[Date, ...]:
    """Return the dates of ``text`` from left to right.

    >>> [(date.year, date.period, date.text) for date in find_dates("“十四五”时期下降15%，到 2030 年底达到2000家")]
    [(2025, '十四五', '“十四五”时期'), (2030, None, '2030 年底')]
    """
    dates = (_date(found) for found in FORMS.finditer(text.translate(NARROW)))
    return tuple(
        Date(date.year, date.first_year, date.period, text[date.start : date.end], date.start, date.end)
        for date in dates
        if date
    )


def period_years(period: str) -> tuple[int, int] | None:
    """Return the first and last year of a five-year plan named by its number, ``None`` for another word.

    >>> period_years("十四五"), period_years("三五")
    ((2021, 2025), (1966, 1970))
    """
    number = read_numeral(period.removesuffix("五"))
    if not period.endswith("五") or number is None:
        return None
    # The first plan ran from 1953; from the third on (1966, after three years without one) each follows at once.
    first = FIRST_PLAN_BEGAN + 5 * (int(number) - 1) + (3 if number > 2 else 0)
    return first, first + 4


def _date(found: re.Match[str]) -> Date | None:
    start, end, text = found.start(), found.end(), found[0]
    stripped = len(text) - len(text.lstrip())
    start += stripped
    if found["period"]:
        years = period_years(found["period"])
        marked = found["span"] or text[0] in '“"「' or len(found["period"]) > 2
        if not years or not marked:
            return None
        return Date(years[1], years[0], found["period"], "", start, end)
    behind = len(found.string) - len(found.string[end:].lstrip())
    if found["bare"] and read_units().pattern.match(found.string, behind):
        return None  # 2000 家
    if found["spelled"]:
        year = "".join(str(DIGITS.get(sign, 0)) for sign in found["spelled"])
        return Date(int(year), None, None, "", start, end)
    if found["short"]:
        return Date(2000 + int(found["short"]), None, None, "", start, end)
    last = found["last"] or found["year"] or found["bare"]
    first = int(found["first"]) if found["first"] else None
    return Date(int(last) if last else None, first, None, "", start, end)
