"""What an answer says, proved from the plans' text: an auditor of its own, that shares no check with the assistant.

A number, a body or a quotation is proved by the text of a clause that the answer cites, by an indicator row that it
joins (and the corpus holds), or by a reckoning that stands in the answer. The question proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.model import Plan
from evals.fold import MARKER, fold
from evals.lines import Line, read_lines
from evals.proof_bodies import bodies
from evals.proof_figures import numbers
from evals.reasons import Kind, Reason
from evals.reply import CitationRow, Reply
from evals.sources import Sources, gather, true_row

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r'"([^"]+)"')


def prove(reply: Reply, plans: Mapping[str, Plan]) -> tuple[Reason, ...]:
    """Return everything in ``reply`` that ``plans`` (by id) do not prove; empty where all is."""
    return tuple(dict.fromkeys(_faults(reply, plans)))


def _faults(reply: Reply, plans: Mapping[str, Plan]) -> Iterator[Reason]:
    sources = gather(reply, plans)
    lines = read_lines(reply.answer)
    yield from _citations(reply, plans)
    yield from _markers(reply)
    yield from _agency_rows(reply, sources)
    yield from _indicator_rows(reply, sources)
    yield from numbers(reply, lines, sources)
    yield from bodies(reply, lines, sources, plans)
    for line in lines:
        yield from _quotations(line, sources)


def _citations(reply: Reply, plans: Mapping[str, Plan]) -> Iterator[Reason]:
    for row in reply.citations:
        fault = _citation_fault(row, plans)
        if fault:
            yield Reason(Kind.ALTERED_QUOTE, f"[{row.marker}] {fault}")


def _citation_fault(row: CitationRow, plans: Mapping[str, Plan]) -> str:
    if row.plan_id not in plans:
        return f"没有方案 {row.plan_id}"
    plan = plans[row.plan_id]
    if not plan.has_clause(row.clause_id):
        return f"方案没有条款 {row.clause_id}"
    clause = plan.clause(row.clause_id)
    if not row.quote.strip() or row.start < 0 or plan.text[row.start : row.end] != row.quote:
        return f"原文 {row.start}–{row.end} 处不是“{row.quote}”"
    if not clause.start <= row.start < row.end <= clause.end:
        return f"引文不在条款 {row.clause_id} 里"
    if row.label != clause.label:
        return f"条款 {row.clause_id} 的名称是“{clause.label}”"
    if _cuts_a_number(plan.text, row.start) or _cuts_a_number(plan.text, row.end):
        return f"引文把一个数截断了：“{row.quote}”"
    return ""


def _cuts_a_number(text: str, at: int) -> bool:
    """Whether the place before the character at ``at`` lies within a number.

    >>> _cuts_a_number("下降14.5%", 3), _cuts_a_number("下降14.5%", 4), _cuts_a_number("下降14.5%", 2)
    (True, True, False)
    """
    return any(number.start() < at < number.end() for number in _NUMBER.finditer(text, max(0, at - 20), at + 20))


def _markers(reply: Reply) -> Iterator[Reason]:
    given = [row.marker for row in reply.citations]
    used = {int(marker) for marker in MARKER.findall(reply.answer)}
    if len(set(given)) != len(given):
        yield Reason(Kind.WRONG_MARKER, "两条引用的编号相同")
    yield from (Reason(Kind.WRONG_MARKER, f"[{one}] 没有对应的引用") for one in sorted(used - set(given)))
    yield from (Reason(Kind.WRONG_MARKER, f"引用 [{one}] 没有在答案中出现") for one in sorted(set(given) - used))


def _agency_rows(reply: Reply, sources: Sources) -> Iterator[Reason]:
    duties = {(row.name, row.role, row.clause_id) for plan in sources.plans for row in plan.responsibilities}
    text = fold(reply.answer)
    for row in reply.agencies:
        if (row.name, row.role, row.clause_id) not in duties:
            yield Reason(Kind.UNSUPPORTED_FACT, f"{row.name}在条款 {row.clause_id} 中没有 {row.role} 这一职责")
        if fold(row.name) not in text:
            yield Reason(Kind.AGENCY_MISSING, f"{row.name}没有写进答案文字")


def _indicator_rows(reply: Reply, sources: Sources) -> Iterator[Reason]:
    for row in reply.indicators:
        if not true_row(row, sources.plans):
            yield Reason(Kind.UNSUPPORTED_FACT, f"指标 {row.indicator_id}（{row.value}{row.unit}）与方案的指标表不一致")


def _quotations(line: Line, sources: Sources) -> Iterator[Reason]:
    """Find words given as a quotation that no source holds, or not the one that the line's markers point to."""
    quoted = [line.text] if line.is_quotation else _QUOTED.findall(line.text)
    for words in quoted:
        if not sources.holds(words):
            yield Reason(Kind.UNSUPPORTED_FACT, f"引文“{words}”不在引用的条款里")
        elif line.is_quotation and line.markers and not sources.only(line.markers).holds(words):
            yield Reason(Kind.WRONG_MARKER, f"引文“{words}”不在它标注的条款里")
