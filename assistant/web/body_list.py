"""Who is responsible for what in a plan: the matrix of bodies and clauses, a body's tasks, what two bodies share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.web.wording import PARTS
from corpus.model import Clause, Indicator, Plan, Responsibility, Role


@dataclass(frozen=True, slots=True)
class Duty:
    """The bodies that have the same part in a clause; ``more`` where the plan's list is not exhaustive."""

    part: str
    names: tuple[str, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Body:
    """One body: its parts in each clause, and how often it has each part."""

    name: str
    parts: Mapping[str, tuple[Responsibility, ...]]
    counts: Mapping[Role, int]

    @property
    def total(self) -> int:
        """The number of clauses in which it has a part."""
        return len(self.parts)

    def roles(self, clause_id: str) -> tuple[Role, ...]:
        """Return its parts in one clause, the leading one first."""
        here = {row.role for row in self.parts.get(clause_id, ())}
        return tuple(role for role in PARTS if role in here)


@dataclass(frozen=True, slots=True)
class Task:
    """A clause in which a body has a part: the others in it by their part, and the targets of the clause."""

    clause: Clause
    roles: tuple[Role, ...]
    beside: tuple[Duty, ...]
    targets: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A clause in which two bodies have a part."""

    clause: Clause
    one: tuple[Role, ...]
    other: tuple[Role, ...]
    targets: tuple[Indicator, ...]


@dataclass(frozen=True)
class BodyList:
    """All bodies of a plan."""

    plan: Plan

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """The bodies by name, in the order in which the plan first names them."""
        parts: dict[str, dict[str, list[Responsibility]]] = {}
        for clause in self.clauses:
            for row in self._in_clause[clause.clause_id]:
                parts.setdefault(row.name, {}).setdefault(clause.clause_id, []).append(row)
        return {name: _body(name, rows) for name, rows in parts.items()}

    def duties(self, clause_id: str) -> tuple[Duty, ...]:
        """Return the bodies of a clause by their part in it, the leading ones first."""
        return _grouped(self._in_clause.get(clause_id, ()))

    def names(self, clause_id: str) -> tuple[str, ...]:
        """Return the bodies of a clause, each once, in the plan's order."""
        return tuple(dict.fromkeys(row.name for row in self._in_clause.get(clause_id, ())))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that name bodies, in the plan's order."""
        return tuple(clause for clause in self.plan.clauses if clause.clause_id in self._in_clause)

    @cached_property
    def _in_clause(self) -> Mapping[str, tuple[Responsibility, ...]]:
        rows: dict[str, dict[tuple[str, Role], Responsibility]] = {}
        for row in self.plan.responsibilities:
            rows.setdefault(row.clause_id, {}).setdefault((row.name, row.role), row)
        return {clause_id: tuple(one.values()) for clause_id, one in rows.items()}

    def tasks(self, name: str) -> tuple[Task, ...]:
        r"""Return all tasks of a body, in the plan's order; none for a name that the plan does not hold.

        >>> from corpus import read_plan
        >>> plan = read_plan("某市方案\n一、节水\n推进节水。（市水务局牵头，市财政局配合）", "water")
        >>> [(task.clause.label, task.roles) for task in BodyList(plan).tasks("市财政局")]
        [('一、节水', ('shared',))]
        """
        body = self.bodies.get(name)
        return (
            tuple(self._task(body, clause) for clause in self.clauses if clause.clause_id in body.parts) if body else ()
        )

    def shared(self, name: str, other: str) -> tuple[Shared, ...]:
        """Return the clauses in which both have a part."""
        one, two = self.bodies.get(name), self.bodies.get(other)
        if one is None or two is None or one is two:
            return ()
        return tuple(
            Shared(
                clause, one.roles(clause.clause_id), two.roles(clause.clause_id), self.plan.targets(clause.clause_id)
            )
            for clause in self.clauses
            if clause.clause_id in one.parts and clause.clause_id in two.parts
        )

    def _task(self, body: Body, clause: Clause) -> Task:
        rows = self._in_clause[clause.clause_id]
        beside = _grouped([row for row in rows if row.name != body.name])
        return Task(clause, body.roles(clause.clause_id), beside, self.plan.targets(clause.clause_id))


def _grouped(rows: Sequence[Responsibility]) -> tuple[Duty, ...]:
    """Return the bodies of one clause by their part in it; 等 stays with the part whose list is open."""
    groups = ((part, [row for row in rows if row.role == role]) for role, part in PARTS.items())
    return tuple(
        Duty(part, tuple(dict.fromkeys(row.name for row in group)), any(row.open_list for row in group))
        for part, group in groups
        if group
    )


def _body(name: str, parts: Mapping[str, list[Responsibility]]) -> Body:
    counts = Counter(row.role for rows in parts.values() for row in rows)
    ordered: dict[Role, int] = {role: counts[role] for role in PARTS}
    return Body(name, {clause_id: tuple(rows) for clause_id, rows in parts.items()}, ordered)
