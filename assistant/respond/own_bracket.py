"""Which of a clause's several brackets stands behind what a question asks for.

A clause may hold one bracket for each of its sentences: 甲工程……。（市甲局负责）乙工程……。（市乙局、市丙局按职责分工负责）. Told
together they would give a body a part in what it has none in.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import heading_length
from assistant.reading import Reading
from assistant.respond.phrasing import enclosing_span, is_bracket
from corpus.model import Clause, Responsibility

_HELD = 0.6  # share of a subject's characters that the words before a bracket must hold


def own_bracket(reading: Reading, clause: Clause) -> Sequence[Responsibility]:
    """Return the bodies of the one bracket behind the words that a question is about; none where that is not clear."""
    if reading.titled or reading.links.clauses:
        return ()
    rows = [row for row in reading.plan.responsibilities if row.clause_id == clause.clause_id]
    rows = [row for row in rows if clause.start <= row.start < clause.end]
    spans = sorted({enclosing_span(reading.plan, row.start, row.end) for row in rows})
    if len(spans) < 2 or not all(is_bracket(reading.plan, *span) for span in spans):
        return ()
    begins = [clause.start + heading_length(clause), *(end for _, end in spans)]
    shares = [_share(reading, reading.plan.text[begin:start]) for begin, (start, _) in zip(begins, spans, strict=False)]
    best = max(shares)
    if best < _HELD or shares.count(best) > 1:
        return ()
    start, end = spans[shares.index(best)]
    return [row for row in rows if start <= row.start < end]


def _share(reading: Reading, words: str) -> float:
    """Return how much of a question's subject some words hold, said in the plan's words too."""
    subject = reading.subject
    official = subject.official or ((),) * len(subject.words)
    asked = [(word, ones) for word, ones in zip(subject.words, official, strict=True) if len(word) > 1]
    total = sum(len(word) for word, _ in asked)
    held = sum(len(word) for word, ones in asked if any(one in words for one in (word, *ones)))
    return held / total if total else 0.0
