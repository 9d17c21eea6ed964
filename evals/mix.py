"""Questions that nobody asked: those of the sets cut, shuffled and mixed, to see whether any answer says too much."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from evals.question import Expect, Question

# Any way of answering is right; only what the answer says must be proved.
ANYTHING = Expect(status=("answered", "not_stated", "out_of_scope", "clarify"))

_PIECE = re.compile(r"\d[\d.]*%?|[A-Za-z]+|[\u4e00-\u9fff]{1,3}|\S")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")

Change = Callable[[random.Random, str, str], str]


def mix(questions: Sequence[Question], count: int, seed: int = 0) -> tuple[Question, ...]:
    """Return ``count`` questions made from ``questions``, the same ones for the same seed.

    >>> asked = [Question(id="a", question=text, expect=ANYTHING) for text in ("谁牵头节水？", "目标是16%吗？")]
    >>> mix(asked, 3) == mix(asked, 3), {one.category for one in mix(asked, 3)} <= set(CHANGES)
    (True, True)
    """
    dice = random.Random(seed)  # noqa: S311 (a repeatable shuffle, no secret)
    mixed = []
    for number in range(count):
        one, other, before = (dice.choice(questions) for _ in range(3))
        name = dice.choice(list(CHANGES))
        text = CHANGES[name](dice, one.question, other.question)
        history = (before.question,) if dice.random() < 0.2 else ()
        mixed.append(
            Question(id=f"mix-{seed}-{number}", question=text, history=history, expect=ANYTHING, category=name)
        )
    return tuple(mixed)


def _cut(dice: random.Random, text: str, other: str) -> str:
    first, last = sorted(dice.randrange(len(text) + 1) for _ in range(2))
    return text[first:last]


def _shuffled(dice: random.Random, text: str, other: str) -> str:
    pieces = _PIECE.findall(text)
    dice.shuffle(pieces)
    return "".join(pieces)


def _joined(dice: random.Random, text: str, other: str) -> str:
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other) + 1) :]


def _both(dice: random.Random, text: str, other: str) -> str:
    return f"{text}{dice.choice(['', '，', '还有，', '和', '；'])}{other}"


def _other_figures(dice: random.Random, text: str, other: str) -> str:
    figures = [*_FIGURE.findall(other), *_FIGURE.findall(text), str(dice.randrange(1, 3000)), f"{dice.random():.1f}"]
    return _FIGURE.sub(lambda _: dice.choice(figures), text)


def _typos(dice: random.Random, text: str, other: str) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 8)):
        at = dice.randrange(len(letters) + 1)
        if dice.random() < 0.5:
            letters.insert(at, dice.choice(other or "？"))
        else:
            del letters[at : at + 1]
    return "".join(letters)


CHANGES: dict[str, Change] = {
    "cut": _cut,
    "shuffled": _shuffled,
    "joined": _joined,
    "both": _both,
    "other_figures": _other_figures,
    "typos": _typos,
}
