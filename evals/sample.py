"""A fixed part of the sets, small enough for a slow model: chosen by a seed, spread over the categories."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from evals.question import Question


def sample(questions: Sequence[Question], count: int, seed: int = 0) -> tuple[Question, ...]:
    """Return ``count`` questions, the same ones for the same seed, in the order of the sets.

    Every category gets its share by weight (``sample.toml``), but no more than it has. Within a category the order is
    that of a hash over seed and id, so that a question which is added later displaces one other at the most.

    >>> from evals.question import Expect
    >>> asked = [Question(id=f"{at}", question="？", expect=Expect(status="answered")) for at in range(9)]
    >>> len(sample(asked, 4)), sample(asked, 4) == sample(asked, 4), sample(asked, 4, seed=1) == sample(asked, 4)
    (4, True, False)
    """
    groups: dict[str, list[Question]] = {}
    for one in sorted(questions, key=lambda one: _rank(one, seed)):
        groups.setdefault(one.category, []).append(one)
    quota = _quota({name: len(group) for name, group in groups.items()}, count)
    chosen = {one.id for name, group in groups.items() for one in group[: quota[name]]}
    return tuple(one for one in questions if one.id in chosen)


def _rank(question: Question, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{question.id}".encode()).digest()


def _quota(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """Give out ``count`` places one by one, each to the category that is furthest behind its weight.

    >>> _quota({"甲": 1, "乙": 9}, 4)
    {'甲': 1, '乙': 3}
    """
    quota = dict.fromkeys(sizes, 0)
    for _ in range(min(count, sum(sizes.values()))):
        open_ = [name for name in sorted(sizes) if quota[name] < sizes[name]]
        quota[min(open_, key=lambda name: quota[name] / weight(name))] += 1
    return quota


def weight(category: str) -> int:
    """Return how many questions of a category stand for one of a category that the table does not name."""
    return _weights().get(category, 1)


@cache
def _weights() -> Mapping[str, int]:
    table = tomllib.loads((Path(__file__).parent / "sample.toml").read_text("utf-8"))
    weights: Mapping[str, int] = table["weights"]
    return weights
