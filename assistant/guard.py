"""The last check before an answer leaves: all that it says has a source, or the answer is withheld.

The guard reads the finished text again, sentence by sentence, and trusts nothing that made it. Sources are the
quotations of the citations (which must stand in the plan at their offsets), the indicator rows and bodies used, and
numbers that were declared as computed. Quoted lines are the plan's own words and are checked as quotations alone.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.guard_bodies import unproved_bodies
from assistant.guard_clauses import unproved_clauses
from assistant.guard_figures import unproved_figures
from assistant.guard_quotations import unproved_quotations
from assistant.guard_sources import Sources, gather
from assistant.guard_text import Line, read_lines
from corpus import Corpus

log = logging.getLogger(__name__)

WITHHELD = "这个问题的答案没有通过出处核对，为避免误导，暂不显示。请换一种问法，或直接查看方案原文。"


def faults(answer: Answer, corpus: Corpus, computed: Collection[str] = ()) -> tuple[str, ...]:
    """Return what in ``answer`` has no source, as English sentences; empty where all is proved."""
    known = {plan.plan_id for plan in corpus.plans}
    if strange := {row.plan_id for row in answer.citations} - known:
        return (f"plans {sorted(strange)} are not known",)
    return tuple(dict.fromkeys(_faults(answer, gather(answer, corpus), computed)))


def guarded(answer: Answer, corpus: Corpus, computed: Collection[str] = ()) -> Answer:
    """Return ``answer``, or, where the check finds a fault, a short text that says it is withheld; logs the faults."""
    found = faults(answer, corpus, computed)
    if not found:
        return answer
    log.error("answer withheld: question=%r faults=%s", answer.question, "; ".join(found))
    return replace(
        answer, status="clarify", answer=WITHHELD, citations=(), agencies=(), indicators=(), reading="", suggestions=()
    )


def _faults(answer: Answer, sources: Sources, computed: Collection[str]) -> Iterator[str]:
    lines = read_lines(answer.answer)
    yield from _unproved_citations(sources)
    yield from _unmatched_markers(lines, sources)
    yield from _unproved_rows(answer, sources)
    yield from unproved_quotations(lines, sources)
    yield from unproved_bodies(lines, sources)
    yield from unproved_clauses(lines, sources)
    yield from unproved_figures(lines, sources, computed)


def _unproved_citations(sources: Sources) -> Iterator[str]:
    for row in sources.citations:
        plan = sources.shelf.plans[row.plan_id]
        if not plan.has_clause(row.clause_id) or plan.clause(row.clause_id).label != row.label:
            yield f"citation {row.marker} names another clause"
        elif not plan.clause(row.clause_id).start <= row.start < row.end <= plan.clause(row.clause_id).end:
            yield f"citation {row.marker} does not lie in its clause"
        elif plan.text[row.start : row.end] != row.quote:
            yield f"citation {row.marker} is not at its offsets"


def _unmatched_markers(lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    used = {marker for line in lines for marker in line.markers}
    given = [row.marker for row in sources.citations]
    if used != set(given) or len(given) != len(set(given)):
        yield f"markers {sorted(used)} do not match the citations"


def _unproved_rows(answer: Answer, sources: Sources) -> Iterator[str]:
    plan_ids = {plan.plan_id for plan in sources.plans}
    for agency in answer.agencies:
        duties = sources.shelf.duties_of(agency.name)
        if all(
            plan_id not in plan_ids or (row.role, row.clause_id) != (agency.role, agency.clause_id)
            for plan_id, row in duties
        ):
            yield f"agency {agency.name} has no role {agency.role} in clause {agency.clause_id}"
        if agency.name not in answer.answer:
            yield f"agency {agency.name} is not named in the answer"
    for indicator in answer.indicators:
        if all(sources.shelf.row(plan_id, indicator) is None for plan_id in plan_ids):
            yield f"indicator {indicator.indicator_id} is not a row of the plan"
