"""Slips of the keyboard in a question: homophones, pinyin left in Latin letters, a character dropped or doubled.

People type Chinese by sound, so a slip sounds like what was meant (秸杆综和利用律). Words are found by their sound in a trie
of what a question about the plan may hold; a stretch is changed only where the change also makes it fall into fewer
words, where exactly one word fits, and where nothing known is taken apart. Everything else stays as it was typed.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from assistant.latin import CLEAR, LatinReader, stand_ins
from assistant.normalize import is_english
from assistant.slips import HAN, SAME_SOUND, Match, SoundTrie, spelling_data
from assistant.spelling_words import LIKELY, Words, english_words, words_of
from corpus import Plan
from index.segment import Segmenter

# One stretch of Latin letters that Chinese touches.
_MIXED = re.compile(r"(?<![A-Za-z0-9])(?:[㐀-鿿]+[A-Za-z]{2,12}[㐀-鿿]*|[A-Za-z]{2,12}[㐀-鿿]+)(?![A-Za-z0-9])")
_LETTERS = re.compile("[A-Za-z]+")
# From this length on a word may be found through shorter words that are known by themselves (污水智力率).
_LONG = 4
# A word of the plan that comes this often may also be found where a common little word was typed (方安 for 方案).
_FREQUENT = 3
# By so much must the words around a slip become fewer.
_ENOUGH = 0.75


@dataclass(frozen=True)
class _Run:
    """A stretch of Chinese characters, where each of its words lies, and where words of the vocabulary stand in it."""

    text: str
    tokens: tuple[tuple[int, int], ...]
    known: frozenset[tuple[int, int]]

    @cached_property
    def single(self) -> frozenset[int]:
        """The places of characters that are words by themselves."""
        return frozenset(start for start, end in self.tokens if end - start == 1)

    @cached_property
    def words_at(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """The words of two and more characters that hold each place."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for start, end in {*self.tokens, *self.known}:
            for place in range(start, end) if end - start > 1 else ():
                found[place].append((start, end))
        return found

    @cached_property
    def _token_at(self) -> Sequence[int]:
        return [number for number, (start, end) in enumerate(self.tokens) for _ in range(start, end)]

    def around(self, match: Match) -> Sequence[tuple[int, int]]:
        """Return the words that a match touches."""
        return self.tokens[self._token_at[match.start] : self._token_at[match.end - 1] + 1]


@dataclass(frozen=True, slots=True)
class _Store:
    """What that becomes: the weight of each word, the words by sound, and whom words for bodies, and current ones, mean."""

    words: Counter[str]
    trie: SoundTrie
    bodies: Mapping[str, str]
    current: Mapping[str, str]


