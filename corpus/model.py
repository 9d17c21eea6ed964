"""The nouns of a plan: clauses, responsibilities, definitions, indicators.

Everything is a frozen value that carries offsets into :attr:`Plan.text`, the cleaned text; ``plan.text[x.start:x.end]``
is what was read. Offsets count Unicode code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "sole", "shared", "local"]
Comparator = Literal["=", ">=", "<=", ">", "<", "~"]
Strength = Literal["firm", "strive", "incentive"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered part of a plan, without the parts nested in it: each character belongs to exactly one clause.

    ``clause_id`` is made of the printed numbers (``"3.4"`` = 三、（四）; ``"0"`` = the words before the first chapter).
    Where a document holds a second numbered series (an annex that starts at 一、 again) its ids are prefixed ``p2.``.
    ``label`` is the printed path with the title (``三、（四）交通物流节能减排工程``). ``title`` is empty where a clause has
    no heading of its own. ``text`` begins with the printed number and heading.
    """

    clause_id: str
    label: str
    title: str
    text: str
    start: int
    end: int
    level: int
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One agency's part in one clause.

    ``name`` is canonical (an elided 省 or 自治区 is put back); ``start``/``end`` are those of the name as printed in the
    bracket, or of the note that binds the body to this clause (role ``local``). ``open_list``: the bracket says 等.
    """

    clause_id: str
    name: str
    role: Role
    open_list: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A word that the plan explains. ``start``/``end`` span the words of both.

    ``kind``: ``short`` for a short form after its full form, （以下简称…）; ``meaning`` for what a word means, …是指….
    """

    clause_id: str
    term: str
    meaning: str
    start: int
    end: int
    kind: Literal["short", "meaning"] = "short"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target of a plan.

    ``value`` is an exact decimal in ``unit`` as printed (``"44.7"``, ``"万立方米/日"``), or, for a target without a
    number, its words (``"达到国家要求"``) with an empty unit. ``direction`` is the plan's verb (下降, 提高到, 达到, 新增 …).
    ``quote`` is verbatim, ``plan.text[start:end] == quote``.
    """

    indicator_id: str
    name: str
    comparator: Comparator
    value: str
    unit: str
    direction: str
    target_year: int | None
    period: str | None
    base_year: int | None
    strength: Strength
    clause_id: str
    quote: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether the target has a number.

        >>> from dataclasses import replace
        >>> row = Indicator("x", "能耗", "=", "13", "%", "下降", 2025, None, 2020, "firm", "2", "下降13%", 0, 5)
        >>> row.is_numeric, replace(row, value="达到国家要求", unit="").is_numeric
        (True, False)
        """
        return self.value.replace(".", "", 1).isdecimal()


@dataclass(frozen=True)
class Plan:
    """A policy document as data. ``reviewed`` tells whether ``indicators`` were read by a person or only extracted."""

    plan_id: str
    title: str
    text: str
    clauses: tuple[Clause, ...]
    responsibilities: tuple[Responsibility, ...]
    definitions: tuple[Definition, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    issuer: str = ""
    region: str = ""
    period: str = ""
    aliases: tuple[str, ...] = ()
    reviewed: bool = False
    _by_id: dict[str, Clause] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {clause.clause_id: clause for clause in self.clauses})

    def __hash__(self) -> int:
        """Hash what tells plans apart: much is cached by its plan, and going through every row would cost each look."""
        return hash((self.plan_id, self.text))

    def clause(self, clause_id: str) -> Clause:
        """Return the clause of that id; raises ``KeyError`` where the plan has none."""
        return self._by_id[clause_id]

    def has_clause(self, clause_id: str) -> bool:
        """Whether the plan has a clause of that id."""
        return clause_id in self._by_id

    def children(self, clause_id: str) -> Iterator[Clause]:
        """Yield the clauses directly under ``clause_id``, in the plan's order."""
        return (clause for clause in self.clauses if clause.parent_id == clause_id)

    def bodies(self, clause_id: str) -> tuple[Responsibility, ...]:
        """Return the responsibilities of one clause in the plan's order, each body once per role.

        Nothing is inherited: a clause whose text names nobody has none.
        """
        seen: dict[tuple[str, Role], Responsibility] = {}
        for row in self.responsibilities:
            if row.clause_id == clause_id:
                seen.setdefault((row.name, row.role), row)
        return tuple(seen.values())

    def targets(self, clause_id: str) -> tuple[Indicator, ...]:
        """Return the indicators of one clause in the plan's order."""
        return tuple(row for row in self.indicators if row.clause_id == clause_id)

    def clause_at(self, offset: int) -> Clause:
        """Return the clause that holds the character at ``offset``; raises ``IndexError`` outside the text."""
        for clause in self.clauses:
            if clause.start <= offset < clause.end:
                return clause
        raise IndexError(offset)
