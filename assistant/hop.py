"""A body that a question only describes is found first: 单独负责某事的那家单位，还参加了哪些任务."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Agency
from assistant.lexicon import lexicon
from assistant.reading import Reading
from assistant.roster import OWN
from assistant.roster_table import first_match, worded
from corpus.model import Role

_MOST = 4  # bodies that a description may mean; of more, one is to be named
_ASKS_TASKS = ("list", "count", "clause", "duty", "part", "lead", "share", "where", "chapter", "both")


@dataclass(frozen=True, slots=True)
class Hop:
    """A question in two steps. ``first`` asks for the body; behind its name, ``rest`` asks what is wanted of it."""

    first: str
    rest: str
    roles: tuple[Role, ...]
    most: int = _MOST

    def bodies(self, found: Sequence[Agency]) -> tuple[str, ...]:
        """Return the bodies with the described part among those that the first step found; none where these are many."""
        names = tuple(dict.fromkeys(row.name for row in found if row.role in self.roles))
        return names if len(names) <= self.most else ()


def read_hop(reading: Reading) -> Hop | None:
    """Read a question whose body is described by what it does; None where it asks in one step.

    The description is told before 的那家单位 and the like; what follows asks for the body's tasks and for nobody. One that
    tells no duty (评选先进的那家单位) may mean a single body only.
    """
    match = first_match("bodies.described", reading.text)
    if match is None:
        return None
    told, kind, rest = match["told"], match["kind"], match["rest"]
    groups = lexicon().groups(f"{told}的{kind}")
    asked = lexicon().groups(rest)
    does = groups & {"lead", "sole", "share", "part", "duty", "who"} or worded("bodies.does", told)
    asks = not asked.isdisjoint(_ASKS_TASKS) or worded("bodies.asks_tasks", rest)
    if not (does or match["one"]) or "who" in asked or not asks:
        return None
    return Hop(f"{told}的{kind}是谁", rest, _roles(groups), _MOST if does else 1)


def _roles(groups: frozenset[str]) -> tuple[Role, ...]:
    """Return the part by which a body is described; its own ones where only 负责 or 责任单位 tells."""
    told: tuple[tuple[str, Role], ...] = (("sole", "sole"), ("lead", "lead"), ("share", "shared"), ("part", "shared"))
    return tuple(dict.fromkeys(role for group, role in told if group in groups)) or OWN
