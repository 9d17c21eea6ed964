"""What the last turns were about, and what of it a new turn needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.links import AgencyLink
from assistant.reading import Evidence, Reading, Series

_NEEDS_SUBJECT: tuple[Intent, ...] = ("who", "value", "content", "term", "table")
_SHORT = 12  # characters of a turn that may be a fragment of the one before


@dataclass(frozen=True, slots=True)
class State:
    """The last answered turn: its plan, clauses, indicators, bodies and what was asked."""

    plan_id: str = ""
    clauses: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    bodies: tuple[str, ...] = ()
    intent: Intent | None = None
    groups: frozenset[str] = frozenset()


def remember(state: State, reading: Reading, clauses: tuple[str, ...], series: tuple[Series, ...]) -> State:
    """Return the state after a turn was answered from these clauses and indicators."""
    bodies = reading.links.names if reading.intent in ("tasks", "who", "register") else ()
    return State(reading.plan.plan_id, clauses, series, bodies, reading.intent, reading.groups)


def leans_on_context(reading: Reading) -> bool:
    """Whether a turn cannot be read alone: it points back, or is a fragment without a subject of its own."""
    text = reading.text.rstrip("?？。!！ ")
    opened = text.lower().startswith(lexicon().openers)
    closed = text.endswith("呢")
    points_back = lexicon().pronouns.search(text) is not None
    complete = not reading.subject.is_empty or bool(reading.links.clauses)
    if not complete:
        return not (reading.links.names and reading.intent == "tasks" and not points_back and not closed)
    return points_back or (opened and closed) or (closed and len(text) <= _SHORT)


def carry_over(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    """Complete a leaning turn from the state; a turn that brings its own subject drops the old one.

    What was carried is written into ``reading.carried``.
    """
    if state.intent is None or state.plan_id != reading.plan.plan_id or not leans_on_context(reading):
        return reading, evidence
    own_subject = _has_own_subject(reading, evidence)
    intent = _intent(reading, state, own_subject)
    if own_subject or reading.links.clauses:
        changed = replace(reading, intent=intent, groups=_groups(reading, state, intent))
        note = f"接着问{_WHAT[intent]}" if intent != reading.intent else ""
        return replace(changed, carried=note), evidence
    if intent == "tasks":
        return _carry_bodies(replace(reading, intent=intent), state), evidence
    return _carry_subject(replace(reading, intent=intent, groups=_groups(reading, state, intent)), state, evidence)


_WHAT: dict[Intent, str] = {
    "who": "责任单位",
    "tasks": "承担的任务",
    "value": "目标",
    "table": "目标指标",
    "register": "任务分工",
    "content": "规定",
    "term": "含义",
    "outline": "条款内容",
    "smalltalk": "",
    "other": "",
}


def _has_own_subject(reading: Reading, evidence: Evidence) -> bool:
    named = bool(evidence.series) and evidence.series[0][1] >= 0.9
    return not reading.subject.is_empty and (named or evidence.confidence >= 0.6)


def _intent(reading: Reading, state: State, own_subject: bool) -> Intent:
    """A fragment keeps what was asked before, unless its own words ask for something else."""
    last = state.intent or reading.intent
    asking = reading.asks(
        "who", "lead", "share", "sole", "local", "amount", "term", "says", "count", "difference", "sum"
    )
    if reading.links.names and not asking:
        return "tasks" if last in ("tasks", "register") or not state.clauses else "who"
    if reading.asks("lead", "share", "sole", "who", "local") and not reading.links.names:
        return "register" if reading.intent == "register" else "who"
    if not asking and (own_subject or reading.links.clauses) and reading.confidence < 0.9:
        return last
    if reading.asks("strive", "incentive", "firm", "amount", "base_year") or reading.links.years:
        return "table" if reading.intent == "table" else "value"
    return reading.intent if reading.intent not in ("smalltalk", "other") else last


def _groups(reading: Reading, state: State, intent: Intent) -> frozenset[str]:
    """Keep the asked part (牵头, 配合) of the turn before where the fragment names none of its own."""
    roles = {"lead", "share", "sole", "local", "who"}
    if intent == state.intent and not (reading.groups & roles):
        return reading.groups | (state.groups & roles)
    return reading.groups


def _carry_bodies(reading: Reading, state: State) -> Reading:
    if reading.links.names or not state.bodies:
        return reading
    agencies = tuple(AgencyLink(name, name, 0, 0) for name in state.bodies)
    return replace(reading, links=replace(reading.links, agencies=agencies), carried=f"问的是{'、'.join(state.bodies)}")


def _carry_subject(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    series = state.series if reading.intent in ("value", "table", "who") else ()
    if reading.intent in ("value", "table") and not series:
        series = tuple(one for one in _series_of_clauses(reading, state.clauses))
    clauses = tuple(dict.fromkeys(one.clause_id for one in series)) or state.clauses
    if not clauses:
        return reading, evidence
    named = series[0].name if len(series) == 1 else reading.plan.clause(clauses[0]).label
    carried = replace(reading, carried=f"{named}的{_WHAT[reading.intent]}")
    passages = tuple(passage for passage in evidence.passages if passage.clause_id in clauses)
    return carried, Evidence(clauses, 1.0, passages, tuple((one, 1.0) for one in series), signals={"carried": 1.0})


def _series_of_clauses(reading: Reading, clauses: tuple[str, ...]) -> tuple[Series, ...]:
    from assistant.reading import series_in  # noqa: PLC0415

    return tuple(series for clause_id in clauses for series in series_in(reading.plan, clause_id))
