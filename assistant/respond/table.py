"""Questions over several indicators: a typed query run on the table, the rows shown with their clauses and bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.draft import Draft
from assistant.lexicon import lexicon
from assistant.query import IndicatorQuery, ordered, run
from assistant.query_words import read_query
from assistant.reading import Evidence, Reading, Series
from assistant.respond.claims import matches, place_of
from assistant.respond.phrasing import measure, number
from assistant.respond.tally import listing, say_scopes, say_tally
from assistant.respond.value import say_bodies
from assistant.respond.who import target_sentence
from corpus import Indicator


def respond_table(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Run the query that the question holds and show the rows it used.

    ``evidence.clauses`` is the scope; ``evidence.series`` are the indicators that the question names, or, with the
    signal ``by_subject``, those whose words its subject covers.
    """
    series = tuple(one for one, _ in evidence.series)
    by_subject = "by_subject" in evidence.signals
    if "limit" in evidence.signals:
        query = read_query(reading, (), evidence.clauses, series)
        for one in series:
            draft.say(target_sentence(draft, one))
    else:
        query = read_query(reading, () if by_subject else series, evidence.clauses)
    if query.operation in _CALCULATIONS and _numeric_rows(query.named, 2):
        return _calculate(query, draft, _operands(query, reading.text), reading.text)
    rows = [row for row in run(query, reading.plan) if not by_subject or any(row in one.rows for one in series)]
    if query.named:
        named_rows = [row for one in query.named for row in one.rows]
        strong = [row for row in named_rows if row.strength in query.strengths]
        rows = list(ordered(query, strong if strong and len(query.named) == 1 else named_rows))
    if not rows and "limit" in evidence.signals:
        draft.say("方案的其他目标指标中没有符合这个条件的项。")
        return draft
    if not rows:
        return _none(query, draft)
    if len(query.scope) > 1 and not query.named and query.operation in _WEIGHED and reading.asks("count"):
        return say_scopes(query, draft, rows)
    if query.tally:
        return say_tally(query, draft, rows)
    if query.operation in ("difference", "ratio") and len(_by_unit(rows)) == 1:
        ends = sorted((row for row in rows if row.is_numeric), key=lambda row: Decimal(row.value))
        if len(ends) > 1:
            return _calculate(query, draft, [ends[-1], ends[0]])
    if query.operation in ("most", "least"):
        found = [row for group in _by_unit(rows).values() for row in _ranked(query, group)]
        if not found:
            return _too_few(draft, rows)
        if query.rank and reading.asks("sum", "difference") and len(_by_unit(found)) == 1 < len(found):
            return _calculate(replace(query, operation="sum" if reading.asks("sum") else "difference"), draft, found)
        rows = found
    if query.kinds_of_value:
        _say_both_kinds(draft, rows)
    else:
        draft.say(_head(query, draft, rows), listing(draft, rows))
    say_bodies(draft, list(dict.fromkeys(row.clause_id for row in rows)))
    return draft


def _say_both_kinds(draft: Draft, rows: Sequence[Indicator]) -> None:
    """List the targets with a number, then those without: 文字目标和数字目标各有多少."""
    for kind, numeric in (("有数字", True), ("没有数字", False)):
        listed = [row for row in rows if row.is_numeric == numeric]
        if listed:
            draft.say(f"{kind}的目标共 {draft.compute(len(listed))} 项：", listing(draft, listed))


_WEIGHED = ("difference", "compare", "sum")
_CALCULATIONS = ("difference", "sum", "compare", "ratio")


def _none(query: IndicatorQuery, draft: Draft) -> Draft:
    """Say that no target passes the filters, and where it was looked."""
    draft.status = "not_stated"
    for clause_id in query.scope:
        clause = draft.plan.clause(clause_id)
        draft.say(f"**{clause.label}**没有符合这些条件的目标指标{draft.cite_heading(clause)}。")
    if not query.scope:
        draft.say("方案的目标指标中没有符合这些条件的项。")
    return draft


def _by_unit(rows: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    groups: dict[str, list[Indicator]] = {}
    for row in rows:
        if row.is_numeric:
            groups.setdefault(row.unit, []).append(row)
    return groups


def _head(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator]) -> str:
    if query.operation in ("most", "least"):
        extreme = "最高" if query.operation == "most" else "最低"
        units = "，单位不同的分开排" if len(_by_unit(rows)) > 1 else ""
        if query.rank is None:
            return f"符合条件的目标中，数值{extreme}的是{units}："
        if query.rank.first == query.rank.last:
            back = "" if query.rank.descending else "倒数"
            return f"符合条件的目标按数值从高到低排，{back}第{_PLACES[query.rank.last]}的是{units}："
        if units:
            return f"符合条件的目标单位不同，各按单位排，数值{extreme}的分别是："
        return f"符合条件的目标中，数值{extreme}的 {draft.compute(len(rows))} 项是："
    kind = "符合条件的目标" if query.is_narrow or query.named else "方案的目标指标"
    return f"{kind}共 {draft.compute(len(rows))} 项："


