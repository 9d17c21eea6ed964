"""A question for the bodies of a task, or for the tasks of a body: which clauses it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import asked_units, fits_unit
from assistant.decide.content import names_another_kind
from assistant.decide.decision import ANSWERED, SURE, Decision, Linked
from assistant.reading import Evidence, Reading, series_in
from assistant.reroute import COVERED, asks_other_bodies, bodies_clauses
from assistant.respond.who import counts_bodies
from assistant.retrieve import only
from assistant.roster_words import has_subject
from assistant.subject import unused_words

_LIKELY = 0.5  # confidence from which another clause than that of a target is meant
_UNSURE = 0.45  # confidence below which words that the plan never uses are taken for another subject
HELD = 0.35  # share of a subject that a clause must hold before its bodies are told


def decide_who(reading: Reading, evidence: Evidence) -> Decision:
    """Choose the clauses whose bodies are told: named ones, those of a target, else the one that holds the subject."""
    if reading.links.clauses or reading.titled:
        clauses = reading.links.clauses or reading.titled
        return Decision("answered", "who", only(evidence, clauses, _asked_targets(reading, clauses)))
    if "carried" in evidence.signals:
        return Decision("answered", "who", evidence)
    if asks_other_bodies(reading):
        return Decision("answered", "who", only(evidence, _told_by(reading, evidence) or bodies_clauses(reading)))
    strong = _strong_series(reading, evidence)
    if strong:
        return Decision("answered", "who", _of_targets(reading, evidence, strong))
    headed = _headed(reading)
    if not headed and (evidence.confidence < ANSWERED or names_another_kind(reading, evidence)):
        return Decision("not_stated", "who", evidence, "subject")
    thin = evidence.signals.get("coverage", 1.0) < HELD and "bridged" not in evidence.signals
    if not headed and thin and not _shares_words(reading, evidence):
        return Decision("not_stated", "who", evidence, "subject")
    if not headed and _is_doubtful(reading, evidence):
        return Decision("not_stated", "who", evidence, "subject")
    clauses = headed or _naming_bodies(reading, evidence) or evidence.clauses[:1]
    found = only(evidence, clauses, _asked_targets(reading, clauses))
    return Decision("answered", "who", replace(found, signals={**found.signals, "by_subject": 1.0}))


def _naming_bodies(reading: Reading, evidence: Evidence) -> tuple[str, ...]:
    """Return, where the best clause names nobody, the next one that holds the whole subject and does."""
    plan = reading.plan
    if not evidence.clauses or plan.bodies(evidence.clauses[0]) or any(plan.children(evidence.clauses[0])):
        return ()
    words = [word for word in reading.subject.words if len(word) > 1]
    near = [one for one in evidence.clauses[1:_NEXT] if plan.bodies(one)]
    whole = [one for one in near if words and all(word in plan.clause(one).text for word in words)]
    return tuple(whole[:1])


_NEXT = 6  # clauses that are looked at


def _of_targets(reading: Reading, evidence: Evidence, strong: Linked) -> Evidence:
    """Return the clauses of targets; where these name nobody, the clause that tells who pursues them as well.

    目标分到各市州这件事，谁牵头: the clause of the target names nobody, and the question means the one on sharing it out.
    """
    clauses = tuple(dict.fromkeys(series.clause_id for series, _ in strong))
    if any(map(reading.plan.bodies, clauses)) or evidence.confidence < _LIKELY:
        return only(evidence, clauses, strong)
    near = tuple(one for one in evidence.clauses[:1] if one not in clauses and reading.plan.bodies(one))
    if near and reading.asks("share_of_place"):
        return only(evidence, near)
    found = only(evidence, (*clauses, *near), strong)
    return replace(found, signals={**found.signals, "by_subject": 1.0}) if near else found


def _is_doubtful(reading: Reading, evidence: Evidence) -> bool:
    """Whether a clause is hardly on the subject, of which the plan never uses a word: 地铁票价 beside 公共交通."""
    covered = evidence.signals.get("coverage", 1.0) >= COVERED
    strange = unused_words(reading.subject, reading.plan)
    return evidence.confidence < _UNSURE and not covered and bool(strange) and not _shares_words(reading, evidence)


def _shares_words(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question and a sentence of the evidence have words in a row in common: 民用散煤 in a story told around it."""
    text = reading.text
    for word in unused_words(reading.subject, reading.plan):
        text = text.replace(word, " ")
    pieces = [text[at : at + _HEADING] for at in range(len(text) - _HEADING + 1)]
    return any(piece in passage.text for piece in pieces for passage in evidence.passages)


