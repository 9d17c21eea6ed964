"""Answer, refuse or ask back: decided by the program from the reading and the evidence, before anything is written.

A slot that the question names and the evidence lacks (another year, another place, money, a person) is what makes
``not_stated`` right; nothing of the neighbourhood is offered in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.decide.bodies import decide_tasks, decide_who
from assistant.decide.content import decide_content, find_mentions
from assistant.decide.decision import SERIES, SOME, Decision
from assistant.decide.scope import converts, is_elsewhere, is_off_topic, is_unreadable, points_nowhere
from assistant.decide.stated import answered_by
from assistant.decide.table import decide_table
from assistant.decide.term import decide_term
from assistant.decide.value import decide_value
from assistant.intent import Intent
from assistant.reading import Evidence, Reading
from assistant.reroute import reroute
from assistant.respond.gap import alone_in_unit, supposed
from assistant.respond.portion import portion
from assistant.slots import missing_slot, names_person

ASK_SUBJECT = "请写出想问的任务、指标或单位，我就能查到，例如："
ASK_WHICH = "上文说到的不止一项，请问您指的是哪一项？"
ASK_BODY = "上文说到的单位不止一家，请写出要问的单位名称，例如："
ASK_CHAPTER = "方案有几章都有这个序号的条款，请问您指的是哪一条？"


def decide(reading: Reading, evidence: Evidence) -> Decision:
    """Return the decision for one question."""
    decision = _decide(reading, evidence)
    return replace(decision, status="out_of_scope") if is_elsewhere(reading, decision) else decision


def _decide(reading: Reading, evidence: Evidence) -> Decision:
    if reading.ordered and not reading.text:
        return Decision("out_of_scope", "other", evidence)
    intent = reading.intent
    if reading.choices:
        return Decision("clarify", intent, evidence, ASK_WHICH, reading.choices)
    if "which_body" in evidence.signals:
        return Decision("clarify", intent, evidence, ASK_BODY)
    if is_off_topic(reading, evidence):
        return Decision("out_of_scope", intent, evidence)
    if intent in ("smalltalk", "other"):
        intent = "content"
    if is_unreadable(reading, evidence) or points_nowhere(reading, evidence):
        return Decision("clarify", intent, evidence, ASK_SUBJECT)
    if reading.links.open_clauses and not reading.links.clauses and "carried" not in evidence.signals:
        labels = tuple(reading.plan.clause(one).label for one in reading.links.open_clauses)
        return Decision("clarify", intent, evidence, ASK_CHAPTER, labels)
    intent = reroute(reading, evidence, intent)
    if _supposes(reading, evidence) or (converts(reading, evidence) and not reading.asks("list", "count", "who")):
        return decide_value(replace(reading, intent="value"), evidence)
    settled = replace(reading, intent=intent)
    if "no_figure" in evidence.signals:
        return Decision("not_stated", intent, evidence, "figure")
    if "another" in evidence.signals:
        return Decision("not_stated", intent, evidence, "subject")
    if "why" in evidence.signals and intent not in ("content", "outline"):
        return Decision("not_stated", intent, evidence, "reason")
    if reason := missing_slot(settled, evidence):
        return Decision("not_stated", intent, evidence, reason)
    if settled.asks("person") and (named := names_person(evidence)):
        return Decision("answered", "content", answered_by(evidence, named))
    if found := find_mentions(settled, evidence):
        return found
    return _BY_INTENT.get(intent, decide_content)(settled, evidence)


def _supposes(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question supposes a figure of an indicator to be reached, or asks for a part of its target."""
    return any(
        (share >= SERIES and (supposed(reading, series) or portion(reading, series)))
        or (share >= SOME and alone_in_unit(reading, series))
        for series, share in (evidence.series[:1] or evidence.claimed)
    )


def _decide_whole(reading: Reading, evidence: Evidence) -> Decision:
    return Decision("answered", reading.intent, evidence)


_BY_INTENT: dict[Intent, Callable[[Reading, Evidence], Decision]] = {
    "value": decide_value,
    "who": decide_who,
    "tasks": decide_tasks,
    "content": decide_content,
    "term": decide_term,
    "table": decide_table,
    "register": _decide_whole,
    "outline": _decide_whole,
}
