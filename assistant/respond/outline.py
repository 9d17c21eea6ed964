"""The document itself: its chapters and clauses, what one of them says, its title, issuer and period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from assistant.draft import Draft, heading_length
from assistant.reading import Evidence, Reading, series_in
from assistant.respond.deadline import say_deadlines
from assistant.respond.phrasing import clause_name, enclosing_span, is_bracket, one_line, rounded
from assistant.respond.refuse import respond_not_stated
from assistant.respond.value import say_bodies
from assistant.respond.who import target_sentence
from corpus import Clause, Plan

_SENTENCE_END = re.compile(r"(?<=[。！？])")
LONG_CLAUSE = (
    320  # characters of a clause shown whole; of a longer one the sentences at its beginning, unless all is asked
)

CUT = "原文较长，下面是开头几句（要看全文，接着说全文即可）："


def respond_outline(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Answer from the clause tree, or from the plan's own title and metadata."""
    named = reading.links.clauses or reading.titled or reading.chapters or _carried(evidence)
    clauses = [reading.plan.clause(clause_id) for clause_id in named]
    counted = any(any(reading.plan.children(clause.clause_id)) for clause in clauses)
    if counted and len(clauses) > 1 and reading.asks("difference", "sum", "compare", "count", "ratio"):
        return _count_sections(reading, draft, clauses)
    say_deadlines(reading, draft, [clause.clause_id for clause in clauses])
    for clause in clauses:
        _describe(draft, clause, whole=reading.asks("whole"))
    if clauses:
        return draft
    if reading.asks("document"):
        return respond_not_stated(reading, Evidence(), draft, "document")
    if reading.asks("issuer"):
        return _fact(reading, draft, reading.plan.issuer, "印发单位")
    if reading.asks("period") and not reading.asks("chapters", "sections"):
        return _fact(reading, draft, reading.plan.period, "实施时期")
    if reading.asks("title") and not reading.asks("chapters", "sections"):
        return _fact(reading, draft, reading.plan.title, "全称")
    if reading.asks("purpose") and reading.plan.has_clause("0"):
        _describe(draft, reading.plan.clause("0"))
        return draft
    return _contents(reading, draft)


def _carried(evidence: Evidence) -> tuple[str, ...]:
    return evidence.clauses if "carried" in evidence.signals else ()


def _fact(reading: Reading, draft: Draft, value: str, what: str) -> Draft:
    """Say a fact of the document that stands in its text; one that does not stand there is not said."""
    at = reading.plan.text.find(value) if value else -1
    if at < 0:
        return respond_not_stated(reading, Evidence(), draft, "document")
    clause = reading.plan.clause_at(at)
    draft.say(f"方案的{what}：**{value}**{draft.cite(clause.clause_id, at, at + len(value))}。")
    return draft


def chapters(plan: Plan) -> list[Clause]:
    """Return the clauses of the first level, without the words before the first of them."""
    return [clause for clause in plan.clauses if clause.parent_id is None and clause.clause_id.split(".")[-1] != "0"]


def _contents(reading: Reading, draft: Draft) -> Draft:
    """List the chapters and the sections of each."""
    top = chapters(reading.plan)
    lines = []
    total = 0
    for clause in top:
        sections = list(reading.plan.children(clause.clause_id))
        total += len(sections)
        lines.append(f"- {clause.label}{draft.cite_heading(clause)}")
        lines.extend(f"    - {section.label}{draft.cite_heading(section)}" for section in sections)
    below = f"，下设 {draft.compute(total)} 条" if total else ""
    draft.say(f"方案共 {draft.compute(len(top))} 章{below}：", "\n".join(lines))
    return draft


def _count_sections(reading: Reading, draft: Draft, clauses: Sequence[Clause]) -> Draft:
    """Count the sections of several chapters, and add or subtract the counts in plain sight."""
    counts = [len(list(reading.plan.children(clause.clause_id))) for clause in clauses]
    for clause, count in zip(clauses, counts, strict=True):
        draft.say(f"{clause_name(clause)}有 {draft.compute(count)} 条{draft.cite_heading(clause)}。")
    if reading.asks("ratio") and len(counts) == 2 and all(counts):
        ratio, sign = rounded(Decimal(counts[0]) / counts[1])
        draft.say(f"{counts[0]} ÷ {counts[1]} {sign} {draft.compute(ratio)} 倍。")
    elif reading.asks("difference", "compare") and len(counts) == 2:
        high, low = sorted(counts, reverse=True)
        draft.say(f"相差：{high} − {low} = {draft.compute(high - low)} 条。")
    else:
        terms = " + ".join(str(count) for count in counts)
        draft.say(f"合计：{terms} = {draft.compute(sum(counts))} 条。")
    return draft


def _describe(draft: Draft, clause: Clause, whole: bool = False) -> None:
    """Say what one clause is called and says, to its end or how it begins; of a chapter, which sections it has."""
    sections = list(draft.plan.children(clause.clause_id))
    if sections and not any(section.title for section in sections):
        for part in (clause, *sections):  # （一）……；（二）……。 under 禁止下列行为：
            start, sentences = _sentences(draft.plan, part)
            end = start + sum(map(len, sentences))
            words = f"> {one_line(draft.plan.text[start:end])}{draft.cite(part.clause_id, start, end)}"
            draft.say(f"{clause_name(part)}，原文：", words)
        return
    marker = draft.cite_heading(clause)
    if sections:
        draft.say(f"{clause_name(clause)}{marker}共有 {draft.compute(len(sections))} 项：")
        draft.say("\n".join(f"- {section.label}{draft.cite_heading(section)}" for section in sections))
        return
    start, sentences = _sentences(draft.plan, clause)
    shown = sentences if whole else _opening(sentences)
    end = start + len("".join(shown).rstrip())
    lead = "原文：" if shown == sentences else CUT
    draft.say(f"{clause_name(clause)}{marker}，{lead}")
    draft.say(f"> {one_line(draft.plan.text[start:end])}{draft.cite(clause.clause_id, start, end)}")
    targets = draft.plan.targets(clause.clause_id)
    if targets and end < targets[-1].end:
        series = series_in(draft.plan, clause.clause_id)
        draft.say("这一条的目标：", "\n".join(f"- {target_sentence(draft, one)}" for one in series))
    else:
        draft.use_rows(targets)
    if clause.clause_id != "0":
        say_bodies(draft, [clause.clause_id])


def _sentences(plan: Plan, clause: Clause) -> tuple[int, list[str]]:
    """Return the sentences of the clause as they stand, without heading and brackets, and where the first of them begins."""
    start = clause.start + (heading_length(clause) if clause.title else 0)
    while start < clause.end - 1 and plan.text[start] in "。．. \n　":
        start += 1
    named = [row for row in plan.responsibilities if row.clause_id == clause.clause_id]
    rows = [row for row in named if start <= row.start < clause.end]
    brackets = {span[0] for row in rows if is_bracket(plan, *(span := enclosing_span(plan, row.start, row.end)))}
    # One bracket closes the clause; of several each stands behind a sentence, and all is shown.
    limit = min(brackets) if len(brackets) == 1 and min(brackets) > start else clause.end
    text = plan.text[start:limit].rstrip()
    return start, [one for one in _SENTENCE_END.split(text) if one]


def _opening(sentences: list[str]) -> list[str]:
    """Return as many of the first sentences as are read at a glance, at least one."""
    lengths = list(accumulate(map(len, sentences)))
    return [one for one, length in zip(sentences, lengths, strict=True) if length <= LONG_CLAUSE] or sentences[:1]
