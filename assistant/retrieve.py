"""What a plan holds on a question: clauses, passages and indicators, with how sure it is that they answer."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.covered import claimed_series, covered_series
from assistant.desk import Desk
from assistant.meaning import plain, quoted_terms
from assistant.reading import Evidence, Reading, Series
from assistant.respond.tasks import in_scope
from assistant.roles import asked_roles
from assistant.targets import LIKENESS_MIDDLE, holds_subject, meant_series
from index import Hit, Passage

# Logistic weights, fitted on the tuning questions and on questions of other domains (decision 0006):
# bias, coverage, likeness, an official phrase for an everyday word.
CLAUSE_WEIGHTS = (-5.0, 2.5, 55.0, 1.3)
_HITS = 12
_BRIDGE = 0.3  # what an official phrase for an everyday word adds to a passage's order
_QUOTED = (
    1.0  # what words that the question puts in quotation marks add: behind “无废城市” its 垃圾 is beside the point
)
_STRANGE = 0.3  # share below which a word besides the places has nothing to do with the plan
_DOUBTFUL = 0.1  # share of questions that the plan answers where it knows nothing of them but a place


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its likeness (cosine) and the share of the subject's words that it covers."""

    passage: Passage
    likeness: float
    coverage: float
    bridged: bool = False
    quoted: bool = False

    @property
    def score(self) -> float:
        """Order of passages: words that are quoted, words that are really there, then likeness."""
        likeness = 10 * (self.likeness - LIKENESS_MIDDLE)
        return self.coverage + likeness + _BRIDGE * self.bridged + _QUOTED * self.quoted


def retrieve(reading: Reading, desk: Desk, found: Sequence[Hit], phrases: Mapping[str, float]) -> Evidence:
    """Read the evidence off what the retriever found: named clauses and indicators first, then the subject.

    ``phrases`` are names and words of indicators with their cosine to the question.
    """
    hits = _selected(reading, found)
    scored = score_passages(reading, desk, hits)
    series = meant_series(reading, desk, [(one.passage, one.likeness) for one in scored], phrases)
    covered, claimed = covered_series(reading, desk), claimed_series(reading, desk)
    if reading.links.clauses:
        passages = _passages_inside(reading.links.clauses, scored)
        return Evidence(reading.links.clauses, 1.0, passages, series, covered, claimed)
    title = reading.titled
    ranked = _rank_clauses(desk, hits, scored, title)
    confidence, signals = _confidence(reading, desk, hits, scored, title)
    if series and not holds_subject(reading, desk, series[0][0]):
        signals = {**signals, "loose": 1.0}
    passages = _with_named(reading, _choose_passages(scored, ranked), scored)
    return Evidence(ranked, confidence, passages, series, covered, claimed, signals)


def _passages_inside(clauses: Sequence[str], scored: Sequence[Scored]) -> tuple[Passage, ...]:
    """Return the best passages of the named clauses; of a chapter, the sections' passages that answer best."""
    own = [one.passage for one in scored if one.passage.clause_id in clauses and one.passage.kind != "heading"]
    if own:
        return tuple(own[:4])
    below = [one for one in scored if in_scope(one.passage.clause_id, clauses) and one.coverage > 0]
    return _choose_passages(below, (below[0].passage.clause_id,)) if below else ()


SELECTOR = re.compile(
    r"[那这]一?[条项块]|[那这]个(?:任务|工程|条款|项目)|的(?:任务|工程|条款|项目)(?:里|中|当中|[,，])"
)


def selects_by_body(reading: Reading) -> bool:
    """Whether a body only tells which clause is meant: 省税务局参与的那条任务，跟环境保护税有什么关系."""
    return bool(reading.links.names and SELECTOR.search(reading.text) and not reading.subject.is_empty)


