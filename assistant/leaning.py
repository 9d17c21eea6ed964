"""Whether a turn can be read alone."""

from __future__ import annotations

import re

from assistant.focus import counts_shown
from assistant.lexicon import lexicon
from assistant.pointing import Pointer, opened_anew, read_pointer
from assistant.reading import Reading
from assistant.several import has_asking_word
from assistant.state import NOTHING, State
from corpus.numerals import read_numeral

_SHORT = 12  # characters of a turn that may be a fragment of the one before


# 甲厅牵头的那个工程 tells which one; nothing before is needed.
_SELECTS = re.compile(r"(?:牵头|参与|参加|负责|配合|管)的[这那该]")


def leans_on_context(reading: Reading, state: State = NOTHING, pointer: Pointer | None = None) -> bool:
    """Whether a turn cannot be read alone: it points back, or is a fragment without a subject of its own."""
    if opened_anew(reading.text):
        return state.intent is not None and _names_another(reading)
    if reading.links.names and _SELECTS.search(reading.text):
        return False
    pointer = pointer or read_pointer(reading.text)
    text = reading.text.rstrip("?？。!！ ")
    opened = text.lower().startswith(lexicon().openers)
    closed = text.endswith("呢")
    points_back = lexicon().pronouns.search(text) is not None or counts_shown(reading, state, pointer)
    points_back = points_back or _takes_up(reading, state)
    points_back = points_back or (reading.subject.is_empty and pointer.has("weighing", "first_two", "three"))
    if reading.links.items and not reading.links.clauses:
        return True
    if reading.subject.is_empty and not (reading.links.clauses or reading.chapters or reading.titled):
        alone = reading.links.names and reading.intent == "tasks" and not _asks_part_in_clause(reading, state, pointer)
        return not (alone or _asks_of_whole_plan(reading, state, text)) or points_back or closed
    compares = text.startswith(("比", "和", "跟", "与")) and reading.asks("difference", "compare")
    replaces = (pointer.has("instead") or names_a_body(reading, state)) and len(text) <= _SHORT
    return points_back or compares or replaces or (opened and closed) or ((opened or closed) and len(text) <= _SHORT)


_TAKEN_UP = 8  # characters of a turn that only takes up a word of what was quoted


def _takes_up(reading: Reading, state: State) -> bool:
    """Whether a short turn asks on about a word of the sentences that were quoted: 怎么奖励法."""
    words = [word for word in reading.subject.words if len(word) > 1]
    told = "".join(passage.text for passage in state.passages)
    official = reading.subject.official or ((),) * len(reading.subject.words)
    forms = [(word, *others) for word, others in zip(reading.subject.words, official, strict=True) if word in words]
    return bool(words) and len(reading.text) <= _TAKEN_UP and all(any(one in told for one in ones) for ones in forms)


_ANOTHER = re.compile(r"的(?:呢|吧)?[?？。!！]*$")


def _names_another(reading: Reading) -> bool:
    """Whether a turn that begins anew only names another thing, of which the same is asked: 再问下化肥的."""
    return _ANOTHER.search(reading.text) is not None and not has_asking_word(reading.text.rstrip("呢?？"))


def _asks_part_in_clause(reading: Reading, state: State, pointer: Pointer) -> bool:
    """Whether a body's part in the clause of a who-question is asked for: 有没有甲厅, 甲厅是什么角色; not its tasks."""
    return (
        state.intent == "who" and len(state.clauses) == 1 and pointer.has("part") and not reading.asks("list", "count")
    )


def _asks_of_whole_plan(reading: Reading, state: State, text: str) -> bool:
    """Whether a turn without a subject asks something of the whole plan: 哪些任务没有牵头单位.

    After a list of targets 超过50%的有几个 means those; only with its noun (超过50%的目标有几个) it is whole.
    """
    if reading.intent not in ("register", "outline", "table"):
        return False
    if len(state.series) > 1 and not reading.asks("indicator", "clause", "body", "chapter"):
        return False
    if counts_bodies_before(text, state):
        return False
    sweeping = len(text) > _SHORT or reading.asks("most", "least", "no_lead", "joint_lead", "no_body")
    return sweeping or (reading.intent == "table" and reading.asks(*_FILTERS) and reading.asks("list", "count"))


_HOUSES = re.compile(r"(?<![几多])([两二三四五])家")


def counts_bodies_before(text: str, state: State) -> bool:
    """Whether a number of bodies means those of the turns before: 两家共同牵头的有几条 behind the tasks of two bodies."""
    match = _HOUSES.search(text)
    before = state.before.bodies if state.before and state.before.intent == "tasks" else ()
    told = dict.fromkeys((*before, *state.bodies)) if state.intent == "tasks" else {}
    return match is not None and len(told) == read_numeral(match.group(1))


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


def names_a_body(reading: Reading, state: State) -> bool:
    """Whether a fragment asks for a body of the clause by a part of its name: 里面有银行吗."""
    asks = reading.asks("verify", "mention") or lexicon().pronouns.search(reading.text)
    if (
        not asks
        or reading.links.names
        or state.intent not in ("who", "content", "outline", "value")
        or not state.clauses
    ):
        return False
    names = [body.name for one in state.clauses if reading.plan.has_clause(one) for body in reading.plan.bodies(one)]
    words = [word for word in reading.subject.words if len(word) > 1]
    return bool(words) and not reading.links.places and all(any(word in name for name in names) for word in words)
