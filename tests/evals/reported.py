"""A run made by hand for the tests of the reports: one right answer, one wrong, one with an unproved figure, one broken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.model import Clause, Plan
from evals.folder import Configuration, Run
from evals.judge import judge
from evals.outcome import Outcome
from evals.question import Question
from evals.summary import summarize

TEXT = "一、总体要求\n到2025年，节水率达到45%以上。𠮷水县水利局牵头，教育局按职责分工负责。"
QUOTE = "节水率达到45%以上"


def plan(text: str = TEXT, title: str = "节水方案", label: str = "一、总体要求") -> Plan:
    """Return a plan of one clause."""
    clause = Clause("1", label, label, text, 0, len(text), 1)
    return Plan("water", title, text, (clause,), ())


def answer(text: str, status: str = "answered", quote: str = QUOTE, of: str = TEXT, **fields: Any) -> dict[str, Any]:
    """Return an answer's JSON object that cites ``quote`` from the plan's clause."""
    start = max(of.find(quote), 0)
    cited = {"marker": 1, "plan_id": "water", "clause_id": "1", "label": "一、总体要求", "quote": quote}
    made: dict[str, Any] = {
        "version": 1,
        "question": "？",
        "status": status,
        "answer": text,
        "citations": [cited | {"start": start, "end": start + len(quote)}] if quote else [],
        "agencies": [],
        "indicators": [],
        "mode": "extractive",
        "timings_ms": {"total": 4.0},
    }
    return made | fields


def question(question_id: str, text: str = "节水率是多少？", category: str = "目标", **expect: Any) -> Question:
    """Return a question; what is expected is given by name."""
    wanted = {"status": "answered"} | expect
    return Question.model_validate({"id": question_id, "question": text, "category": category, "expect": wanted})


def outcomes(plans: Mapping[str, Plan]) -> tuple[Outcome, ...]:
    """Return four outcomes in the order of their ids."""
    pairs = (
        (question("a-01", numbers=[{"value": "45", "unit": "%"}]), answer(f"{QUOTE}[1]。")),
        (question("a-02", must=["50%"]), answer(f"{QUOTE}[1]。")),
        (question("a-03"), answer("节水率达到77%[1]。")),
        (question("b-01", category="单位"), {"version": 2}),
    )
    return tuple(judge(asked, given, plans) for asked, given in pairs)


def run_of(made: tuple[Outcome, ...], **fields: Any) -> Run:
    """Return a run of these outcomes."""
    configuration: dict[str, Any] = {
        "made": "2026-05-04T03:02:01+00:00",
        "seconds": 1.5,
        "product": "0.1.0",
        "sets": ("目标", "单位"),
        "questions": len(made),
        "set_version": "0" * 64,
        "corpus": "1" * 64,
        "plans": {"water": "节水方案"},
        "index": {"model": "m"},
        "way": "command",
    }
    shown = () if fields.get("hidden") else made
    return Run(Path("run"), Configuration(**(configuration | fields)), shown, summarize(made))
