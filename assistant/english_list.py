"""The list of English (``data/english.csv``) as it is looked up: phrases by their folded words, frames as patterns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "english.csv"
# Where a phrase is listed under several kinds, the first of these holds inside a sentence.
_PHRASE_KINDS = ("verb", "word", "drop", "join", "number", "place", "unit", "body")
_WORD = re.compile(r"[a-z][a-z']*")
_LONGEST_PHRASE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """The Chinese of an English phrase."""

    chinese: str
    kind: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A form of English sentence and the Chinese that asks the same."""

    pattern: re.Pattern[str]
    chinese: str


@dataclass(frozen=True, slots=True)
class EnglishList:
    """``kinds``: the rows of each kind, English → Chinese. ``known``: every word that stands in any row."""

    kinds: Mapping[str, Mapping[str, str]]
    known: frozenset[str]
    frames: tuple[Frame, ...]
    _exact: Mapping[str, Entry]
    _singular: Mapping[str, Entry]
    _stems: Mapping[str, Entry]

    def knows(self, word: str) -> bool:
        """Whether a word, in any of its forms, stands on the list."""
        return word in self.known or stem(word) in self.known

    def longest(self, tokens: list[str]) -> tuple[Entry | None, int]:
        """Return the longest phrase that ``tokens`` begin with, and how many of them it takes."""
        for size in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
            words = " ".join(tokens[:size])
            entry = self._exact.get(words) or self._singular.get(singular(words)) or self._stems.get(_stems(words))
            if entry is not None:
                return entry, size
        return None, 1

    def look_up(self, kind: str, words: str) -> str | None:
        """Return the Chinese of words, or of their singular, in the rows of one kind."""
        rows = self.kinds[kind]
        return rows.get(words) or rows.get(singular(words))

    def any_of(self, kind: str) -> str:
        """Return a pattern for any English of one kind, longest first."""
        return _any(self.kinds[kind])


@cache
def english_list() -> EnglishList:
    """Read the list once per process."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    kinds: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        kinds.setdefault(row["kind"], {})[row["english"]] = row["chinese"]
    exact = {words: Entry(text, kind) for kind in reversed(_PHRASE_KINDS) for words, text in kinds[kind].items()}
    known = {word for rows in kinds.values() for words in rows for word in _WORD.findall(words)}
    groups = {name: words for words, name in kinds["group"].items()}
    return EnglishList(
        kinds=kinds,
        known=frozenset(known | {stem(word) for word in known}),
        frames=tuple(Frame(_compiled(english, groups), chinese) for english, chinese in kinds["frame"].items()),
        _exact=exact,
        _singular=_refolded(exact, singular),
        _stems=_refolded(exact, _stems),
    )


def _refolded(table: Mapping[str, Entry], fold: Callable[[str], str]) -> dict[str, Entry]:
    """Return the table by folded words; of two that fold alike the shorter, which is the plainer, is kept."""
    return {fold(words): table[words] for words in sorted(table, key=lambda words: (-len(words), words))}


def _compiled(english: str, groups: Mapping[str, str]) -> re.Pattern[str]:
    """Turn a frame's English into a pattern over a plain sentence, each word of which is followed by a blank."""
    english = re.sub(r"<([A-Z]+)>", lambda found: f"({groups[found.group(1)]})", english)
    pattern, number = "", 0
    for part in re.findall(r"[][(){}|*~@※#…]|[^][(){}|*~@※#… ]+", english):
        if part == "the":  # left out of the sentences too
            continue
        number += part in "*{~"
        pattern += {
            "[": "(?:",
            "]": ")?",
            "(": "(?:",
            ")": ")",
            "|": "|",
            "{": f"(?P<s{number}>",
            "}": ")",
            "*": rf"(?P<s{number}>\S.*? )",
            "…": r"\S.*? ",
            "~": rf"(?P<s{number}>\d\S* (?:\S+ )*?)",
            "@": r"(?P<body>⟨[^⟩]*⟩ (?:(?:and |or )?⟨[^⟩]*⟩ )*)",
            "※": r"(?P<clause>‹[^›]*› )",
            "#": r"(?P<counted>\S.*? )",
        }.get(part) or re.escape(part) + " "
    return re.compile(pattern)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def singular(words: str) -> str:
    """Return a phrase with its last word in the singular.

    >>> singular("gas pipes"), singular("agencies"), singular("emissions process"), singular("boxes")
    ('gas pipe', 'agency', 'emissions process', 'box')
    """
    if words.endswith("ies") and len(words) > 4:
        return words[:-3] + "y"
    if words.endswith(("ches", "shes", "sses", "xes", "zes")):
        return words[:-2]
    if words.endswith("s") and not words.endswith(("ss", "us", "is")):
        return words[:-1]
    return words


@lru_cache(maxsize=4096)
def _stems(words: str) -> str:
    return " ".join(map(stem, words.split()))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a word without its ending, the same for British and American spelling.

    >>> {stem(word) for word in ("utilise", "utilised", "utilizing", "utilizes")}, stem("labour") == stem("labor")
    ({'utiliz'}, True)
    """
    word = singular(word).replace("isation", "ization")
    if len(word) <= 5:
        return word
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            word = word.removesuffix(ending)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "sl" else word
            break
    word = word.removesuffix("e")
    word = word[:-2] + "iz" if word.endswith("is") else word
    return word.replace("our", "or")
