"""The value of an indicator: its targets with comparator, strength, year and base year, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assistant.asked import asked_units
from assistant.draft import Draft
from assistant.reading import Evidence, Reading, Series
from assistant.respond.gap import say_gap, supposed
from assistant.respond.phrasing import NO_BODY, cite_bodies, clause_name, duties, measure, number, one_line
from assistant.respond.who import target_sentence
from corpus import Indicator
from corpus.quantities import Quantity
from corpus.units import read_units

LOOSE = "方案没有完全照您的说法写，意思最接近的目标是："


def respond_value(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Say every target of the indicators that the question means, a verdict on a claimed figure first."""
    if "loose" in evidence.signals and len(evidence.series) == 1 and evidence.series[0][1] < 1 and not reading.carried:
        draft.say(LOOSE)
    for whole, _ in evidence.series:
        series = _of_asked_years(reading, whole)
        from_here = supposed(reading, series)
        verdict = "" if from_here else claim_verdict(reading, series, [one for one, _ in evidence.series])
        draft.say(verdict + target_sentence(draft, series))
        for row in series.rows:
            if row.quote not in "".join(draft.lines):
                marker = draft.cite_row(row)
                draft.say(f"> {one_line(row.quote)}{marker}")
        if from_here:
            say_gap(draft, *from_here)
        elif converted := in_asked_unit(reading, series):
            draft.say(f"换算：{converted[0]} = {draft.compute(converted[1])} {converted[2]}。")
    say_bodies(draft, list(dict.fromkeys(series.clause_id for series, _ in evidence.series)))
    return draft


_PLAIN_NUMBER = re.compile(r"不[要带用]“?万”?字?|折合|换算|换成|折成|合多少")


def wants_plain_number(text: str) -> bool:
    """Whether a question wants a figure told without 万 or 亿.

    >>> wants_plain_number("不用万字怎么写"), wants_plain_number("是多少")
    (True, False)
    """
    return _PLAIN_NUMBER.search(text) is not None


def in_asked_unit(reading: Reading, series: Series) -> tuple[str, str, str] | None:
    """Return a target's figure, and the same in the unit that a question wants; None where that is its own unit."""
    asked = asked_units(reading.text)
    for row in (row for row in series.rows if row.is_numeric):
        for unit in asked:
            if converted := _converted(row, unit):
                return measure(row), *converted
        factor = _factor(row.unit) if wants_plain_number(reading.text) else 1
        if factor > 1:
            return measure(row), number(Decimal(row.value) * factor), row.unit[1:]
    return None


def _converted(row: Indicator, unit: str) -> tuple[str, str] | None:
    """Return a target's value in a larger or smaller unit of its kind: 1.86 万吨/日 is 18600 吨/日.

    None where the unit is the target's own, is of another kind, or gives no short decimal.
    """
    per = row.unit.partition("/")[2]
    whole = unit if not per or "/" in unit else f"{unit}/{per}"
    wanted, own = read_units().base(whole), read_units().base(row.unit)
    if whole == row.unit or not wanted or not own or not own[1] or wanted[1] != own[1] or wanted[0] == own[0]:
        return None
    exact = Fraction(Decimal(row.value)) * own[0] / wanted[0]
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return (number(value), whole) if Fraction(value) == exact else None


def _factor(unit: str) -> int:
    """Return how many plain units one of ``unit`` is: 万立方米/日 is 10000 立方米/日."""
    return {"万": 10_000, "亿": 100_000_000}.get(unit[:1], 1) if len(unit) > 1 else 1


def _of_asked_years(reading: Reading, series: Series) -> Series:
    """Keep the targets of the years that a question names; all where none is set for them."""
    rows = tuple(row for row in series.rows if row.target_year in reading.links.years)
    return Series(series.name, rows) if rows else series


def say_bodies(draft: Draft, clause_ids: list[str]) -> None:
    """Add who is responsible for the clauses that were answered, a line each."""
    for clause_id in clause_ids:
        bodies = draft.plan.bodies(clause_id)
        name = draft.plan.clause(clause_id)
        if bodies:
            told = f"{duties(draft.plan, bodies)}{cite_bodies(draft, clause_id, bodies)}"
            draft.say_aside(clause_id, f"责任单位（{name.label}）：{told}。")
        else:
            draft.say_aside(clause_id, f"出处：{clause_name(name)}。{NO_BODY}。")


def claim_verdict(reading: Reading, series: Series, named: Sequence[Series] = ()) -> str:
    """Compare a figure that the question names with the targets; empty where it names none or only asks.

    A figure counts as a claim when it has the unit of a target: 14.5% beside 下降 13%.
    """
    claims = _own_claims(reading, series, named)
    years = {row.target_year for row in series.rows if row.target_year}
    if reading.asks("verify") and reading.links.years and years and not years & set(reading.links.years):
        return "方案写的不是这样。"
    if not claims:
        return ""
    if any(agrees(claim, row) for claim in claims for row in series.rows):
        return _agreement(reading, series) if reading.asks("verify") else ""
    return "方案写的不是这样。"


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


_PART_OF_TARGET = re.compile(r"的(?:一半|半数|[一二三四五]分之一)$")  # 目标的一半 claims no 50%


def _own_claims(reading: Reading, series: Series, named: Sequence[Series]) -> list[Quantity]:
    """Return the figures that a question claims of one indicator: of several named ones, those behind its own name."""
    claims = [
        claim
        for claim in reading.links.quantities
        if any(same_unit(claim, row) for row in series.rows) and not _PART_OF_TARGET.search(reading.text[: claim.end])
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
