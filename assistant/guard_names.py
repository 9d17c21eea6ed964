"""The names that plans hold (bodies, clauses, indicators, titles), found in any text in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus import Plan
from corpus.model import Clause, Indicator

Kind = Literal["body", "clause", "indicator", "title"]

_REMARK = re.compile(r"[（(][^（）()]*[）)]$")  # …比重（力争）: what tells two targets of one indicator apart
_SHORTEST = 2
_LONG_ALIAS = 5  # characters; a shorter one (能耗) may stand for something else in a sentence
_KEY = 2  # a name is looked up by so many of its first characters


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text."""

    name: str
    start: int
    end: int
    kinds: frozenset[Kind]


class Names:
    """All names of a corpus. ``find`` returns those in a text; where one name begins another, the longest."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self.bodies: set[str] = set()
        self.clauses: dict[str, list[tuple[str, Clause]]] = {}
        self.indicators: dict[str, list[tuple[str, Indicator]]] = {}
        self.titles: set[str] = set()
        for plan in plans:
            self._add(plan)
        kinds: dict[str, set[Kind]] = {}
        listed: tuple[tuple[Kind, Iterable[str]], ...] = (
            ("body", self.bodies),
            ("clause", self.clauses),
            ("indicator", self.indicators),
            ("title", self.titles),
        )
        for kind, names in listed:
            for name in names:
                if len(name) >= _SHORTEST:
                    kinds.setdefault(name, set()).add(kind)
        self._by_key: dict[str, list[tuple[str, frozenset[Kind]]]] = {}
        for name in sorted(kinds, key=len, reverse=True):
            self._by_key.setdefault(name[:_KEY], []).append((name, frozenset(kinds[name])))
        self.find = lru_cache(maxsize=4096)(self._find)  # each check looks for names in the same sentences

    def _add(self, plan: Plan) -> None:
        self.bodies |= {row.name for row in plan.responsibilities}
        self.titles |= {name for name in (plan.title, *plan.aliases) if name}
        for clause in plan.clauses:
            self.clauses.setdefault(clause.label, []).append((plan.plan_id, clause))
        for row in plan.indicators:
            aliases = (alias for alias in row.aliases if len(alias) >= _LONG_ALIAS)
            for name in {row.name, _REMARK.sub("", row.name), *aliases}:
                self.indicators.setdefault(name, []).append((plan.plan_id, row))

    def _find(self, text: str) -> tuple[Mention, ...]:
        """Return the names in ``text`` from left to right; none overlaps another."""
        found: list[Mention] = []
        by_key = self._by_key
        at = 0
        last = len(text) - _KEY
        while at <= last:
            for name, kinds in by_key.get(text[at : at + _KEY], ()):
                if text.startswith(name, at):
                    found.append(Mention(name, at, at + len(name), kinds))
                    at += len(name) - 1
                    break
            at += 1
        return tuple(found)


def masked(text: str, mentions: Iterable[Mention], sign: Callable[[Mention], str]) -> str:
    """Return ``text`` with each mention overwritten by its sign, all offsets kept.

    >>> masked("由市园林局牵头", [Mention("市园林局", 1, 5, frozenset({"body"}))], lambda _: "#")
    '由####牵头'
    """
    parts, at = [], 0
    for one in mentions:
        parts += [text[at : one.start], sign(one) * (one.end - one.start)]
        at = one.end
    return "".join(parts) + text[at:]
