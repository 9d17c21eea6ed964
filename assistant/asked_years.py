"""The years of a question: whether targets are set for them, and whether they only tell what something is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading import Reading, Series
from corpus import Indicator, Plan
from corpus.dates import find_dates

# 比2020年下降 names the base year; the year alone asks for the figure of that year.
_COMPARED = re.compile(r"(?:[比较与同和跟以](?:起|照)?|相对于?|对照|参照|对标)\s*$")
_COMPARED_AFTER = re.compile(r"^\s*(?:为基|相比|作基|做基|的基|水平|比|作比|对比)")


def outside_years(reading: Reading) -> bool:
    """Whether a question about anything but an indicator names a year that the plan does not know at all."""
    if not reading.links.years or reading.intent in ("value", "table", "outline"):
        return False
    text = reading.plan.text + reading.plan.title + reading.plan.period
    known = {date.year for date in find_dates(text)} | {date.first_year for date in find_dates(text)}
    return not any(year in known for year in reading.links.years)


def wrong_year(reading: Reading, chosen: Sequence[Series]) -> bool:
    """Whether the question names a year that none of the chosen targets is set for.

    The base year counts only where the question compares with it.
    """
    years = reading.links.years
    if not years:
        return False
    rows = [row for series in chosen for row in series.rows]
    targets = {year for row in rows for year in _target_years(row)}
    bases = {row.base_year for row in rows if row.base_year}
    undated = {_last_year(reading.plan)} if any(not _target_years(row) for row in rows) else set()
    known = targets | undated
    enough = any if reading.asks("either") else all  # 2025年还是2030年
    return not enough(year in known or (year in bases and compares(reading.text, year)) for year in years)


def _last_year(plan: Plan) -> int | None:
    """Return the year in which the plan ends: a target without a date is read as one of the whole plan."""
    years = [date.year for date in find_dates(f"{plan.period} {plan.title}") if date.year]
    return max(years, default=None)


def _target_years(row: Indicator) -> set[int]:
    years = {row.target_year} | {date.year for date in find_dates(row.period or "")}
    return {year for year in years if year}


def compares(text: str, year: int) -> bool:
    """Whether a question compares with a year: 比2020年下降, 跟2020年比."""
    at = text.find(str(year))
    return bool(_COMPARED.search(text[:at]) or _COMPARED_AFTER.search(text[at + 4 :].removeprefix("年")))


_AFTER = re.compile(r"\s*年?[底末]?(?:以后|之后|往后|过后)")


def is_later(reading: Reading) -> bool:
    """Whether the time after the plan's last year is asked about: 2025年以后."""
    last = _last_year(reading.plan)
    text = reading.text
    return any(
        last is not None and year >= last and _AFTER.match(text, text.find(str(year)) + 4)
        for year in reading.links.years
        if str(year) in text
    )
