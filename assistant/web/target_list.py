"""The table of a plan's targets: its rows, what they are filtered and sorted by, and the words for all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any

from assistant.normalize import normalize
from assistant.respond.phrasing import target, when
from assistant.web.addresses import plan_address
from assistant.web.body_list import BodyList
from assistant.web.wording import STRENGTHS
from corpus.model import Clause, Indicator, Plan
from corpus.units import read_units

MOST_SIGNS = 100  # of any value in an address
NO_UNIT = "没有数字"
NO_YEAR = "没有写年份"
# What the table can be put in order by; "-" before a name turns it round.
SORTS = {"": "按方案的顺序", "name": "指标名称", "value": "数值", "year": "目标年", "strength": "力度"}


@dataclass(frozen=True, slots=True)
class Row:
    """One target with its place in the plan."""

    indicator: Indicator
    clause: Clause
    chapter: str
    bodies: tuple[str, ...]
    words: str
    time: str
    link: str

    @property
    def unit(self) -> str:
        """The unit as it is filtered by."""
        return (self.indicator.unit or "（无单位）") if self.indicator.is_numeric else NO_UNIT

    @property
    def year(self) -> str:
        """The year, or else the period, as it is filtered by."""
        row = self.indicator
        return f"{row.target_year} 年" if row.target_year else row.period or NO_YEAR

    @property
    def strength(self) -> str:
        """How firmly it is meant."""
        return STRENGTHS[self.indicator.strength]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants of the table; empty fields ask for nothing."""

    q: str = ""
    chapter: str = ""
    body: str = ""
    unit: str = ""
    strength: str = ""
    year: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wish:
        """Read a query; what it does not know it leaves out.

        >>> Wish.of({"unit": "%", "sort": "size", "x": "1"})
        Wish(q='', chapter='', body='', unit='%', strength='', year='', sort='')
        """
        known = {one.name: asked.get(one.name, "").strip()[:MOST_SIGNS] for one in fields(cls)}
        if known["sort"].removeprefix("-") not in SORTS or known["sort"] == "-":
            known["sort"] = ""
        return cls(**known)

    def query(self, **changed: str) -> dict[str, str]:
        """Return it as the query of an address, with some of it changed."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | changed

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "sort")


@dataclass(frozen=True)
class TargetList:
    """All targets of a plan."""

    plan: Plan

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the plan's order."""
        chapters = {clause.clause_id: _chapter(self.plan, clause) for clause in self.plan.clauses}
        bodies = BodyList(self.plan)
        return tuple(
            Row(
                row,
                self.plan.clause(row.clause_id),
                chapters[row.clause_id].label,
                bodies.names(row.clause_id),
                target(row),
                when(row),
                plan_address(self.plan.plan_id, row.clause_id, row.start, row.end),
            )
            for row in self.plan.indicators
        )

    def wanted(self, wish: Wish) -> tuple[Row, ...]:
        """Return the rows that fit, in the order that was asked for."""
        words = normalize(wish.q).casefold().split()
        rows = [row for row in self.rows if _fits(row, wish) and _holds(row, words)]
        if wish.sort:
            rows.sort(key=_ORDERS[wish.sort.removeprefix("-")], reverse=wish.sort.startswith("-"))
            if wish.sort.removeprefix("-") == "value":  # what has no number stays behind the others either way
                rows.sort(key=lambda row: not row.indicator.is_numeric)
        return tuple(rows)

    def choices(self, wish: Wish) -> dict[str, list[tuple[str, int]]]:
        """Return for each filter its words, in a sensible order, each with the number of rows."""
        told: dict[str, Counter[str]] = {
            "chapter": Counter(row.chapter for row in self.rows),
            "body": Counter(name for row in self.rows for name in row.bodies),
            "unit": _falling(row.unit for row in self.rows),
            "strength": Counter({name: count for name in STRENGTHS.values() if (count := self._count(name))}),
            "year": Counter(dict(sorted(Counter(row.year for row in self.rows).items()))),
        }
        chosen = wish.query()
        return {
            name: [*rows.items(), *([(chosen[name], 0)] if chosen[name] and chosen[name] not in rows else [])]
            for name, rows in told.items()
        }

    def _count(self, strength: str) -> int:
        return sum(row.strength == strength for row in self.rows)


def _chapter(plan: Plan, clause: Clause) -> Clause:
    while clause.parent_id is not None and plan.has_clause(clause.parent_id):
        clause = plan.clause(clause.parent_id)
    return clause


def _falling(words: Iterable[str]) -> Counter[str]:
    return Counter(dict(Counter(words).most_common()))


def _fits(row: Row, wish: Wish) -> bool:
    return (
        wish.chapter in ("", row.chapter)
        and (not wish.body or wish.body in row.bodies)
        and wish.unit in ("", row.unit)
        and wish.strength in ("", row.strength)
        and wish.year in ("", row.year)
    )


def _holds(row: Row, words: Sequence[str]) -> bool:
    if not words:
        return True
    one = row.indicator
    text = normalize(" ".join((one.name, *one.aliases, one.quote, row.words, row.clause.label))).casefold()
    return all(word in text or word in text.replace(" ", "") for word in words)


def _size(row: Row) -> tuple[str, Fraction]:
    """Order by what the units measure first: 万吨 and 吨 stand together, by their size."""
    one = row.indicator
    if not one.is_numeric:
        return "", Fraction(0)
    factor, base = read_units().base(one.unit) or (Fraction(1), one.unit)
    return base, Fraction(one.value) * factor


_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    # In this encoding the common characters stand in the order of their sounds.
    "name": lambda row: row.indicator.name.encode("gb18030"),
    "value": _size,
    "year": lambda row: (row.indicator.target_year or 9999, row.year),
    "strength": lambda row: list(STRENGTHS).index(row.indicator.strength),
}
