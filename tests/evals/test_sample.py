from collections import Counter
from pathlib import Path

from evals.sample import sample, weight
from evals.sets import load_sets

TUNE = Path(__file__).parents[2] / "evals" / "sets" / "tune"


def test_a_sample_is_spread_over_the_categories() -> None:
    """A hundred questions hold every category, those of weight more often, and are the same ones each time."""
    questions = load_sets([TUNE])
    chosen = sample(questions, 100, seed=1)
    counts = Counter(one.category for one in chosen)
    assert len(chosen) == 100
    assert set(counts) == {one.category for one in questions}
    assert counts["subject_content"] > counts["terms"] > counts["who_leads"]
    assert sample(tuple(reversed(questions)), 100, seed=1) == tuple(reversed(chosen))


def test_the_categories_of_weight_are_there() -> None:
    """The weights name categories that the sets have, so that a renamed one does not lose its weight unseen."""
    names = {one.category for one in load_sets([TUNE])}
    assert sum(weight(name) > 1 for name in names) == 5


def test_a_later_question_displaces_one_at_most() -> None:
    """A set that grows by a question keeps the rest of its sample, so that runs stay comparable."""
    questions = load_sets([TUNE])
    before = {one.id for one in sample(questions[:-1], 60)}
    assert len(before - {one.id for one in sample(questions, 60)}) <= 1
