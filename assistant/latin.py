"""Latin letters inside Chinese that stand for Chinese words: pinyin (wuni → 污泥) and its initials (fgw → 发改委)."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from assistant.pinyin import readings
from assistant.slips import HAN, spelling_data

# Not inside 5G, PM2.5, CO2, an address or a name with digits.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_.@/\-])[A-Za-z]+(?![A-Za-z0-9_@/\-]|\.[A-Za-z0-9])")
_READINGS_OF_A_WORD = 8
_LONGEST = 48
# Of several words that fit, the likeliest must be this many times as frequent as the next.
CLEAR = 5
_FREQUENT = 3


class LatinReader:
    """Turns pinyin and initials into the words of one vocabulary."""

    def __init__(self, words: Counter[str], bodies: Mapping[str, str], known: frozenset[str]) -> None:
        """``words`` with their weights, ``bodies``: words for bodies → whom they mean, ``known``: words to leave alone."""
        self._words = words
        self._bodies = bodies
        self._left = known | frozenset(spelling_data()["latin"]["terms"])
        self._by_pinyin: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= 2 and HAN.fullmatch(word):
                self._add(word)

    def _add(self, word: str) -> None:
        each = [readings(character) for character in word]
        for syllables in itertools.islice(itertools.product(*each), _READINGS_OF_A_WORD):
            self._by_pinyin["".join(syllables)].append(word)
            initials = "".join(syllable[0] for syllable in syllables)
            if word not in self._by_initials[initials]:
                self._by_initials[initials].append(word)

    def read(self, text: str) -> str:
        """Return ``text`` with its pinyin in characters, where exactly one reading is likely."""
        return self._replace(text)[0]

    def read_all(self, text: str) -> str | None:
        """Return ``text`` in characters where all its Latin words are full pinyin; else None, for it may be English."""
        read, left = self._replace(text, spelled_only=True)
        return None if left else read

    def _replace(self, text: str, *, spelled_only: bool = False) -> tuple[str, int]:
        """Return the text with what could be read, and how many Latin words could not."""
        parts: list[str] = []
        left = at = 0
        chinese = (
            False  # whether the word before was pinyin: the blank between two such words is none of the sentence's
        )
        for found in _TOKEN.finditer(text):
            between, token = text[at : found.start()], found.group()
            word = self._spelled(token.lower()) if spelled_only else self._word(token)
            parts += ["" if chinese and word and between.isspace() else between, word or token]
            left += word is None
            at, chinese = found.end(), word is not None
        return "".join([*parts, text[at:]]), left

    def _word(self, token: str) -> str | None:
        letters = token.lower()
        if len(letters) < 2 or letters in self._left or not (token.islower() or token.isupper()):
            return None
        if token.isupper():
            return self._body(letters) if len(letters) > 2 else None
        return self._spelled(letters) or self._body(letters) or self._frequent(letters)

    def _spelled(self, letters: str) -> str | None:
        """Return the words that full pinyin spells, as few as will do; None where two ways are as likely."""
        if len(letters) > _LONGEST:
            return None
        best: list[tuple[str, ...] | None] = [(), *[None] * len(letters)]
        for end in range(2, len(letters) + 1):
            for start in range(end - 1):
                before = best[start]
                word = self._likeliest(self._by_pinyin.get(letters[start:end], ())) if before is not None else None
                if before is not None and word and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                    best[end] = (*before, word)
        found = best[-1]
        return "".join(found) if found else None

    def _body(self, letters: str) -> str | None:
        """Return the body that initials stand for, where they stand for one alone."""
        fitting = [word for word in self._by_initials.get(letters, ()) if word in self._bodies]
        weights: Counter[str] = Counter()
        for word in fitting:
            weights[self._bodies[word]] = max(weights[self._bodies[word]], self._words[word])
        owner = _clearly_first(weights)
        own = [word for word in fitting if self._bodies[word] == owner]
        return min(own, key=lambda word: (-self._words[word], len(word), word)) if own else None

    def _frequent(self, letters: str) -> str | None:
        if len(letters) < _FREQUENT:
            return None
        word = self._likeliest(self._by_initials.get(letters, ()))
        return word if word and self._words[word] >= _FREQUENT else None

    def _likeliest(self, words: tuple[str, ...] | list[str]) -> str | None:
        return _clearly_first(Counter({word: self._words[word] for word in words}))


def _clearly_first(weights: Counter[str]) -> str | None:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]
