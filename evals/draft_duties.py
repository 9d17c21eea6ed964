"""Questions drafted from a plan's clauses and the bodies that are responsible for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.model import Clause, Plan, Responsibility
from evals.draft_words import Sketch, ask, counted, listed, passed_over, phrases, sketch, subject_of

MOST_BODIES = 8  # bodies whose tasks are asked for
MOST_COUNTS = 3
MOST_PARTS = 2
MOST_TERMS = 8
MOST_CONTENTS = 6
LONGEST_MEANING = 30


def duty_sketches(plan: Plan) -> Iterator[Sketch]:
    """Yield who is responsible for each clause, what bodies have to do, counts, terms, contents and follow-ups."""
    clauses = [clause for clause in plan.clauses if plan.bodies(clause.clause_id) and subject_of(clause, plan)]
    for clause in clauses:
        yield sketch("who", _who(clause, plan), _all_of(clause, plan), label=clause.label)
    yield from _parts(clauses, plan)
    yield from _tasks(plan)
    yield from _terms(plan)
    yield from _contents(plan)
    for before, clause in itertools.pairwise(clauses[:2]):
        question = ask("and_subject", subject=subject_of(clause, plan))
        yield sketch("follow", question, _all_of(clause, plan), history=[_who(before, plan)])
    for question in listed("outside"):
        yield sketch("outside", question, {"status": "out_of_scope"})
    for question in listed("unclear"):
        yield sketch("unclear", question, {"status": "clarify"})


def _who(clause: Clause, plan: Plan) -> str:
    leads = any(row.role == "lead" for row in plan.bodies(clause.clause_id))
    return ask("led" if leads else "done", subject=subject_of(clause, plan))


def _all_of(clause: Clause, plan: Plan) -> dict[str, Any]:
    bodies = [_gold(row) for row in plan.bodies(clause.clause_id)]
    return {"clauses": [clause.clause_id], "agencies": bodies, "agencies_exact": True}


def _gold(row: Responsibility) -> dict[str, str]:
    return {"name": row.name, "role": row.role, "clause_id": row.clause_id}


def _parts(clauses: Sequence[Clause], plan: Plan) -> Iterator[Sketch]:
    """Ask for a body that a clause names, and for one that it does not."""
    several = [clause for clause in clauses if len(plan.bodies(clause.clause_id)) > 1]
    everybody = _bodies(plan)
    for clause in several[:MOST_PARTS]:
        subject, own = subject_of(clause, plan), plan.bodies(clause.clause_id)
        last = next((row for row in reversed(own) if row.role != "local"), own[-1])
        expect = {"clauses": [clause.clause_id], "agencies": [_gold(last)]}
        yield sketch("part", ask("in_list", subject=subject, body=last.name), expect, label=clause.label)
        absent = next((name for name in everybody if all(name != row.name for row in own)), None)
        # A body within a longer name (省能源局 in 国家能源局…) would make both answers right.
        if absent and not any(absent in row.name or row.name in absent for row in own):
            question = ask("in_list", subject=subject, body=absent)
            yield sketch("part", question, {"must_any": [phrases("no")]}, label=clause.label)


def _tasks(plan: Plan) -> Iterator[Sketch]:
    leads = {name: rows for name in _bodies(plan) if (rows := _duties(plan, name, lead=True))}
    for name in list(leads)[:MOST_BODIES] or _bodies(plan)[:MOST_BODIES]:
        rows = leads.get(name) or _duties(plan, name)
        expect = {"clauses": [row.clause_id for row in rows], "agencies": [_gold(row) for row in rows]}
        yield sketch("tasks", ask("leads" if leads else "tasks", body=name), _once(expect))
    several = [(name, len(rows)) for name, rows in leads.items() if len(rows) > 1]
    for name, number in several[:MOST_COUNTS]:
        expect = {"must_any": [counted(number, phrases("tasks"))]}
        yield sketch("count", ask("leads_count", body=name), expect)
    chapters = [one for one in plan.clauses if one.parent_id is None and one.clause_id.isdecimal() and one.level == 1]
    parts = any(not one.clause_id[0].isdecimal() for one in plan.clauses)
    if len(chapters) > 1 and not parts:
        expect = {"must_any": [counted(len(chapters), phrases("chapters"))]}
        yield sketch("count", ask("chapters"), expect)


def _once(expect: dict[str, Any]) -> dict[str, Any]:
    return expect | {"clauses": list(dict.fromkeys(expect["clauses"]))}


def _bodies(plan: Plan) -> list[str]:
    """Return the bodies with duties of their own, those with most of them first."""
    counts: dict[str, int] = {}
    for row in plan.responsibilities:
        counts[row.name] = counts.get(row.name, 0) + (row.role != "local")
    return sorted((name for name, count in counts.items() if count), key=lambda name: -counts[name])


def _duties(plan: Plan, name: str, *, lead: bool = False) -> list[Responsibility]:
    found: dict[tuple[str, str], Responsibility] = {}
    for row in plan.responsibilities:
        if row.name == name and (row.role == "lead" or not lead):
            found.setdefault((row.clause_id, row.role), row)
    return list(found.values())


def _terms(plan: Plan) -> Iterator[Sketch]:
    seen: set[str] = set()
    for row in plan.definitions:
        if row.term in seen or passed_over(row.term) or len(seen) == MOST_TERMS:
            continue
        seen.add(row.term)
        said = {"must": [row.meaning]} if len(row.meaning) <= LONGEST_MEANING else {}
        label = plan.clause(row.clause_id).label
        yield sketch("term", ask("term", term=_quoted(row.term)), {"clauses": [row.clause_id], **said}, label=label)


def _quoted(term: str) -> str:
    """Put a term in quotation marks unless it has some.

    >>> _quoted("双控"), _quoted("“两高”项目")
    ('“双控”', '“两高”项目')
    """
    return term if set(term) & set("“”《》") else f"“{term}”"


def _contents(plan: Plan) -> Iterator[Sketch]:
    titled = [one for one in plan.clauses if one.title and subject_of(one, plan) == one.title]
    inner = [one for one in titled if not any(plan.children(one.clause_id))]
    step = max(1, len(inner) // MOST_CONTENTS)
    for clause in inner[::step][:MOST_CONTENTS]:
        yield sketch(
            "content", ask("content", subject=clause.title), {"clauses": [clause.clause_id]}, label=clause.label
        )