_HEADING = 4  # characters that a subject shares with a heading, or with a sentence, not by chance


def _headed(reading: Reading) -> tuple[str, ...]:
    """Return the only clause whose heading holds the whole of a subject: 全民行动 in 开展全民行动."""
    words = [word for word in reading.subject.words if len(word) > 1]
    found = [one.clause_id for one in reading.plan.clauses if one.title and all(word in one.title for word in words)]
    return tuple(found) if len(found) == 1 and len("".join(words)) >= _HEADING else ()


def _told_by(reading: Reading, evidence: Evidence) -> tuple[str, ...]:
    """Return the clause that a subject means, if it names the bodies of the question: 某项工作除了甲局还有谁参与."""
    covered = has_subject(reading) and evidence.signals.get("coverage", 0.0) >= COVERED
    best = evidence.clauses[:1] if covered else ()
    named = {row.name for one in best for row in reading.plan.bodies(one)}
    return best if named.issuperset(reading.links.names) else ()


def _asked_targets(reading: Reading, clauses: Sequence[str]) -> Linked:
    """Return the targets of the clauses that a who-question also asks for (谁管、定了多少家)."""
    units = asked_units(reading.text)
    series = [one for clause_id in clauses for one in series_in(reading.plan, clause_id)]
    fitting = [one for one in series if units and any(fits_unit(row, units) for row in one.rows)]
    return tuple((one, 1.0) for one in fitting) if not counts_bodies(reading.text) else ()


def _strong_series(reading: Reading, evidence: Evidence) -> Linked:
    """Return indicators so clearly meant that they decide the clause: named in full, or by their figure."""
    named = tuple(pair for pair in evidence.series if pair[1] >= 1.0)
    figures = tuple(pair for pair in evidence.claimed if pair[1] > 0)
    both = tuple(pair for pair in figures if any(pair[0] == series for series, _ in named))
    return both or _most_told(reading, figures) or named


def _most_told(reading: Reading, figures: Linked) -> Linked:
    """Return of several targets with the figure of a question those whose words hold most of its subject."""
    told = [
        sum(
            any(word in text for text in (one.name, *(row.quote for row in one.rows))) for word in reading.subject.words
        )
        for one, _ in figures
    ]
    return tuple(pair for pair, number in zip(figures, told, strict=True) if number == max(told))


def decide_tasks(reading: Reading, evidence: Evidence) -> Decision:
    """Choose whether all tasks of the named bodies are told, or the one that the subject means."""
    if not reading.links.agencies:
        return Decision("not_stated", "tasks", evidence, "body")
    held = {row.clause_id for row in reading.plan.responsibilities if row.name in reading.links.names}
    covered = evidence.signals.get("coverage", 1.0) >= COVERED
    narrowed = any(len(word) > 1 for word in reading.subject.words) and evidence.confidence >= SURE and covered
    local = all(row.role == "local" for row in reading.plan.responsibilities if row.name in reading.links.names)
    if local and not reading.titled:
        narrowed = False  # 我们市政府: what carries out every clause is not asked for one of them
    near = tuple(clause_id for clause_id in evidence.clauses[:1] if narrowed and clause_id in held)
    return Decision("answered", "tasks", replace(evidence, clauses=near))
