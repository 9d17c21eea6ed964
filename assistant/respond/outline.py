"""The document itself: its chapters and clauses, what one of them says, its title, issuer and period."""

from __future__ import annotations

import re

from assistant.draft import Draft, heading_length
from assistant.reading import Evidence, Reading, series_in
from assistant.respond.phrasing import clause_name
from assistant.respond.refuse import respond_not_stated
from assistant.respond.value import one_line, say_bodies
from assistant.respond.who import target_sentence
from corpus import Clause, Plan

_SENTENCE_END = re.compile(r"(?<=[。！？])")
LONG_CLAUSE = 320  # characters of a clause shown whole; of a longer one the sentences at its beginning


def respond_outline(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Answer from the clause tree, or from the plan's own title and metadata."""
    if reading.links.clauses:
        for clause_id in reading.links.clauses:
            _describe(reading, draft, reading.plan.clause(clause_id))
        return draft
    if reading.asks("issuer"):
        return _fact(reading, draft, reading.plan.issuer, "印发单位")
    if reading.asks("period") and not reading.asks("chapters", "sections"):
        return _fact(reading, draft, reading.plan.period, "实施时期")
    if reading.asks("title") and not reading.asks("chapters", "sections"):
        return _fact(reading, draft, reading.plan.title, "全称")
    if reading.asks("purpose") and reading.plan.has_clause("0"):
        _describe(reading, draft, reading.plan.clause("0"))
        return draft
    return _contents(reading, draft)


def _fact(reading: Reading, draft: Draft, value: str, what: str) -> Draft:
    """Say a fact of the document that stands in its text; one that does not stand there is not said."""
    at = reading.plan.text.find(value) if value else -1
    if at < 0:
        return respond_not_stated(reading, Evidence(), draft, "subject")
    clause = reading.plan.clause_at(at)
    draft.say(f"方案的{what}：**{value}**{draft.cite(clause.clause_id, at, at + len(value))}。")
    return draft


def chapters(plan: Plan) -> list[Clause]:
    """Return the clauses of the first level, without the words before the first of them."""
    return [clause for clause in plan.clauses if clause.parent_id is None and not clause.clause_id.endswith("0")]


def _contents(reading: Reading, draft: Draft) -> Draft:
    """List the chapters and how many sections each has."""
    top = chapters(reading.plan)
    lines = []
    total = 0
    for clause in top:
        sections = list(reading.plan.children(clause.clause_id))
        total += len(sections)
        lines.append(f"- {clause.label}{draft.cite_heading(clause)}")
        lines.extend(f"    - {section.label}{draft.cite_heading(section)}" for section in sections)
    draft.say(f"方案共 {draft.compute(len(top))} 章、{draft.compute(total)} 条：", "\n".join(lines))
    return draft


def _describe(reading: Reading, draft: Draft, clause: Clause) -> None:
    """Say what one clause is called and says; of a chapter, which sections it has."""
    sections = list(reading.plan.children(clause.clause_id))
    marker = draft.cite_heading(clause)
    if sections:
        draft.say(f"{clause_name(clause)}{marker}，下设 {draft.compute(len(sections))} 条：")
        draft.say("\n".join(f"- {section.label}{draft.cite_heading(section)}" for section in sections))
        return
    draft.say(f"{clause_name(clause)}{marker}，原文：")
    start, end = _opening(reading.plan, clause)
    draft.say(f"> {one_line(reading.plan.text[start:end])}{draft.cite(clause.clause_id, start, end)}")
    targets = reading.plan.targets(clause.clause_id)
    if targets and end < targets[-1].end:
        draft.say(
            "这一条的目标：",
            "\n".join(f"- {target_sentence(draft, row)}" for row in series_in(reading.plan, clause.clause_id)),
        )
    else:
        draft.use_rows(targets)
    say_bodies(draft, [clause.clause_id])


def _opening(plan: Plan, clause: Clause) -> tuple[int, int]:
    """Return the span of the clause's text without heading and brackets, cut after whole sentences when long."""
    start = clause.start + heading_length(clause)
    while start < clause.end and plan.text[start] in "。．. \n　":
        start += 1
    bodies = [row.start for row in plan.responsibilities if row.clause_id == clause.clause_id and row.start >= start]
    bracket = plan.text.rfind("（", start, bodies[0]) if bodies and bodies[0] < clause.end else -1
    limit = bracket if bracket >= start else clause.end
    end = start
    for sentence in _SENTENCE_END.split(plan.text[start:limit]):
        if end > start and end + len(sentence) - start > LONG_CLAUSE:
            break
        end += len(sentence)
    while end > start and plan.text[end - 1] in " \n　":
        end -= 1
    return start, end
