"""Queries over the register of responsibilities: which clauses, or which bodies, in which roles and how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.model import Plan, Responsibility, Role

OWN: tuple[Role, ...] = ("lead", "sole", "shared")  # what a body does itself; local governments only carry out
GENERAL = re.compile(r"各?(?:有关|相关)")  # 各有关部门 is no body that could be counted
MANY = 99  # more bodies or tasks than any plan has
Order = Literal["", "falling", "rising"]


@dataclass(frozen=True, slots=True)
class Bound:
    """How many of something there are to be, both ends included."""

    least: int
    most: int = MANY

    def admits(self, number: int) -> bool:
        """Whether a number lies within.

        >>> Bound(2).admits(3), Bound(1, 1).admits(3)
        (True, False)
        """
        return self.least <= number <= self.most


@dataclass(frozen=True, slots=True)
class Condition:
    """A body that a clause is to have in one of ``roles`` or, where ``absent``, is not to have."""

    name: str
    roles: tuple[Role, ...]
    absent: bool = False

    def holds(self, bodies: Iterable[Responsibility]) -> bool:
        """Whether the bodies of a clause fulfil it."""
        return any(row.name == self.name and row.role in self.roles for row in bodies) != self.absent


@dataclass(frozen=True, slots=True)
class ClauseQuery:
    """Clauses that fulfil every condition and have, in ``roles``, so many bodies as ``size`` says."""

    conditions: tuple[Condition, ...] = ()
    roles: tuple[Role, ...] = ()
    size: Bound | None = None

    def admits(self, bodies: Sequence[Responsibility]) -> bool:
        """Whether a clause with these bodies is asked for."""
        return (self.size is None or self._has_number(bodies, self.size)) and all(
            one.holds(bodies) for one in self.conditions
        )

    def _has_number(self, bodies: Sequence[Responsibility], size: Bound) -> bool:
        """Whether so many bodies have the roles; 各有关部门 is an unknown number of them."""
        names = [row.name for row in bodies if row.role in self.roles]
        if any(GENERAL.match(name) for name in names) and size.most < MANY:
            return False
        return size.admits(len(names))


@dataclass(frozen=True, slots=True)
class BodyQuery:
    """Bodies with all of the roles ``every`` and none of ``never``, counted over ``roles`` in clauses with ``beside``.

    ``place`` is the rank up to which bodies are wanted (0 for all), ``second`` whether only that rank is,
    ``nowhere_else`` whether they may have no duty outside of the clauses that are looked at.
    """

    roles: tuple[Role, ...] = OWN
    every: tuple[Role, ...] = ()
    never: tuple[Role, ...] = ()
    times: Bound | None = None
    beside: tuple[Condition, ...] = ()
    left_out: tuple[str, ...] = ()
    kind: str = ""
    order: Order = ""
    place: int = 0
    second: bool = False
    nowhere_else: bool = False

    def run(self, plan: Plan, clause_ids: Sequence[str]) -> dict[str, list[Responsibility]]:
        """Return the bodies that are asked for, each with its duties that count, in the order that is asked for."""
        held: dict[str, list[Responsibility]] = {}
        seen = set(clause_ids)
        for clause_id in clause_ids:
            bodies = plan.bodies(clause_id)
            if all(one.holds(bodies) for one in self.beside):
                for row in bodies:
                    held.setdefault(row.name, []).append(row)
        counted = {
            name: [row for row in rows if row.role in self.roles]
            for name, rows in held.items()
            if self._fits(name, rows)
        }
        if self.nowhere_else:
            elsewhere = {row.name for row in plan.responsibilities if row.clause_id not in seen}
            counted = {name: rows for name, rows in counted.items() if name not in elsewhere}
        found = {name: rows for name, rows in counted.items() if rows and self._often(rows)}
        return self._ranked(found)

    def _fits(self, name: str, rows: Sequence[Responsibility]) -> bool:
        roles = {row.role for row in rows}
        return (
            roles != {"local"}
            and not GENERAL.match(name)
            and name not in self.left_out
            and name.endswith(self.kind)
            and roles.issuperset(self.every)
            and roles.isdisjoint(self.never)
        )

    def _often(self, rows: Sequence[Responsibility]) -> bool:
        return self.times is None or self.times.admits(tasks(rows))

    def _ranked(self, found: dict[str, list[Responsibility]]) -> dict[str, list[Responsibility]]:
        if not self.order:
            return found
        sign = 1 if self.order == "rising" else -1
        names = sorted(found, key=lambda name: sign * tasks(found[name]))
        sizes = [tasks(found[name]) for name in names]
        if self.second:
            ranks = sorted(set(sizes), reverse=self.order == "falling")
            names = [name for name in names if len(ranks) > 1 and tasks(found[name]) == ranks[1]]
        elif self.place and len(names) > self.place:
            last = sizes[self.place - 1]
            names = [name for name, size in zip(names, sizes, strict=True) if sign * size <= sign * last]
        return {name: found[name] for name in names}


Query = ClauseQuery | BodyQuery


def tasks(rows: Iterable[Responsibility]) -> int:
    """Return in how many clauses the duties of a body lie."""
    return len({row.clause_id for row in rows})