def _selected(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Keep the best hits; where a body selects the clause, only those of its clauses (with the role that is named)."""
    if not selects_by_body(reading):
        return list(hits[:_HITS])
    roles = asked_roles(reading)
    held = {
        row.clause_id for row in reading.plan.responsibilities if row.name in reading.links.names and row.role in roles
    }
    return [hit for hit in hits if hit.clause_id in held] or list(hits[:_HITS])


def score_passages(reading: Reading, desk: Desk, hits: Sequence[Hit]) -> list[Scored]:
    """Return the passages that say something, best first."""
    quoted = [plain(words) for words in quoted_terms(reading.text)]
    scored = [
        Scored(
            passage,
            likeness,
            desk.coverage.covers(reading.subject, _with_title(desk, passage)),
            desk.coverage.bridges(reading.subject, passage.text),
            bool(quoted) and all(words in plain(passage.text) for words in quoted),
        )
        for hit in hits
        for passage, likeness in hit.passages
        if passage.kind != "bodies"
    ]
    return sorted(scored, key=lambda one: (-round(one.score, 6), one.passage.start))


def _with_title(desk: Desk, passage: Passage) -> str:
    return f"{desk.plan.clause(passage.clause_id).title}{passage.text}"


def _rank_clauses(desk: Desk, hits: Sequence[Hit], scored: Sequence[Scored], title: Sequence[str]) -> tuple[str, ...]:
    """Order clauses: a named heading first, then by the fused ranking together with the best passage's words."""
    best: dict[str, float] = {}
    for one in scored:
        best[one.passage.clause_id] = max(best.get(one.passage.clause_id, -9.0), one.score)
    fused = {hit.clause_id: hit.score for hit in hits}
    order = sorted(
        fused, key=lambda clause_id: (clause_id not in title, -round(fused[clause_id] + best.get(clause_id, -1.0), 6))
    )
    missing = [clause_id for clause_id in title if clause_id not in fused]
    return (*missing, *order)


def _confidence(
    reading: Reading, desk: Desk, hits: Sequence[Hit], scored: Sequence[Scored], title: Sequence[str]
) -> tuple[float, dict[str, float]]:
    """Return the calibrated share of such questions that the plan answers, with the signals it was read from."""
    if title:
        return 1.0, {}
    if not hits or not scored:
        return 0.0, {}
    likeness = max(one.likeness for one in scored)
    coverage = max(one.coverage for one in scored)
    known = desk.coverage.known(reading.subject)
    bridged = float(any(one.bridged for one in scored))
    bias, by_coverage, by_likeness, by_phrase = CLAUSE_WEIGHTS
    total = bias + by_coverage * coverage + by_likeness * (likeness - LIKENESS_MIDDLE) + by_phrase * bridged
    signals = {"coverage": coverage, "likeness": likeness, "known": known}
    if bridged:
        signals["bridged"] = bridged
    if _only_places(reading, desk):
        return min(logistic(total), _DOUBTFUL), signals
    return logistic(total), signals


def _only_places(reading: Reading, desk: Desk) -> bool:
    """Whether all that the plan knows of a question is a place: 贵阳有什么好玩的."""
    places = reading.links.places
    words = [word for word in reading.subject.words if not any(place in word or word in place for place in places)]
    return bool(places and words) and all(desk.coverage.share([word], desk.plan.text) < _STRANGE for word in words)


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value).

    >>> logistic(0)
    0.5
    """
    return 1 / (1 + math.exp(-value))


def _choose_passages(scored: Sequence[Scored], ranked: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages that answer: those close to the best one, mostly of the first clause, at most four."""
    first = [one for one in scored if one.passage.clause_id == ranked[0]] if ranked else []
    if not first:
        return tuple(one.passage for one in scored[:1])
    best = first[0].score
    chosen = [one for one in first[:3] if one.score >= best - 0.25]
    others = [one for one in scored if one.passage.clause_id != ranked[0] and one.score >= best - 0.05]
    return tuple(one.passage for one in (*chosen, *others[:2]))


def _with_named(reading: Reading, chosen: tuple[Passage, ...], scored: Sequence[Scored]) -> tuple[Passage, ...]:
    """Add the one passage that holds a word of the subject as it is, where none of the chosen ones does: 国三 of 国三柴油车."""
    told = "".join(passage.text for passage in chosen)
    found = []
    for word in reading.subject.words:
        holding = [one.passage for one in scored if word in one.passage.text]
        if len(word) > 1 and word not in told and len(holding) == 1 and holding[0].clause_id in _clauses_of(chosen):
            found.append(holding[0])
    return tuple(dict.fromkeys((*chosen, *found)))


def _clauses_of(passages: Sequence[Passage]) -> set[str]:
    return {passage.clause_id for passage in passages}


def only(evidence: Evidence, clauses: Sequence[str] = (), series: Sequence[tuple[Series, float]] = ()) -> Evidence:
    """Return the evidence limited to some clauses and indicators."""
    kept = tuple(passage for passage in evidence.passages if not clauses or passage.clause_id in clauses)
    return replace(evidence, clauses=tuple(clauses) or evidence.clauses, passages=kept, series=tuple(series))
