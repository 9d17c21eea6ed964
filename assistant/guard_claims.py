"""How a sentence tells a number: its comparator, how firm it is, what change it is, which years stand with it.

The same reading serves an answer's sentence and the plan's words, so that the two can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from assistant.guard_wording import guard_words
from corpus.dates import find_dates
from corpus.model import Comparator, Indicator, Strength
from corpus.quantities import Quantity, find_quantities, read_comparators
from corpus.units import read_units

Measure = tuple[Decimal, str]

EACH = "分别"
AT = "at"

_PART_END = re.compile(r"[。；;|]")
_ONLY_JOINED = re.compile(r"[\s、和与及]*")
_BEFORE = 8  # characters before a number in which a hedge may stand: 几乎达到
_BEHIND = 8  # characters behind a number in which 的激励目标 may stand


@dataclass(frozen=True, slots=True)
class Told:
    """A number as a text tells it.

    ``signs`` are those of the words of comparison on either side, ``=`` where there are none. ``strengths`` has several
    where the words leave it open (力争 far before the number). ``turns`` are the kinds of the verbs of change since the
    number before (``new+renew`` for 新增和改造), ``turn`` the last of them that tells a change, else ``at`` (达到);
    ``silent``: the number may be told without it.
    """

    measure: Measure
    signs: frozenset[Comparator]
    strengths: frozenset[Strength]
    turns: frozenset[str]
    turn: str
    start: int
    end: int
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Year:
    """A year or a period in a text. ``is_base``: it is what something is compared with (比 2020 年)."""

    year: int | None
    first_year: int | None
    period: str | None
    is_base: bool
    start: int
    end: int


@lru_cache(maxsize=8192)  # the same words are cited by many answers
def read_told(text: str) -> tuple[Told, ...]:
    """Return the numbers with a unit of ``text`` from left to right.

    >>> told = read_told("下降 13%，力争 9 家以上")
    >>> [(str(one.measure[0]), *one.signs, *one.strengths, one.turn) for one in told]
    [('13', '=', 'firm', 'down by'), ('9', '>=', 'strive', '')]
    """
    text = _joined(text)
    quantities = [one for one in find_quantities(text) if one.unit]
    read: list[Told] = []
    turns: list[str] = []
    for at, one in enumerate(quantities):
        before = quantities[at - 1].end if at else 0
        part = _last_end(text, before, one.start)
        between = text[part : one.start]
        if part > before or not at or not _ONLY_JOINED.fullmatch(between):  # 分别达到 55%、45%: one verb for both
            turns = _turns(text[part : one.number_start])
        strengths = _strengths(text, one, part, quantities[at + 1].start if at + 1 < len(quantities) else len(text))
        for value in (one.value, one.upper):
            if value is not None:
                measure = (value, one.unit)
                last = next((turn for turn in reversed(turns) if turn != AT), turns[-1] if turns else "")
                span = (one.number_start, max(one.end, one.number_end))
                read.append(Told(measure, _signs(text, one), strengths, frozenset(turns), last, *span))
    return tuple(read)


def _joined(text: str) -> str:
    """Set the unit right behind a number that could be a year, all offsets kept: 2000 家 are no year."""
    return _like_year().sub(r"\1 ", text)


@cache
def _like_year() -> re.Pattern[str]:
    return re.compile(rf"(?<=(?<!\d)(?:19|20|21)\d\d) ({read_units().pattern.pattern})")


def _turns(text: str) -> list[str]:
    """Return the kinds of the verbs of change: one entry for 新增和改造."""
    words = guard_words()
    return ["+".join(words.turns[verb] for verb in words.turn.findall(run[0])) for run in words.turn_run.finditer(text)]


def _signs(text: str, one: Quantity) -> frozenset[Comparator]:
    comparators = read_comparators()
    after = comparators.after.match(text, one.number_end)
    signs: set[Comparator] = {one.comparator}
    if after:
        signs.add(comparators.signs[after["word"]])
    if guard_words().hedge.search(text, max(0, one.start - _BEFORE), one.start):
        signs.add("~")
    return frozenset(signs)


def _last_end(text: str, start: int, end: int) -> int:
    return max((stop.end() for stop in _PART_END.finditer(text, start, end)), default=start)


def _strengths(text: str, one: Quantity, part: int, after: int) -> frozenset[Strength]:
    """Read how firm a number is meant: by the words since the one before it, else by 力争 at the sentence's head."""
    words = guard_words()
    near = text[part : one.start + len(one.text)]
    behind = text[one.end : min(after, one.end + _BEHIND)]
    if words.incentive.search(near) or words.incentive.match(behind.lstrip("的 ")):
        return frozenset(("incentive",))
    if words.strive.search(near):
        return frozenset(("strive",))
    head = text[_last_end(text, 0, one.start) : one.start]
    strive = max((found.end() for found in words.strive.finditer(head)), default=-1)
    open_still = strive >= 0 and not words.firm.search(head, strive)
    return frozenset(("firm", "strive")) if open_still else frozenset(("firm",))