class Speller:
    """Corrects what is surely mistyped in questions about one plan; made once for each plan, threads may share it."""

    def __init__(
        self, vocabulary: Iterable[str], segmenter: Segmenter, bodies: Mapping[str, str] | None = None
    ) -> None:
        """Prepare; the sounds are worked out at the first use.

        ``vocabulary``: words and names; one that comes several times is the more likely one. ``bodies``: words for
        government bodies → whom they mean.
        """
        self._load: Callable[[], Words] = lambda: Words(vocabulary, bodies or {}, bodies or {})
        self._segmenter = segmenter
        self._lock = threading.RLock()
        self._made: _Store | None = None
        self._latin_made: LatinReader | None = None

    @classmethod
    def of(cls, plan: Plan, segmenter: Segmenter) -> Speller:
        """Make the speller of a plan: its bodies, names, headings and words, and the words by which people ask."""
        speller = cls((), segmenter)
        speller._load = lambda: words_of(plan, segmenter)
        return speller

    def correct(self, text: str) -> str:
        """Return the normalised ``text`` with its slips corrected; unchanged where nothing is surely wrong.

        >>> Speller(["牵头", "负责"], Segmenter()).correct("谁牵投,谁付责?")
        '谁牵头,谁负责?'
        """
        if is_english(text):
            return self._latin.read_all(text) or text
        if any(character.isascii() and character.isalpha() for character in text):
            text = _MIXED.sub(lambda found: self._mixed(found.group()), self._latin.read(text))
        return HAN.sub(lambda run: self._correct_run(run.group()), text)

    @property
    def _store(self) -> _Store:
        with self._lock:
            if self._made is None:
                source = self._load()
                words = Counter(source.vocabulary)
                self._made = _Store(words, SoundTrie(words), source.bodies, source.current)
            return self._made

    @property
    def _latin(self) -> LatinReader:
        with self._lock:
            if self._latin_made is None:
                words, bodies = self._store.words, self._store.current
                known = frozenset(word.lower() for word in words if word.isascii()) | english_words()
                self._latin_made = LatinReader(words, bodies, known)
            return self._latin_made

    def _mixed(self, text: str) -> str:
        """Return Chinese with pinyin in the middle of a word (秸gan利用率) in characters, where a word comes of it."""
        found = _LETTERS.search(text)
        if (completed := self._latin.completed(text)) != text:
            return completed
        sounds = stand_ins(found.group().lower()) if found else None
        if not found or not sounds or found.group().lower() in self._latin.left:
            return text
        corrected = self._correct_run(_LETTERS.sub(sounds, text))
        return text if set(sounds) & set(corrected) else corrected

    def _correct_run(self, text: str) -> str:
        if len(text) < 2:
            return text
        trie = self._store.trie
        matches = [match for start in range(len(text)) for match in trie.matches(text, start)]
        known = frozenset((match.start, match.end) for match in matches if not match.changed)
        run = _Run(text, tuple(_spans(self._segmenter.cut(text))), known)
        clear = self._unambiguous(match for match in matches if match.changed and match.cost <= _affordable(match))
        slips = [match for match in clear if self._is_slip(match, run)]
        for match in reversed(_apart(slips, {slip: self._gain(slip, run) for slip in slips})):
            text = text[: match.start] + match.word + text[match.end :]
        return text

    def _is_slip(self, match: Match, run: _Run) -> bool:
        return (
            _may_change(match, run, self._store.words[match.word])
            and not self._breaks_known(match, run)
            and len(self._segmenter.cut(run.text[match.start : match.end])) > 1
            and self._gain(match, run) >= _ENOUGH
        )

    def _breaks_known(self, match: Match, run: _Run) -> bool:
        """Whether a changed character belongs to a word that is right as it stands."""
        size = len(match.word)
        for start, end in {span for place in match.changed for span in run.words_at.get(place, ())}:
            inside, known = match.covers(start, end), (start, end) in run.known
            if inside and match.is_odd and not known:
                continue  # 秸秆综合利率 holds 利率, which the plan has not
            if run.text[start:end] in self._store.bodies or (known and not inside):
                return True
            if inside and (not match.by_sound or size < max(_LONG, 2 * (end - start))):
                return True
            if not inside and size < 3:
                return True
        return False

    def _gain(self, match: Match, run: _Run) -> float:
        """Return by how much the words around a match become fewer, odd single characters counting more."""
        touched = run.around(match)
        before = sum(_oddness(run.text[start:end]) for start, end in touched)
        beside = (run.text[touched[0][0] : match.start], run.text[match.end : touched[-1][1]])
        after = 1 + sum(_oddness(word) for part in beside if part for word in self._segmenter.cut(part))
        return before - after

    def _unambiguous(self, slips: Iterable[Match]) -> list[Match]:
        """Return the best word for each stretch, where one is clearly the best, whether or not it will be taken."""
        words = self._store.words
        kept: list[Match] = []
        ordered = sorted(set(slips), key=lambda slip: (slip.start, slip.end, slip.cost, -words[slip.word], slip.word))
        for _, group in itertools.groupby(ordered, key=lambda slip: (slip.start, slip.end)):
            first, *others = group
            if all(
                other.cost > first.cost or other.word == first.word or words[first.word] >= CLEAR * words[other.word]
                for other in others
            ):
                kept += [first, *(other for other in others if other.word == first.word)]
        return kept


def _affordable(match: Match) -> float:
    """Return how much may be wrong in a word of this length; where it also sounds otherwise, less."""
    size = len(match.word)
    if match.by_sound:
        return size / 2
    return size / 2.6 if size >= _LONG else 0.0


def _may_change(match: Match, run: _Run, weight: int) -> bool:
    """Whether the characters are such as may be slips and may be meant: 有几章 never becomes 有机章."""
    never, size, edges = _kept("never"), len(match.word), {match.start, match.end - 1}
    typed = {run.text[place] for place in match.changed}
    inside = size >= _LONG and not never & {run.text[place] for place in edges & set(match.changed)}
    if not inside and (typed & never or (typed & _little() and weight < _FREQUENT)):
        return False
    if set(match.meant) & _little() and not (inside and match.by_sound):
        if match.is_odd and set(match.meant) & never:
            return False
        if not match.is_odd and (not match.by_sound or weight < LIKELY or set(match.meant) & _kept("twins")):
            return False
    if typed & _kept("twins") and set(match.meant) & _kept("twins"):
        return False
    left = set(match.word) - set(match.meant)
    if size < _LONG and (set(match.word) <= _little() or left <= never) and match.word not in _spared():
        return False
    return size > 2 or (
        match.cost <= SAME_SOUND and edges <= run.single and not set(run.text[match.start : match.end]) <= _little()
    )


def _apart(slips: list[Match], gains: Mapping[Match, float]) -> list[Match]:
    """Return slips that do not overlap, those that explain most for what they assume chosen first, in the text's order."""
    chosen: list[Match] = []
    for slip in sorted(slips, key=lambda one: (one.cost / 2 - gains[one], one.start, one.word)):
        if all(slip.end <= other.start or other.end <= slip.start for other in chosen):
            chosen.append(slip)
    return sorted(chosen, key=lambda one: one.start)


def _oddness(word: str) -> float:
    """Return what a word counts: a single character that is rarely a word points to a slip."""
    return 1.0 if len(word) > 1 or word in _little() else 1.8


def _spans(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for word in words:
        yield at, at + len(word)
        at += len(word)


@cache
def _spared() -> frozenset[str]:
    return frozenset(spelling_data()["kept"]["spared"])


@cache
def _little() -> frozenset[str]:
    return _kept("never") | _kept("rarely")


@cache
def _kept(how: str) -> frozenset[str]:
    return frozenset("".join(spelling_data()["kept"][how].split()))
