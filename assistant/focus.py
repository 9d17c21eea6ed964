"""The one thing that a turn points at: a clause, an indicator or a body of those that the turns before showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.intent import Intent
from assistant.links import AgencyLink
from assistant.pointing import Pointer
from assistant.reading import Reading, Series
from assistant.state import State


def focus(reading: Reading, state: State, pointer: Pointer) -> tuple[Reading, State]:
    """Narrow the state to what a turn points at; where that is not one thing, the reading gets the choices."""
    reading = _neighbour(_item_in_chapter(reading, state, pointer), state, pointer)
    if reading.links.clauses:
        return reading, state
    if counts_shown(reading, state, pointer) and not pointer.has("both"):
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


def counts_shown(reading: Reading, state: State, pointer: Pointer) -> bool:
    """Whether a turn counts in what was shown: 第二个, 前者. 第四章 and 第三条 are printed numbers unless a list was shown."""
    counted = pointer.nth or pointer.has("former", "latter", "both")
    return bool(counted) and not reading.links.clauses and len(_options(state, pointer)) > 1


def _options(state: State, pointer: Pointer) -> tuple[str | Series, ...]:
    """Return what the turns before showed, in order: clauses (by id), indicators or, marked with @, bodies."""
    for shown in (state.listed, state.series, tuple(f"@{name}" for name in state.bodies)):
        if len(shown) > 1:
            return shown
    if pointer.has("former", "latter", "both") and state.before and state.before.series and state.series:
        return tuple(dict.fromkeys((*state.before.series[-1:], *state.series)))
    return state.listed or state.series


def _of_clause(state: State) -> Intent:
    return state.intent if state.series and state.intent else "outline"


def _narrowed(reading: Reading, state: State, option: str | Series) -> tuple[Reading, State]:
    links = replace(reading.links, items=(), missing_clauses=(), open_clauses=())
    reading = replace(reading, links=links)
    if isinstance(option, Series):
        return reading, State(state.plan_id, (option.clause_id,), series=(option,), intent="value", before=state.before)
    if option.startswith("@"):
        return replace(reading, links=replace(links, agencies=link_bodies([option[1:]]))), state
    return reading, State(state.plan_id, (option,), intent="outline", before=state.before)


def _name(reading: Reading, option: str | Series) -> str:
    if isinstance(option, Series):
        return option.name
    return option[1:] if option.startswith("@") else reading.plan.clause(option).label


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
    if not (links.items or links.missing_clauses) or links.clauses or counts_shown(reading, state, pointer):
        return reading
    chapter = next((one.split(".")[0] for one in state.clauses), "")
    wanted = tuple(f"{chapter}.{item}" for item in links.items)
    found = tuple(one for one in wanted if reading.plan.has_clause(one))
    return replace(reading, links=replace(links, clauses=found, open_clauses=()))


def link_bodies(names: Sequence[str]) -> tuple[AgencyLink, ...]:
    """Return names of bodies as links, as if a question had named them."""
    return tuple(AgencyLink(name, name, 0, 0) for name in names)
