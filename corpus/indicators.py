"""Proposes the targets of any plan.

A sentence is read phrase by phrase; what was said before (the term, 力争 at the head of a list, the year compared with,
the indicator last named) holds until the sentence says otherwise. What is not said is left empty: a sentence without a
year has no target year, whatever the plan's period is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.asides import compares, find_grants, tells_of_the_past
from corpus.drafts import Context, Draft
from corpus.leads import Lead, read_lead
from corpus.model import Clause, Indicator
from corpus.number_targets import read_numbers
from corpus.phrases import Phrase, split_sentences
from corpus.standing import Standing, line_at, read_box, strikes
from corpus.target_words import read_target_words
from corpus.word_targets import read_words

# 二、主要目标, but not 目标责任考核.
AIMS = re.compile(r"目标(?!责任|考核|管理|分解)")
# What runs on for longer without a comma is a table or no prose.
LONGEST = 800


def extract_indicators(text: str, clauses: Sequence[Clause]) -> tuple[Indicator, ...]:
    """Return the targets that the clauses of a plan state, in the plan's order.

    >>> words = "到2025年，绿色防控、统防统治覆盖率分别达到55%、45%，力争回收率不低于90%。"
    >>> rows = extract_indicators(words, [Clause("1", "一、", "", words, 0, len(words), 1)])
    >>> [(row.name, row.comparator, row.value, row.unit, row.target_year, row.strength) for row in rows]
    [('绿色防控覆盖率', '=', '55', '%', 2025, 'firm'), ('统防统治覆盖率', '=', '45', '%', 2025, 'firm'),
     ('回收率', '>=', '90', '%', 2025, 'strive')]
    """
    titles = {clause.clause_id: clause.title for clause in clauses}
    rows: list[Indicator] = []
    left_open: dict[str, Standing] = {}
    for clause in clauses:
        framed = any(AIMS.search(title) for title in (clause.title, titles.get(clause.parent_id or "", "")))
        standing = left_open.get(clause.parent_id or "", Standing())
        found, left_open[clause.clause_id] = _read_clause(text, clause, standing, framed=framed)
        drafts = dict.fromkeys(found)
        rows.extend(_indicator(draft, text, clause, number) for number, draft in enumerate(drafts, 1))
    # The year that a plan compares with is over when it is written: what was so in that year is no target.
    past = max((row.base_year for row in rows if row.base_year), default=0)
    return tuple(row for row in rows if row.target_year is None or row.target_year > past)


def _read_clause(text: str, clause: Clause, standing: Standing, *, framed: bool) -> tuple[tuple[Draft, ...], Standing]:
    """Return a clause's targets and what its last line says of the clauses under it (到2025年，目标如下：)."""
    found: tuple[Draft, ...] = ()
    heard = Standing()
    line = ""
    introduces = False
    for sentence in split_sentences(text, clause):
        if not sentence:
            continue
        below = line_at(text, sentence[0].places[0])
        if below != line:
            over = heard if framed and heard.dates and not strikes(line) and strikes(below) else standing
            line, heard, standing = below, Standing(), over.over(below)
        if box := read_box(line):
            standing = box
            continue
        drafts, context = _read_sentence(text, sentence, standing, found, framed=framed)
        found += drafts
        strive = heard.strive or any(read_lead(phrase).strive for phrase in sentence)
        heard = Standing(context.dates or heard.dates, strive)
        introduces = sentence[-1].mark in "：:"
        # 到 2025 年，主要目标如下： governs the lines that follow.
        if introduces and heard.dates:
            standing = heard
    return found, standing if introduces else Standing()


def _read_sentence(
    text: str, sentence: Sequence[Phrase], standing: Standing, earlier: tuple[Draft, ...], *, framed: bool
) -> tuple[tuple[Draft, ...], Context]:
    context = Context(
        dates=standing.dates,
        framed=framed or bool(standing.dates),
        strive=standing.strive,
        governed=standing.strive,
        past=tells_of_the_past(sentence),
        earlier=earlier,
    )
    rows: tuple[Draft, ...] = ()
    for phrase, grants in zip(sentence, find_grants(sentence), strict=True):
        found, context = _read_phrase(text, phrase, replace(context, benefit=grants))
        rows += found
    return rows, context


def _read_phrase(text: str, phrase: Phrase, context: Context) -> tuple[tuple[Draft, ...], Context]:
    lead = read_lead(phrase)
    context = _hear(lead, phrase, context)
    found: tuple[Draft, ...] = ()
    silent = context.past or (context.benefit and not context.framed) or compares(phrase, context)
    if lead.end < len(phrase.text) <= LONGEST and not silent:
        found = read_numbers(text, phrase, lead, context) or read_words(text, phrase, lead, context)
    context = context.after(found) if found else replace(context, verb="")
    if phrase.mark in "；;":
        context = replace(context, strive=context.governed, verb="", versus=None)
    labelled = phrase.mark in "：:" and lead.end < len(phrase.text)
    label, start = (phrase.text[lead.end :], phrase.places[lead.end]) if labelled else ("", 0)
    return found, replace(context, label=label, label_start=start)


def _hear(lead: Lead, phrase: Phrase, context: Context) -> Context:
    """Add what a phrase says of all that follows."""
    words = read_target_words().lists["lead"]
    past = (
        lead.past or phrase.text.startswith(words["past"]) or phrase.text[lead.end :].startswith(("已", *words["past"]))
    )
    # 力争 at the head of the list governs the list; in its middle (…，力争 A 不低于 43%，B 达到 80%) only its own phrase.
    # A new term begins a new list.
    opens = lead.strive and (context.last is None or bool(lead.dates))
    strive = opens or (context.strive and not lead.dates)
    return replace(
        context,
        dates=lead.dates or context.dates,
        versus=lead.versus or context.versus,
        framed=context.framed or bool(lead.dates) or lead.term,
        strive=strive and not lead.assure,
        past=context.past or past,
    )


def _indicator(draft: Draft, text: str, clause: Clause, number: int) -> Indicator:
    return Indicator(
        indicator_id=f"c{clause.clause_id.replace('.', '-')}-{number}",
        name=draft.name,
        comparator=draft.comparator,
        value=draft.value,
        unit=draft.unit,
        direction=draft.direction,
        target_year=draft.target_year,
        period=draft.period,
        base_year=draft.base_year,
        strength=draft.strength,
        clause_id=clause.clause_id,
        quote=text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
    )
