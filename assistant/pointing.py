"""What a turn points at in the turns before it: one of a list, all of it, the next clause, more of the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.reading import Subject
from corpus.numerals import read_numeral

FILE = Path(__file__).parent / "data" / "pointing.toml"
_NTH = re.compile(r"第\s*([0-9一二三四五六七八九十两]{1,3})\s*[个项条家名款点]")
_COUNTED = re.compile(r"第?[0-9一二三四五六七八九十两]{1,3}[个项条家名款点]?$")
_NTH_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


@dataclass(frozen=True, slots=True)
class Pointer:
    """How a turn points back. ``nth`` counts from 1, from the end where it is negative; 0 where nothing is counted.

    ``kinds`` are the lists of ``pointing.toml`` of which the turn holds a word.
    """

    nth: int = 0
    kinds: frozenset[str] = frozenset()

    def has(self, *kinds: str) -> bool:
        """Whether the turn holds a word of any of the lists."""
        return any(kind in self.kinds for kind in kinds)


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            "|".join(_form(word) for word in sorted(words, key=lambda word: (-len(word), word))), re.IGNORECASE
        )
        for name, words in _lists().items()
    }


def _form(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def read_pointer(text: str) -> Pointer:
    """Return how a normalised turn points back.

    >>> read_pointer("第二个由谁负责?").nth, read_pointer("最后一项呢").nth, read_pointer("后者呢").has("latter")
    (2, -1, True)
    """
    kinds = frozenset(name for name, pattern in _patterns().items() if pattern.search(text))
    return Pointer(_nth(text, kinds), kinds)


def _nth(text: str, kinds: frozenset[str]) -> int:
    if match := _NTH.search(text):
        value = read_numeral(match.group(1))
        return int(value) if value is not None else 0
    if "last" in kinds:
        return -1
    return next((number for word, number in _NTH_ENGLISH.items() if re.search(rf"\b{word}\b", text.lower())), 0)


def without_talk(subject: Subject) -> Subject:
    """Drop the words of a subject that only talk about the turns before: 更高, 确定, 第二个."""
    talk = frozenset(_lists()["talk"])
    return subject.without([word for word in subject.words if word in talk or _COUNTED.match(word)])


def opened_anew(text: str) -> bool:
    """Whether a turn says that it begins another subject.

    >>> opened_anew("换个话题,第四章有几条?"), opened_anew("那第四章呢")
    (True, False)
    """
    return _patterns()["new_topic"].search(text) is not None


def is_kind(words: Sequence[str]) -> bool:
    """Whether words only tell another kind of a thing: 城市, 全国.

    >>> is_kind(["城市"]), is_kind(["秸秆"]), is_kind([])
    (True, False, False)
    """
    return bool(words) and set(words) <= set(_lists()["kinds"])
