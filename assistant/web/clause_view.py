"""One clause as the chat shows it beside an answer: its words with the quoted ones marked, its bodies and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote as escaped

from assistant.web.body_list import BodyList
from assistant.web.marking import Marker, Span
from assistant.web.plan_page import lines, target_of
from assistant.web.templates import address, render
from corpus.model import Plan

_QUOTED = re.compile(r"(\d{1,3})-(\d{1,9})-(\d{1,9})", re.ASCII)
MOST_QUOTED = 100


class Quoted(NamedTuple):
    """A quotation of an answer: its marker, and its range in the plan's text."""

    marker: int
    start: int
    end: int


def clause_address(plan_id: str, clause_id: str, quoted: Iterable[Quoted]) -> str:
    """Return where a clause is found with these quotations marked.

    >>> clause_address("p", "3.4", [Quoted(1, 10, 12), Quoted(3, 14, 18)])
    '/clause/p/3.4?quote=1-10-12&quote=3-14-18'
    """
    told = [f"{one.marker}-{one.start}-{one.end}" for one in quoted]
    return address(f"{address('/clause', plan_id)}/{escaped(clause_id, safe='')}", quote=told)


def read_quoted(told: Sequence[str]) -> list[Quoted]:
    """Read what :func:`clause_address` wrote; anything else is passed over.

    >>> read_quoted(["1-10-12", "2-5", "x", "3-9-4"])
    [Quoted(marker=1, start=10, end=12)]
    """
    found = (_QUOTED.fullmatch(text) for text in told[:MOST_QUOTED])
    rows = (Quoted(*map(int, one.groups())) for one in found if one)
    return [row for row in rows if row.start < row.end]


def clause_html(plan: Plan, clause_id: str, quoted: Sequence[Quoted] = ()) -> str:
    """Return a clause of ``plan``; ``KeyError`` where it has none of that id."""
    clause = plan.clause(clause_id)
    here = [one for one in quoted if clause.start <= one.start and one.end <= clause.end]
    # The shorter first: of two that overlap the marker shows the earlier of the list, and both must be found.
    shortest = sorted(here, key=lambda one: one.end - one.start)
    marker = Marker([Span(one.start, one.end, f"quote-{one.marker}") for one in shortest])
    bodies = BodyList(plan)
    first = here[0] if here else None
    return render(
        "clause.html.j2",
        plan=plan,
        clause=clause,
        lines=list(lines(clause, marker)),
        quotes=[one.marker for one in here],
        parts=bodies.duties(clause_id),
        targets=[target_of(plan, row) for row in plan.targets(clause_id)],
        link_of={name: address("/bodies", plan.plan_id, "picked", body=name) for name in bodies.names(clause_id)},
        link=plan_address(plan.plan_id, clause_id, first),
    )


def plan_address(plan_id: str, clause_id: str, quoted: Quoted | None = None) -> str:
    """Return the address of a clause in the plan's own page, of the quoted words where there are some.

    >>> plan_address("p", "3.4", Quoted(1, 10, 12))
    '/plan/p?clause=3.4&from=10&to=12#quote'
    """
    if quoted is None:
        return address("/plan", plan_id, clause=clause_id)
    return address("/plan", plan_id, "quote", clause=clause_id, **{"from": quoted.start, "to": quoted.end})
