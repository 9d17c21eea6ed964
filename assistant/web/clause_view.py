"""One clause as the chat shows it beside an answer: its words with the quoted ones marked, its bodies and targets."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.addresses import Quoted, body_address, plan_address
from assistant.web.body_list import BodyList
from assistant.web.marking import Marker, Span
from assistant.web.plan_page import lines, target_of
from assistant.web.templates import render
from corpus.model import Plan


def clause_html(plan: Plan, clause_id: str, quoted: Sequence[Quoted] = ()) -> str:
    """Return a clause of ``plan``; ``KeyError`` where it has none of that id."""
    clause = plan.clause(clause_id)
    here = [one for one in quoted if clause.start <= one.start and one.end <= clause.end]
    # The shorter first: of two that overlap the marker shows the earlier of the list, and both must be found.
    shortest = sorted(here, key=lambda one: one.end - one.start)
    marker = Marker([Span(one.start, one.end, f"quote-{one.marker}") for one in shortest])
    bodies = BodyList(plan)
    first = (here[0].start, here[0].end) if here else ()
    return render(
        "clause.html.j2",
        plan=plan,
        clause=clause,
        lines=list(lines(clause, marker)),
        quotes=[one.marker for one in here],
        parts=bodies.duties(clause_id),
        targets=[target_of(plan, row) for row in plan.targets(clause_id)],
        link_of={name: body_address(plan.plan_id, name) for name in bodies.names(clause_id)},
        link=plan_address(plan.plan_id, clause_id, *first),
    )
