"""The text of a plan as a page: contents, search, and beside every clause its bodies and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assistant.respond.phrasing import target, when
from assistant.web.addresses import body_address, plan_address
from assistant.web.body_list import BodyList
from assistant.web.frame import page
from assistant.web.marking import Marker, Span
from assistant.web.plan_search import MOST_SIGNS, Found, around, search
from assistant.web.templates import render
from corpus.model import Clause, Indicator, Plan

MOST_LISTED = 40  # clauses in the list of what was found; in the text everything is marked
DEEPEST = 6  # levels of headings in HTML
_CONTENTS_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: a heading of its own, words after it, or both."""

    heading: Markup
    words: Markup


@dataclass(frozen=True, slots=True)
class Target:
    """A target in words, and where its quotation stands."""

    name: str
    words: str
    time: str
    link: str


def plan_html(
    plan: Plan, clause_id: str = "", start: int = 0, end: int = 0, typed: str = "", *, plans: Sequence[Plan] = ()
) -> str:
    """Return the page of one plan.

    The characters from ``start`` to ``end`` are marked, as is the clause; ``typed`` is looked for and marked as well.
    """
    found, bodies = search(plan, typed), BodyList(plan)
    hits = [place for one in found for place in one.places]
    named = {place: f"hit-{number}" for number, place in enumerate(hits, 1)}
    spans = [Span(start, end, "quote"), *(Span(one.start, one.end, name, "hit") for one, name in named.items())]
    marker = Marker(spans)
    content = render(
        "plan.html.j2",
        plan=plan,
        plans=plans,
        facts=facts(plan),
        contents=[(clause, anchor(clause)) for clause in plan.clauses if _in_contents(clause)],
        heading_of=heading,
        clauses=[
            (clause, anchor(clause), list(lines(clause, marker)), bodies.duties(clause.clause_id))
            for clause in plan.clauses
        ],
        targets_of=_targets(plan),
        link_of={name: body_address(plan.plan_id, name) for name in bodies.bodies},
        here=clause_id,
        missing=clause_id and not plan.has_clause(clause_id),
        to_clause=clause_id if plan.has_clause(clause_id) and not start < end and not typed else "",
        typed=typed[:MOST_SIGNS],
        count=len(hits),
        found=[(one.clause, len(one.places), named[one.places[0]], _snippet(plan, one)) for one in found[:MOST_LISTED]],
        unlisted=len(found[MOST_LISTED:]),
        tag=lambda level: f"h{min(max(level, 1) + 1, DEEPEST)}",
    )
    return page(plan.title, content, "/plan", plan.plan_id)


def facts(plan: Plan) -> str:
    """Return who issued a plan, for where and when."""
    return " · ".join(filter(None, (plan.issuer, plan.region, plan.period)))


def anchor(clause: Clause) -> str:
    """Return the id of a clause in its page.

    >>> anchor(Clause("3.4", "三、（四）", "", "", 0, 0, 2))
    'clause-3.4'
    """
    return f"clause-{clause.clause_id}"


def heading(clause: Clause) -> str:
    """Return a clause's printed number and title; empty where it has no heading of its own."""
    return clause.text[: _heading_length(clause)].strip()


def target_of(plan: Plan, row: Indicator) -> Target:
    """Put a target into words, with the address of its quotation."""
    return Target(row.name, target(row), when(row), plan_address(plan.plan_id, row.clause_id, row.start, row.end))


def _targets(plan: Plan) -> dict[str, list[Target]]:
    rows: dict[str, list[Target]] = {}
    for row in plan.indicators:
        rows.setdefault(row.clause_id, []).append(target_of(plan, row))
    return rows


def _in_contents(clause: Clause) -> bool:
    return bool(clause.title) and clause.level <= _CONTENTS_LEVEL


def _snippet(plan: Plan, found: Found) -> Markup:
    left, right = around(plan, found)
    html = Marker([Span(one.start, one.end, "", "hit") for one in found.places]).html(plan.text[left:right], left)
    return Markup("…{}…").format(Markup(html.replace(' id=""', "")))  # noqa: S704 (the marker escapes every word)


def _heading_length(clause: Clause) -> int:
    return clause.text.find(clause.title) + len(clause.title) if clause.title else 0


def lines(clause: Clause, marker: Marker) -> Iterator[Line]:
    """Yield the paragraphs of a clause, with what is to be marked in them."""
    heading_end = _heading_length(clause)
    offset = 0
    for line in clause.text.split("\n"):
        if line.strip():
            border = min(max(heading_end - offset, 0), len(line))
            at = clause.start + offset
            yield Line(marker.html(line[:border], at), marker.html(line[border:], at + border))
        offset += len(line) + 1
