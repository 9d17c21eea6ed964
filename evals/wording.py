"""The word lists of the proof (``wording.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import Role, Strength

TABLE = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """Lists of words, the longest first where one may begin another."""

    counted: tuple[str, ...]
    heads: frozenset[str]
    body_endings: tuple[str, ...]
    not_bodies: tuple[str, ...]
    body_breaks: frozenset[str]
    verbs: dict[str, tuple[Role, ...]]
    titles: dict[str, tuple[Role, ...]]
    denials: tuple[str, ...]
    absences: dict[str, tuple[Role, ...]]
    strengths: dict[str, Strength]
    base_years: tuple[str, ...]
    arithmetic: dict[str, str]


@cache
def read_wording() -> Wording:
    """Read the word lists.

    >>> "条" in read_wording().counted
    True
    """
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return Wording(
        counted=_longest_first(table["counted"]["words"]),
        heads=frozenset(table["counted"]["heads"]),
        body_endings=_longest_first(table["bodies"]["endings"]),
        not_bodies=_longest_first(table["bodies"]["not_bodies"]),
        body_breaks=frozenset(table["bodies"]["breaks"]),
        verbs={word: tuple(roles) for word, roles in table["verbs"].items()},
        titles={word: tuple(roles) for word, roles in table["titles"].items()},
        denials=_longest_first(table["denials"]["words"]),
        absences={words: tuple(roles) for words, roles in table["absences"].items()},
        strengths=dict(table["strengths"]),
        base_years=tuple(table["years"]["base"]),
        arithmetic=dict(table["arithmetic"]),
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
