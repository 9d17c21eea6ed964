"""A question over several indicators as a small typed query: filters, an operation, an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.asked import told_with_words
from assistant.bounds import is_within
from assistant.ranks import Rank
from assistant.reading import Series, series_of
from assistant.respond.tasks import in_scope
from assistant.roster import Bound
from assistant.tallies import Tally
from corpus import Comparator, Indicator, Plan, Strength
from corpus.model import Role
from corpus.quantities import Quantity, read_comparators

Operation = Literal["list", "count", "most", "least", "order", "difference", "ratio", "mean", "sum", "compare"]


@dataclass(frozen=True, slots=True)
class IndicatorQuery:
    """Filters are joined by and; an empty or ``None`` filter lets every row through."""

    operation: Operation = "list"
    scope: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    strengths: tuple[Strength, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    units: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    base_years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    numeric: bool | None = None
    decimal: bool | None = None
    dated: bool | None = None
    tiers: bool = False
    literal: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    tally: Tally = ""
    size: Bound | None = None
    year_limit: tuple[Comparator, int] | None = None
    rank: Rank | None = None
    ascending: bool = False
    kinds_of_value: bool = False
    alike: bool = False
    bounds: tuple[Quantity, ...] = ()
    named: tuple[Series, ...] = ()
    claims: tuple[Quantity, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether any filter is set."""
        plain = IndicatorQuery(operation=self.operation)
        return replace(self, named=(), claims=(), rank=None, ascending=False, tally="") != plain

    def admits(self, plan: Plan, row: Indicator) -> bool:
        """Whether a row passes every filter."""
        return (
            in_scope(row.clause_id, self.scope)
            and not (self.left_out and in_scope(row.clause_id, self.left_out))
            and (not self.bodies or self._has_body(plan, row))
            and (not self.strengths or row.strength in self.strengths)
            and (not self.comparators or (row.is_numeric and row.comparator in self.comparators))
            and (not self.units or row.unit in self.units)
            and (not self.years or row.target_year in self.years)
            and (not self.base_years or row.base_year in self.base_years)
            and (not self.periods or any(name in (row.period or "") for name in self.periods))
            and (not self.directions or any(word in row.direction for word in self.directions))
            and (self.dated is None or bool(row.target_year or row.period) == self.dated)
            and not any(part in name for part in self.excluded for name in (row.name, *row.aliases))
            and (not self.literal or any(_told_with(row, words) for words in self.literal))
            and (not self.tiers or _has_tiers(plan, row))
            and (self.numeric is None or row.is_numeric == self.numeric)
            and (self.decimal is None or (row.is_numeric and ("." in row.value) == self.decimal))
            and (not self.kinds or any(name.endswith(self.kinds) for name in (row.name, *row.aliases)))
            and (not self.year_limit or _is_dated(row, *self.year_limit))
            and self._has_value(row)
        )

    def _has_value(self, row: Indicator) -> bool:
        """Whether a row lies within every limit, and has one of the values that are named: 25%或45%的."""
        exact = [bound for bound in self.bounds if bound.comparator == "=" and bound.upper is None]
        limits = [bound for bound in self.bounds if bound not in exact]
        return all(is_within(row, bound) for bound in limits) and (
            not exact or any(is_within(row, bound) for bound in exact)
        )

    def _has_body(self, plan: Plan, row: Indicator) -> bool:
        bodies = {body.name for body in plan.bodies(row.clause_id) if not self.roles or body.role in self.roles}
        return all(name in bodies for name in self.bodies)


def run(query: IndicatorQuery, plan: Plan) -> tuple[Indicator, ...]:
    """Return the rows that pass, in the plan's order; by value (descending for ``most``) where an order is asked.

    Of those that are to be ``alike``, the ones whose figure another one has too, side by side.
    """
    rows = [row for row in plan.indicators if query.admits(plan, row)]
    if query.alike:
        sizes = Counter((row.value, row.unit) for row in rows if row.is_numeric)
        rows = sorted((row for row in rows if sizes[row.value, row.unit] > 1), key=lambda row: (row.unit, row.value))
    return ordered(query, rows)


def ordered(query: IndicatorQuery, rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return rows in the order that is asked for; those without a number are left out where one is."""
    if query.operation == "most" or (query.operation == "order" and not query.ascending):
        rows = sorted((row for row in rows if row.is_numeric), key=lambda row: -Decimal(row.value))
    elif query.operation in ("least", "order"):
        rows = sorted((row for row in rows if row.is_numeric), key=lambda row: Decimal(row.value))
    return tuple(rows)


def _is_dated(row: Indicator, sign: Comparator, year: int) -> bool:
    """Whether the year of a target lies on one side of a year; a target without a year lies on neither."""
    if row.target_year is None:
        return False
    return {">": row.target_year > year, ">=": row.target_year >= year, "<": row.target_year < year}.get(
        sign, row.target_year <= year
    )


def _has_tiers(plan: Plan, row: Indicator) -> bool:
    """Whether an indicator has targets of more than one strength: 下降 13%, 力争 14.5%."""
    return any(len(one.rows) > 1 and row in one.rows for one in series_of(plan))


def _told_with(row: Indicator, words: str) -> bool:
    """Whether a word of comparison stands with a target's own figure (45%以上, 不低于 43%), or a state in its words."""
    if words not in read_comparators().signs:
        return told_with_words(row, words)
    quote = "".join(row.quote.split())
    figure = f"{row.value}{row.unit}"
    return row.is_numeric and (
        f"{figure}{words}" in quote or f"{words}{figure}" in quote or f"{row.value}{words}" in quote
    )
