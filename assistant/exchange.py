"""A fragment that asks the question before once more with one limit exchanged: 最低的呢 behind 最高的是哪个, 公里的呢.

Behind a single target, what is set against it (有没有比它更高的) asks for the targets beyond its figure.
"""

from __future__ import annotations

import re

from assistant.bounds import is_within, read_bounds
from assistant.forms import parts_of, told_units
from assistant.lexicon import lexicon
from assistant.pointing import without_talk
from assistant.ranks import read_rank
from assistant.reading import Reading
from assistant.state import State
from assistant.weigh import counts_rows

_SHORT = 14  # characters of such a fragment
_ENDS = ("most", "least")
_OTHER = ("who", "difference", "compare", "ratio", "sum", "mean", "remaining", "says", "term", "order")

Span = tuple[int, int]


def exchanged(reading: Reading, state: State) -> str:
    """Return the question before with the limit of a fragment in the place of its own; empty where it is no such fragment.

    一共几个 asks it once more as it was: its answer tells the number.

    A limit that some of the targets shown before fulfil, and some do not, sifts them instead (超过50%的呢 behind those of
    one clause).
    """
    if len(reading.text) > _SHORT:
        return ""
    if state.intent == "value":
        return _beyond_shown(reading, state)
    before = state.asked
    if before is None or state.intent != "table":
        return ""
    if counts_rows(reading.text) and reading.subject.is_empty and not reading.links.quantities:
        return before.text
    if in_unit := _in_unit(reading, before):
        return in_unit
    if without_talk(reading.subject).words:
        return ""
    links = reading.links
    if links.names or links.clauses or links.years or links.places or reading.chapters or reading.asks(*_OTHER):
        return ""
    if lexicon().pronouns.search(reading.text.removeprefix("那")):
        return ""
    own, other = _end(reading), _end(before)
    if not (own and other):
        own, other = _limit(reading, state), _limit(before)
    if not (own and other):
        return ""
    return f"{before.text[: other[0]]}{reading.text[own[0] : own[1]]}{before.text[other[1] :]}"


_BEYOND = re.compile(
    r"比(?:它|这个|这|那个|上面那?个?|刚才那?个?)(?:目标|指标|数)?(?:还要|还|更|再)?(?P<way>[高大多低小少])的"
)


def _beyond_shown(reading: Reading, state: State) -> str:
    """Return the question for the targets beyond the only one that was shown: 有没有比它更高的; else empty."""
    match = _BEYOND.search(reading.text)
    rows = [row for one in state.series for row in one.rows if row.is_numeric]
    if match is None or len(state.series) != 1 or not rows or reading.links.names:
        return ""
    return f"{'高于' if match['way'] in '高大多' else '低于'}{rows[0].value}{rows[0].unit}的目标有哪些"


_UNIT_ALONE = re.compile(
    r"那?么?(?:单位(?:是|为)|以|按|用|论)?[“\"]?(?P<unit>[^”\"]{1,6}?)[”\"]?(?:为单位|计)?的(?:呢|有哪些)?[?。]?"
)


def _in_unit(reading: Reading, before: Reading) -> str:
    """Return the question before with the unit of a fragment (公里的呢) in the place of the one by which it chose."""
    match = _UNIT_ALONE.fullmatch(reading.text)
    units = dict.fromkeys(row.unit for row in reading.plan.indicators if row.unit)
    if match is None or not any(match["unit"] in parts_of(unit) for unit in units):
        return ""
    for unit, spans in told_units(before.text, reading.plan).items():
        for start, end in spans:
            told = before.text[start:end]
            old = next((part for part in sorted(parts_of(unit), key=len, reverse=True) if part in told), "")
            if old:
                return f"{before.text[:start]}{told.replace(old, match['unit'])}{before.text[end:]}"
    return ""


def _end(reading: Reading) -> Span | None:
    """Return where a question asks for one end of an order, or for a place in it."""
    if rank := read_rank(reading.text):
        return rank.start, rank.end
    found = [match for group in _ENDS if (match := lexicon().cues[group].search(reading.text))]
    return found[0].span() if len(found) == 1 else None


def _limit(reading: Reading, state: State | None = None) -> Span | None:
    """Return where a question tells its only figure as a limit; ``None`` where it parts what was shown."""
    bounds = read_bounds(reading.text, reading.links.quantities, reading.plan)
    if len(bounds) != 1 or len(reading.links.quantities) != 1:
        return None
    shown = [row for one in state.series for row in one.rows] if state else []
    kept = [is_within(row, bounds[0]) for row in shown if row.is_numeric]
    if any(kept) and not all(kept):
        return None
    return bounds[0].start, bounds[0].end
