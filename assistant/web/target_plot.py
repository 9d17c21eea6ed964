"""Targets drawn: a group for each unit, a bar for what is to be reached, an outline for what is striven for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assistant.web.target_list import Row
from corpus.target_words import read_target_words

PER_CENT = ("%", "％")
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One target or several of one thing: the rows, and the drawing of their figures."""

    rows: tuple[Row, ...]
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Targets that can be compared: of one unit, and all of them a level or all of them a change. ``full`` in words."""

    unit: str
    kind: str
    full: str
    bars: tuple[Bar, ...]


def groups(rows: Sequence[Row]) -> tuple[tuple[Group, ...], tuple[Row, ...]]:
    """Return the groups of the targets that have a number, the largest first, and those with nothing to compare with."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.indicator.is_numeric:
            found.setdefault((row.unit, _kind(row)), []).append(row)
    drawn = {key: members for key, members in found.items() if len(members) > 1}
    ordered = sorted(drawn.items(), key=lambda one: -len(one[1]))
    alone = tuple(members[0] for key, members in found.items() if key not in drawn)
    return tuple(_group(unit, kind, members) for (unit, kind), members in ordered), alone


def _kind(row: Row) -> str:
    """Tell a change from a level: 下降 13% and 达到 13% are no two sizes of one thing."""
    one = row.indicator
    verbs = read_target_words().lists["verbs"]
    if one.direction.endswith(tuple(verbs["to"])):
        return ""
    changed = next((verb for verb in verbs["by"] if verb in one.direction), "")
    return changed or ("变化" if one.base_year else "")


def _group(unit: str, kind: str, rows: Sequence[Row]) -> Group:
    top = max(rows, key=_figure)
    # A share of something is seen against the whole of it.
    whole = unit in PER_CENT and not kind and _figure(top) <= WHOLE
    words = f"{WHOLE}%" if whole else f"{top.indicator.value}{'' if unit in PER_CENT else ' '}{top.indicator.unit}"
    full = WHOLE if whole else _figure(top) or 1.0
    return Group(unit, kind, words, tuple(_bars(rows, full)))


def _bars(rows: Sequence[Row], full: float) -> Iterator[Bar]:
    ordered = sorted(rows, key=lambda row: (row.clause.start, row.indicator.name, row.year))
    for _, members in groupby(ordered, key=lambda row: (row.clause.clause_id, row.indicator.name, row.year)):
        same = tuple(sorted(members, key=lambda row: row.indicator.strength != "firm"))
        yield Bar(same, _drawing([(_figure(row) / full * 100, row.indicator.strength == "firm") for row in same]))


def _drawing(figures: Sequence[tuple[float, bool]]) -> Markup:
    """Draw figures (per cent of the whole width); the words beside them say the same, so that it is mere decoration."""
    shapes = Markup("").join(
        Markup('<rect class="{}" x="0" y="{}" width="{}%" height="{}" rx="2"/>').format(
            "firm" if firm else "striven", 5 if firm else 2, f"{min(max(width, 0.4), 100):.1f}", 10 if firm else 16
        )
        for width, firm in sorted(figures, key=lambda one: one[1])
    )
    return Markup('<svg class="bar" width="100%" height="20" aria-hidden="true">{}{}</svg>').format(
        Markup('<rect class="whole" x="0" y="5" width="100%" height="10" rx="2"/>'), shapes
    )


def _figure(row: Row) -> float:
    return float(row.indicator.value)
