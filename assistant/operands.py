"""The things that a question sets against each other: 秸秆的利用率比化肥农药的利用率高多少.

A question that names them in full needs none of this. Where it tells them by their figures, each figure is sought among
the targets; where it names them in words of its own, it is cut at the words that join them, and each is looked up alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from assistant.asked import CALCULATES, asks_kind, opposes
from assistant.lexicon import lexicon
from assistant.ranks import read_rank
from assistant.reading import Reading, Series, series_of
from assistant.respond.claims import matches
from corpus.quantities import Quantity

# Longest first: 相比 before 比. What stands between two things that are set against each other or added up.
_JOINTS = re.compile(
    r"超过|高于|低于|大于|小于|多于|少于|顶得上|抵得上|相当于|相对于|减去|除以|加上|相比|还是|[,、]|比|和|与|跟|同|减|加|是(?:不是)?(?=[\u4e00-\u9fff]{2,}(?:几|多少|\d+(?:\.\d+)?)倍|[\u4e00-\u9fff]{2,}的?几)"
)
_MULTIPLE = re.compile(
    r"的?(?:\d+(?:\.\d+)?|几|多少|[一二两三四五六七八九十百]+)倍.*$"
)  # of 领跑者的50倍 the side is 领跑者
_LEAST = 3  # characters of a side
_TRIED = 4  # joints that are tried
_MEANT = 0.4  # share from which a side means an indicator
_ORDERS = ("order", "most", "least")

LookUp = Callable[[str], tuple[tuple[Series, float], ...]]


def operands(reading: Reading, look_up: LookUp) -> tuple[Series, ...]:
    """Return the indicators that a question reckons with; empty where its sides do not mean different ones.

    ``look_up`` returns the indicators that a text means, best first, each with its share.
    """
    weighs = reading.asks(*CALCULATES) or (opposes(reading.text) and reading.asks("amount", "count"))
    calculates = weighs or reading.asks(*_ORDERS) or read_rank(reading.text)
    if not calculates or reading.links.names or reading.asks("remaining"):
        return ()
    if found := _by_figures(reading, look_up) or _listed(reading, look_up):
        return found
    if not weighs:
        return ()
    for left, right in sides(reading.text):
        first, second = _best(look_up(left)), _best(look_up(right))
        for one in (first, second):
            if one and _has_all_figures(reading, one):
                return (one,)
        if first and second and first != second:
            return first, second
    return ()


def _has_all_figures(reading: Reading, series: Series) -> bool:
    """Whether the figures of a question are targets of one indicator that has several: 力争目标和20%左右那个."""
    figures = _told_figures(reading)
    several = sum(row.is_numeric for row in series.rows) > 1
    return several and bool(figures) and all(any(matches(one, row) for row in series.rows) for one in figures)


def _by_figures(reading: Reading, look_up: LookUp) -> tuple[Series, ...]:
    """Return the indicators that are told by their figures: 4000公里跟1.86万吨/日能不能加.

    Every figure must be the target of one indicator, and what stands before it must not mean another one.
    """
    claims = _told_figures(reading)
    found: list[Series] = []
    before = 0
    for claim in claims:
        words = reading.text[before : claim.number_start]
        before = claim.end
        fitting = _fitting(reading, claim, claims)
        meant = _best(look_up(words)) if len(words.strip()) >= _LEAST and len(claims) > 1 else None
        if meant is not None and meant not in fitting:
            return ()
        kind = [one for one in fitting if any(one.name.endswith(word) for word in _kinds(reading))]
        chosen = [meant] if meant else (fitting if len(fitting) == 1 else kind)
        if len(chosen) != 1:
            return ()
        found += chosen
    return tuple(dict.fromkeys(found)) if len(claims) > 1 else ()


def _fitting(reading: Reading, claim: Quantity, claims: Sequence[Quantity]) -> list[Series]:
    """Return the indicators with a figure as a target: told with its word of comparison, or fit by another one too."""
    fitting = [one for one in series_of(reading.plan) if any(matches(claim, row) for row in one.rows)]
    alike = [
        one
        for one in fitting
        if any(matches(claim, row) and row.comparator == claim.comparator != "=" for row in one.rows)
    ]
    others = [other for other in claims if other is not claim]
    both = [one for one in alike or fitting if any(matches(other, row) for other in others for row in one.rows)]
    return both if len(both) == 1 else alike or fitting


def _told_figures(reading: Reading) -> list[Quantity]:
    """Return the figures that tell targets: in the unit of one, and not the claimed result (加起来是不是100%)."""
    units = {row.unit for row in reading.plan.indicators if row.unit}
    claims = [one for one in reading.links.quantities if one.unit in units and one.upper is None]
    cues = [found.start() for group in CALCULATES if (found := lexicon().cues[group].search(reading.text))]
    before = [one for one in claims if one.end <= min(cues, default=0)]
    return before if len(before) > 1 else claims


def _kinds(reading: Reading) -> list[str]:
    return [word for word in reading.subject.words if asks_kind(word)]


def _listed(reading: Reading, look_up: LookUp) -> tuple[Series, ...]:
    """Return the indicators of a list whose last item holds what is measured: 秸秆、畜禽粪污这两个利用率."""
    for items in listed_things(reading.text, [row.name for row in reading.plan.indicators]):
        found = [_best(look_up(item)) for item in items]
        named = tuple(dict.fromkeys(one for one in found if one))
        if len(named) == len(items):
            return named
    return ()


_LIST_JOINTS = re.compile(r"、|以及|和|与|跟|同|及")
_PARTS = re.compile(r"[,，。;；:：?？!！]")
_BESIDE = 0.5  # share from which a part of a list means an indicator beside those that are named


def beside_named(reading: Reading, named: Sequence[Series], look_up: LookUp) -> tuple[Series, ...]:
    """Return the indicators of a list of which some are named in full and others are not: 甲率降20%、用水降15%.

    They stand in the question's order; empty where every part of the list holds a name, or the others mean nothing.
    """
    if not named or reading.links.names or reading.intent not in ("value", "table"):
        return ()
    items = [item.strip() for part in _PARTS.split(reading.text) for item in _LIST_JOINTS.split(part)]
    if not 2 <= len(items) <= _MOST_LISTED:
        return ()
    owners = [[one for one in named if any(name in item for name in _called(one))] for item in items]
    if not any(owners):
        return ()  # the name holds a joint itself
    kind = _kind_of(items[-1], [row.name for row in reading.plan.indicators])
    whole = [item if kind in item else f"{item}{kind}" for item in items]  # 秸秆和粪污利用率
    found = [
        own or ([] if len(item) < _LEAST else _likely(look_up(item))) for item, own in zip(whole, owners, strict=True)
    ]
    together = tuple(dict.fromkeys(one for item in found for one in item))
    return together if set(together) > set(named) else ()


def _called(series: Series) -> set[str]:
    return {series.name, *(alias for row in series.rows for alias in row.aliases)}


def _likely(found: tuple[tuple[Series, float], ...]) -> list[Series]:
    """Return the best indicator alone, where it has a figure and is likely meant."""
    return [one for one, share in found[:1] if share >= _BESIDE and any(row.is_numeric for row in one.rows)]


_COUNTED_KIND = re.compile(r"\s*(?:这|那)?[一二两三四五几\d]+(?:个|项|种|样|者)")
_DEMONSTRATIVE = re.compile(r"(?:的)?(?:这|那)?(?:[一二两三四五六几\d]+)?(?:个|项|种|样|者)?的?$")
_MOST_LISTED = 5
_KIND_LENGTHS = (4, 3, 2)


def listed_things(text: str, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the items of each list in a text, what is measured added to each that lacks it.

    ``names`` are the names of indicators; what is measured is the end of one of them.

    >>> list(listed_things("秸秆、畜禽粪污这两个利用率，从高到低", ["秸秆综合利用率"]))
    [('秸秆利用率', '畜禽粪污利用率')]
    >>> list(listed_things("秸秆和粪污，两个利用率差几点", ["秸秆综合利用率"]))
    [('秸秆利用率', '粪污利用率')]
    """
    parts = _PARTS.split(text)
    for part, after in zip_longest(parts, parts[1:], fillvalue=""):
        told = _COUNTED_KIND.match(after)  # 秸秆和粪污，两个利用率
        items = [item.strip() for item in _LIST_JOINTS.split(f"{part}{after}" if told else part)]
        if not 2 <= len(items) <= _MOST_LISTED or any(len(item) < 2 for item in items):
            continue
        kind = _kind_of(items[-1], names)
        at = items[-1].find(kind)
        last = _DEMONSTRATIVE.sub("", items[-1][:at]) if kind else ""
        if last:
            yield tuple(item if kind in item else f"{item}{kind}" for item in (*items[:-1], last))


def _kind_of(text: str, names: Sequence[str]) -> str:
    """Return the longest end of a name that a text holds."""
    ends = (name[-length:] for length in _KIND_LENGTHS for name in names if len(name) > length)
    return next((end for end in ends if end in text and asks_kind(end)), "")


def sides(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each joint of a question.

    >>> list(sides("秸秆利用率比化肥利用率高多少"))
    [('秸秆利用率', '化肥利用率高多少')]
    """
    tried = 0
    for joint in _JOINTS.finditer(text):
        left, right = text[: joint.start()].strip(), _MULTIPLE.sub("", text[joint.end() :]).strip()
        if len(left) >= _LEAST and len(right) >= _LEAST and tried < _TRIED:
            tried += 1
            yield left, right


def _best(found: tuple[tuple[Series, float], ...]) -> Series | None:
    numeric = [(one, share) for one, share in found if any(row.is_numeric for row in one.rows)]
    return numeric[0][0] if numeric and numeric[0][1] >= _MEANT else None
