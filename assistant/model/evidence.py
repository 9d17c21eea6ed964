"""Which turns are for the model, and the sentences of the plan that it gets."""

from __future__ import annotations

from functools import lru_cache

from assistant.draft import Draft
from assistant.model.compose import is_open
from assistant.model.handles import Item, items_of
from assistant.turn import Turn
from corpus import Plan
from index import Passage
from index.passages import make_passages

INTENTS = ("content", "term")  # questions that ask for words, not for what is worked out
LEAST = 2  # sentences of the plan; a single one is the answer as it stands
MORE = 2  # sentences of the same clauses that are given beside those that the answer quotes …
ON_SUBJECT = 0.6  # … where they hold this share of the subject


def is_asked(turn: Turn, draft: Draft) -> bool:
    """Whether a turn is one for the model: an open question, or several of which one is, and nothing worked out."""
    open_question = turn.after is not None or turn.read.intent in INTENTS
    return turn.finished.status == "answered" and open_question and is_open(draft)


def evidence_of(turn: Turn, draft: Draft) -> tuple[Item, ...]:
    """Return what the answer quotes, and what else the same clauses say on the subject, best first.

    Nothing where that is one sentence.
    """
    quoted = items_of(draft)
    if not quoted:
        return ()
    clauses = {one.citation.clause_id for one in quoted}
    spans = [(one.citation.start, one.citation.end) for one in quoted]
    scored = [
        (turn.desk.coverage.covers(turn.read.subject, one.text), one)
        for one in _content(draft.plan)
        if one.clause_id in clauses and not any(start < one.end and one.start < end for start, end in spans)
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].start))
    items = items_of(draft, [one for share, one in scored[:MORE] if share >= ON_SUBJECT])
    return items if len(items) >= LEAST else ()


@lru_cache(maxsize=8)
def _content(plan: Plan) -> tuple[Passage, ...]:
    return tuple(one for one in make_passages(plan) if one.kind == "content")
