"""A turn that cannot be read alone is completed from the turns before it; what was taken over is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.focus import focus, link_bodies
from assistant.fragment import groups_of, intent_of
from assistant.intent import Intent
from assistant.leaning import leans_on_context, names_a_body
from assistant.pointing import Pointer, is_kind, read_pointer, without_talk
from assistant.reading import Evidence, Reading, Series, series_in, series_of
from assistant.state import State
from assistant.weigh import weigh_shown

_NAMED = 0.9  # share from which an indicator counts as named
_OWN = 0.45  # confidence from which a turn has a subject of its own
_HELD = 0.2  # confidence from which a turn whose words one sentence holds has a subject of its own
_WHOLE = 0.99
_COMPARED = 0.2  # share from which an indicator is set against the one before it
_LIKELY = 0.5  # share from which an indicator is meant
_FEW = 3  # bodies that 它们 may mean; of more one is to be named

WHAT: dict[Intent, str] = {
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


def carry_over(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    """Complete a leaning turn from the state; a turn that brings its own subject drops the old one.

    What was carried is written into ``reading.carried``; where the turn may point at several things, these are written
    into ``reading.choices``.
    """
    if state.intent is None or state.plan_id != reading.plan.plan_id:
        return reading, evidence
    pointer = read_pointer(reading.text)
    bare = replace(reading, subject=without_talk(reading.subject))
    if not leans_on_context(bare, state, pointer):
        return reading, evidence
    bare, state = focus(bare, state, pointer)
    if bare.choices:
        return bare, evidence
    return _complete(bare, state, pointer, evidence)


def _complete(reading: Reading, state: State, pointer: Pointer, evidence: Evidence) -> tuple[Reading, Evidence]:
    kind_of_before = bool(state.series) and _tells_another_kind(reading, state)
    if not kind_of_before:
        reading = _titled_by_part(reading, state, evidence)
    own = _has_own_subject(reading, pointer, evidence) and not kind_of_before
    intent = intent_of(reading, state, pointer, own=own)
    changed = replace(reading, intent=intent, groups=groups_of(reading, state, pointer, intent), off_topic=0.0)
    if not own and (weighed := weigh_shown(changed, state, pointer, evidence)):
        return weighed
    if intent == "table" and reading.asks("difference", "compare", "ratio") and state.series:
        return _compare_with_before(changed, state, evidence)
    if names_a_body(reading, state):
        return _carry_subject(replace(changed, intent="who"), state, pointer, evidence)
    if own or reading.links.clauses or reading.chapters:
        note = f"接着问{WHAT[intent]}" if intent != reading.intent else ""
        changed = replace(changed, carried=note)
        if intent == "tasks":  # 第四章的呢 behind the tasks of a body asks for that body's tasks there
            return _carry_bodies(changed, state), evidence
        return changed, _with_covered(changed, state, evidence)
    many = len(state.bodies) > _FEW and not reading.asks("lead", "sole")  # 这几家里谁还牵头别的: few tasks of many
    if intent == "tasks" and state.intent == "who" and not reading.links.names and many:
        return changed, Evidence(signals={"which_body": 1.0})
    if intent == "tasks":
        return _carry_bodies(changed, state), evidence
    return _carry_subject(changed, state, pointer, evidence)


def _with_covered(reading: Reading, state: State, evidence: Evidence) -> Evidence:
    """Take the one target whose words hold those of a fragment: 清水江呢 behind a target, 那治理率呢 behind a clause."""
    likely = evidence.series and evidence.series[0][1] >= _LIKELY
    if reading.intent != "value" or likely or not (state.series or state.clauses):
        return evidence
    near = [one for one, _ in evidence.covered if one.clause_id in state.clauses]
    found = near or [one for one, _ in evidence.covered if state.series]
    if len(found) != 1:
        return evidence
    series = found[0]
    told = " ".join((series.name, *(row.quote for row in series.rows)))
    whole = all(word in told for word in reading.subject.words)
    return replace(evidence, series=((series, 1.0),)) if whole else evidence


_QUALIFIER = re.compile(r"^那?[\u4e00-\u9fff]{1,6}的(?:呢|是?多少)?[?？。]?$")


def _of_another_kind(reading: Reading, state: State) -> bool:
    """Whether a fragment names the indicator before, but of a kind that it is not of: 村里的充电桩呢 behind one of motorways."""
    if not state.series or not reading.text.rstrip("?。").endswith("呢"):
        return False
    told = "".join(
        (state.series[0].name, *(text for row in state.series[0].rows for text in (row.quote, *row.aliases)))
    )
    official = reading.subject.official or ((),) * len(reading.subject.words)
    named = [(word, *others) for word, others in zip(reading.subject.words, official, strict=True)]
    kinds = [forms for forms in named if any(is_kind([form]) for form in forms)]
    rest = [forms for forms in named if forms not in kinds]
    strange = bool(kinds) and not any(form in told for forms in kinds for form in forms)
    return strange and bool(rest) and all(any(form in told for form in forms) for forms in rest)


def _tells_another_kind(reading: Reading, state: State) -> bool:
    """Whether a fragment asks for another kind of the indicator before: 城市的呢, behind 农村."""
    words = reading.subject.words
    if is_kind(words):
        return True
    if _of_another_kind(reading, state):
        return True
    if not _QUALIFIER.match(reading.text):
        return False
    named = [one for one in series_of(reading.plan) if words and all(word in one.name for word in words)]
    return len(named) != 1  # 化肥的呢 names the one target with that word


def _titled_by_part(reading: Reading, state: State, evidence: Evidence) -> Reading:
    """Read a part of a heading as the clause, where the turn before was about a clause: 换成农业农村呢."""
    words = [word for word in reading.subject.words if len(word) > 1]
    if state.intent not in ("who", "outline") or reading.titled or reading.links.clauses or not words:
        return reading
    if evidence.series and evidence.series[0][1] >= _NAMED:
        return reading
    held = tuple(
        one.clause_id for one in reading.plan.clauses if one.title and all(word in one.title for word in words)
    )
    return replace(reading, titled=held) if len(held) == 1 else reading


def _has_own_subject(reading: Reading, pointer: Pointer, evidence: Evidence) -> bool:
    places = reading.links.places
    if reading.titled:
        return True
    if all(any(place in word or word in place for place in places) for word in reading.subject.words):
        return False
    named = bool(evidence.series) and evidence.series[0][1] >= _NAMED
    told = (evidence.confidence >= _HELD or len(evidence.covered) == 1) and evidence.signals.get(
        "coverage", 0.0
    ) >= _WHOLE  # 清水江呢 says little, but all
    return named or ((evidence.confidence >= _OWN or told) and not pointer.has("body", "clause"))


def _carry_bodies(reading: Reading, state: State) -> Reading:
    if reading.links.names or reading.links.unknown_bodies or not state.bodies:
        return reading
    carried = f"{'、'.join(state.bodies)}的任务"
    return replace(reading, links=replace(reading.links, agencies=link_bodies(state.bodies)), carried=carried)


def _compare_with_before(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    """Compare the indicator that a turn names with the one of the turn before."""
    named = tuple(pair for pair in evidence.series if pair[1] >= _NAMED)[:1] or _likeliest(state, evidence)
    before = tuple((one, 1.0) for one in state.series[:1] if one not in [pair[0] for pair in named])
    both = (*before, *named)
    carried = f"{state.series[0].name}与所问指标的比较"
    clauses = tuple(dict.fromkeys(one.clause_id for one, _ in both))
    return replace(reading, carried=carried), Evidence(clauses, 1.0, (), both, signals={"carried": 1.0})


def _likeliest(state: State, evidence: Evidence) -> tuple[tuple[Series, float], ...]:
    """Return the indicator that a turn likely sets against the one before it: in the same unit, and no other is likely."""
    units = {row.unit for one in state.series[:1] for row in one.rows}
    alike = [
        (one, share)
        for one, share in evidence.series
        if share >= _COMPARED and one not in state.series[:1] and any(row.unit in units for row in one.rows)
    ]
    return ((alike[0][0], 1.0),) if len(alike) == 1 else ()


def _narrows(reading: Reading, series: Sequence[Series]) -> bool:
    """Whether a fragment asks for another thing than the indicator before (城市的呢, after 农村…): no row holds its words."""
    places = reading.links.places
    words = [
        word
        for word in reading.subject.words
        if len(word) > 1 and not any(word in place or place in word for place in places)
    ]
    texts = [
        "".join((one.name, *(row.quote for row in one.rows), *(a for row in one.rows for a in row.aliases)))
        for one in series
    ]
    return bool(words and series) and not any(all(word in text for word in words) for text in texts)


def _carry_subject(reading: Reading, state: State, pointer: Pointer, evidence: Evidence) -> tuple[Reading, Evidence]:
    series: Sequence[Series] = state.series if reading.intent in ("value", "table", "who", "content") else ()
    if reading.intent == "table" and state.intent == "value" and reading.asks("list") and len(series) == 1:
        series = ()  # 有哪些指标 behind one target asks for all of its clause
    if reading.intent in ("value", "table") and not series:
        series = _targets_told(reading, state)
    clauses = tuple(dict.fromkeys(one.clause_id for one in series)) or state.clauses
    if not clauses:
        return reading, evidence
    reading = _at_place(reading, state, pointer)
    if reading.intent in ("value", "who", "content") and _narrows(reading, state.series):
        signals = {"carried": 1.0, "another": 1.0}
        return replace(reading, carried=f"{state.series[0].name}（另指一项）"), Evidence(clauses, 0.0, signals=signals)
    named = series[0].name if len(series) == 1 else reading.plan.clause(clauses[0]).label
    passages = state.passages or tuple(one for one in evidence.passages if one.clause_id in clauses)
    if reading.intent == "outline":
        passages = ()
    signals = {"carried": 1.0}
    if reading.intent in ("value", "table") and not series:
        signals["no_figure"] = 1.0
    if pointer.has("why") and reading.subject.is_empty and not reading.links.quantities:
        signals["why"] = 1.0
    if reading.intent == "table":
        signals["by_subject"] = 1.0
    found = Evidence(clauses, 1.0, passages, tuple((one, 1.0) for one in series), signals=signals)
    return replace(reading, carried=f"{named}的{WHAT[reading.intent]}"), found


def _targets_told(reading: Reading, state: State) -> list[Series]:
    """Return the targets of the clauses before; behind quoted sentences (有具体数字吗), only those that stand in them."""
    series = [one for clause_id in state.clauses for one in series_in(reading.plan, clause_id)]
    if not state.passages or reading.asks("list"):
        return series
    return [
        one for one in series if any(told.start <= row.start < told.end for told in state.passages for row in one.rows)
    ]


def _at_place(reading: Reading, state: State, pointer: Pointer) -> Reading:
    """Keep the place that was asked for since the last answer: 贵阳呢, 那2025年呢 still means that town."""
    if not state.places or reading.links.places or pointer.has("whole") or reading.intent not in ("value", "table"):
        return reading
    return replace(reading, links=replace(reading.links, places=state.places))
