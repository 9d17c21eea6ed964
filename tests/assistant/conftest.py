"""The answers to the tuning questions, asked once for all tests that look at many answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from evals.question import Question
from evals.sets import load_sets

TUNE = Path(__file__).parents[2] / "evals" / "sets" / "tune"


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    """The tuning questions."""
    return load_sets([TUNE])


@pytest.fixture(scope="session")
def tuned(assistant: Assistant, questions: tuple[Question, ...]) -> list[tuple[Question, Answer]]:
    """Every tuning question with its answer."""
    return [(one, assistant.ask(one.question, one.history, one.plan_id)) for one in questions]
