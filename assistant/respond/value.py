"""The value of an indicator: its targets with comparator, strength, year and base year, and who answers for it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assistant.asked import asked_units
from assistant.draft import Draft
from assistant.reading import Evidence, Reading, Series
from assistant.respond.claims import claim_verdict
from assistant.respond.deadline import say_deadlines
from assistant.respond.gap import say_gap, supposed
from assistant.respond.phrasing import NO_BODY, cite_bodies, clause_name, duties, measure, number, one_line
from assistant.respond.portion import portion, say_portion
from assistant.respond.who import target_sentence
from corpus import Indicator
from corpus.units import read_units

LOOSE = "方案没有完全照您的说法写，意思最接近的目标是："
_HOW_MANY = re.compile(r"多少|几[个条家座处项台辆户次成]")
UNDATED = "方案没有写明这一目标的完成年份，写的是："


def respond_value(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Say every target of the indicators that the question means, a verdict on a claimed figure first."""
    if "loose" in evidence.signals and len(evidence.series) == 1 and evidence.series[0][1] < 1 and not reading.carried:
        draft.say(LOOSE)
    how_many = asked_units(reading.text) or _HOW_MANY.search(reading.text)
    if how_many and not any(row.is_numeric for one, _ in evidence.series for row in one.rows):
        draft.say("方案没有给这一项写具体数字，写的是：")
    if reading.asks("year") and not any(
        row.target_year or row.period for one, _ in evidence.series for row in one.rows
    ):
        draft.say(UNDATED)
    for whole, _ in evidence.series:
        series = _of_asked_years(reading, whole)
        from_here = supposed(reading, series)
        verdict = "" if from_here else claim_verdict(reading, series, [one for one, _ in evidence.series])
        draft.say(verdict + target_sentence(draft, series))
        for row in series.rows:
            if row.quote not in "".join(draft.lines):
                marker = draft.cite_row(row)
                draft.say(f"> {one_line(row.quote)}{marker}")
        if verdict and (other := _whose_figure(reading, evidence)):
            draft.say(f"您说的这个数，是另一项目标的：{target_sentence(draft, other)}")
        if from_here:
            say_gap(draft, *from_here)
        elif part := portion(reading, series):
            say_portion(draft, part, left=reading.asks("remaining"))
        elif converted := in_asked_unit(reading, series):
            draft.say(f"换算：{converted[0]} = {draft.compute(converted[1])} {converted[2]}。")
    clause_ids = list(dict.fromkeys(series.clause_id for series, _ in evidence.series))
    if not any(row.target_year for one, _ in evidence.series for row in one.rows):
        say_deadlines(reading, draft, clause_ids)
    say_bodies(draft, clause_ids)
    return draft


_IS_OF = re.compile(r"的(?:那[个项])?(?:指标|目标)?(?:就|应该|应当|不|难道)?是")


def _whose_figure(reading: Reading, evidence: Evidence) -> Series | None:
    """Return the one target whose figure a question tells of another: 力争达到21.6%的是甲率，对不对; else None."""
    own = [one for one, _ in evidence.series]
    others = [one for one, share in evidence.claimed if share > 0 and one not in own]
    said = any(_IS_OF.match(reading.text, one.end) for one in reading.links.quantities)
    return others[0] if said and len(others) == 1 and len(own) == 1 else None


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
                return measure(row), converted[0], _with_bound(row, converted[1])
        factor = _factor(row.unit) if wants_plain_number(reading.text) else 1
        if factor > 1:
            return measure(row), number(Decimal(row.value) * factor), row.unit[1:]
    return None


def _with_bound(row: Indicator, unit: str) -> str:
    """Return a unit with the word behind it that makes a figure a lower one: 亩以上."""
    return f"{unit}以上" if measure(row).endswith("以上") else unit


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


def bodies_lead(label: str) -> str:
    """Return the words that begin the line of a clause's bodies, by which a face knows it that shows them otherwise.

    >>> bodies_lead("三、（四）")
    '责任单位（三、（四））：'
    """
    return f"责任单位（{label}）："


def say_bodies(draft: Draft, clause_ids: list[str]) -> None:
    """Add who is responsible for the clauses that were answered, a line each."""
    for clause_id in clause_ids:
        bodies = draft.plan.bodies(clause_id)
        name = draft.plan.clause(clause_id)
        if bodies:
            told = f"{duties(draft.plan, bodies)}{cite_bodies(draft, clause_id, bodies)}"
            draft.say_aside(clause_id, f"{bodies_lead(name.label)}{told}。")
        else:
            draft.say_aside(clause_id, f"出处：{clause_name(name)}。{NO_BODY}。")
