"""The baseline for a model: the four nearest pieces of the text in one prompt, and its answer as it comes, unproved.

Judged like any other answer, and in its favour where a judgement needs more than words: everything that it was given
counts as cited, and a body that it names has the role that the plan gives it in the nearest of those pieces.
"""

from __future__ import annotations

import hashlib
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from corpus.model import Plan
from evals.chunks import Chunk, chunks
from evals.fold import MARKER, fold
from evals.question import Question
from evals.score import STATUS_NAMES
from index.encode import Encoder

FIRST = 4  # pieces
SHORT = 20  # characters of an answer that may be nothing but a refusal
_TABLE = Path(__file__).parent / "plain_chain.toml"
SILENT = "（没有回答）"


class Wrote(NamedTuple):
    """What a model wrote, with the tokens that it read and wrote by its server's count."""

    text: str
    read: int = 0
    written: int = 0


Write = Callable[["Prompt"], Wrote]


class Prompt(NamedTuple):
    """What a model is told: once and for all, and with this question."""

    system: str
    user: str


class PlainChain:
    """Retrieve, stuff, ask: as LangChain runnables."""

    def __init__(self, plans: Sequence[Plan], encoder: Encoder, write: Write) -> None:
        """``write`` asks the model; the fault that it raises ends the run, which can be resumed."""
        from langchain_core.runnables import RunnableLambda  # noqa: PLC0415 (other commands do without it)

        self._chunks = tuple(chunk for plan in plans for chunk in chunks(plan))
        self._encoder = encoder
        self._vectors = encoder.encode_passages([chunk.text for chunk in self._chunks])
        self._chain = RunnableLambda(_prompt) | RunnableLambda(write)

    def answers(self, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
        """Yield the answer to each question in order."""
        return map(self.answer, questions)

    def answer(self, question: Question) -> dict[str, Any]:
        """Return one answer as the contract's object, with what was read and written beside it."""
        started = time.perf_counter()
        given = self.nearest(question)
        wrote = self._chain.invoke((question, given))
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        text = MARKER.sub("", wrote.text).strip() or SILENT
        figures = {"read": wrote.read, "written": wrote.written}
        return _judgeable(question, text, given) | {"timings_ms": {"total": milliseconds}, "model": figures}

    def nearest(self, question: Question) -> tuple[Chunk, ...]:
        """Return the pieces nearest to a question and the one before it, best first."""
        asked = " ".join([*question.history[-1:], question.question])
        shares = self._vectors @ self._encoder.encode_queries([asked])[0]
        order = sorted(range(len(shares)), key=lambda at: -shares[at])
        found = [self._chunks[at] for at in order if question.plan_id in {None, self._chunks[at].plan.plan_id}]
        return tuple(found[:FIRST])


def _prompt(asked: tuple[Question, Sequence[Chunk]]) -> Prompt:
    question, given = asked
    words = _table()["prompt"]
    lines = [_put("passage", chunk.text.strip(), number) for number, chunk in enumerate(given, 1)]
    lines += [_put("history", turn) for turn in question.history]
    return Prompt(words["system"].strip(), "\n".join([*lines, _put("question", question.question)]))


def _put(name: str, text: str, number: int = 0) -> str:
    return Template(_table()["prompt"][name]).substitute(text=text, number=number)


def _judgeable(question: Question, text: str, given: Sequence[Chunk]) -> dict[str, Any]:
    """Return the contract's object for a text without proof."""
    status = _status(text)
    rows = _citations(given) if status in {"answered", "not_stated"} else []
    sources = "".join(f"[{row['marker']}]" for row in rows)
    return {
        "version": 1,
        "id": question.id,
        "question": question.question,
        "status": status,
        "answer": f"{text}\n\n{sources}".strip(),
        "citations": rows,
        "agencies": _bodies(text, given) if status == "answered" else [],
        "indicators": [],
        "mode": "plain",
    }


def _status(text: str) -> str:
    said = fold(text)
    for status in STATUS_NAMES:
        if len(said) <= SHORT and any(words in said for words in _table()["status"].get(status, ())):
            return status
    return "answered"


def _citations(given: Sequence[Chunk]) -> list[dict[str, Any]]:
    places = dict.fromkeys((chunk.plan, *place) for chunk in given for place in chunk.quotations())
    return [
        {
            "marker": marker,
            "plan_id": plan.plan_id,
            "clause_id": clause_id,
            "label": plan.clause(clause_id).label,
            "quote": plan.text[start:end],
            "start": start,
            "end": end,
        }
        for marker, (plan, clause_id, start, end) in enumerate(places, 1)
    ]


def _bodies(text: str, given: Sequence[Chunk]) -> list[dict[str, str]]:
    """Return the bodies that a text names, each with its duties in the nearest clause that gives it some."""
    said = fold(text)
    rows: dict[tuple[str, str], dict[str, str]] = {}
    seen: dict[str, str] = {}
    for chunk in given:
        for clause_id in dict.fromkeys(place[0] for place in chunk.quotations()):
            for duty in chunk.plan.bodies(clause_id):
                if fold(duty.name) in said and seen.setdefault(duty.name, clause_id) == clause_id:
                    rows[duty.name, duty.role] = {"name": duty.name, "role": duty.role, "clause_id": clause_id}
    return list(rows.values())


def prompt_hash() -> str:
    """Return the first digits of the prompt's SHA-256, as they are kept for those of the assistant."""
    return hashlib.sha256(_TABLE.read_bytes()).hexdigest()[:12]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_TABLE.read_text("utf-8"))
