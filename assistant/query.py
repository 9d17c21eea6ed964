"""A question over several indicators as a small typed query: filters, an operation, an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from assistant.asked import asked_kinds, directions, quoted_words, table_units, told_with_words, year_limit
from assistant.bounds import is_within, likened, read_bounds
from assistant.forms import Forms, excluded_names, read_forms, read_tally
from assistant.lexicon import lexicon
from assistant.ranks import Rank, read_rank, rises
from assistant.reading import Reading, Series, series_of
from assistant.respond.tasks import in_scope
from assistant.roles import asked_roles
from assistant.slots import compares
from corpus import Comparator, Indicator, Plan, Strength
from corpus.model import Role
from corpus.quantities import Quantity, read_comparators

Tally = Literal["", "clause", "chapter"]
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
    decimal: bool | None = None
    dated: bool | None = None
    tiers: bool = False
    literal: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    tally: Tally = ""
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


def read_query(
    reading: Reading, series: Sequence[Series], scope: Sequence[str] = (), limit_by: Series | None = None
) -> IndicatorQuery:
    """Read the filters and the operation off a question; ``series`` are the indicators that it names.

    ``limit_by`` is an indicator that is named only as a limit (比甲率还高的).
    """
    text = reading.text
    for clause_id in scope:  # 水平提升工程 asks for no 提升
        text = text.replace(reading.plan.clause(clause_id).title or "\0", " ")
    forms = read_forms(text)
    bases = tuple(year for year in reading.links.years if reading.asks("base_year") or compares(text, year))
    literal = () if forms.unwanted.intersection(_SIGNS) else quoted_words(text, reading.plan)
    limit = None if bases else year_limit(text)
    return IndicatorQuery(
        operation=_operation(reading, len(series)),
        scope=tuple(scope),
        bodies=reading.links.names,
        roles=asked_roles(reading) if reading.links.names else (),
        strengths=_strengths(reading, forms),
        comparators=() if literal or limit_by else _comparators(reading, forms),
        units=table_units(text, reading.plan),
        years=() if bases or limit or reading.links.periods else reading.links.years,
        base_years=bases,
        dated=False if reading.asks("no_year") else forms.wants("year"),
        tiers=reading.asks("tiers"),
        literal=literal,
        periods=reading.links.periods,
        directions=() if literal else directions(text, reading.plan),
        decimal=forms.wants("decimal"),
        numeric=_numeric(reading, forms),
        kinds_of_value=_asks_both_kinds(reading, forms),
        ascending=rises(text),
        kinds=() if series or limit_by else asked_kinds(reading.subject.words, reading.plan, text),
        excluded=(limit_by.name,) if limit_by else () if reading.without else excluded_names(text),
        left_out=reading.without,
        tally=read_tally(text),
        year_limit=limit,
        rank=read_rank(text),
        bounds=_bounds(reading, text, series, limit_by),
        named=tuple(series),
        claims=reading.links.quantities,
    )


def _bounds(reading: Reading, text: str, series: Sequence[Series], limit_by: Series | None) -> tuple[Quantity, ...]:
    if limit_by and (limit := likened(reading.text, limit_by)):
        return (limit, *read_bounds(text, reading.links.quantities, reading.plan))
    if len(series) > 1 or reading.asks("base_year"):
        return ()
    return read_bounds(text, reading.links.quantities, reading.plan)


def _numeric(reading: Reading, forms: Forms) -> bool | None:
    """Whether targets with a number are asked for; None where both kinds are (文字目标和数字目标各有多少)."""
    if _asks_both_kinds(reading, forms):
        return None
    if reading.asks("text_value") or forms.wants("words"):
        return False
    if forms.wants("words") is False:
        return True
    figure = forms.wants("figure")
    return figure if figure is not None else (True if reading.asks("numeric") else None)


def _asks_both_kinds(reading: Reading, forms: Forms) -> bool:
    """Whether targets with and without a number are asked for; 非数字目标 and 没有数字的 name one kind."""
    rest = lexicon().strip_cues(reading.text, "text_value")
    words = reading.asks("text_value") or forms.wants("words") is True
    return (words and lexicon().has("numeric", rest)) or forms.names_both("figure")


def _told_with(row: Indicator, words: str) -> bool:
    """Whether a word of comparison stands with a target's own figure (45%以上, 不低于 43%), or a state in its words."""
    if words not in read_comparators().signs:
        return told_with_words(row, words)
    quote = "".join(row.quote.split())
    figure = f"{row.value}{row.unit}"
    return row.is_numeric and (
        f"{figure}{words}" in quote or f"{words}{figure}" in quote or f"{row.value}{words}" in quote
    )


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


def _strengths(reading: Reading, forms: Forms) -> tuple[Strength, ...]:
    """力争 stands before both a strive and an incentive target (力争完成14.5%的激励目标); 激励 names the second alone."""
    if forms.wants("strive") is False:
        return ("firm",)
    if reading.asks("incentive") and not _strives_apart(reading.text):
        return ("incentive",)
    if reading.asks("strive"):
        return ("strive", "incentive")
    return ()


def _strives_apart(text: str) -> bool:
    """Whether 力争 stands in another part of a question than 激励: 力争的有几个, 激励的也算."""
    words = lexicon()
    return any(words.has("strive", part) and not words.has("incentive", part) for part in _PARTS.split(text))


_PARTS = re.compile(r"[,，。;?!、和与或及]")


def _comparators(reading: Reading, forms: Forms) -> tuple[Comparator, ...]:
    """Read 左右, 以上, 以内 as comparators only where no figure stands with them (then they belong to the figure)."""
    if reading.links.quantities:
        return ()
    if forms.wants("exact"):
        return ("=",)
    denied = [sign for group, signs in _SIGNS.items() if forms.wants(group) is False for sign in signs]
    if denied:
        return tuple(sign for sign in get_args(Comparator) if sign not in denied)
    return tuple(sign for group, signs in _SIGNS.items() if reading.asks(group) or forms.wants(group) for sign in signs)


_SIGNS: dict[str, tuple[Comparator, ...]] = {
    "approximate": ("~",),
    "at_least": (">=",),
    "at_most": ("<=", "<"),
    "more_than": (">",),
}
