"""The word lists by which a model's sentences are checked (``data/sentences.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.units import any_of

FILE = Path(__file__).resolve().parents[1] / "data" / "sentences.toml"


@dataclass(frozen=True)
class SentenceWords:
    """The lists; ``particles`` are single characters. ``negation`` finds 不, 未, 严禁 where they deny; ``strength`` and ``direction`` their words."""

    frame: frozenset[str]
    particles: frozenset[str]
    negation: re.Pattern[str]
    strength: re.Pattern[str]
    direction: re.Pattern[str]


@cache
def sentence_words() -> SentenceWords:
    """Read the lists.

    >>> [one["negation"] for one in sentence_words().negation.finditer("不断减少，不得新增") if one["negation"]]
    ['不得']
    """
    table = tomllib.loads(FILE.read_text("utf-8"))
    negation = table["negation"]
    return SentenceWords(
        frozenset(table["frame"]["words"]),
        frozenset(table["frame"]["particles"]),
        re.compile(f"{any_of(negation['except'])}|(?P<negation>{any_of(negation['words'])})"),
        re.compile(any_of(table["strength"]["words"])),
        re.compile(any_of(table["direction"]["words"])),
    )
