"""What a plan holds on a question: clauses, passages and indicators, with how sure it is that they answer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.desk import Desk, names_of, plain
from assistant.reading import Evidence, Reading, Series, Subject
from assistant.respond.tasks import asked_roles, in_scope
from assistant.respond.value import matches
from assistant.slots import other_measure
from index import Hit, Passage

# Logistic weights, fitted on the tuning questions and on questions of other domains (decision 0006):
# bias, coverage, likeness, known words; for indicators: bias, recall, precision, likeness, other measure, worst word.
CLAUSE_WEIGHTS = (-4.0, 2.5, 24.5, 2.5)
SERIES_WEIGHTS = (-4.6, 7.0, 3.5, 12.0, -5.0, 1.5)
_LIKENESS_MIDDLE = 0.83  # cosine of the bundled model at which a passage is as likely on the subject as not
_HITS = 12
_FOREIGN = 0.5  # share below which a word of the question has nothing to do with an indicator


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its likeness (cosine) and the share of the subject's words that it covers."""

    passage: Passage
    likeness: float
    coverage: float

    @property
    def score(self) -> float:
        """Order of passages: words that are really there, then likeness."""
        return self.coverage + 10 * (self.likeness - _LIKENESS_MIDDLE)


def retrieve(reading: Reading, desk: Desk, found: Sequence[Hit]) -> Evidence:
    """Read the evidence off what the retriever found: named clauses and indicators first, then the subject."""
    hits = _selected(reading, found)
    scored = _score_passages(reading, desk, hits)
    series = _link_series(reading, desk, scored)
    covered, claimed = _covered_series(reading, desk), _claimed_series(reading, desk)
    if reading.links.clauses:
        passages = _passages_inside(reading.links.clauses, scored)
        return Evidence(reading.links.clauses, 1.0, passages, series, covered, claimed)
    title = reading.titled
    ranked = _rank_clauses(desk, hits, scored, title)
    confidence, signals = _confidence(reading, desk, hits, scored, title)
    return Evidence(ranked, confidence, _choose_passages(scored, ranked), series, covered, claimed, signals)


def _passages_inside(clauses: Sequence[str], scored: Sequence[Scored]) -> tuple[Passage, ...]:
    """Return the best passages of the named clauses; of a chapter, the sections' passages that answer best."""
    own = [one.passage for one in scored if one.passage.clause_id in clauses and one.passage.kind != "heading"]
    if own:
        return tuple(own[:4])
    below = [one for one in scored if in_scope(one.passage.clause_id, clauses) and one.coverage > 0]
    return _choose_passages(below, (below[0].passage.clause_id,)) if below else ()


_SELECTOR = re.compile(r"[那这]一?[条项块]|[那这]个(?:任务|工程|条款|项目)|的(?:任务|工程|条款)(?:里|中)")


def selects_by_body(reading: Reading) -> bool:
    """Whether a body only tells which clause is meant: 省税务局参与的那条任务，跟环境保护税有什么关系."""
    return bool(reading.links.names and _SELECTOR.search(reading.text) and not reading.subject.is_empty)


