"""Everyday words for what plans say officially (``lay_words.csv``): 烧煤 → 燃煤、散煤."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("lay_words.csv")
TERMS = Path(__file__).parent.parent / "corpus" / "terms.txt"
_SEPARATOR = "、"
_HEADER = ["lay", "official", "note"]


@dataclass(frozen=True)
class LayWords:
    """The table: an everyday word → its official words; none for a word that only keeps a shorter one from being read.

    ``lengths`` maps a first character to the lengths of the words that begin with it, longest first.
    """

    table: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def load(cls, path: Path = FILE) -> LayWords:
        """Read the table from a CSV file with the columns lay, official, note; lines that begin with # are remarks.

        Raises:
            ValueError: a line has not three fields, or a word stands in two lines.
        """
        with path.open(encoding="utf-8", newline="") as lines:
            return cls.of(csv.reader(line for line in lines if not line.startswith("#")))

    @classmethod
    def of(cls, rows: Iterable[list[str]]) -> LayWords:
        """Build the table from rows, the header first."""
        table: dict[str, tuple[str, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for number, row in enumerate(rows):
            if len(row) != len(_HEADER) or (number == 0 and row != _HEADER) or row[0] in table:
                raise ValueError(f"row {number} of the table of everyday words cannot be used: {row}")
            if number:
                word, official = row[0], row[1]
                table[word] = tuple(official.split(_SEPARATOR)) if official else ()
                lengths.setdefault(word[0], set()).add(len(word))
        ordered = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        return cls(MappingProxyType(table), MappingProxyType(ordered))

    def find(self, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the everyday words of a normalised text with their official words, each once, longest first.

        Where two overlap, the longer one is meant (不烧煤的能源, not 烧煤); of two as long, the first.
        """
        lowered = text.lower()
        found = sorted(self._candidates(lowered), key=lambda span: (span[0] - span[1], span[0]))
        taken: list[tuple[int, int]] = []
        words: dict[str, tuple[str, ...]] = {}
        for start, end in found:
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
                word = lowered[start:end]
                if self.table[word]:
                    words[word] = self.table[word]
        return tuple(words.items())

    def _candidates(self, text: str) -> Iterator[tuple[int, int]]:
        for start, character in enumerate(text):
            for length in self.lengths.get(character, ()):
                end = start + length
                if end <= len(text) and text[start:end] in self.table and not _inside_latin(text, start, end):
                    yield start, end


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends in the middle of a Latin word: app in happy."""
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=1)
def lay_words() -> LayWords:
    """Read the table once per process, when it is first asked for."""
    return LayWords.load()


@lru_cache(maxsize=1)
def _policy_words() -> frozenset[str]:
    words = {word for lay, official in lay_words().table.items() for word in (lay, *official)}
    return frozenset(words) | frozenset(TERMS.read_text(encoding="utf-8").split())


def is_policy(words: Iterable[str]) -> bool:
    """Whether at least half of the words belong to the fields that government plans treat.

    >>> is_policy(["量子力学"]), is_policy(["污水"])
    (False, True)
    """
    found = [word in _policy_words() for word in words]
    return 2 * sum(found) >= len(found) > 0


def official_words(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the everyday words of a normalised question, longest first, each with what plans call it.

    >>> official_words("那条臭水沟管不管")
    (('臭水沟', ('黑臭水体',)),)
    >>> official_words("非化石能源占比")
    ()
    """
    return lay_words().find(text)
