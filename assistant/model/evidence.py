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
MORE_OF_CLAUSE = 4  # the same, where the question is about what a clause is about: 对公共机构节能有什么要求
MORE = 2  # sentences of the same clauses that are given beside those that the answer quotes …
ON_SUBJECT = 0.6  # … where they hold this share of the subject


def is_asked(turn: Turn, draft: Draft) -> bool:
    """Whether a turn is one for the model: an open question, or several of which one is, and nothing worked out.

    Not an English one: the plan's words are Chinese, and a small model answers in the language of the question.
    """
    told = any(line.endswith("写道：") for line in draft.lines)  # of several questions, one asks for words
    open_question = told if turn.after else turn.read.intent in INTENTS
    return turn.finished.status == "answered" and not turn.read.english and open_question and is_open(draft)


def evidence_of(turn: Turn, draft: Draft) -> tuple[Item, ...]:
    """Return what the answer quotes, and what else the same clauses say on the subject, best first.

    Nothing where that is one sentence.
    """
    quoted = items_of(draft)
    if not quoted:
        return ()
    clauses = {one.citation.clause_id for one in quoted}
    spans = [(one.citation.start, one.citation.end) for one in quoted]
    covers, subject = turn.desk.coverage.covers, turn.read.subject
    broad = {one for one in clauses if covers(subject, draft.plan.clause(one).title) >= ON_SUBJECT}
    scored = [
        (covers(subject, one.text), one)
        for one in _content(draft.plan)
        if one.clause_id in clauses and not any(start < one.end and one.start < end for start, end in spans)
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].start))
    more = [one for share, one in scored if share >= ON_SUBJECT or one.clause_id in broad]
    items = items_of(draft, more[: MORE_OF_CLAUSE if broad else MORE])
    return items if len(items) >= LEAST else ()


@lru_cache(maxsize=8)
def _content(plan: Plan) -> tuple[Passage, ...]:
    return tuple(one for one in make_passages(plan) if one.kind == "content")