_PLACES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def _ranked(query: IndicatorQuery, rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows of one unit, in order, that stand on the places asked for; equal values share a place.

    For one place the values are counted (the second highest value); the first three take in what equals the third.
    """
    values = list(dict.fromkeys(Decimal(row.value) for row in rows))
    rank = query.rank
    if rank is None:
        wanted = values[:1]
    elif rank.first == rank.last:
        wanted = values[rank.last - 1 : rank.last]
    else:
        wanted = [Decimal(row.value) for row in rows[: rank.last]]
    return [row for row in rows if Decimal(row.value) in wanted]


def _too_few(draft: Draft, rows: Sequence[Indicator]) -> Draft:
    """Say that fewer targets can be put in order than the place that is asked for."""
    draft.status = "not_stated"
    draft.say(f"符合条件、能按数值排序的目标只有 {draft.compute(len(rows))} 项，排不到所问的名次。")
    return draft


def _numeric_rows(named: Sequence[Series], least: int) -> bool:
    return sum(1 for series in named for row in series.rows if row.is_numeric) >= least


_CLAIMS_ORDER = re.compile(
    r"比(?![例重率值])[^,。;?]{2,24}?(?:还|更|要|都)*(?:(?P<more>[高大多强])|[低小少弱])(?:一些|一点)?[,]?(?:[吗吧么]|对|是不是|是吧|没错)"
)


def _order_verdict(text: str, rows: Sequence[Indicator]) -> str:
    """Say yes or no to which of two targets a question calls the higher: 甲率比乙率高吧; empty where it calls none."""
    claim = _CLAIMS_ORDER.search(text)
    if (
        not claim
        or len(rows) != len({row.name for row in rows})
        or len({row.unit for row in rows}) > 1
        or len(rows) != 2
    ):
        return ""
    first, second = (Decimal(row.value) for row in rows)
    return "是的。" if (first > second if claim["more"] else first < second) else "不是。"


def _calculate(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator], text: str = "") -> Draft:
    """Work out a difference, a sum, a ratio or a comparison of targets in plain sight."""
    verdict = _order_verdict(text, rows)
    for series in query.named or [Series(row.name, (row,)) for row in rows]:
        draft.say(verdict + target_sentence(draft, series))
        verdict = ""
    if len({row.unit for row in rows}) > 1 or len(rows) < 2:
        draft.say("这些目标的单位不同，不能直接比较或相加减。")
    elif query.operation == "sum":
        total = sum((Decimal(row.value) for row in rows), Decimal())
        terms = " + ".join(measure(row) for row in rows)
        draft.say(f"合计：{terms} = {draft.compute(number(total))} {_unit_of_sum(rows[0].unit)}。")
    elif query.operation == "ratio":
        _say_ratio(draft, rows)
    else:
        _say_difference(draft, rows)
    if query.operation == "sum" and rows[0].unit == "%" and len({row.name for row in rows}) > 1:
        draft.say("这几项比例各有各的对象，加起来只是算术上的和，不表示总的比例。")
    if any(row.comparator != "=" for row in rows):
        draft.say("目标不是定数的（以上、左右等），按方案所写的数值计算。")
    say_bodies(draft, list(dict.fromkeys(row.clause_id for row in rows)))
    return draft


def _say_ratio(draft: Draft, rows: Sequence[Indicator]) -> None:
    first, second = rows[0], rows[1]
    if not Decimal(second.value):
        return
    ratio = (Decimal(first.value) / Decimal(second.value)).quantize(Decimal("0.01")).normalize()
    exact = ratio * Decimal(second.value) == Decimal(first.value)
    sign = "=" if exact else "≈"
    draft.say(f"{first.value}{first.unit} ÷ {second.value}{second.unit} {sign} {draft.compute(number(ratio))} 倍。")


def _operands(query: IndicatorQuery, text: str) -> list[Indicator]:
    """Return the rows to reckon with: both targets of one indicator, else one of each.

    It is the one whose figure is named, or whose strength is named behind the indicator (甲的力争目标比乙高), else the firm.
    """
    if len(query.named) == 1:
        return [row for row in query.named[0].rows if row.is_numeric]
    places = {one.name: place_of(one, text, query.named) for one in query.named}
    chosen = []
    for series in query.named:
        at = places[series.name]
        end = min((other for other in places.values() if other > at), default=len(text))
        stretch = text[at:end] if at >= 0 else text
        chosen.append(_operand(query, series, lexicon().has("strive", stretch) or lexicon().has("incentive", stretch)))
    return [row for row in chosen if row is not None]


def _operand(query: IndicatorQuery, series: Series, strong: bool) -> Indicator | None:
    numeric = [row for row in series.rows if row.is_numeric]
    claimed = [row for row in numeric if any(matches(claim, row) for claim in query.claims)]
    striven = [row for row in numeric if row.strength != "firm"] if strong else []
    return next(iter([*claimed, *striven, *numeric]), None)


def _unit_of_sum(unit: str) -> str:
    return "个百分点" if unit == "%" else unit


def _say_difference(draft: Draft, rows: Sequence[Indicator]) -> None:
    in_order = sorted(rows, key=lambda row: -Decimal(row.value))
    high, low = in_order[0], in_order[-1]
    gap = Decimal(high.value) - Decimal(low.value)
    if not gap:
        draft.say("两项目标的数值相同。" if len(rows) == 2 else "这些目标的数值相同。")
        return
    unit = _unit_of_sum(high.unit)
    names = f"{high.name}的目标更高，" if high.name != low.name else f"{high.name}的两档目标"
    draft.say(f"{names}相差：{measure(high)} − {measure(low)} = {draft.compute(number(gap))} {unit}。")
