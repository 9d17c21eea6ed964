"""Questions drafted from a plan's targets: what they are, which are alike, how far apart, and what the plan does not say."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from corpus.agencies import place_names
from corpus.dates import find_dates
from corpus.model import Indicator, Plan
from corpus.units import read_units
from evals.draft_words import Sketch, ask, number_of, sketch, subject_of

LONGEST_NAME = 30
MOST_EQUAL = 5  # targets of one value: more are no question that a person asks
MOST_SUMS = 3
MOST_ABSENT = 3  # of years, and of places
MOST_PREMISES = 2
YEARS_LATER = 5
POINTS = "个百分点"

Series = tuple[Indicator, ...]


def target_sketches(plan: Plan) -> Iterator[Sketch]:
    """Yield each target's value, the targets of a clause, equal ones, differences, wrong figures, absent years and places."""
    series = _series(plan)
    numeric = [rows for rows in series if all(_is_number(row) for row in rows)]
    for rows in numeric:
        yield from _values(rows)
    for rows in series:
        if len(rows) == 1 and not rows[0].is_numeric:
            either = {"status": ["answered", "not_stated"], "must": [rows[0].value]}
            yield sketch("words", ask("words", name=rows[0].name), either, quote=rows[0].quote)
    yield from _of_clauses(plan)
    yield from _equal(numeric)
    yield from _sums([rows[0] for rows in numeric if len(rows) == 1])
    for rows in numeric[:MOST_PREMISES]:
        yield from _premise(rows, plan)
    yield from _absent(numeric, plan)
    if len(numeric) > 1:
        first, second = numeric[0], numeric[-1]
        expect: dict[str, Any] = {"clauses": _clauses(second), "numbers": [number_of(row) for row in second]}
        history = [ask("value", name=first[0].name)]
        yield sketch("follow", ask("and_target", name=second[0].name), expect, history=history)


def _series(plan: Plan) -> list[Series]:
    """Return the targets by name, in the plan's order; names that nobody would say are left out."""
    found: dict[str, list[Indicator]] = {}
    for row in plan.indicators:
        found.setdefault(row.name, []).append(row)
    return [tuple(rows) for name, rows in found.items() if 1 < len(name) <= LONGEST_NAME]


def _is_number(row: Indicator) -> bool:
    return row.is_numeric and bool(row.unit) and read_units().base(row.unit) is not None


def _values(rows: Series) -> Iterator[Sketch]:
    """Ask for a target; where it has values for several years, for each year."""
    years = dict.fromkeys(row.target_year for row in rows)
    name, quote = rows[0].name, rows[0].quote
    if len(years) == 1:
        expect: dict[str, Any] = {"clauses": _clauses(rows), "numbers": [number_of(row) for row in rows]}
        yield sketch("value", ask("value", name=name), expect, quote=quote)
        return
    for year in filter(None, years):
        own = [row for row in rows if row.target_year == year]
        expect = {"clauses": _clauses(own), "numbers": [number_of(row) for row in own]}
        yield sketch("value", ask("value_by", year=year, name=name), expect, quote=own[0].quote)


def _of_clauses(plan: Plan) -> Iterator[Sketch]:
    for clause in plan.clauses:
        rows = [row for row in plan.targets(clause.clause_id) if _is_number(row)]
        named = 1 < len(rows) <= MOST_EQUAL and len({row.name for row in rows}) == len(rows)
        if named and subject_of(clause, plan):
            expect = {"clauses": [clause.clause_id], "numbers": [number_of(row) for row in rows]}
            yield sketch("targets", ask("targets", subject=subject_of(clause, plan)), expect, label=clause.label)


def _equal(series: Sequence[Series]) -> Iterator[Sketch]:
    """Ask for the targets of one value where at least two have it."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for row in itertools.chain.from_iterable(series):
        groups.setdefault((row.value, row.unit), []).append(row)
    for (value, unit), rows in groups.items():
        names = list(dict.fromkeys(row.name for row in rows))
        if 1 < len(names) <= MOST_EQUAL:
            expect = {"clauses": _clauses(rows), "numbers": [{"value": value, "unit": unit}], "must": names}
            yield sketch("filter", ask("equal", value=value, unit=unit), expect)


def _sums(rows: Sequence[Indicator]) -> Iterator[Sketch]:
    """Ask how far apart two targets are that stand beside each other and count the same thing."""
    alike = [
        (one, two)
        for one, two in itertools.pairwise(rows)
        if (one.unit, one.direction, one.comparator) == (two.unit, two.direction, two.comparator)
        and one.value != two.value
    ]
    for pair in alike[:MOST_SUMS]:
        less, more = sorted(pair, key=lambda row: Decimal(row.value))
        difference = Decimal(more.value) - Decimal(less.value)
        unit = POINTS if more.unit == "%" else more.unit
        expect = {
            "clauses": _clauses([more, less]),
            "numbers": [{"value": f"{difference:f}", "unit": unit}],
            "must": [f"{row.value}{row.unit}" for row in (more, less)],
        }
        shown = f"{more.value} − {less.value} = {difference:f}"
        yield sketch("sum", ask("differ", more=more.name, less=less.name), expect, sum=shown)


def _premise(rows: Series, plan: Plan) -> Iterator[Sketch]:
    """Ask whether a target is a number that stands nowhere in the plan."""
    row = rows[0]
    wrong = next(
        (f"{one:f}" for step in range(2, 9) if f"{(one := Decimal(row.value) + step):f}" not in plan.text), None
    )
    if wrong:
        expect = {"clauses": _clauses(rows), "numbers": [{"value": one.value, "unit": one.unit} for one in rows]}
        question = ask("premise", name=row.name, value=wrong, unit=row.unit)
        yield sketch("premise", question, expect, quote=row.quote)


def _absent(series: Sequence[Series], plan: Plan) -> Iterator[Sketch]:
    """Ask for a year, and for places, that the plan does not name; nothing may be put in their place."""
    years = [year for date in find_dates(plan.text) for year in (date.year,) if year]
    year = max(years, default=0) + YEARS_LATER
    own = [rows for rows in series if len({row.target_year for row in rows}) == 1][:MOST_ABSENT]
    for rows in own if years else ():
        expect = {"status": "not_stated", "must_not": _shown(rows)}
        yield sketch("year", ask("year", year=year, name=rows[0].name), expect)
    absent = [name for name in sorted(place_names()) if name not in plan.text + plan.title + plan.region + plan.issuer]
    step = max(1, len(absent) // MOST_ABSENT)
    for rows, place in zip(own, absent[::step], strict=False):
        expect = {"status": ["not_stated", "out_of_scope"], "must_not": _shown(rows)}
        yield sketch("place", ask("place", place=place, name=rows[0].name), expect)


def _shown(rows: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(f"{row.value}{row.unit}" for row in rows))


def _clauses(rows: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(row.clause_id for row in rows))
