"""What a dialogue is about after a turn: the clauses, indicators and bodies that its answer showed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.draft import Draft
from assistant.intent import Intent
from assistant.meaning import meant_words, plain, quoted_terms
from assistant.reading import Evidence, Reading, Series, series_of
from corpus import Plan
from index import Passage

_FEW = 3  # bodies that an answer over all clauses is about: 谁牵头的最多; more are a list
_MEANT = 0.5  # share from which a refused question was about an indicator or a clause


@dataclass(frozen=True, slots=True)
class State:
    """The last answered turn.

    ``clauses`` are those it was about, ``listed`` those its answer listed one by one; ``series`` the indicators and
    ``bodies`` the bodies it showed, in the answer's order. ``places``: places that were asked about since and that the
    plan does not tell apart. ``asked`` is a question over all clauses or targets, to be asked again; ``before`` the state of the
    turn before, up to two turns back.
    """

    plan_id: str = ""
    clauses: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    bodies: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    intent: Intent | None = None
    groups: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asked: Reading | None = None
    before: State | None = None


NOTHING = State()


def remember(reading: Reading, evidence: Evidence, draft: Draft, before: State, *, known: bool = False) -> State:
    """Return the state after a turn; ``known``: a refusal names something that the plan does hold, and asks too much of it.

    What is no question, and what asks back, changes nothing. A question of its own that the plan does not answer ends
    the old subject: a fragment behind it must not be answered from what was said before it.
    """
    if draft.status == "answered":
        return _answered(reading, evidence, draft, before)
    if draft.status != "not_stated":
        return before
    links = reading.links
    if "carried" in evidence.signals:
        if "another" in evidence.signals:
            return State(reading.plan.plan_id)
        return replace(before, places=links.places or before.places)
    own = not reading.subject.is_empty or links.missing_clauses or links.unknown_bodies or links.places
    if not own or reading.asks("person", "contact"):
        return before
    return _refused(reading, evidence) if known else State(reading.plan.plan_id)


def _refused(reading: Reading, evidence: Evidence) -> State:
    """Return what a refused question was about: the indicator that it names, or else the clause."""
    plan_id = reading.plan.plan_id
    if evidence.series and evidence.series[0][1] >= _MEANT:
        series = evidence.series[0][0]
        told = State(plan_id, (series.clause_id,), series=(series,), intent="value", places=reading.links.places)
        return replace(told, words=_words(reading))
    if evidence.confidence < _MEANT:
        return State(plan_id)
    told = State(plan_id, evidence.clauses[:1], intent=reading.intent, places=reading.links.places)
    return replace(told, words=_words(reading))


def _answered(reading: Reading, evidence: Evidence, draft: Draft, before: State) -> State:
    plan, intent = reading.plan, reading.intent
    listed = _listed(reading, evidence, draft)
    series = _shown_series(plan, draft) if intent in ("value", "table") else ()
    if intent == "who":
        series = tuple(one for one, _ in evidence.series)
    passages = evidence.passages if intent in ("content", "term") else ()
    return State(
        plan_id=plan.plan_id,
        clauses=_clauses(reading, evidence, series, listed),
        listed=listed,
        series=series,
        bodies=_bodies(reading, draft),
        passages=passages,
        intent=intent,
        groups=reading.groups,
        words=_words(reading),
        asked=reading
        if intent == "register" or (intent == "table" and (reading.whole or not reading.carried))
        else None,
        before=replace(before, before=before.before and replace(before.before, before=None)) if before.intent else None,
    )


def _words(reading: Reading) -> tuple[str, ...]:
    """Return the words that a question was about, as far as the plan holds them: in quotation marks, or its whole subject."""
    asked = meant_words(reading.text, reading.plan.text).words or (*quoted_terms(reading.text), reading.subject.text)
    own = plain(reading.plan.text)
    return tuple(word for word in asked if len(word) > 1 and plain(word) in own)


def _clauses(
    reading: Reading, evidence: Evidence, series: Iterable[Series], listed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what the turn was about; a question over all clauses is about none of them."""
    if reading.intent == "register":
        return ()
    if reading.intent == "outline":
        return _named(reading, evidence)
    if reading.intent == "tasks":
        return listed
    of_passages = _unique(passage.clause_id for passage in evidence.passages)
    of_series = _unique(one.clause_id for one in series)
    if reading.intent in ("content", "term"):
        return of_passages or evidence.clauses
    return of_series if reading.intent in ("value", "table") and of_series else evidence.clauses or of_passages


def _listed(reading: Reading, evidence: Evidence, draft: Draft) -> tuple[str, ...]:
    """Return the clauses that an answer lists one by one, in its order."""
    plan = reading.plan
    if reading.intent == "tasks":
        names = reading.links.names
        return _unique(row.clause_id for row in draft.agencies if not names or row.name in names)
    if reading.intent == "register":
        return _unique(row.clause_id for row in draft.agencies) or _unique(row.clause_id for row in draft.citations)
    if reading.intent == "outline":
        return _sections(plan, _named(reading, evidence))
    if reading.intent == "content":
        return _unique(passage.clause_id for passage in evidence.passages)
    return ()


def _named(reading: Reading, evidence: Evidence) -> tuple[str, ...]:
    named = reading.links.clauses or reading.titled or reading.chapters
    return named or (evidence.clauses if "carried" in evidence.signals else ())


def _sections(plan: Plan, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections of chapters; without any chapter named, the chapters themselves."""
    if not named:
        return tuple(one.clause_id for one in plan.clauses if one.parent_id is None and not one.clause_id.endswith("0"))
    below = _unique(child.clause_id for one in named for child in plan.children(one))
    return below or named


def _shown_series(plan: Plan, draft: Draft) -> tuple[Series, ...]:
    ids = {row.indicator_id: at for at, row in enumerate([*draft.rows, *draft.counted])}
    shown = [
        (min(ids[row.indicator_id] for row in series.rows if row.indicator_id in ids), series)
        for series in series_of(plan)
        if any(row.indicator_id in ids for row in series.rows)
    ]
    return tuple(series for _, series in sorted(shown, key=lambda pair: pair[0]))


def _bodies(reading: Reading, draft: Draft) -> tuple[str, ...]:
    """Return the bodies a turn was about: those it names; of a clause, those of the part that was asked for."""
    if reading.intent in ("tasks", "register"):
        shown = () if reading.links.names else tuple(dict.fromkeys(row.name for row in draft.agencies))
        return reading.links.names or (shown if len(shown) <= _FEW else ())
    if reading.intent != "who":
        return ()
    wanted = {"lead"} if reading.asks("lead") and not reading.asks("share") else {"lead", "sole", "shared"}
    return tuple(dict.fromkeys(row.name for row in draft.agencies if row.role in wanted))


def _unique(clause_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause_ids))
