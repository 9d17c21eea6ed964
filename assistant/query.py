"""A question over several indicators as a small typed query: filters, an operation, an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.asked import asked_kinds, directions, quoted_words, table_units, told_with_words, year_limit
from assistant.lexicon import lexicon
from assistant.ranks import Rank, read_rank, rises
from assistant.reading import Reading, Series, series_of
from assistant.respond.tasks import in_scope
from assistant.roles import asked_roles
from assistant.slots import compares
from corpus import Comparator, Indicator, Plan, Strength
from corpus.model import Role
from corpus.quantities import Quantity, read_comparators, to_base

Operation = Literal["list", "count", "most", "least", "order", "difference", "ratio", "sum", "compare"]


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
    undated: bool = False
    tiers: bool = False
    literal: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    year_limit: tuple[Comparator, int] | None = None
    rank: Rank | None = None
    ascending: bool = False
    kinds_of_value: bool = False
    bounds: tuple[Quantity, ...] = ()
    named: tuple[Series, ...] = ()
    claims: tuple[Quantity, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether any filter is set."""
        plain = IndicatorQuery(operation=self.operation)
        return replace(self, named=(), claims=(), rank=None, ascending=False) != plain

    def admits(self, plan: Plan, row: Indicator) -> bool:
        """Whether a row passes every filter."""
        return (
            in_scope(row.clause_id, self.scope)
            and (not self.bodies or self._has_body(plan, row))
            and (not self.strengths or row.strength in self.strengths)
            and (not self.comparators or (row.is_numeric and row.comparator in self.comparators))
            and (not self.units or row.unit in self.units)
            and (not self.years or row.target_year in self.years)
            and (not self.base_years or row.base_year in self.base_years)
            and (not self.periods or any(name in (row.period or "") for name in self.periods))
            and (not self.directions or any(word in row.direction for word in self.directions))
            and (not self.undated or not (row.target_year or row.period))
            and (not self.literal or any(_told_with(row, words) for words in self.literal))
            and (not self.tiers or _has_tiers(plan, row))
            and (self.numeric is None or row.is_numeric == self.numeric)
            and (not self.kinds or any(name.endswith(self.kinds) for name in (row.name, *row.aliases)))
            and (not self.year_limit or _is_dated(row, *self.year_limit))
            and self._has_value(row)
        )

    def _has_value(self, row: Indicator) -> bool:
        """Whether a row lies within every limit, and has one of the values that are named: 25%或45%的."""
        exact = [bound for bound in self.bounds if bound.comparator == "=" and bound.upper is None]
        limits = [bound for bound in self.bounds if bound not in exact]
        return all(_within(row, bound) for bound in limits) and (
            not exact or any(_within(row, bound) for bound in exact)
        )

    def _has_body(self, plan: Plan, row: Indicator) -> bool:
        bodies = {body.name for body in plan.bodies(row.clause_id) if not self.roles or body.role in self.roles}
        return all(name in bodies for name in self.bodies)


def run(query: IndicatorQuery, plan: Plan) -> tuple[Indicator, ...]:
    """Return the rows that pass, in the plan's order; by value (descending for ``most``) where an order is asked."""
    return ordered(query, [row for row in plan.indicators if query.admits(plan, row)])


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


_STRICT: dict[Comparator, tuple[Comparator, ...]] = {">": ("<", "<="), "<": (">", ">=")}


def _within(row: Indicator, bound: Quantity) -> bool:
    """Whether a row's value lies within a bound of the question; what has another unit never does."""
    if not row.is_numeric:
        return False
    value, unit = to_base(Decimal(row.value), row.unit)
    limit, bound_unit = bound.base
    if unit != bound_unit and (bound.unit and bound.unit not in row.unit):
        return False
    if bound.upper is not None:
        return limit <= value <= to_base(bound.upper, bound.unit)[0]
    if value == limit and row.comparator in _STRICT:
        return bound.comparator not in _STRICT[row.comparator]  # 超过 30% is above 30%
    return {
        ">=": value >= limit,
        ">": value > limit,
        "<=": value <= limit,
        "<": value < limit,
        "=": value == limit,
        "~": value == limit,
    }[bound.comparator]


def read_query(reading: Reading, series: Sequence[Series], scope: Sequence[str] = ()) -> IndicatorQuery:
    """Read the filters and the operation off a question; ``series`` are the indicators that it names."""
    text = reading.text
    for clause_id in scope:  # 水平提升工程 asks for no 提升
        text = text.replace(reading.plan.clause(clause_id).title or "\0", " ")
    bases = tuple(year for year in reading.links.years if reading.asks("base_year") or compares(text, year))
    literal = quoted_words(text, reading.plan)
    limit = None if bases else year_limit(text)
    return IndicatorQuery(
        operation=_operation(reading, len(series)),
        scope=tuple(scope),
        bodies=reading.links.names,
        roles=asked_roles(reading) if reading.links.names else (),
        strengths=_strengths(reading),
        comparators=() if literal else _comparators(reading),
        units=table_units(text, reading.plan),
        years=() if bases or limit or reading.links.periods else reading.links.years,
        base_years=bases,
        undated=reading.asks("no_year"),
        tiers=reading.asks("tiers"),
        literal=literal,
        periods=reading.links.periods,
        directions=() if literal else directions(text, reading.plan),
        numeric=_numeric(reading),
        kinds_of_value=_asks_both_kinds(reading),
        ascending=rises(text),
        kinds=() if series else asked_kinds(reading.subject.words, reading.plan, text),
        year_limit=limit,
        rank=read_rank(text),
        bounds=() if len(series) > 1 or reading.asks("base_year") else _bounds(reading),
        named=tuple(series),
        claims=reading.links.quantities,
    )


