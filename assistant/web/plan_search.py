"""Words looked for in a plan's text: every place where they stand, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.normalize import normalize
from corpus.model import Clause, Plan

MOST_SIGNS = 100  # of what is looked for
AROUND = 24  # characters shown on each side of a place
_FULL_WIDTH = 0xFEE0
# Signs that are typed in one form and printed in another.
_PRINTED = {'"': "“”", "'": "‘’", "-": "—–－", "~": "～—", "/": "／"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the plan's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that holds all the words, and each place of one of them."""

    clause: Clause
    places: tuple[Place, ...]


def search(plan: Plan, typed: str) -> tuple[Found, ...]:
    r"""Return the clauses that hold every word of ``typed`` (words are parted by spaces), in the plan's order.

    Width, spaces within numbers, traditional characters and capitals make no difference.

    >>> from corpus import read_plan
    >>> plan = read_plan("某市方案\n一、目标\n到 2025 年用水量下降 16%。", "water")
    >>> [plan.text[one.start : one.end] for found in search(plan, "用水量 ２０２５年") for one in found.places]
    ['2025 年', '用水量']
    """
    patterns = [_pattern(word) for word in _words(typed)]
    rows = ((clause, [list(_places(pattern, clause)) for pattern in patterns]) for clause in plan.clauses)
    return tuple(Found(clause, _apart(places)) for clause, places in rows if places and all(places))


def around(plan: Plan, found: Found) -> tuple[int, int]:
    """Return the range of text that shows the first place with its surroundings, within its line."""
    first = found.places[0]
    line = plan.text.rfind("\n", found.clause.start, first.start) + 1 or found.clause.start
    stop = plan.text.find("\n", first.end, found.clause.end)
    return max(line, first.start - AROUND), min(stop if stop >= 0 else found.clause.end, first.end + AROUND)


def _words(typed: str) -> list[str]:
    return list(dict.fromkeys(normalize(typed[:MOST_SIGNS]).split()))


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(r"[^\S\n]*".join(map(_sign, word)), re.IGNORECASE)


def _sign(sign: str) -> str:
    forms = sign + _PRINTED.get(sign, "")
    if "!" <= sign <= "~":
        forms += chr(ord(sign) + _FULL_WIDTH)
    return f"[{re.escape(forms)}]"


def _places(pattern: re.Pattern[str], clause: Clause) -> Iterator[Place]:
    return (Place(clause.start + one.start(), clause.start + one.end()) for one in pattern.finditer(clause.text))


def _apart(groups: Sequence[Sequence[Place]]) -> tuple[Place, ...]:
    """Return the places in order; of two that overlap the longer, earlier one."""
    kept: list[Place] = []
    for place in sorted((one for group in groups for one in group), key=lambda one: (one.start, -one.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)
