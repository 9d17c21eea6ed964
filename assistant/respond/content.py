"""What the plan says on a subject: its own sentences, whole, in its own order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from assistant.respond.deadline import say_deadlines, tells_time
from assistant.respond.items import asked_listings, say_listings
from assistant.respond.mention import respond_mention
from assistant.respond.phrasing import clause_name, one_line
from assistant.respond.value import say_bodies
from assistant.subject import unused_words
from corpus.dates import find_dates
from corpus.quantities import find_quantities
from index import Passage

LOOSE = "方案没有完全照您的说法写，意思最接近的内容是："


def respond_content(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Quote the passages of the evidence under the clause they stand in, then name the responsible bodies."""
    if "mention" in evidence.signals:
        return respond_mention(reading, evidence, draft)
    if listings := asked_listings(reading, evidence):
        say_listings(draft, listings)
        say_bodies(draft, list(dict.fromkeys(one.passage.clause_id for one in listings)))
        return draft
    ordered = sorted(evidence.passages, key=lambda passage: passage.start)
    clause_ids = list(dict.fromkeys(passage.clause_id for passage in ordered))
    told = "carried" in evidence.signals or "worded" in evidence.signals
    pointed_at = told or reading.links.clauses or reading.titled or reading.english
    if say_deadlines(reading, draft, clause_ids[:1]):
        draft.say("有关的内容是：")
    elif lacking := lacking_figure(reading, ordered):
        draft.say(lacking)
    elif not pointed_at and unused_words(reading.subject, reading.plan, otherwise=True):
        draft.say(LOOSE)
    if len(clause_ids) > 1:
        draft.say("方案在下面几处讲到这一内容：")
    for clause_id, group in itertools.groupby(ordered, key=lambda passage: passage.clause_id):
        name = clause_name(reading.plan.clause(clause_id))
        passages = list(group)
        _say_opening(draft, clause_id)
        draft.say(f"{name}中写道：" if len(clause_ids) > 1 else f"方案在{name}中写道：")
        draft.say("\n".join(_quote(draft, passage) for passage in passages))
        _use_targets(draft, passages)
    say_bodies(draft, clause_ids)
    return draft


def lacking_figure(reading: Reading, passages: Sequence[Passage]) -> str:
    """Return what to say where a figure or a time is asked for and the passages tell none; empty where they may."""
    if reading.asks("where"):
        return ""
    if reading.asks("year") and not any(find_dates(passage.text) for passage in passages):
        return "方案没有写明这件事的时间，有关的内容是："
    figure = any(find_quantities(passage.text) or tells_time(passage.text) for passage in passages)
    if reading.asks("measure") and not figure:
        return "方案没有写明这一项的具体数字，有关的内容是："
    return ""


def _say_opening(draft: Draft, clause_id: str) -> None:
    """Quote the line that a listed item goes on from: without 禁止下列行为： what is forbidden would read as allowed."""
    clause = draft.plan.clause(clause_id)
    if clause.title or clause.parent_id is None:
        return
    above = draft.plan.clause(clause.parent_id)
    end = above.start + len(above.text.rstrip())
    start = draft.plan.text.rfind("\n", above.start, end) + 1 or above.start
    if draft.plan.text[end - 1] in "：:" and (name := f"方案在{clause_name(above)}中写道：") not in draft.lines:
        draft.say(name, f"> {one_line(draft.plan.text[start:end])}{draft.cite(above.clause_id, start, end)}\n")


def _quote(draft: Draft, passage: Passage) -> str:
    marker = draft.cite(passage.clause_id, passage.start, passage.end)
    return f"> {one_line(passage.text)}{marker}\n"


def _use_targets(draft: Draft, passages: list[Passage]) -> None:
    """Join the table's rows whose words stand in a quoted passage."""
    for passage in passages:
        draft.use_rows(
            row
            for row in draft.plan.indicators
            if passage.start <= row.start and row.end <= passage.end and row.clause_id == passage.clause_id
        )
