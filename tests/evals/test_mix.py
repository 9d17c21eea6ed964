import random
from pathlib import Path

import pytest

from evals.mix import ANYTHING, CHANGES, mix
from evals.question import Question
from evals.sets import load_sets

TUNE = Path(__file__).parents[2] / "evals" / "sets" / "tune"
TEXTS = ["", "？", "到2025年，秸秆利用率是86%吗？", "Who leads it?"]


def test_mixed_questions_are_many_and_new() -> None:
    """From the sets come mostly different questions, all kinds of change among them, repeatable by the seed."""
    questions = load_sets([TUNE])
    mixed = mix(questions, 500, seed=1)
    assert {one.category for one in mixed} == set(CHANGES)
    assert len({one.question for one in mixed} - {one.question for one in questions}) > 375
    assert mix(questions, 5, seed=1) == mixed[:5]
    assert mix(questions, 5, seed=2) != mixed[:5]


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_takes_any_text(name: str) -> None:
    """Empty and foreign questions can be changed like any other."""
    dice = random.Random(3)  # noqa: S311
    for text in TEXTS:
        for other in TEXTS:
            changed = CHANGES[name](dice, text, other)
            assert Question(id="a", question=changed, expect=ANYTHING).question == changed
