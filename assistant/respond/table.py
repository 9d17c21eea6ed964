"""Questions over several indicators: a typed query run on the table, the rows shown with their clauses and bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.asked import CALCULATES
from assistant.draft import Draft
from assistant.query import IndicatorQuery, ordered, run
from assistant.query_words import read_query
from assistant.reading import Evidence, Reading, Series
from assistant.respond.reckon import calculate, operands_of
from assistant.respond.tally import MANY, listing, say_many, say_scopes, say_tally
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
    if query.operation in CALCULATES and _numeric_rows(query.named, 2):
        return calculate(query, draft, operands_of(query, reading.text), reading.text)
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
    if query.operation == "count" and len(rows) > MANY and not reading.asks("spelled_out"):
        return say_many(query, draft, rows)
    if query.operation in ("difference", "ratio") and len(_by_unit(rows)) == 1:
        ends = sorted((row for row in rows if row.is_numeric), key=lambda row: Decimal(row.value))
        if len(ends) > 1:
            return calculate(query, draft, [ends[-1], ends[0]])
    if query.operation in ("most", "least"):
        found = [row for group in _by_unit(rows).values() for row in _ranked(query, group)]
        if not found:
            return _too_few(draft, rows)
        if query.rank and reading.asks("sum", "difference") and len(_by_unit(found)) == 1 < len(found):
            return calculate(replace(query, operation="sum" if reading.asks("sum") else "difference"), draft, found)
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
