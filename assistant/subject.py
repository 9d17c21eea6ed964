"""What a question is about: its words without those that only ask, and how well a text covers them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.lexicon import lexicon
from assistant.links import Links
from assistant.reading import Subject
from corpus import Plan
from index.lay_words import official_words
from index.segment import Segmenter, bigrams

# Cue groups whose words ask and never name a subject.
_ASKING = ("who", "amount", "count", "list", "verify", "says", "term", "most", "least", "difference", "sum", "order",
           "year", "base_year", "how_long", "compare", "title", "lead", "share", "sole", "part", "duty", "mention")  # fmt: skip
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,12})[”\"」』]")
_TERM = 3  # words of a quoted term; more are a quotation
_WORD = re.compile(r"[\w%]+")
# 八大水系是哪八条: the number only says how many are asked for.
_WHICH = re.compile(r"哪(?:[一二两三四五六七八九十]{1,2}|几)\s*[个条项种类样大家级处座门款步点位]?")
# 治不治, 改不改: one character and its denial ask, whatever the verb.
_WHETHER = re.compile(r"(?<![\u4e00-\u9fff]{2}不)([\u4e00-\u9fff])不\1(?![\u4e00-\u9fff]?不)")
_PARTICLES = "的地得了着过吗呢吧啊呀么和与及跟同或而但是在于对由被把将给向从到以之其该此这那也还又就才只很最更第所等一个项条家我你您"
_RARE = 3  # clauses
_PHRASE = 4  # characters of an official phrase that is no chance find
_LONG = 4  # characters of a word from which its head tells what it is


def read_subject(text: str, links: Links, segmenter: Segmenter, rare: Collection[str] = (), own: str = "") -> Subject:
    """Return what is left of a normalised question without its links and its asking words.

    ``rare``: single characters that say something by themselves in this plan (粪). ``own``: the plan's text without
    blanks, by which a function word is told from the beginning of a name (干熄焦, 用煤).
    """
    for start, end, kind in sorted(links.spans, reverse=True):
        if kind != "地名":
            text = f"{text[:start]} {text[end:]}"
    text = _WHETHER.sub(" ", text)
    text = _WHICH.sub(" ", lexicon().fillers.sub(" ", lexicon().strip_cues(text, *_ASKING)))
    quoted = [words for words in _QUOTED.findall(text) if words.strip() and len(segmenter.cut(words)) <= _TERM]
    kept = [*quoted] + [piece for piece in _merged(_named(segmenter.cut(text), own)) if _WORD.search(piece)]
    words = tuple(dict.fromkeys(kept))
    if any(len(word) > 1 for word in words):  # a single character beside whole words says little: 占, 修, 老
        words = tuple(word for word in words if len(word) > 1 or word in rare)
    # An everyday phrase of function words is a word as well: 没干好, 一把手.
    lay = [
        phrase
        for phrase, _ in official_words(text)
        if phrase not in lexicon().function_words and not any(word in phrase or phrase in word for word in words)
    ]
    words = (*words, *lay)
    joined = "".join(kept) if not any(word.isascii() for word in kept) else " ".join(kept)
    return Subject(joined, words, _official(text, words))


def _official(text: str, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each word what plans say instead of it, or of the everyday phrase that it is part of."""
    found = official_words(text)
    return tuple(
        tuple(dict.fromkeys(official for lay, instead in found if word in lay or lay in word for official in instead))
        for word in words
    )


def _named(pieces: Iterable[str], own: str) -> Iterator[str]:
    """Join a function word of one character to what it only begins in the plan: 干|熄焦 where 熄焦 never stands without 干."""
    function_words = lexicon().function_words
    before = ""
    for piece in pieces:
        joined = before + piece
        if before and piece not in function_words and len(joined) > 1 and _begins(joined, piece, own):
            yield joined
            before = ""
            continue
        if before:
            yield before
        before = piece if len(piece) == 1 and piece in function_words and piece not in _PARTICLES else ""
        if not before:
            yield piece
    if before:
        yield before


def _begins(joined: str, piece: str, own: str) -> bool:
    """Whether the plan knows a word only with the character before it; of a single character, whether it knows both."""
    if not _WORD.search(piece) or joined not in own:
        return False
    return len(piece) == 1 or own.count(joined) == own.count(piece)


def _merged(pieces: Iterable[str]) -> list[str]:
    """Drop function words, and join single characters that stand together: they are a word that jieba does not know.

    离 田 率 is 离田率, 网 购 is 网购.
    """
    function_words = lexicon().function_words
    merged: list[str] = []
    open_word = False
    for piece in pieces:
        plain = piece.lower()
        if plain in function_words or not _WORD.search(piece):
            open_word = False
            continue
        single = len(piece) == 1 and not piece.isascii()
        if single and open_word:
            merged[-1] += piece
        else:
            merged.append(piece)
        open_word = single
    return [word for word in merged if word not in function_words]


