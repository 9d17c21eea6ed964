"""The figures by which a question limits the targets: 80%以上, 介于30%和50%之间, 上千, 两位数, 比 80% 还高."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import zip_longest

from assistant.forms import FILE
from assistant.ranks import read_rank
from assistant.reading import Series
from corpus import Comparator, Indicator, Plan
from corpus.numerals import read_numeral
from corpus.quantities import Quantity, to_base
from corpus.units import read_units

_ROUND = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def read_bounds(text: str, told: Sequence[Quantity], plan: Plan) -> tuple[Quantity, ...]:
    """Return the figures that limit the table: those told in a unit of the plan's own targets (not 两个字).

    ``told`` are the figures of the question. A range is one figure with an upper end.
    """
    known = {to_base(Decimal(1), row.unit)[1] for row in plan.indicators if row.unit}
    whole = {row.unit for row in plan.indicators}
    rank = read_rank(text)
    vague = tuple(_vague(text))
    told = [one for one in told if not any(one.start < other.end and other.start < one.end for other in vague)]
    figures = [
        _compared(text, bound)
        for bound in _with_ends(text, told)
        if not (rank and rank.start < bound.end and bound.start < rank.end) and not _counts_targets(text, bound)
    ]
    found = (*_with_ranges(text, figures), *_round_numbers(text, figures), *_digits(text), *vague)
    ranges = [one for one in found if one.upper is not None]
    return tuple(
        bound
        for bound in found
        if not (bound.comparator == "~" and any(one.value <= bound.value <= (one.upper or 0) for one in ranges))
        if (not bound.unit and (bound.comparator != "=" or bound.upper is not None))
        or bound.base[1] in known
        or bound.unit in whole
    )


def is_within(row: Indicator, bound: Quantity) -> bool:
    """Whether a target's value lies within a bound; what has another unit never does.

    A bound without a unit is compared with the figure as it is printed: 44.7 万 lies above 1000.
    """
    if not row.is_numeric:
        return False
    value, unit = to_base(Decimal(row.value), row.unit)
    limit, bound_unit = bound.base
    if unit != bound_unit and bound.unit and bound.unit not in row.unit:
        return False
    if not bound.unit:
        value = Fraction(row.value) * _multiplier(row.unit)
    if bound.upper is not None:
        return limit <= value <= to_base(bound.upper, bound.unit)[0]
    if value == limit and row.comparator in _STRICT:
        return bound.comparator not in _STRICT[row.comparator]  # 超过 30% is above 30%
    return {
        ">=": value >= limit,
        ">": value > limit,
        "<=": value <= limit,
        "<": value < limit,
        "=": value == limit,
        "~": value == limit,
    }[bound.comparator]


_STRICT: dict[Comparator, tuple[Comparator, ...]] = {">": ("<", "<="), "<": (">", ">=")}


def _multiplier(unit: str) -> int:
    """Return how many plain units one of ``unit`` is: 万立方米/日 is 10000 立方米/日."""
    return _ROUND.get(unit[:1], 1) if len(unit) > 1 and unit[0] in read_units().multipliers else 1


_THAN = re.compile(r"比(?:起)?\s*$")
_MORE_THAN = re.compile(r"\s*(?:还|更|要)*(?P<more>高|大|多)|\s*(?:还|更|要)*(?:低|小|少)")


def _compared(text: str, bound: Quantity) -> Quantity:
    """Read the comparison that a verb makes of a figure: 比80%高, 比30%还低; what is next to it lies below it (仅次于)."""
    if bound.comparator == "=" and next_below(text[: bound.start]):
        return replace(bound, comparator="<")
    if bound.comparator == "=" and (side := next((one for one in _SIDES if _ends_with(one, text, bound)), "")):
        return replace(bound, comparator=_SIDES[side])
    said = _MORE_THAN.match(text, bound.end)
    if bound.comparator != "=" or not said or not _THAN.search(text[: bound.start]):
        return bound
    return replace(bound, comparator=">" if said["more"] else "<")


_SIDES: dict[str, Comparator] = {"short": "<", "reaching": ">="}


def _ends_with(name: str, text: str, bound: Quantity) -> bool:
    return _words()[name].search(text[: bound.start]) is not None


def _with_ends(text: str, told: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the figures, each with what a remark behind it says of its end: 两成以下（不含两成）is below 20%."""
    words = _words()
    kept: list[Quantity] = []
    for bound in told:
        last = kept[-1] if kept else None
        before = text[: bound.start]
        if last and bound.comparator == "=" and bound.base == last.base:
            if words["without"].search(before):
                kept[-1] = replace(last, comparator=_OPEN_ENDS.get(last.comparator, last.comparator))
                continue
            if words["with"].search(before):
                kept[-1] = replace(last, comparator=_CLOSED_ENDS.get(last.comparator, last.comparator))
                continue
        kept.append(bound)
    yield from kept


