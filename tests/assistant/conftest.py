"""The answers to the tuning questions, asked once for all tests that look at many answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# Imported where they are needed: the tests of single modules here need none of them.
if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.service import Assistant
    from evals.question import Question

TUNE = Path(__file__).parents[2] / "evals" / "sets" / "tune"


@pytest.fixture(scope="session")
def questions() -> tuple[Question, ...]:
    """The tuning questions."""
    from evals.sets import load_sets

    return load_sets([TUNE])


@pytest.fixture(scope="session")
def tuned(assistant: Assistant, questions: tuple[Question, ...]) -> list[tuple[Question, Answer]]:
    """Every tuning question with its answer."""
    return [(one, assistant.ask(one.question, one.history, one.plan_id)) for one in questions]
