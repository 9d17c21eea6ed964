"""What the last turns were about, and what of it a new turn needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.links import AgencyLink
from assistant.reading import Evidence, Reading, Series, series_in
from index import Passage

_SHORT = 12  # characters of a turn that may be a fragment of the one before
_NAMED = 0.9  # share from which an indicator counts as named
_OWN = 0.6  # confidence from which a turn has a subject of its own
_ROLES = frozenset(("lead", "share", "sole", "local", "who", "part"))
_NEW_TOPIC = re.compile(r"换个|另一个问题|再问|另外问|不说这个|顺便问")

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


@dataclass(frozen=True, slots=True)
class State:
    """The last answered turn: its plan, clauses, indicators, bodies, passages and what was asked."""

    plan_id: str = ""
    clauses: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    bodies: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    intent: Intent | None = None
    groups: frozenset[str] = frozenset()


def remember(reading: Reading, evidence: Evidence) -> State:
    """Return the state after a turn was answered from this evidence."""
    bodies = reading.links.names if reading.intent in ("tasks", "who", "register") else ()
    series = tuple(one for one, _ in evidence.series) if reading.intent in ("value", "table") else ()
    clauses = evidence.clauses if reading.intent not in ("content", "term") else ()
    if reading.intent == "register":
        clauses = ()  # over all clauses: none of them is what the dialogue is about
    clauses = clauses or tuple(dict.fromkeys(passage.clause_id for passage in evidence.passages))
    clauses = clauses or tuple(dict.fromkeys(one.clause_id for one in series))
    if reading.intent == "outline":
        clauses = reading.links.clauses or reading.titled or reading.chapters or clauses
    passages = evidence.passages if reading.intent in ("content", "term") else ()
    return State(reading.plan.plan_id, clauses, series, bodies, passages, reading.intent, reading.groups)


def leans_on_context(reading: Reading) -> bool:
    """Whether a turn cannot be read alone: it points back, or is a fragment without a subject of its own."""
    text = reading.text.rstrip("?？。!！ ")
    if _NEW_TOPIC.search(text):
        return False
    opened = text.lower().startswith(lexicon().openers)
    closed = text.endswith("呢")
    points_back = lexicon().pronouns.search(text) is not None
    if reading.links.items and not reading.links.clauses:
        return True
    if reading.subject.is_empty and not (reading.links.clauses or reading.chapters or reading.titled):
        alone = reading.links.names and reading.intent == "tasks"
        sweeping = len(text) > _SHORT or reading.asks("most", "least", "no_lead", "joint_lead", "no_body")
        sweeping = sweeping or (reading.intent == "table" and reading.asks(*_FILTERS))
        whole = reading.intent in ("register", "outline", "table") and not points_back and sweeping
        return not (alone or whole) or points_back or closed
    compares = text.startswith(("比", "和", "跟", "与")) and reading.asks("difference", "compare")
    return points_back or compares or (opened and closed) or (closed and len(text) <= _SHORT)


def carry_over(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    """Complete a leaning turn from the state; a turn that brings its own subject drops the old one.

    What was carried is written into ``reading.carried``.
    """
    if state.intent is None or state.plan_id != reading.plan.plan_id or not leans_on_context(reading):
        return reading, evidence
    if (reading.links.items or reading.links.missing_clauses) and not reading.links.clauses:
        reading = _item_in_chapter(reading, state)
    reading = _neighbour(reading, state)
    own = _has_own_subject(reading, evidence) and not (state.series and _QUALIFIER.match(reading.text))
    intent = _intent(reading, state, own=own)
    changed = replace(reading, intent=intent, groups=_groups(reading, state, intent))
    if intent == "table" and reading.asks("difference", "compare", "ratio") and state.series:
        return _compare_with_before(changed, state, evidence)
    if _names_a_body(reading, state):
        return _carry_subject(replace(changed, intent="who"), state, evidence)
    if own or reading.links.clauses or reading.chapters:
        note = f"接着问{WHAT[intent]}" if intent != reading.intent else ""
        return replace(changed, carried=note, off_topic=0.0), evidence
    if intent == "tasks":
        return _carry_bodies(changed, state), evidence
    return _carry_subject(changed, state, evidence)


_QUALIFIER = re.compile(
    r"^那?[\u4e00-\u9fff]{1,6}的(?:呢|是?多少)?[?？。]?$"
)  # 城市的呢: another kind of the same thing
# A list with a filter of its own (力争的目标有哪些) is whole; one without (有哪些量化指标) may belong to the turn before.
_FILTERS = (
    "strive",
    "incentive",
    "text_value",
    "approximate",
    "at_least",
    "at_most",
    "more_than",
    "base_year",
    "no_year",
)
_NEXT = re.compile(r"下一?[条节章项]|后面一?[条节章]|再下[一]?[条节章]")
_PREVIOUS = re.compile(r"上一[条节章项]|前面?一[条节章]")


def _neighbour(reading: Reading, state: State) -> Reading:
    """Read 下一条 and 上一条 as the clause after or before the one that the dialogue is about."""
    step = 1 if _NEXT.search(reading.text) else -1 if _PREVIOUS.search(reading.text) else 0
    if not step or not state.clauses or reading.links.clauses:
        return reading
    here = reading.plan.clause(state.clauses[-1 if step > 0 else 0])
    row = [one.clause_id for one in reading.plan.clauses if one.level == here.level]
    at = row.index(here.clause_id) + step
    if not 0 <= at < len(row):
        return reading
    return replace(reading, links=replace(reading.links, clauses=(row[at],)))


def _item_in_chapter(reading: Reading, state: State) -> Reading:
    """Read (八) or 第四条 as a section of the chapter that the turn before was about."""
    chapter = next((one.split(".")[0] for one in state.clauses), "")
    wanted = tuple(f"{chapter}.{item}" for item in reading.links.items)
    found = tuple(one for one in wanted if reading.plan.has_clause(one))
    return replace(reading, links=replace(reading.links, clauses=found, open_clauses=() if found else wanted[:0]))


def _has_own_subject(reading: Reading, evidence: Evidence) -> bool:
    places = reading.links.places
    if all(any(place in word or word in place for place in places) for word in reading.subject.words):
        return bool(reading.titled)
    named = bool(evidence.series) and evidence.series[0][1] >= _NAMED
    return named or evidence.confidence >= _OWN


def _intent(reading: Reading, state: State, *, own: bool) -> Intent:
    """A fragment keeps what was asked before, unless its own words ask for something else."""
    last = state.intent or reading.intent
    if reading.links.names and not reading.asks("who", "amount", "term", "says", "difference"):
        if last in ("tasks", "register") or not state.clauses:
            return "tasks"
        return "who" if reading.subject.is_empty else reading.intent
    if reading.asks("difference", "compare", "ratio") and state.series:
        return "table"
    if reading.links.quantities and reading.asks("list") and not reading.asks("who"):
        return "table"
    if reading.asks("says", "where") and not reading.links.clauses:
        return "value" if state.series else "content"
    if reading.asks("lead", "share", "sole", "local", "who", "part"):
        return "tasks" if last == "tasks" and state.bodies and not own else "who"
    if reading.asks("term") or (last == "term" and not reading.asks("amount", "list")):
        return "term"
    if own or reading.links.clauses or reading.chapters:
        return last if reading.confidence < _NAMED or reading.text.endswith(("呢", "呢?")) else reading.intent
    if (
        reading.links.years
        or reading.links.places
        or reading.asks("strive", "incentive", "firm", "amount", "base_year")
    ):
        return "table" if reading.intent == "table" and reading.asks("list", "count") else "value"
    return reading.intent if reading.intent not in ("smalltalk", "other", "register", "outline") else last


def _groups(reading: Reading, state: State, intent: Intent) -> frozenset[str]:
    """Keep the asked part (牵头, 配合) of the turn before where the fragment names none of its own."""
    if intent == state.intent and not reading.groups & _ROLES:
        return reading.groups | (state.groups & (_ROLES | {"count"}))
    return reading.groups


def _names_a_body(reading: Reading, state: State) -> bool:
    """Whether a fragment asks for a body of the clause by a part of its name: 里面有银行吗."""
    if not reading.asks("verify", "mention") or reading.links.names or not state.clauses:
        return False
    names = [body.name for one in state.clauses if reading.plan.has_clause(one) for body in reading.plan.bodies(one)]
    return any(len(word) > 1 and any(word in name for name in names) for word in reading.subject.words)


def _carry_bodies(reading: Reading, state: State) -> Reading:
    if reading.links.names or not state.bodies:
        return reading
    agencies = tuple(AgencyLink(name, name, 0, 0) for name in state.bodies)
    carried = f"{'、'.join(state.bodies)}的任务"
    return replace(reading, links=replace(reading.links, agencies=agencies), carried=carried)


def _compare_with_before(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    """Compare the indicator that a turn names with the one of the turn before."""
    named = tuple(pair for pair in evidence.series if pair[1] >= _NAMED)[:1]
    before = tuple((one, 1.0) for one in state.series[:1] if one not in [pair[0] for pair in named])
    both = (*before, *named)
    carried = f"{state.series[0].name}与所问指标的比较"
    clauses = tuple(dict.fromkeys(one.clause_id for one, _ in both))
    return replace(reading, carried=carried), Evidence(clauses, 1.0, (), both, signals={"carried": 1.0})


def _narrows(reading: Reading, series: Sequence[Series]) -> bool:
    """Whether a fragment asks for another thing than the indicator before (城市的呢, after 农村…): no row holds its words."""
    words = [word for word in reading.subject.words if len(word) > 1]
    texts = [
        "".join((one.name, *(row.quote for row in one.rows), *(a for row in one.rows for a in row.aliases)))
        for one in series
    ]
    return bool(words and series) and not any(all(word in text for word in words) for text in texts)


def _carry_subject(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence]:
    series: Sequence[Series] = state.series if reading.intent in ("value", "table", "who", "content") else ()
    if reading.intent in ("value", "table") and not series:
        series = [one for clause_id in state.clauses for one in series_in(reading.plan, clause_id)]
    clauses = tuple(dict.fromkeys(one.clause_id for one in series)) or state.clauses
    if not clauses:
        return reading, evidence
    if reading.intent == "value" and _narrows(reading, series):
        return replace(reading, carried=f"{series[0].name}（另指一项）"), Evidence(
            clauses, 0.0, signals={"carried": 1.0}
        )
    named = series[0].name if len(series) == 1 else reading.plan.clause(clauses[0]).label
    passages = state.passages or tuple(one for one in evidence.passages if one.clause_id in clauses)
    signals = {"carried": 1.0}
    if reading.intent == "table":
        signals["by_subject"] = 1.0
    found = Evidence(clauses, 1.0, passages, tuple((one, 1.0) for one in series), signals=signals)
    return replace(reading, carried=f"{named}的{WHAT[reading.intent]}"), found