def _selected(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Keep the best hits; where a body selects the clause, only those of its clauses (with the role that is named)."""
    if not selects_by_body(reading):
        return list(hits[:_HITS])
    roles = asked_roles(reading)
    held = {
        row.clause_id for row in reading.plan.responsibilities if row.name in reading.links.names and row.role in roles
    }
    return [hit for hit in hits if hit.clause_id in held] or list(hits[:_HITS])


def _score_passages(reading: Reading, desk: Desk, hits: Sequence[Hit]) -> list[Scored]:
    scored = [
        Scored(passage, likeness, desk.coverage.covers(reading.subject, _with_title(desk, passage)))
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
    bias, by_coverage, by_likeness, by_known = CLAUSE_WEIGHTS
    total = bias + by_coverage * coverage + by_likeness * (likeness - _LIKENESS_MIDDLE) + by_known * known
    return logistic(total), {"coverage": coverage, "likeness": likeness, "known": known}


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


def _link_series(reading: Reading, desk: Desk, scored: Sequence[Scored]) -> tuple[tuple[Series, float], ...]:
    """Return the indicators that the question means, with a calibrated share each, best first."""
    named = tuple((one, 1.0) for one in desk.named_series(reading.text) if not _narrowed(reading, desk, one))
    by_span = [(one.passage, one.likeness) for one in scored]
    ranked = sorted(
        (
            (series, min(0.99, _series_share(reading, desk, series, by_span)))
            for series in desk.series
            if series not in [one for one, _ in named]
        ),
        key=lambda pair: (-round(pair[1], 6), pair[0].rows[0].start),
    )
    return (*named, *ranked[:8])


def _narrowed(reading: Reading, desk: Desk, series: Series) -> bool:
    """Whether the word before an indicator's short name makes another thing of it: 城市 + 黑臭水体 for the rural ones."""
    question = plain(reading.text)
    if reading.ordered or plain(series.name) in question:
        return False
    starts = [question.find(plain(name)) for name in names_of(series) if plain(name) in question]
    before = question[: min(starts, default=0)]
    title = desk.plan.clause(series.clause_id).title
    evidence = " ".join((title, *names_of(series), *(row.quote for row in series.rows)))
    words = [
        word
        for word in reading.subject.words
        if len(word) > 1
        and before.endswith(plain(word))
        and not re.search(rf"{re.escape(word)}\s*[、,;]", reading.text)
    ]  # 污水处理能力、垃圾焚烧规模 is a list: the one does not narrow the other
    return any(desk.coverage.worst(Subject(word, (word,)), evidence) < _FOREIGN for word in words)


def _covered_series(reading: Reading, desk: Desk) -> tuple[tuple[Series, float], ...]:
    """Return the indicators whose names and words hold every word of the subject."""
    words = [word for word in reading.subject.words if len(word) > 1] or reading.subject.words
    if not words:
        return ()
    return tuple(
        (series, 0.9)
        for series in desk.series
        if desk.coverage.share(words, " ".join((*names_of(series), *(row.quote for row in series.rows)))) > 0.99
    )


def _claimed_series(reading: Reading, desk: Desk) -> tuple[tuple[Series, float], ...]:
    """Return the indicators one of whose targets is a figure of the question, told with its unit."""
    claims = [claim for claim in reading.links.quantities if claim.unit]
    return tuple(
        (series, 0.9) for series in desk.series if any(matches(claim, row) for claim in claims for row in series.rows)
    )


def _series_share(reading: Reading, desk: Desk, series: Series, passages: Sequence[tuple[Passage, float]]) -> float:
    weights, bias = SERIES_WEIGHTS[1:], SERIES_WEIGHTS[0]
    signals = series_signals(reading, desk, series, passages)
    if signals[-1] < _FOREIGN:
        return 0.0  # a word that the row knows nothing of: 再生水利用率 is not 化肥农药利用率
    return logistic(bias + sum(weight * signal for weight, signal in zip(weights, signals, strict=True)))


def series_signals(
    reading: Reading, desk: Desk, series: Series, passages: Sequence[tuple[Passage, float]]
) -> tuple[float, ...]:
    """Weigh how much of a name the question holds, how much of the question the row covers, likeness, the measure."""
    row = series.rows[0]
    question = plain(reading.text)
    names = tuple(names_of(series))
    recall = max(desk.coverage.share([plain(name)], question) for name in names)
    evidence = " ".join((*names, *(one.quote for one in series.rows)))
    precision = desk.coverage.covers(reading.subject, evidence)
    likeness = max((like for passage, like in passages if passage.start <= row.start < passage.end), default=0.75)
    differs = float(other_measure(reading.text, (*names, *(one.quote for one in series.rows))))
    worst = desk.coverage.worst(reading.subject, evidence)
    return recall, precision, likeness - _LIKENESS_MIDDLE, differs, worst


def only(evidence: Evidence, clauses: Sequence[str] = (), series: Sequence[tuple[Series, float]] = ()) -> Evidence:
    """Return the evidence limited to some clauses and indicators."""
    kept = tuple(passage for passage in evidence.passages if not clauses or passage.clause_id in clauses)
    return replace(evidence, clauses=tuple(clauses) or evidence.clauses, passages=kept, series=tuple(series))
