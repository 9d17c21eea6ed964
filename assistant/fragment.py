"""What a fragment asks: its own words, and the question before where they ask nothing by themselves."""

from __future__ import annotations

from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.pointing import Pointer
from assistant.reading import Reading
from assistant.state import State

_NAMED = 0.9  # confidence from which the form of a turn decides
_ROLES = frozenset(("lead", "share", "sole", "local", "who", "part"))


def intent_of(reading: Reading, state: State, pointer: Pointer, *, own: bool) -> Intent:
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
        names_only = reading.text.rstrip("?。").endswith(("呢", "的"))  # 再问下化肥的
        return last if reading.confidence < _NAMED or names_only else reading.intent
    if reading.subject.is_empty:
        return last
    return reading.intent if reading.intent not in ("smalltalk", "other", "register", "outline") else last


def _asked_intent(reading: Reading, state: State, pointer: Pointer, *, own: bool) -> Intent | None:
    """Return what the words of a fragment ask for; None where they ask nothing by themselves."""
    named = own or reading.links.clauses
    if state.intent == "tasks" and state.bodies and _only_chapters(reading):
        return "tasks"  # 其中第四章有几条 behind the tasks of a body
    if reading.links.unknown_bodies and state.intent in ("tasks", "register"):
        return "tasks"
    if pointer.has("body") and pointer.has("other_tasks") and state.bodies and not named:
        return "tasks"
    if reading.asks("difference", "compare", "ratio") and state.series:
        return "table"
    if reading.asks("most", "least") and reading.intent == state.intent == "table":
        return "table"  # 最高的是谁 asks for a target, behind targets
    if reading.links.quantities and not reading.asks("who"):
        if reading.asks("list"):
            return "table"
        if len(state.series) == 1 and not named and not reading.asks("count"):
            return "value"
    if (pointer.has("more") or (pointer.has("clause") and reading.asks("says"))) and not named and state.clauses:
        return "outline"
    if reading.asks("where") and len(state.series) > 1 and not named:
        return "table"
    if reading.asks("says", "where") and not reading.links.clauses:
        return "value" if len(state.series) == 1 else "content" if state.passages else "outline"
    if reading.asks("lead", "share", "sole", "local", "who", "part"):
        return "tasks" if state.intent == "tasks" and state.bodies and not own else "who"
    if reading.asks("term") or (state.intent == "term" and own and not reading.asks("amount", "list")):
        return "term"
    if named or reading.chapters:
        return None
    return _asked_figure(reading, state)


def _only_chapters(reading: Reading) -> bool:
    """Whether a fragment points back and names nothing but chapters."""
    chapters = [one for one in reading.links.clauses if "." not in one]
    whole = bool(chapters) and len(chapters) == len(reading.links.clauses) and reading.subject.is_empty
    return whole and lexicon().pronouns.search(reading.text) is not None


def _asked_figure(reading: Reading, state: State) -> Intent | None:
    whole = len(state.series) != 1
    if reading.asks("indicator", "numeric") or (reading.asks("list", "count") and state.intent in ("value", "table")):
        return "table" if whole or reading.asks("list") else "value"
    if reading.links.years or reading.links.places:
        return "value" if state.intent not in ("tasks", "register") else None
    if reading.asks("strive", "incentive", "firm", "amount", "per_year", "base_year", "at_least", "at_most"):
        return "table" if len(state.series) > 1 else "value"
    return None


def groups_of(reading: Reading, state: State, pointer: Pointer, intent: Intent) -> frozenset[str]:
    """Keep the asked part (牵头, 配合) of the turn before where the fragment names none of its own."""
    if pointer.has("others"):
        return reading.groups - {"lead"} if intent == "who" else reading.groups
    if reading.links.names and reading.asks("verify", "mention"):
        return reading.groups
    if intent == state.intent and not reading.groups & _ROLES:
        return reading.groups | (state.groups & (_ROLES | {"count"}))
    return reading.groups
