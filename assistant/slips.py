"""Words found by their sound: a trie of syllables, and what a typed stretch would have to have got wrong."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from assistant.pinyin import DATA, fold_sound, readings

HAN = re.compile(r"[㐀-鿿]+")
SAME_SOUND, LIKE_SHAPE, LIKE_SOUND, DROPPED, DOUBLED = 1.0, 1.2, 1.5, 1.5, 1.5
LONGEST = 24
# From these lengths on a character may be missing or doubled: 秸秆综合利率 is no other name.
_LONG_FOR_DROPPED, _LONG_FOR_DOUBLED = 6, 5
_READINGS_OF_A_WORD = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text that may spell ``word``.

    ``changed``: the places that differ, none where it is the word itself; ``meant``: the characters that belong there.
    """

    start: int
    end: int
    word: str
    cost: float
    changed: tuple[int, ...]
    meant: str
    by_sound: bool

    @property
    def is_odd(self) -> bool:
        """Whether a character was left out or typed twice."""
        return len(self.word) != self.end - self.start

    def covers(self, start: int, end: int) -> bool:
        """Whether a stretch lies wholly inside the match."""
        return self.start <= start and end <= self.end


@dataclass(slots=True)
class _Node:
    """A place in the trie: what may follow, by folded syllable, and the words that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """A way through the trie: the next place of the text, where each character of the word was typed (None: left out).

    ``doubled``: the place of a character that was typed twice, 0 for none.
    """

    node: _Node
    at: int
    places: tuple[int | None, ...] = ()
    doubled: int = 0

    @property
    def is_odd(self) -> bool:
        """Whether a character was left out or doubled so far; that happens once."""
        return bool(self.doubled) or None in self.places


class SoundTrie:
    """Finds the words of a vocabulary that a stretch of text sounds like."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take up every word of Chinese characters with at least two of them."""
        self._root = _Node()
        for word in words:
            if 2 <= len(word) <= LONGEST and HAN.fullmatch(word):
                self._add(word)

    def _add(self, word: str) -> None:
        for sounds in _word_sounds(word):
            node = self._root
            for sound in sounds:
                following = node.next.get(sound)
                if following is None:
                    following = node.next[sound] = _Node()
                node = following
            node.words.append(word)

    def matches(self, text: str, start: int) -> Iterator[Match]:
        """Yield every word that ``text`` may spell from ``start`` on, right or wrong.

        >>> [match.word for match in SoundTrie(["粪污", "分析"]).matches("分污", 0)]
        ['粪污']
        """
        states = [_State(self._root, start)]
        while states:
            state = states.pop()
            for word in state.node.words:
                yield from _measured(word, text, start, state)
            if state.at < len(text):
                states.extend(_steps(state, text))


def _steps(state: _State, text: str) -> Iterator[_State]:
    node, at, places = state.node, state.at, state.places
    for sound in _typed_sounds(text[at]):
        following = node.next.get(sound)
        if following is not None:
            yield _State(following, at + 1, (*places, at), state.doubled)
    if len(places) < 2 or state.is_odd:
        return
    if text[at] == text[at - 1]:
        yield _State(node, at + 1, places, at)
    for following in node.next.values():
        if following.next:
            yield _State(following, at, (*places, None))


def _measured(word: str, text: str, start: int, state: _State) -> Iterator[Match]:
    """Compare a word with the characters it was matched with; nothing where the slip is not believable."""
    odd = state.is_odd
    shortest = _LONG_FOR_DOUBLED if state.doubled else _LONG_FOR_DROPPED
    if odd and (len(word) < shortest or state.places[-1] != state.at - 1):
        return  # 环境厅厅长 holds no doubled 厅
    cost = DOUBLED if state.doubled else 0.0
    changed: list[int] = []
    meant = ""
    at = start
    for character, place in zip(word, state.places, strict=True):
        at = at if place is None else place
        if place is None or text[place] != character:
            cost += DROPPED if place is None else price_of(text[place], character)
            changed.append(at)
            meant += character
    by_sound = cost == SAME_SOUND * len(changed) and not odd
    for one in (state.doubled - 1, state.doubled) if state.doubled else (-1,):  # either of the two may be too much
        places = (*changed, one) if one >= 0 else tuple(changed)
        yield Match(start, state.at, word, cost, places, meant, by_sound)


@lru_cache(maxsize=4096)
def price_of(typed: str, meant: str) -> float:
    """Return what it costs to take one character for another: sounding alike is cheapest.

    >>> price_of("绿", "率"), price_of("末", "未"), price_of("自", "治")
    (1.0, 1.2, 1.5)
    """
    if set(readings(typed)) & set(readings(meant)):
        return SAME_SOUND
    return LIKE_SHAPE if typed in _shapes().get(meant, "") else LIKE_SOUND


def _word_sounds(word: str) -> list[tuple[str, ...]]:
    """Return the folded readings of a word, at most a few where several characters have more than one."""
    each = [_sounds(character) for character in word]
    if all(len(sounds) == 1 for sounds in each):
        return [tuple(sounds[0] for sounds in each)]
    return list(itertools.islice(itertools.product(*each), _READINGS_OF_A_WORD))


@lru_cache(maxsize=4096)
def _sounds(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_sound, readings(character)))) or (character,)


@lru_cache(maxsize=4096)
def _typed_sounds(character: str) -> tuple[str, ...]:
    """Return the folded readings of a typed character and of those that look like it."""
    meant = character + _shapes().get(character, "")
    return tuple(dict.fromkeys(sound for one in meant for sound in _sounds(one)))


@cache
def spelling_data() -> dict[str, dict[str, Any]]:
    """Return the lists of ``spelling.toml``."""
    return tomllib.loads((DATA / "spelling.toml").read_text(encoding="utf-8"))


@cache
def _shapes() -> dict[str, str]:
    groups: dict[str, str] = {}
    for group in spelling_data()["shapes"]["groups"]:
        for character in group:
            groups[character] = groups.get(character, "") + group.replace(character, "")
    return groups
