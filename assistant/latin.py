"""Latin letters inside Chinese that stand for Chinese words: pinyin (wuni → 污泥) and its initials (fgw → 发改委)."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from assistant.pinyin import rare_character, readings
from assistant.slips import HAN, spelling_data

# Words with nothing but blanks between them; not inside 5G, PM2.5, CO2, an address or a name with digits.
_TOKENS = re.compile(r"(?<![A-Za-z0-9_.@/\-])[A-Za-z]+(?: +[A-Za-z]+)*(?![A-Za-z0-9_@/\-]|\.[A-Za-z0-9])")
_READINGS_OF_A_WORD = 8
_LONGEST = 96
_LONGEST_WORD = 12
# Of several words that fit, the likeliest must be this many times as frequent as the next.
CLEAR = 5
_FREQUENT = 3
_LONG = 4  # letters
_BEFORE_HAN = re.compile(r"(?<![A-Za-z0-9])(?P<letters>[A-Za-z]{2,12})(?P<han>[㐀-鿿]{1,3})")
_BEHIND_HAN = re.compile(r"(?P<han>[㐀-鿿]{1,3})(?P<letters>[A-Za-z]{2,12})(?![A-Za-z0-9])")


class LatinReader:
    """Turns pinyin and initials into the words of one vocabulary."""

    def __init__(self, words: Counter[str], bodies: Mapping[str, str], known: frozenset[str]) -> None:
        """``words`` with their weights, ``bodies``: words for bodies → whom they mean, ``known``: words to leave alone."""
        self._words = words
        self._bodies = bodies
        self.left = known | frozenset(spelling_data()["latin"]["terms"])
        self._by_pinyin: dict[str, list[str]] = defaultdict(list)
        self._by_initials: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if 2 <= len(word) <= _LONGEST_WORD and HAN.fullmatch(word):
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
        return _TOKENS.sub(lambda found: self._stretch(found.group().split()), text)

    def _stretch(self, tokens: list[str]) -> str:
        words = [self._word(token) for token in tokens]
        if all(words):
            return "".join(filter(None, words))
        if len(tokens) > 1 and (whole := self._spelled("".join(tokens).lower())):
            return whole  # shui li ting, syllable by syllable
        return " ".join(word or token for word, token in zip(words, tokens, strict=True))

    def read_all(self, text: str) -> str | None:
        """Return a text whose Latin words are all full pinyin in characters; None for any other, it may be English."""
        read = [self._spelled("".join(found.group().lower().split()), little=True) for found in _TOKENS.finditer(text)]
        if None in read:
            return None
        words = iter(read)
        return _TOKENS.sub(lambda _: next(words) or "", text)

    def _word(self, token: str) -> str | None:
        letters = token.lower()
        if len(letters) < 2 or letters in self.left or not (token.islower() or token.isupper()):
            return None
        if token.isupper():
            return self._body(letters) if len(letters) > 2 else None
        return self._spelled(letters) or self._body(letters) or self._frequent(letters)

    def _spelled(self, letters: str, *, little: bool = False) -> str | None:
        """Return the words that full pinyin spells, as few as will do; None where it spells no word.

        ``little``: 谁, 是, 的 and the like may stand between words.
        """
        if len(letters) > _LONGEST:
            return None
        particles: dict[str, str] = spelling_data()["pinyin"]["little"] if little else {}
        best: list[tuple[int, str] | None] = [(0, ""), *[None] * len(letters)]
        for start, end in itertools.combinations(range(len(letters) + 1), 2):
            before, syllables = best[start], letters[start:end]
            if before is None:
                continue
            word = self._likeliest(self._by_pinyin.get(syllables, ())) or particles.get(syllables)
            cost = before[0] + (1 if word and len(word) > 1 else 2)
            if word and (best[end] is None or (cost, before[1] + word) < (best[end] or (0, ""))):
                best[end] = (cost, before[1] + word)
        found = best[-1]
        return found[1] if found and found[0] < 2 * len(found[1]) else None  # not of little words alone

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
        """Return the word that initials stand for: a frequent one, or any that is so long that no other fits by chance."""
        if len(letters) < _FREQUENT:
            return None
        word = self._likeliest(self._by_initials.get(letters, ()))
        return word if word and (self._words[word] >= _FREQUENT or len(letters) >= _LONG) else None

    def completed(self, text: str) -> str:
        """Return ``text`` with pinyin that Chinese characters complete to one word in characters: chishui河 → 赤水河."""
        for pattern in (_BEFORE_HAN, _BEHIND_HAN):
            text = pattern.sub(lambda found: self._whole(found) or found.group(), text)
        return text

    def _whole(self, found: re.Match[str]) -> str | None:
        """Return a stretch of pinyin and characters with the word that both spell, the longest one first."""
        letters, han = found["letters"].lower(), found["han"]
        if letters in self.left:
            return None
        leads = found.start("letters") < found.start("han")
        for size in range(len(han), 0, -1):
            own = han[:size] if leads else han[-size:]
            sounds = "".join(readings(one)[0] for one in own if readings(one))
            spelled = letters + sounds if leads else sounds + letters
            fitting = [
                word for word in self._by_pinyin.get(spelled, ()) if (word.endswith if leads else word.startswith)(own)
            ]
            if word := self._likeliest(fitting):
                return word + han[size:] if leads else han[:-size] + word
        return None

    def _likeliest(self, words: tuple[str, ...] | list[str]) -> str | None:
        return _clearly_first(Counter({word: self._words[word] for word in words}))


def stand_ins(letters: str) -> str | None:
    """Return some characters that sound like pinyin, rare ones, so that they are no word; None for what is no pinyin.

    >>> [readings(character)[0] for character in stand_ins("shuangkong") or ""]
    ['shuang', 'kong']
    """
    best: list[str | None] = ["", *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            before, character = best[start], rare_character(letters[start:end])
            if before is not None and character and (best[end] is None or len(before) + 1 < len(best[end] or "")):
                best[end] = before + character
    return best[-1] or None


def _clearly_first(weights: Counter[str]) -> str | None:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]