def unused_words(subject: Subject, plan: Plan, *, otherwise: bool = False) -> tuple[str, ...]:
    """Return the words of a subject that the plan never uses: 总氮 beside 总磷.

    With ``otherwise`` a word counts as used where the plan holds what plans say instead: 臭水沟 for 黑臭水体.
    """
    text = _run_together(plan)
    official = subject.official if otherwise and subject.official else ((),) * len(subject.words)
    return tuple(
        word
        for word, others in zip(subject.words, official, strict=True)
        if len(word) > 1 and word.lower() not in text and not any(one in text for one in others)
    )


_BY_CHANCE = 4  # characters in a row that a question may share with a plan that it does not speak of


def holds_phrase(text: str, plan: Plan) -> bool:
    """Whether a question holds a name or a phrase of the plan as it stands there: 某某省生态日有什么来历."""
    own, size = _run_together(plan), _BY_CHANCE + 1
    pieces = (text[at : at + size] for at in range(len(text) - size + 1))
    return any(_HAN_ALONE.fullmatch(piece) is not None and piece in own for piece in pieces)


_HAN_ALONE = re.compile(r"[\u4e00-\u9fff]+")


@lru_cache(maxsize=64)
def _run_together(plan: Plan) -> str:
    return "".join(plan.text.lower().split())


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(bigrams(text)) | frozenset(text)


@lru_cache(maxsize=8192)
def _word_pairs(word: str) -> tuple[str, ...]:
    return tuple(bigrams(word))


@dataclass(frozen=True)
class Coverage:
    """Measures how much of a subject's words a text of the plan holds, rare words counting more.

    Weights are inverse document frequencies of character bigrams over the plan's clauses (Spärck Jones 1972); a
    bigram that the plan does not hold weighs most.
    """

    plan: Plan

    @cached_property
    def _frequencies(self) -> Mapping[str, int]:
        return Counter(pair for clause in self.plan.clauses for pair in set(bigrams(clause.text)))

    @cached_property
    def own_text(self) -> str:
        """The plan's text without blanks."""
        return "".join(self.plan.text.split())

    @cached_property
    def rare_characters(self) -> frozenset[str]:
        """The characters that stand in three clauses of the plan at most."""
        counts = Counter(character for clause in self.plan.clauses for character in set(clause.text))
        return frozenset(character for character, count in counts.items() if count <= _RARE)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {pair: self._weight(count) for pair, count in self._frequencies.items()}

    @cached_property
    def _unknown(self) -> float:
        return self._weight(0)

    def _weight(self, count: int) -> float:
        return math.log(1 + len(self.plan.clauses) / (0.5 + count))

    def weight(self, pair: str) -> float:
        """Return the weight of one bigram."""
        return self._weights.get(pair, self._unknown)

    def covers(self, subject: Subject, text: str) -> float:
        """Return the weighted share of a subject that stands in ``text``, in its own words or in official ones."""
        total = found = 0.0
        for word, official in zip(subject.words, subject.official or ((),) * len(subject.words), strict=True):
            weight = sum(self.weight(pair) for pair in _word_pairs(word))
            best = max((self.share([one], text) for one in (word, *official)), default=0.0)
            total += weight
            found += weight * best
        return found / total if total else 0.0

    def worst(self, subject: Subject, text: str) -> float:
        """Return the share of the word of a subject that ``text`` holds least of; 1 for no words."""
        pairs = [
            (word, official)
            for word, official in zip(subject.words, subject.official or ((),) * len(subject.words), strict=True)
            if len(word) > 1 and not word.isdecimal()
        ]
        return min((max(self._held(one, text) for one in (word, *official)) for word, official in pairs), default=1.0)

    def _held(self, word: str, text: str) -> float:
        """Return the share of a word that ``text`` holds, half of it where its head is missing: 污水处理率 beside 污泥处理率."""
        share = self.share([word], text)
        return share if len(word) < _LONG or word[:2] in text else share / 2

    def bridges(self, subject: Subject, text: str) -> bool:
        """Whether ``text`` holds an official phrase whole that stands for an everyday word of a subject.

        快递壳 stands for 快递包装: one such phrase says more than the shares of its characters.
        """
        plain = "".join(text.split())
        return any(one in plain for official in subject.official for one in official if len(one) >= _PHRASE)

    def share(self, words: Iterable[str], text: str) -> float:
        """Return the weighted share (0 to 1) of the words' bigrams that stand in ``text``; 0 for no words."""
        held = _pairs(text)
        pairs = [pair for word in words for pair in _word_pairs(word)]
        total = sum(self.weight(pair) for pair in pairs)
        found = sum(self.weight(pair) for pair in pairs if pair in held)
        return found / total if total else 0.0

    def known(self, subject: Subject) -> float:
        """Return the weighted share of a subject that stands anywhere in the plan."""
        return self.covers(subject, self.plan.text)
