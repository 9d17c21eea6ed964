"""The words that a question about one plan may hold, the likelier ones more often."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.lexicon import word_lists
from assistant.slips import HAN, spelling_data
from corpus import Plan
from corpus.agencies import agency_aliases, general_bodies
from index.segment import Segmenter

# The weight of names and of words that ask: how often a word of the plan's text would have to come to be as likely.
LIKELY = 10


@dataclass(frozen=True, slots=True)
class Words:
    """What a speller is made from.

    ``bodies``: words for government bodies → whom they mean; ``current``: those of them whose initials may be written,
    the plan's own bodies by the names that they have today.
    """

    vocabulary: Iterable[str]
    bodies: Mapping[str, str]
    current: Mapping[str, str]


def words_of(plan: Plan, segmenter: Segmenter) -> Words:
    """Return what a question about a plan may hold: its bodies, names, headings and words, and the words that ask."""
    own: dict[str, str] = {}
    former: set[str] = set()
    for name in dict.fromkeys(row.name for row in plan.responsibilities):
        aliases = agency_aliases(name, plan.region)
        own |= dict.fromkeys((name, *(alias.text for alias in aliases)), name)
        former |= {alias.text for alias in aliases if alias.kind == "old"}
    current = {word: owner for word, owner in own.items() if word not in former}
    return Words(_vocabulary(plan, segmenter, own), {**general_bodies(), **own}, current)


def _vocabulary(plan: Plan, segmenter: Segmenter, bodies: Mapping[str, str]) -> Iterator[str]:
    """Yield what a question about a plan may hold, likelier words more often."""
    yield from (word for word in segmenter.cut(plan.text) if len(word) > 1)
    yield from general_bodies()
    for _ in range(LIKELY):
        yield from _asking_words()
        yield from spelling_data()["phrases"]["asking"]
        yield from bodies
    names = [plan.title, *plan.aliases]
    names += [clause.title for clause in plan.clauses]
    names += [name for row in plan.indicators for name in (row.name, *row.aliases)]
    names += [name for row in plan.definitions for name in (row.term, row.meaning)]
    for name in dict.fromkeys(names):
        for run in HAN.findall(name):
            yield from _parts(segmenter.cut(run))
            if run.endswith("率") and len(run) > _RATE:
                yield run[-_RATE:]  # 覆盖率, also where the whole name is one word


def _parts(words: list[str]) -> Iterator[str]:
    """Yield every stretch of words of a name that is longer than a usual word, and the whole."""
    for start, end in itertools.combinations(range(len(words) + 1), 2):
        if len(part := "".join(words[start:end])) > 2:
            yield part


@cache
def _lists() -> tuple[str, ...]:
    return tuple(dict.fromkeys(itertools.chain(*word_lists("cues").values(), *word_lists("function").values())))


def _asking_words() -> Iterator[str]:
    """Yield the words that ask; not 分到, where the first character is all that tells it from any other verb with 到."""
    bound = spelling_data()["kept"]["bound"]
    words = (word for word in _lists() if len(word) > 1 and HAN.fullmatch(word))
    return (word for word in words if len(word) > _PAIR or word[-1] not in bound)


_PAIR = 2  # characters
_RATE = 3  # characters of a word that tells which rate is meant


@cache
def english_words() -> frozenset[str]:
    """Return the English words by which questions are read; they are no pinyin."""
    return frozenset(part for words in _lists() if words.isascii() for part in words.split())
