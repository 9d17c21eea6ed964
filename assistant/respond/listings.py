"""Lists inside a sentence of a plan: 甲、乙、丙等N names three things, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.lexicon import word_lists
from corpus.wording import wording
from index import Passage

_PHRASE = re.compile(r"(?:[^，。；：！？\n（）《》]|（[^（）]*）|《[^《》]*》)+")
_BRACKETS = re.compile(r"（[^（）]*）|《[^《》]*》")
_JOINED = re.compile(r"[和与或及]|以及")
_LAST_TWO = re.compile(r"以及|和|及")
# 甲、乙等行业: what follows 等 says what they are; 等级, 平等, 高等 are words of their own.
_AND_SO_ON = re.compile(r"(?<![平高相同初中])等(?![级于同量次])(?:各类|各|多种|多类|几种|几类)?(?P<head>[^和及与的]+)")
_QUOTED_TAIL = re.compile(r"“[^“”]+”$")
_MARKS = re.compile(r"[“”\s]")
_LONGEST_ITEM = 16
_SHORTEST_KIN = 2
_LONGEST_REST = 4  # characters behind the last item that tell what is done with all of them
_LONGER = 2  # characters by which a first item outgrows the others when a whole phrase stands before it
_WORDS = wording("definitions")
_LISTINGS = word_lists("listings")
_INNER_VERBS = re.compile("|".join(_LISTINGS["inner_verbs"]))
_VERBS = ("以", "对", *(word for word in (*_WORDS["lead_ins"], *_LISTINGS["verbs"]) if len(word) > 1))


@dataclass(frozen=True, slots=True)
class Listing:
    """Things that a sentence names one after another, what they are (``head``), and where the sentence stands."""

    items: tuple[str, ...]
    head: str
    passage: Passage
    is_open: bool
    is_sure: bool = True


def find_listings(passage: Passage) -> Iterator[Listing]:
    """Yield the lists of a passage; ``is_sure`` where their items can be counted.

    Sure are 甲、乙、丙等N; items that end alike (低碳城市、海绵城市); items that begin alike (分类投放、分类收集的系统).
    Where 和 or 及 stands in an item, it may join two things or be part of a name, and nothing is counted.

    >>> text = "推广咨询、诊断、托管等综合服务，建设低碳城市、海绵城市。"
    >>> passage = Passage("p", "1", 0, len(text), text, "content", "一", "")
    >>> [(one.items, one.head) for one in find_listings(passage)]
    [(('咨询', '诊断', '托管'), '综合服务'), (('低碳城市', '海绵城市'), '城市')]
    """
    for phrase in _PHRASE.finditer(passage.text):
        if "、" not in phrase.group():
            continue
        bracketed = any("、" in one for one in _BRACKETS.findall(phrase.group()))
        for found in _lists(phrase.group().split("、")):
            sure = found.counts and _is_sure(found.items) and not bracketed
            items = (_bare(found.items), *found.items[1:])
            yield Listing(items, found.head, passage, found.is_open, sure)


@dataclass(frozen=True, slots=True)
class _Found:
    """Items as they stand between the commas; ``counts`` where the last of them ends with the list."""

    items: tuple[str, ...] = ()
    head: str = ""
    is_open: bool = False
    counts: bool = True


def _lists(parts: Sequence[str]) -> Iterator[_Found]:
    """Yield the lists of a phrase; behind 甲、乙等N there may stand another one (依托港口、货场等发展公铁、公水等联运)."""
    for read in (_open_list, _alike_behind, _alike_before, _alike_inside):
        if (found := read(parts)).items:
            yield found
            behind = [found.head, *parts[len(found.items) :]]
            if found.is_open and len(behind) > 1:
                yield from _lists(behind)
            return


def _is_sure(items: Sequence[str]) -> bool:
    return (
        bool(items[0])
        and all(0 < len(item) <= _LONGEST_ITEM and not _JOINED.search(item) for item in items[1:])
        and not _JOINED.search(_bare(items))
        and all(item.count("“") == item.count("”") for item in items)
    )


def _open_list(parts: Sequence[str]) -> _Found:
    """Read 甲、乙等N; what stands behind the head's own 、 belongs to another list."""
    for at, part in enumerate(parts):
        if at and (found := _AND_SO_ON.search(part)):
            return _Found((*parts[:at], part[: found.start()]), found["head"], is_open=True)
    return _Found()


