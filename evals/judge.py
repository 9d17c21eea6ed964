"""Answers are judged: scored against what is expected, proved from the plans, and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from corpus.model import Plan
from evals.measures import measure
from evals.outcome import Outcome, Place
from evals.proof import prove
from evals.question import Question
from evals.reasons import Kind, Reason
from evals.reply import read_reply
from evals.score import score

Advance = Callable[[Outcome], None]


class Answered(NamedTuple):
    """A question with its answer as it came, and the clauses that the index finds for it, best first."""

    question: Question
    answer: Mapping[str, Any]
    retrieved: tuple[Place, ...] = ()


def judge(
    question: Question, answer: Mapping[str, Any], plans: Mapping[str, Plan], retrieved: tuple[Place, ...] = ()
) -> Outcome:
    """Score one answer, prove it against ``plans`` (by id) and measure it."""
    reply = read_reply(answer)
    if isinstance(reply, str):
        broken = (Reason(Kind.BROKEN_ANSWER, reply),)
        return Outcome(question, answer, None, broken, retrieved, measure(question, None, retrieved, plans))
    reasons = tuple(dict.fromkeys([*score(question, reply), *prove(reply, plans)]))
    return Outcome(question, answer, reply, reasons, retrieved, measure(question, reply, retrieved, plans))


def judge_all(
    answered: Iterable[Answered], plans: Mapping[str, Plan], advance: Advance = lambda _: None
) -> tuple[Outcome, ...]:
    """Judge the answers as they come; ``advance`` is called with each outcome."""
    outcomes = []
    for question, answer, retrieved in answered:
        outcomes.append(judge(question, answer, plans, retrieved))
        advance(outcomes[-1])
    return tuple(outcomes)
