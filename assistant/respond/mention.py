"""Where a plan speaks of something: every clause that holds the words, found by reading all of them."""

from __future__ import annotations

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from assistant.respond.phrasing import one_line
from assistant.respond.value import say_bodies
from corpus import Clause
from index import Passage
from index.passages import make_passages

_SHOWN = 6  # clauses whose sentences are shown; of more only the headings
_WITH_BODIES = 3


def mentions(reading: Reading) -> tuple[Passage, ...]:
    """Return the first sentence of every clause that holds the subject of a question, in the plan's order.

    The subject counts as held where it stands word for word, or where all its words stand in one sentence.
    """
    words = [word for word in reading.subject.words if len(word) > 1] or list(reading.subject.words)
    if not words:
        return ()
    joined = "".join(words)
    wanted = [joined] if joined in _plain(reading.plan.text) else words
    found: dict[str, Passage] = {}
    for passage in make_passages(reading.plan):
        text = _plain(passage.text)
        if passage.kind != "bodies" and all(word in text for word in wanted):
            found.setdefault(passage.clause_id, passage)
    for clause in reading.plan.clauses:
        if clause.clause_id not in found and clause.title and all(word in _plain(clause.title) for word in wanted):
            found[clause.clause_id] = _heading(reading, clause)
    return tuple(sorted(found.values(), key=lambda passage: passage.start))


def _heading(reading: Reading, clause: Clause) -> Passage:
    at = clause.start + clause.text.index(clause.title)
    end = at + len(clause.title)
    plan = reading.plan
    return Passage(plan.plan_id, clause.clause_id, at, end, plan.text[at:end], "heading", clause.label, "")


def _plain(text: str) -> str:
    return "".join(text.lower().split())


def respond_mention(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """List the clauses of the evidence's passages, each with its sentence."""
    draft.say(f"方案中讲到这一内容的共 {draft.compute(len(evidence.passages))} 条：")
    lines = []
    for passage in evidence.passages:
        marker = draft.cite(passage.clause_id, passage.start, passage.end)
        label = draft.plan.clause(passage.clause_id).label
        lines.append(f"- **{label}**{marker}")
        if len(evidence.passages) <= _SHOWN:
            lines.append(f"\n> {one_line(passage.text)}{marker}\n")
    draft.say("\n".join(lines))
    clause_ids = [passage.clause_id for passage in evidence.passages]
    if len(clause_ids) <= _WITH_BODIES:
        say_bodies(draft, clause_ids)
    return draft