_OPEN_ENDS: dict[Comparator, Comparator] = {">=": ">", "<=": "<"}
_CLOSED_ENDS: dict[Comparator, Comparator] = {">": ">=", "<": "<="}


def next_below(text: str) -> bool:
    """Whether a text ends with words for the next lower place: 仅次于, behind which a figure or a name stands.

    >>> next_below("仅次于"), next_below("低于")
    (True, False)
    """
    return _words()["next"].search(text) is not None


_TARGETS_AFTER = re.compile(r"\s*(?:百分比|百分数|具体|量化|主要|数字)?的?(?:目标|指标|数)")
_BODIES_AFTER = re.compile(
    r"\s*(?:省级|责任)?(?:单位|部门|机构)?(?:共同|联合|一起|一同|一道|单独)?(?:牵头|负责|配合|参与)"
)


def _counts_targets(text: str, bound: Quantity) -> bool:
    """Whether a figure counts the targets themselves, or bodies: 里面两个百分比目标, 由四家单位牵头的."""
    if _BODIES_AFTER.match(text, bound.end):
        return True
    counted = bound.unit in ("个", "项", "条") or (not bound.unit and bound.comparator == "=")
    return counted and _TARGETS_AFTER.match(text, bound.end) is not None


def _with_ranges(text: str, figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the figures, two that are the ends of a range as one: 介于30%和50%之间, 30到50%之间."""
    words = _words()
    taken = False
    for first, second in zip_longest(figures, figures[1:]):
        if taken:
            taken = False
        elif second and _ends_range(text, first, second):
            taken = True
            yield replace(first, unit=first.unit or second.unit, comparator="=", upper=second.value, end=second.end)
        elif (low := words["low"].search(text[: first.start])) and words["between"].match(text, first.end):
            yield replace(first, value=Decimal(low["low"]), comparator="=", upper=first.value, start=low.start())
        else:
            yield first


def _ends_range(text: str, first: Quantity, second: Quantity) -> bool:
    words = _words()
    gap = text[first.end : second.start]
    named = words["between"].match(text, second.end) or words["amid"].search(text[: first.start])
    joined = words["joining"].fullmatch(gap) is not None and named is not None
    return (joined or words["through"].fullmatch(gap) is not None) and first.unit in ("", second.unit)


def likened(text: str, series: Series) -> Quantity | None:
    """Return the limit that a question sets by naming an indicator: 比甲率还高的, 低于甲率的, 跟甲率一样高的.

    None where it names the indicator otherwise, or the indicator has no figure.
    """
    row = next((row for row in series.rows if row.is_numeric), None)
    names = {series.name, *(alias for one in series.rows for alias in one.aliases)}
    name = max((name for name in names if name in text), key=len, default="")
    found = _likening(name).search(text) if row and name else None
    if not row or not found:
        return None
    sign: Comparator = "="
    if found["above"] or found["more"]:
        sign = ">"
    elif found["below"] or found["less"]:
        sign = "<"
    start, end = found.span()
    return Quantity(Decimal(row.value), row.unit, sign, found.group(), start, end, start, end)


@cache
def _likening(name: str) -> re.Pattern[str]:
    any_of = {key: "|".join(map(re.escape, listed)) for key, listed in _table()["likened"].items()}
    degree, thing = f"(?:{any_of['degree']})*", re.escape(name)
    behind = "(?:的|[、,](?=.*的)|[且又而但]|(?<=[高低大小多少])[?。!]*$)"  # 高于甲率、低于乙率的; 哪些比甲率高
    return re.compile(
        rf"(?:(?P<above>{any_of['above']})|(?P<below>{any_of['below']})){thing}{degree}[高低大小多少]?{behind}"
        rf"|(?:{any_of['beside']}){thing}{degree}(?:(?P<more>{any_of['more']})|(?P<less>{any_of['less']}))(?:一些|一点)?{behind}"
        rf"|(?:{any_of['equal']}){thing}{degree}(?:{any_of['same']})[高低大小多少]?{behind}"
    )


def _round_numbers(text: str, figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the limits that round numbers and the half set: 上千的, 过百家, 过半."""
    for found in _words()["round"].finditer(text):
        if any(one.start < found.end() and found.start() < one.end for one in figures):
            continue
        unit = read_units().pattern.match(text, found.end())
        end = unit.end() if unit else found.end()
        sign: Comparator = ">=" if found["reached"] else ">"
        if _words()["denied"].search(text[: found.start()]):  # 没过半
            sign = "<" if found["reached"] else "<="
        half = found["number"] == "半"
        name = "%" if half else (unit.group() if unit else "")
        value = Decimal(50 if half else _ROUND[found["number"]])
        yield Quantity(value, name, sign, text[found.start() : end], found.start(), end, found.start(), end)


def _digits(text: str) -> Iterator[Quantity]:
    """Yield the range of the numbers of so many digits: 三位数 is 100 to 999."""
    for at, word in enumerate(_table()["bounds"]["digits"]):
        for found in re.finditer(word, text):
            low, high = Decimal(10**at if at else 0), Decimal(10 ** (at + 1)) - Decimal("0.01")
            start, end = found.span()
            yield Quantity(low, "", "=", found.group(), start, end, start, end, high)


_SOME = r"(?P<percent>百分之)?(?P<tens>[二三四五六七八九])?十[几来]"
_VAGUE = re.compile(rf"{_SOME}(?:(?:到|至|-|~)(?:百分之)?(?P<last>[二三四五六七八九])?十[几来])?(?!岁|年|天|个月)")


def _vague(text: str) -> Iterator[Quantity]:
    """Yield the ranges of numbers that are told by their tens: 十几 lies between 10 and 20, so does 十几到二十几 up to 30."""
    for found in _VAGUE.finditer(text):
        start, end = found.span()
        low = int(read_numeral(found["tens"] or "一") or 1)
        high = int(read_numeral(found["last"]) or low) if found["last"] else low
        unit = read_units().pattern.match(text, end)
        name = "%" if found["percent"] else (unit.group() if unit else "")
        ends = Decimal(10 * low) + _HAIR, Decimal(10 * high + 10) - _HAIR
        yield Quantity(ends[0], name, "=", found.group(), start, end, start, end, ends[1])


_HAIR = Decimal("0.01")


def bound_spans(text: str, plan: Plan, told: Sequence[Quantity]) -> tuple[tuple[int, int], ...]:
    """Return where a question tells a limit, the words that make a range of two figures included."""
    ranges = [found.span() for found in _words()["range words"].finditer(text)] if told else []
    return (*((one.start, one.end) for one in read_bounds(text, told, plan)), *ranges)


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    lists = {
        name: "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        for name, words in _table()["bounds"].items()
    }
    return {
        "joining": re.compile(rf"\s*(?:{lists['joining']})\s*"),
        "between": re.compile(rf"\s*(?:的|这)*(?:{lists['between']})"),
        "amid": re.compile(rf"(?:{lists['amid']})\s*$"),
        "through": re.compile(rf"\s*(?:{lists['through']})\s*"),
        "low": re.compile(rf"(?P<low>\d+(?:\.\d+)?)\s*(?:{lists['joining']})\s*$"),
        "next": re.compile(rf"(?:{lists['next']})\s*$"),
        "reaching": re.compile(
            rf"(?<![不没能足])(?:{lists['reaching']}|(?<![\u4e00-\u9fff])上|(?<=[有的是些了在])上)\s*$"
        ),
        "short": re.compile(rf"(?:{lists['short']})\s*$"),
        "without": re.compile(rf"(?:{lists['without']})\s*$"),
        "with": re.compile(rf"(?:{lists['with']})\s*$"),
        "denied": re.compile(rf"(?:{lists['denied']})$"),
        "round": re.compile(
            rf"(?<![\d一二三四五六七八九十百千通经超])(?:(?P<reached>{lists['reached']})(?=[百千万亿])|(?P<passed>{lists['passed']}))"
            r"(?P<number>[百千万亿]|半(?!年|天|数))(?!分)"
        ),
        "range words": re.compile(rf"介于|位于|处于|落在|在(?=\s*\d)|{lists['between']}"),
    }