def _numeric(reading: Reading) -> bool | None:
    """Whether targets with a number are asked for; None where both kinds are (文字目标和数字目标各有多少)."""
    if _asks_both_kinds(reading):
        return None
    if reading.asks("text_value"):
        return False
    return True if reading.asks("numeric") else None


def _asks_both_kinds(reading: Reading) -> bool:
    """Whether targets with and without a number are asked for; 非数字目标 and 没有数字的 name one kind."""
    rest = lexicon().strip_cues(reading.text, "text_value")
    return reading.asks("text_value") and lexicon().has("numeric", rest)


def _told_with(row: Indicator, words: str) -> bool:
    """Whether a word of comparison stands with a target's own figure (45%以上, 不低于 43%), or a state in its words."""
    if words not in read_comparators().signs:
        return told_with_words(row, words)
    quote = "".join(row.quote.split())
    figure = f"{row.value}{row.unit}"
    return row.is_numeric and (
        f"{figure}{words}" in quote or f"{words}{figure}" in quote or f"{row.value}{words}" in quote
    )


def _bounds(reading: Reading) -> tuple[Quantity, ...]:
    """Return the figures that limit the table: those told in a unit of the plan's own targets (not 两个字)."""
    known = {to_base(Decimal(1), row.unit)[1] for row in reading.plan.indicators if row.unit}
    whole = {row.unit for row in reading.plan.indicators}
    rank = read_rank(reading.text)
    return tuple(
        _compared(reading.text, bound)
        for bound in reading.links.quantities
        if not (rank and rank.start < bound.end and bound.start < rank.end)
        and not _counts_targets(reading.text, bound)
        and ((not bound.unit and bound.comparator != "=") or bound.base[1] in known or bound.unit in whole)
    )


_THAN = re.compile(r"比(?:起)?\s*$")
_MORE_THAN = re.compile(r"\s*(?:还|更|要)*(?P<more>高|大|多)|\s*(?:还|更|要)*(?:低|小|少)")


def _compared(text: str, bound: Quantity) -> Quantity:
    """Read the comparison that a verb makes of a figure: 比80%高, 比30%还低."""
    said = _MORE_THAN.match(text, bound.end)
    if bound.comparator != "=" or not said or not _THAN.search(text[: bound.start]):
        return bound
    return replace(bound, comparator=">" if said["more"] else "<")


_TARGETS_AFTER = re.compile(r"\s*(?:百分比|百分数|具体|量化|主要|数字)?的?(?:目标|指标|数)")


def _counts_targets(text: str, bound: Quantity) -> bool:
    """Whether a figure counts the targets themselves: 里面两个百分比目标."""
    counted = bound.unit in ("个", "项", "条") or (not bound.unit and bound.comparator == "=")
    return counted and _TARGETS_AFTER.match(text, bound.end) is not None


def _operation(reading: Reading, named: int) -> Operation:
    """Return the operation; 一共有几个 counts, and adds up only what is named."""
    rank = read_rank(reading.text)
    counts = named < 2 and reading.asks("count")
    if rank and not (named > 1 and reading.asks("difference", "ratio", "sum", "compare")):
        return "most" if rank.descending else "least"
    both_ends = reading.asks("most") and reading.asks("least")
    for group in ("ratio", "difference", "sum", "compare", "most", "least", "order", "count"):
        if reading.asks(group) and not (both_ends and group in ("most", "least")) and not (counts and group == "sum"):
            return group
    return "list"


_NOT_STRIVEN = re.compile(r"(?:(?<!是)不是|并非|非|不带|不含|没有?写|除了?)[“\"]?(?:力争|争取|激励)")


def _strengths(reading: Reading) -> tuple[Strength, ...]:
    """力争 stands before both a strive and an incentive target (力争完成14.5%的激励目标); 激励 names the second alone."""
    if _NOT_STRIVEN.search(reading.text):
        return ("firm",)
    if reading.asks("incentive"):
        return ("incentive",)
    if reading.asks("strive"):
        return ("strive", "incentive")
    return ()


def _comparators(reading: Reading) -> tuple[Comparator, ...]:
    """Read 左右, 以上, 以内 as comparators only where no figure stands with them (then they belong to the figure)."""
    if reading.links.quantities:
        return ()
    found: list[Comparator] = []
    for group, signs in _SIGNS.items():
        if reading.asks(group):
            found.extend(signs)
    return tuple(found)


_SIGNS: dict[str, tuple[Comparator, ...]] = {
    "approximate": ("~",),
    "at_least": (">=",),
    "at_most": ("<=", "<"),
    "more_than": (">",),
}