@lru_cache(maxsize=8192)
def read_years(text: str) -> tuple[Year, ...]:
    """Return the years and periods of ``text``.

    >>> [(one.year, one.is_base) for one in read_years("到 2025 年，比 2020 年下降 13%")]
    [(2025, False), (2020, True)]
    """
    words = guard_words()
    text = _joined(text)
    return tuple(
        Year(
            date.year,
            date.first_year,
            date.period,
            bool(words.base_before.search(text, 0, date.start) or words.base_after.match(text, date.end)),
            date.start,
            date.end,
        )
        for date in find_dates(text)
    )


_ASKED_YEAR = re.compile(r"(?<=您说的)\s*(\d{4})\s*年")


def without_asked_years(text: str, computed: Collection[str]) -> str:
    """Blank the years that an answer declares and only takes over from the question: no source has to hold them.

    >>> without_asked_years("方案没有写您说的 2030 年的数字", {"2030"})
    '方案没有写您说的        的数字'
    >>> without_asked_years("方案没有写您说的 2030 年的数字", ())
    '方案没有写您说的 2030 年的数字'
    """
    return _ASKED_YEAR.sub(lambda one: " " * len(one[0]) if one[1] in computed else one[0], text)


@lru_cache(maxsize=4096)
def measures_of(value: str, unit: str) -> frozenset[Measure]:
    """Return what a row's value with its unit measures, as a text would be read; empty for words (达到国家要求)."""
    read = {one.measure for one in read_told(f"{value}{unit}")}
    return frozenset(read or ({(Decimal(value), unit)} if value.replace(".", "", 1).isdecimal() else ()))


@lru_cache(maxsize=4096)
def every_each(text: str) -> tuple[tuple[Measure, ...], ...]:
    """Return the numbers behind each 分别 of ``text``, up to the end of its part, in their order.

    >>> [[str(value) for value, _ in numbers] for numbers in every_each("甲、乙分别达到 55%、45%；丙达到 9%")]
    [['55', '45']]
    """
    found = []
    for each in re.finditer(EACH, text):
        stop = _PART_END.search(text, each.end())
        end = stop.start() if stop else len(text)
        found.append(tuple(one.measure for one in read_told(text) if each.end() <= one.start < end))
    return tuple(numbers for numbers in found if numbers)


def each_of(text: str, at: int) -> tuple[Measure, ...]:
    """Return the numbers that one 分别 deals out, that at ``at`` among them; empty where none does."""
    each = text.rfind(EACH, _last_end(text, 0, at), at)
    return every_each(text[each:])[0] if each >= 0 else ()


def told_by(row: Indicator) -> tuple[Told, ...]:
    """Return a row's number with the row's own comparator, strength and verb, beside the way that its quote tells it."""
    quoted = [one for one in read_told(row.quote) if one.measure in measures_of(row.value, row.unit)]
    verbs = _turns(row.direction)
    turns = frozenset(verbs).union(*(one.turns for one in quoted))
    # …下降 13%，力争完成 14.5% 的激励目标: what the plan need not repeat, the answer need not.
    silent = any(not one.turn for one in quoted)
    signs = frozenset((row.comparator,)).union(*(one.signs for one in quoted))
    return tuple(
        Told(measure, signs, frozenset((row.strength,)), turns, verbs[-1] if verbs else "", 0, 0, silent)
        for measure in measures_of(row.value, row.unit)
    )
