"""Answer, refuse or ask back: decided by the program from the reading and the evidence, before anything is written.

A slot that the question names and the evidence lacks (another year, another place, money, a person) is what makes
``not_stated`` right; nothing of the neighbourhood is offered in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answer import Status
from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.reading import Evidence, Reading, Series
from assistant.respond.term import find_definition
from assistant.respond.value import matches
from assistant.retrieve import only
from corpus.dates import find_dates

# Thresholds on calibrated shares; see the curve in docs/decisions/0006-refusal.md.
ANSWERED = 0.5
SERIES = 0.5
OUT_OF_SCOPE = 0.35
_MONEY = re.compile(r"元|亿")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question. ``reason`` is a key of the refusals, or the sentence that asks back."""

    status: Status
    intent: Intent
    evidence: Evidence
    reason: str = ""
    choices: tuple[str, ...] = ()


def decide(reading: Reading, evidence: Evidence) -> Decision:
    """Return the decision for one question."""
    if lexicon().injection.search(reading.text):
        return Decision("out_of_scope", "other", evidence)
    intent = reading.intent
    if intent in ("smalltalk", "other") or _nothing_known(evidence):
        if evidence.confidence < OUT_OF_SCOPE or (intent in ("smalltalk", "other") and evidence.confidence < 0.8):
            return Decision("out_of_scope", intent, evidence)
        intent = "content" if intent in ("smalltalk", "other") else intent
    if reason := missing_slot(reading, evidence):
        return Decision("not_stated", intent, evidence, reason)
    return _BY_INTENT.get(intent, _decide_content)(replace(reading, intent=intent), evidence)


def _nothing_known(evidence: Evidence) -> bool:
    return evidence.signals.get("known", 1.0) < 0.25 and evidence.signals.get("likeness", 1.0) < 0.84


def missing_slot(reading: Reading, evidence: Evidence) -> str:
    """Return why the plan cannot answer whatever the subject is; empty where nothing named is missing."""
    links = reading.links
    if links.missing_clauses and not links.clauses:
        return "clause"
    if links.unknown_bodies and not links.agencies and reading.intent in ("tasks", "content", "value"):
        return "body"
    if links.other_periods:
        return "period"
    if reading.asks("contact"):
        return "contact"
    if reading.asks("person") and reading.intent in ("who", "value", "content", "other"):
        return "person"
    if reading.asks("actual") and reading.intent in ("value", "content", "table"):
        return "actual"
    if reading.asks("money") and not any(_MONEY.search(passage.text) for passage in evidence.passages):
        return "money"
    if links.places and not _names_place(reading, evidence):
        return "place"
    return ""


def _names_place(reading: Reading, evidence: Evidence) -> bool:
    """Whether the evidence names every place that the question names."""
    text = "".join(passage.text for passage in evidence.passages)
    return all(place in text for place in reading.links.places)


def _decide_value(reading: Reading, evidence: Evidence) -> Decision:
    chosen = choose_series(reading, evidence)
    if not chosen:
        return _value_without_series(reading, evidence)
    found = only(evidence, tuple(dict.fromkeys(series.clause_id for series, _ in chosen)), chosen)
    if reason := _wrong_year(reading, [series for series, _ in chosen]):
        return Decision("not_stated", "value", found, reason)
    if reading.asks("base_year") and not any(row.base_year for series, _ in chosen for row in series.rows):
        return Decision("not_stated", "value", found, "base_year")
    return Decision("answered", "value", found)


def choose_series(reading: Reading, evidence: Evidence) -> tuple[tuple[Series, float], ...]:
    """Return the indicators that a question means: all that it names, else the likeliest if likely enough."""
    ranked = evidence.series
    if not ranked:
        return ()
    if ranked[0][1] >= 1.0:
        return tuple(pair for pair in ranked if pair[1] >= 1.0)
    by_figure = [pair for pair in ranked if _claims(reading, pair[0])]
    if by_figure and reading.subject.is_empty:
        return tuple(by_figure)
    if ranked[0][1] < SERIES:
        return ()
    return (ranked[0],)


def _claims(reading: Reading, series: Series) -> bool:
    return any(matches(claim, row) for claim in reading.links.quantities for row in series.rows)


