"""How a question over several targets is worded: its filters and its operation become a typed query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from assistant.asked import CALCULATES, asked_kinds, directions, opposes, quoted_words, table_units, year_limit
from assistant.asked_years import compares
from assistant.bounds import likened, read_bounds
from assistant.forms import Forms, excluded_names, read_forms
from assistant.lexicon import lexicon
from assistant.query import IndicatorQuery, Operation
from assistant.ranks import read_rank, rises
from assistant.reading import Reading, Series
from assistant.roles import asked_roles
from assistant.tallies import read_tally, read_target_size
from corpus import Comparator, Strength
from corpus.quantities import Quantity


def read_query(
    reading: Reading, series: Sequence[Series], scope: Sequence[str] = (), limits: Sequence[Series] = ()
) -> IndicatorQuery:
    """Read the filters and the operation off a question; ``series`` are the indicators that it names.

    ``limits`` are indicators that are named only as limits (比甲率还高的).
    """
    text = reading.text
    for link in reading.links.agencies:  # 住房城乡建设厅 asks for nothing that is to be 建设
        text = f"{text[: link.start]}{' ' * (link.end - link.start)}{text[link.end :]}"
    for clause_id in scope:  # 水平提升工程 asks for no 提升
        text = text.replace(reading.plan.clause(clause_id).title or "\0", " ")
    forms = read_forms(text)
    bases = tuple(year for year in reading.links.years if reading.asks("base_year") or compares(text, year))
    literal = () if forms.unwanted.intersection(_SIGNS) else quoted_words(text, reading.plan)
    limit = None if bases else year_limit(text)
    size = read_target_size(text)
    return IndicatorQuery(
        operation=_operation(reading, len(series)),
        scope=tuple(scope),
        bodies=reading.links.names,
        roles=asked_roles(reading) if reading.links.names else (),
        strengths=_strengths(reading, forms),
        comparators=() if literal or limits else _comparators(reading, forms),
        units=table_units(text, reading.plan),
        years=() if bases or limit or reading.links.periods else reading.links.years,
        base_years=bases,
        dated=False if reading.asks("no_year") else forms.wants("year"),
        tiers=reading.asks("tiers"),
        literal=literal,
        periods=reading.links.periods,
        directions=() if literal else directions(text, reading.plan),
        decimal=forms.wants("decimal"),
        numeric=_numeric(reading, forms),
        kinds_of_value=_asks_both_kinds(reading, forms),
        ascending=rises(text),
        alike=reading.asks("alike") and not series and not limits,
        kinds=() if series or limits else asked_kinds(reading.subject.words, reading.plan, text),
        excluded=_excluded(reading, text, limits),
        left_out=reading.without,
        tally="clause" if size else read_tally(text),
        size=size[0] if size else None,
        year_limit=limit,
        rank=read_rank(text),
        bounds=_bounds(reading, text, series, limits, size[1:] if size else (0, 0)),
        named=tuple(series),
        claims=reading.links.quantities,
    )


def _excluded(reading: Reading, text: str, limits: Sequence[Series]) -> tuple[str, ...]:
    if limits:
        return tuple(one.name for one in limits)
    return () if reading.without else excluded_names(text)


def _bounds(
    reading: Reading, text: str, series: Sequence[Series], limits: Sequence[Series], size: tuple[int, int]
) -> tuple[Quantity, ...]:
    """Return the figures that limit the table; one at ``size`` tells how many targets a clause is to have."""
    told = [one for one in reading.links.quantities if one.end <= size[0] or size[1] <= one.start]
    if limits:
        named = (limit for one in limits if (limit := likened(reading.text, one)))
        return (*named, *read_bounds(text, told, reading.plan))
    if len(series) > 1 or reading.asks("base_year"):
        return ()
    return read_bounds(text, told, reading.plan)


def _numeric(reading: Reading, forms: Forms) -> bool | None:
    """Whether targets with a number are asked for; None where both kinds are (文字目标和数字目标各有多少)."""
    if _asks_both_kinds(reading, forms):
        return None
    if reading.asks("text_value") or forms.wants("words"):
        return False
    if forms.wants("words") is False:
        return True
    figure = forms.wants("figure")
    return figure if figure is not None else (True if reading.asks("numeric") else None)


def _asks_both_kinds(reading: Reading, forms: Forms) -> bool:
    """Whether targets with and without a number are asked for; 非数字目标 and 没有数字的 name one kind."""
    rest = lexicon().strip_cues(reading.text, "text_value")
    words = reading.asks("text_value") or forms.wants("words") is True
    return (words and lexicon().has("numeric", rest)) or forms.names_both("figure")


def _operation(reading: Reading, named: int) -> Operation:
    """Return the operation; 一共有几个 counts, and adds up only what is named."""
    rank = read_rank(reading.text)
    counts = named < 2 and reading.asks("count")
    if rank and not (named > 1 and reading.asks(*CALCULATES)):
        return "most" if rank.descending else "least"
    against = named == _PAIR and opposes(reading.text)  # 甲率超过乙率几个点 counts nothing
    both_ends = reading.asks("most") and reading.asks("least")
    for group in ("ratio", "difference", "mean", "sum", "compare", "most", "least", "order", "count"):
        if group == "count" and against:
            break
        if reading.asks(group) and not (both_ends and group in ("most", "least")) and not (counts and group == "sum"):
            return group
    return "compare" if against else "list"


_PAIR = 2


def _strengths(reading: Reading, forms: Forms) -> tuple[Strength, ...]:
    """力争 stands before both a strive and an incentive target (力争完成14.5%的激励目标); 激励 names the second alone."""
    if forms.wants("strive") is False:
        return ("firm",)
    if reading.asks("incentive") and not _strives_apart(reading.text):
        return ("incentive",)
    if reading.asks("strive"):
        return ("strive", "incentive")
    return ()


def _strives_apart(text: str) -> bool:
    """Whether 力争 stands in another part of a question than 激励: 力争的有几个, 激励的也算."""
    words = lexicon()
    return any(words.has("strive", part) and not words.has("incentive", part) for part in _PARTS.split(text))


_PARTS = re.compile(r"[,，。;?!、和与或及]")


def _comparators(reading: Reading, forms: Forms) -> tuple[Comparator, ...]:
    """Read 左右, 以上, 以内 as comparators only where no figure stands with them (then they belong to the figure)."""
    if reading.links.quantities:
        return ()
    if forms.wants("exact"):
        return ("=",)
    denied = [sign for group, signs in _SIGNS.items() if forms.wants(group) is False for sign in signs]
    if denied:
        return tuple(sign for sign in get_args(Comparator) if sign not in denied)
    return tuple(sign for group, signs in _SIGNS.items() if reading.asks(group) or forms.wants(group) for sign in signs)


_SIGNS: dict[str, tuple[Comparator, ...]] = {
    "approximate": ("~",),
    "at_least": (">=",),
    "at_most": ("<=", "<"),
    "more_than": (">",),
}