def _alike_behind(parts: Sequence[str]) -> _Found:
    """Read items that end in the same word; a name in quotation marks behind the last sums them up (甲改造、乙改造“两改”).

    A 和 before the last item joins it to the others where it ends in that word as well (甲水库、乙水库和丙水库).
    """
    named = _QUOTED_TAIL.search(parts[-1])
    summed = named is not None and named.start() > 0
    items = [*parts[:-1], parts[-1][: named.start()] if named and summed else parts[-1]]
    untied = _untied(items)
    if len(untied) > len(items) and len(_common_tail([_MARKS.sub("", item) for item in untied])) >= _SHORTEST_KIN:
        items = untied
    plain = [_MARKS.sub("", item) for item in items]
    tail = _common_tail(plain)
    if len(tail) < _SHORTEST_KIN and len(items) > 2 and len(kin := _common_tail(plain[:-1])) >= _SHORTEST_KIN:
        last, found, rest = plain[-1].rpartition(kin)  # 青石水库、双溪水库、龙潭水库|建设
        if found and 0 < len(rest) <= _LONGEST_REST:
            items, plain, tail = [*items[:-1], last + kin], [*plain[:-1], last + kin], kin
    if len(tail) < _SHORTEST_KIN or any(len(item) <= len(tail) for item in plain):
        return _Found()
    return _Found(tuple(items), tail + (_MARKS.sub("", named.group()) if named and summed else ""))


def _untied(items: Sequence[str]) -> list[str]:
    """Return the items with the last one cut at its only 和."""
    halves = _LAST_TWO.split(items[-1])
    return [*items[:-1], *halves] if len(halves) == 2 and all(len(half) > 1 for half in halves) else list(items)


def _alike_before(parts: Sequence[str]) -> _Found:
    """Read items that begin with the same word, the last of them followed by 的 and what they make up."""
    last, _, head = parts[-1].partition("的")
    items = [*parts[:-1], last]
    kin = items[1][:_SHORTEST_KIN]
    if not head or len(items) < 3 or kin not in items[0] or any(not item.startswith(kin) for item in items[1:]):
        return _Found()
    return _Found((items[0][items[0].index(kin) :], *items[1:]), f"{kin}的{head}")


def _alike_inside(parts: Sequence[str]) -> _Found:
    """Read items that hold the same word somewhere (甲铁路、乙铁路二期和丙铁路东段): shown, never counted."""
    items = _untied(parts)
    shortest = min(items, key=len)
    kin = max(
        (
            shortest[at:end]
            for at in range(len(shortest))
            for end in range(at + _SHORTEST_KIN, len(shortest) + 1)
            if all(shortest[at:end] in item for item in items)
        ),
        key=len,
        default="",
    )
    return _Found(tuple(items), kin, counts=False) if kin else _Found()


def _common_tail(words: Sequence[str]) -> str:
    length = 0
    shortest = min(len(word) for word in words)
    while length < shortest and len({word[-length - 1 :] for word in words}) == 1:
        length += 1
    return words[0][len(words[0]) - length :]


def _bare(items: Sequence[str]) -> str:
    """Return the first item without the verbs before it (积极推广|节能咨询, 因地制宜推行|太阳能), never shorter than the items behind it."""
    item, shortest = items[0], max(1, min(len(other) for other in items[1:]) - 1)
    if found := list(_INNER_VERBS.finditer(item)):
        last = found[-1].end()
        if len(item) > max(len(other) for other in items[1:]) + _LONGER and len(item) - last >= shortest:
            return item[last:]
    while word := next((one for one in _VERBS if item.startswith(one) and len(item) - len(one) >= shortest), None):
        item = item[len(word) :]
    return item
