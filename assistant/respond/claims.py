"""Whether a figure that a question tells is that of a target, and what to say to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.grades import grades
from assistant.reading import Reading, Series
from corpus import Indicator
from corpus.quantities import Quantity

DENIAL = "方案写的不是这样。"
_ASKED_IF_RIGHT = re.compile(r"对[吗吧不么]|[没有]错|记[错反]|搞[错反]|弄[错反]|准不准|准吗|属实")


def claim_verdict(reading: Reading, series: Series, named: Sequence[Series] = ()) -> str:
    """Compare a figure that the question names with the targets; empty where it names none or only asks.

    A figure counts as a claim when it has the unit of a target: 14.5% beside 下降 13%.
    """
    claims = _own_claims(reading, series, named)
    years = {row.target_year for row in series.rows if row.target_year}
    asked = wants_verdict(reading)
    if asked and reading.links.years and years and not years & set(reading.links.years):
        return _no(reading)
    if not claims:
        return _worded_verdict(reading, series)
    if any(agrees(claim, row) for claim in claims for row in series.rows):
        return _agreement(reading, series) if asked else ""
    return _no(reading)


def _worded_verdict(reading: Reading, series: Series) -> str:
    """Answer a grade (某河是三类水吧) or a share (要完成90%吗) that a question claims of a target in words; else nothing."""
    claimed, held = grades(reading.text), grades(" ".join(row.value for row in series.rows))
    if claimed and held:
        return _no(reading) if claimed - held else "是的。" if wants_verdict(reading) else ""
    in_part = any(one.unit == "%" and one.value < _WHOLE for one in reading.links.quantities)
    in_words = not any(row.is_numeric for row in series.rows)
    return _no(reading) if in_part and in_words and wants_verdict(reading) else ""


_WHOLE = 100  # per cent, which 全部 may mean


def _no(reading: Reading) -> str:
    """Deny what a question says; one that asks for yes or no is told 不是 or 不对 first."""
    if not wants_verdict(reading):
        return DENIAL
    return f"{'不对' if _ASKED_IF_RIGHT.search(reading.text) else '不是'}，{DENIAL}"


_ASKING = ("amount", "count", "list", "year", "who", "why", "indicator", "remaining", "either")


def wants_verdict(reading: Reading) -> bool:
    """Whether a question asks if what it says is so; the mark alone asks where there is a figure: 降15%是到2030年?"""
    bare = bool(reading.links.quantities) and reading.text.rstrip().endswith("?") and not reading.asks(*_ASKING)
    return bare or reading.asks("verify")


def _agreement(reading: Reading, series: Series) -> str:
    """Say yes to a claimed figure, unless the question claims more than the figure."""
    if _softens(reading, series):
        return "不是硬性要求，方案写的是力争。"
    rows = [row for row in series.rows if any(agrees(claim, row) for claim in reading.links.quantities)]
    if reading.asks("per_year") and not any(_YEARLY.search(row.quote) for row in rows):
        return "数字对，但方案没有说是每年的。"
    if reading.links.years and not any(row.target_year or row.period for row in rows):
        return "数字对，但方案这句话没有写年份。"
    told = {year for row in rows for year in (row.target_year, row.base_year)}
    if any(year not in told for year in reading.links.years):
        return "数字对，但问到的年份方案这句话没有都写。"
    if any(row.comparator != "=" for row in rows) and not any(
        one.comparator != "=" for one in reading.links.quantities
    ):
        return "数字对，方案的说法如下。"
    return "是的。"


_YEARLY = re.compile(r"每年|年均|逐年")


def _softens(reading: Reading, series: Series) -> bool:
    """Whether a question calls a firm duty (硬指标, 必须) what the plan only strives for."""
    return reading.asks("firm") and any(row.strength != "firm" for row in series.rows)


def agrees(claim: Quantity, row: Indicator) -> bool:
    """Whether a claimed figure says what a target says: the same figure, and not its opposite (不低于 for 不高于)."""
    opposite = {">=": ("<=", "<"), ">": ("<=", "<"), "<=": (">=", ">"), "<": (">=", ">")}
    return matches(claim, row) and row.comparator not in opposite.get(claim.comparator, ())


_PART_OF_TARGET = re.compile(
    r"的(?:一半|半数|[一二两三四五六七八九十]+分之[一二两三四五六七八九十]+|[一二两三四五六七八九]成)$"
)


def is_part_of_target(text: str, claim: Quantity) -> bool:
    """Whether a figure only tells a part of a target: 目标的一半 claims no 50%."""
    return _PART_OF_TARGET.search(text[: claim.end]) is not None


def _own_claims(reading: Reading, series: Series, named: Sequence[Series]) -> list[Quantity]:
    """Return the figures that a question claims of one indicator: of several named ones, those behind its own name."""
    claims = [
        claim
        for claim in reading.links.quantities
        if any(same_unit(claim, row) for row in series.rows) and not is_part_of_target(reading.text, claim)
    ]
    if len(named) < 2 or len(claims) < 2:
        return claims
    places = sorted((at, one.name) for one in named if (at := place_of(one, reading.text, named)) >= 0)
    if len(places) < len(named):
        return claims
    starts = [at for at, _ in places]
    mine = starts.index(next(at for at, name in places if name == series.name))
    begin = starts[mine] if mine else 0
    end = starts[mine + 1] if mine + 1 < len(starts) else len(reading.text)
    return [claim for claim in claims if begin <= claim.start < end]


def place_of(series: Series, text: str, others: Sequence[Series] = ()) -> int:
    """Return where a text names an indicator, by its name or else by two characters that no other has; -1 if nowhere."""
    names = sorted(_names(series), key=len, reverse=True)
    whole = next((at for name in names if (at := text.find(name)) >= 0), -1)
    if whole >= 0:
        return whole
    foreign = [name for other in others if other != series for name in _names(other)]
    pairs = ((at, text[at : at + 2]) for at in range(len(text) - 1))
    own = (at for at, pair in pairs if any(pair in name for name in names) and not any(pair in one for one in foreign))
    return next(own, -1)


def _names(series: Series) -> set[str]:
    return {series.name, *(alias for row in series.rows for alias in row.aliases)}


def same_unit(claim: Quantity, row: Indicator) -> bool:
    """Whether a figure of a question can be compared with a target."""
    return row.is_numeric and (claim.unit == row.unit or not claim.unit or claim.unit in row.unit)


def matches(claim: Quantity, row: Indicator) -> bool:
    """Whether a figure of a question is the figure of a target."""
    return same_unit(claim, row) and claim.value == Decimal(row.value)
