"""Everyday words and what plans say instead: a question about 电费 is about 电价.

The pairs are data (``everyday_words.tsv``); they belong to the language of the genre, to no plan.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from index.segment import fold


def official_words(question: str, words: Collection[str]) -> tuple[str, ...]:
    """Return the words that plans use for what a question says, without those that it says itself.

    ``words`` are those of the question: an everyday word of one character counts only as one of them.

    >>> official_words("电费会不会涨", ["电费", "会不会", "涨"])
    ('电价',)
    >>> official_words("电价会不会涨", ["电价", "会不会", "涨"])
    ()
    """
    folded = fold(question)
    found: dict[str, None] = {}
    for everyday, official in _pairs():
        if everyday in words or (len(everyday) > 1 and everyday in folded):
            found.update(dict.fromkeys(word for word in official if word not in folded))
    return tuple(found)


@cache
def _pairs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = (Path(__file__).parent / "everyday_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((fold(word), tuple(map(fold, official.split()))) for left, official in rows for word in left.split())
