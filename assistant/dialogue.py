"""A turn that cannot be read alone is completed from the turns before it; what was taken over is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.links import AgencyLink
from assistant.pointing import Pointer, is_kind, opened_anew, read_pointer, without_talk
from assistant.reading import Evidence, Reading, Series, series_in
from assistant.state import NOTHING, State
from assistant.weigh import weigh_shown

_SHORT = 12  # characters of a turn that may be a fragment of the one before
_NAMED = 0.9  # share from which an indicator counts as named
_OWN = 0.6  # confidence from which a turn has a subject of its own
_FEW = 3  # bodies that 它们 may mean; of more one is to be named
_ROLES = frozenset(("lead", "share", "sole", "local", "who", "part"))

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
    bare, state = _focus(_neighbour(_item_in_chapter(bare, state, pointer), state, pointer), state, pointer)
    if bare.choices:
        return bare, evidence
    return _complete(bare, state, pointer, evidence)


def leans_on_context(reading: Reading, state: State = NOTHING, pointer: Pointer | None = None) -> bool:
    """Whether a turn cannot be read alone: it points back, or is a fragment without a subject of its own."""
    if opened_anew(reading.text):
        return False
    pointer = pointer or read_pointer(reading.text)
    text = reading.text.rstrip("?？。!！ ")
    opened = text.lower().startswith(lexicon().openers)
    closed = text.endswith("呢")
    points_back = lexicon().pronouns.search(text) is not None or _counts_shown(reading, state, pointer)
    if reading.links.items and not reading.links.clauses:
        return True
    if reading.subject.is_empty and not (reading.links.clauses or reading.chapters or reading.titled):
        alone = reading.links.names and reading.intent == "tasks"
        return not (alone or _asks_of_whole_plan(reading, state, text)) or points_back or closed
    compares = text.startswith(("比", "和", "跟", "与")) and reading.asks("difference", "compare")
    replaces = pointer.has("instead") and len(text) <= _SHORT
    return points_back or compares or replaces or (opened and closed) or (closed and len(text) <= _SHORT)


def _counts_shown(reading: Reading, state: State, pointer: Pointer) -> bool:
    """Whether a turn counts in what was shown: 第二个, 前者. 第四章 and 第三条 are printed numbers unless a list was shown."""
    counted = pointer.nth or pointer.has("former", "latter", "both")
    return bool(counted) and not reading.links.clauses and len(_options(state, pointer)) > 1


def _asks_of_whole_plan(reading: Reading, state: State, text: str) -> bool:
    """Whether a turn without a subject asks something of the whole plan: 哪些任务没有牵头单位.

    After a list of targets 超过50%的有几个 means those; only with its noun (超过50%的目标有几个) it is whole.
    """
    if reading.intent not in ("register", "outline", "table"):
        return False
    if len(state.series) > 1 and not reading.asks("indicator", "clause", "body", "chapter"):
        return False
    sweeping = len(text) > _SHORT or reading.asks("most", "least", "no_lead", "joint_lead", "no_body")
    return sweeping or (reading.intent == "table" and reading.asks(*_FILTERS) and reading.asks("list", "count"))


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


def _neighbour(reading: Reading, state: State, pointer: Pointer) -> Reading:
    """Read 下一条 and 上一条 as the clause after or before the one that the dialogue is about."""
    step = 1 if pointer.has("next") else -1 if pointer.has("previous") else 0
    if not step or not state.clauses or reading.links.clauses:
        return reading
    here = reading.plan.clause(state.clauses[-1 if step > 0 else 0])
    row = [one.clause_id for one in reading.plan.clauses if one.level == here.level]
    at = row.index(here.clause_id) + step
    if not 0 <= at < len(row):
        return reading
    return replace(reading, links=replace(reading.links, clauses=(row[at],)))


def _item_in_chapter(reading: Reading, state: State, pointer: Pointer) -> Reading:
    """Read (八) or 第四条 as a section of the chapter that the turn before was about, unless it counts in a list."""
    links = reading.links
    if not (links.items or links.missing_clauses) or links.clauses or _counts_shown(reading, state, pointer):
        return reading
    chapter = next((one.split(".")[0] for one in state.clauses), "")
    wanted = tuple(f"{chapter}.{item}" for item in links.items)
    found = tuple(one for one in wanted if reading.plan.has_clause(one))
    return replace(reading, links=replace(links, clauses=found, open_clauses=()))


def _options(state: State, pointer: Pointer) -> tuple[str | Series, ...]:
    """Return what the turns before showed, in order: clauses (by id), indicators or, marked with @, bodies."""
    for shown in (state.listed, state.series, tuple(f"@{name}" for name in state.bodies)):
        if len(shown) > 1:
            return shown
    if pointer.has("former", "latter", "both") and state.before and state.before.series and state.series:
        return tuple(dict.fromkeys((*state.before.series[-1:], *state.series)))
    return state.listed or state.series


def _focus(reading: Reading, state: State, pointer: Pointer) -> tuple[Reading, State]:
    """Narrow the state to what a turn points at; where that is not one thing, the reading gets the choices."""
    if reading.links.clauses:
        return reading, state
    if _counts_shown(reading, state, pointer) and not pointer.has("both"):
        options = _options(state, pointer)
        at = pointer.nth - 1 if pointer.nth > 0 else pointer.nth
        at = 0 if pointer.has("former") else -1 if pointer.has("latter") else at
        if not -len(options) <= at < len(options):
            return replace(reading, choices=tuple(_name(reading, one) for one in options)), state
        return _narrowed(reading, state, options[at])
    if pointer.has("clause"):
        clauses = state.listed or state.clauses
        if len(clauses) == 1:
            chosen = replace(state, clauses=clauses, listed=(), passages=(), intent=_of_clause(state))
            return reading, replace(chosen, bodies=() if state.intent == "tasks" else state.bodies)
        labels = tuple(reading.plan.clause(one).label for one in clauses)
        return replace(reading, choices=labels), state
    return reading, state


def _of_clause(state: State) -> Intent:
    return state.intent if state.series and state.intent else "outline"


def _narrowed(reading: Reading, state: State, option: str | Series) -> tuple[Reading, State]:
    links = replace(reading.links, items=(), missing_clauses=(), open_clauses=())
    reading = replace(reading, links=links)
    if isinstance(option, Series):
        return reading, State(state.plan_id, (option.clause_id,), series=(option,), intent="value", before=state.before)
    if option.startswith("@"):
        return replace(reading, links=replace(links, agencies=_agencies([option[1:]]))), state
    return reading, State(state.plan_id, (option,), intent="outline", before=state.before)


def _name(reading: Reading, option: str | Series) -> str:
    if isinstance(option, Series):
        return option.name
    return option[1:] if option.startswith("@") else reading.plan.clause(option).label


def _complete(reading: Reading, state: State, pointer: Pointer, evidence: Evidence) -> tuple[Reading, Evidence]:
    kind_of_before = bool(state.series) and _tells_another_kind(reading)
    if not kind_of_before:
        reading = _titled_by_part(reading, state, evidence)
    own = _has_own_subject(reading, pointer, evidence) and not kind_of_before
    intent = _intent(reading, state, pointer, own=own)
    changed = replace(reading, intent=intent, groups=_groups(reading, state, pointer, intent), off_topic=0.0)
    if not own and (weighed := weigh_shown(changed, state, pointer, evidence)):
        return weighed
    if intent == "table" and reading.asks("difference", "compare", "ratio") and state.series:
        return _compare_with_before(changed, state, evidence)
    if _names_a_body(reading, state):
        return _carry_subject(replace(changed, intent="who"), state, pointer, evidence)
    if own or reading.links.clauses or reading.chapters:
        note = f"接着问{WHAT[intent]}" if intent != reading.intent else ""
        return replace(changed, carried=note), evidence
    if intent == "tasks":
        return _carry_bodies(changed, state), evidence
    return _carry_subject(changed, state, pointer, evidence)


_QUALIFIER = re.compile(r"^那?[\u4e00-\u9fff]{1,6}的(?:呢|是?多少)?[?？。]?$")


def _tells_another_kind(reading: Reading) -> bool:
    """Whether a fragment asks for another kind of the indicator before: 城市的呢, behind 农村."""
    return is_kind(reading.subject.words) or _QUALIFIER.match(reading.text) is not None


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
    return named or (evidence.confidence >= _OWN and not pointer.has("body", "clause"))


def _intent(reading: Reading, state: State, pointer: Pointer, *, own: bool) -> Intent:
    """A fragment keeps what was asked before, unless its own words ask for something else."""
    last = state.intent or reading.intent
    if reading.links.names and not reading.asks("who", "amount", "term", "says", "difference"):
        if last in ("tasks", "register") or not state.clauses or pointer.nth:
            return "tasks"
        return "who" if reading.subject.is_empty else reading.intent
    asked = _asked_intent(reading, state, pointer, own=own)
    if asked:
        return asked
    if own or reading.links.clauses or reading.chapters:
        return last if reading.confidence < _NAMED or reading.text.endswith(("呢", "呢?")) else reading.intent
    if reading.subject.is_empty:
        return last
    return reading.intent if reading.intent not in ("smalltalk", "other", "register", "outline") else last


def _asked_intent(reading: Reading, state: State, pointer: Pointer, *, own: bool) -> Intent | None:
    """Return what the words of a fragment ask for; None where they ask nothing by themselves."""
    named = own or reading.links.clauses
    if pointer.has("body") and pointer.has("other_tasks") and state.bodies and not named:
        return "tasks"
    if reading.asks("difference", "compare", "ratio") and state.series:
        return "table"
    if reading.links.quantities and not reading.asks("who"):
        if reading.asks("list"):
            return "table"
        if len(state.series) == 1 and not named and not reading.asks("count"):
            return "value"
    if (pointer.has("more") or (pointer.has("clause") and reading.asks("says"))) and not named and state.clauses:
        return "outline"
    if reading.asks("says", "where") and not reading.links.clauses:
        return "value" if len(state.series) == 1 else "content" if state.passages else "outline"
    if reading.asks("lead", "share", "sole", "local", "who", "part"):
        return "tasks" if state.intent == "tasks" and state.bodies and not own else "who"
    if reading.asks("term") or (state.intent == "term" and not reading.asks("amount", "list")):
        return "term"
    if named or reading.chapters:
        return None
    return _asked_figure(reading, state)


def _asked_figure(reading: Reading, state: State) -> Intent | None:
    whole = len(state.series) != 1
    if reading.asks("indicator", "numeric") or (reading.asks("list", "count") and state.intent in ("value", "table")):
        return "table" if whole or reading.asks("list", "count") else "value"
    if reading.links.years or reading.links.places:
        return "value" if state.intent not in ("tasks", "register") else None
    if reading.asks("strive", "incentive", "firm", "amount", "base_year", "at_least", "at_most"):
        return "table" if len(state.series) > 1 else "value"
    return None


def _groups(reading: Reading, state: State, pointer: Pointer, intent: Intent) -> frozenset[str]:
    """Keep the asked part (牵头, 配合) of the turn before where the fragment names none of its own."""
    if pointer.has("others"):
        return reading.groups - {"lead"} if intent == "who" else reading.groups
    if reading.links.names and reading.asks("verify", "mention"):
        return reading.groups
    if intent == state.intent and not reading.groups & _ROLES:
        return reading.groups | (state.groups & (_ROLES | {"count"}))
    return reading.groups


def _names_a_body(reading: Reading, state: State) -> bool:
    """Whether a fragment asks for a body of the clause by a part of its name: 里面有银行吗."""
    asks = reading.asks("verify", "mention") or lexicon().pronouns.search(reading.text)
    if not asks or reading.links.names or not state.clauses:
        return False
    names = [body.name for one in state.clauses if reading.plan.has_clause(one) for body in reading.plan.bodies(one)]
    return any(len(word) > 1 and any(word in name for name in names) for word in reading.subject.words)


def _agencies(names: Sequence[str]) -> tuple[AgencyLink, ...]:
    return tuple(AgencyLink(name, name, 0, 0) for name in names)


def _carry_bodies(reading: Reading, state: State) -> Reading:
    if reading.links.names or not state.bodies:
        return reading
    if state.intent == "who" and len(state.bodies) > _FEW:
        return replace(reading, choices=state.bodies)
    carried = f"{'、'.join(state.bodies)}的任务"
    return replace(reading, links=replace(reading.links, agencies=_agencies(state.bodies)), carried=carried)


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
        series = [one for clause_id in state.clauses for one in series_in(reading.plan, clause_id)]
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
    if pointer.has("why") and reading.subject.is_empty and not reading.links.quantities:
        signals["why"] = 1.0
    if reading.intent == "table":
        signals["by_subject"] = 1.0
    found = Evidence(clauses, 1.0, passages, tuple((one, 1.0) for one in series), signals=signals)
    return replace(reading, carried=f"{named}的{WHAT[reading.intent]}"), found


def _at_place(reading: Reading, state: State, pointer: Pointer) -> Reading:
    """Keep the place that was asked for since the last answer: 贵阳呢, 那2025年呢 still means that town."""
    if not state.places or reading.links.places or pointer.has("whole") or reading.intent not in ("value", "table"):
        return reading
    return replace(reading, links=replace(reading.links, places=state.places))