def _value_without_series(reading: Reading, evidence: Evidence) -> Decision:
    """A figure may stand in the text without being a target (a threshold); else the plan has no figure."""
    if evidence.confidence >= ANSWERED:
        if any(character.isdigit() for passage in evidence.passages[:2] for character in passage.text):
            return Decision("answered", "content", evidence)
        return Decision("not_stated", "value", evidence, "figure")
    return Decision("not_stated", "value", evidence, "subject")


def _wrong_year(reading: Reading, chosen: list[Series]) -> str:
    """Return ``year`` where the question names a year that none of the chosen targets is set for."""
    if not reading.links.years:
        return ""
    known = {year for series in chosen for row in series.rows for year in _years_of(row)}
    return "" if any(year in known for year in reading.links.years) else "year"


def _years_of(row: object) -> set[int]:
    years = {getattr(row, "target_year", None), getattr(row, "base_year", None)}
    period = getattr(row, "period", None) or ""
    years |= {year for date in find_dates(period) for year in (getattr(date, "year", None),)}
    return {year for year in years if year}


def _decide_who(reading: Reading, evidence: Evidence) -> Decision:
    if reading.links.clauses:
        return Decision("answered", "who", only(evidence, reading.links.clauses))
    if "carried" in evidence.signals:
        return Decision("answered", "who", evidence)
    strong = [pair for pair in choose_series(reading, evidence) if pair[1] >= 0.8 or _claims(reading, pair[0])]
    if strong:
        clauses = tuple(dict.fromkeys(series.clause_id for series, _ in strong))
        return Decision("answered", "who", only(evidence, clauses, tuple(strong)))
    if reading.subject.is_empty:
        return Decision("clarify", "who", evidence, "请写出想问的任务或指标，我就能查到责任单位，例如：")
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "who", evidence, "subject")
    return Decision("answered", "who", only(evidence, evidence.clauses[:1]))


def _decide_tasks(reading: Reading, evidence: Evidence) -> Decision:
    if not reading.links.agencies:
        return Decision("not_stated", "tasks", evidence, "body")
    scoped = (
        evidence if evidence.confidence >= ANSWERED and not reading.subject.is_empty else replace(evidence, clauses=())
    )
    held = {row.clause_id for row in reading.plan.responsibilities if row.name in reading.links.names}
    near = tuple(clause_id for clause_id in scoped.clauses[:1] if clause_id in held)
    return Decision("answered", "tasks", replace(scoped, clauses=near))


def _decide_content(reading: Reading, evidence: Evidence) -> Decision:
    if reading.subject.is_empty and not reading.links.clauses and "carried" not in evidence.signals:
        return Decision("clarify", "content", evidence, "请写出想了解的任务、指标或单位，例如：")
    if reading.links.clauses and not evidence.passages:
        return Decision("answered", "outline", evidence)
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "content", evidence, "subject")
    return Decision("answered", "content", replace(evidence, series=()))


def _decide_term(reading: Reading, evidence: Evidence) -> Decision:
    if find_definition(reading):
        return Decision("answered", "term", evidence)
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "term", evidence, "subject")
    return Decision("answered", "term", replace(evidence, series=()))


def _decide_table(reading: Reading, evidence: Evidence) -> Decision:
    """Find what the table is limited to: named indicators, named clauses, or the rows that the subject covers."""
    if "carried" in evidence.signals:
        return Decision("answered", "table", evidence)
    named = tuple(pair for pair in evidence.series if pair[1] >= 1.0)
    if len(named) > 1 or (named and reading.asks("difference", "compare", "ratio", "sum")):
        return Decision("answered", "table", replace(evidence, series=named, clauses=()))
    scope = reading.links.clauses or reading.titled
    if scope or reading.subject.is_empty:
        return Decision("answered", "table", replace(evidence, series=(), clauses=scope))
    covered = tuple(pair for pair in evidence.series if pair[1] >= SERIES) if named else evidence.covered
    if covered:
        signals = {**evidence.signals, "by_subject": 1.0}
        return Decision("answered", "table", replace(evidence, series=covered, clauses=(), signals=signals))
    return Decision("answered", "table", replace(evidence, series=(), clauses=()))


def _decide_whole(reading: Reading, evidence: Evidence) -> Decision:
    return Decision("answered", reading.intent, evidence)


_BY_INTENT = {
    "value": _decide_value,
    "who": _decide_who,
    "tasks": _decide_tasks,
    "content": _decide_content,
    "term": _decide_term,
    "table": _decide_table,
    "register": _decide_whole,
    "outline": _decide_whole,
}
