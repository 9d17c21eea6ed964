"""The check of a model's sentence before anybody sees it: all that it says stands in the sentences that it points to.

The guard proves figures, bodies, clauses and quotations, as of every answer. What is added here is what a fluent sentence
can get wrong without any of these: words that are not there, a 不 lost or won, 鼓励 told as a duty, the two sides of 替代
exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answer import Answer, AnswerIndicator, Citation
from assistant.guard import faults
from assistant.model.sentence_words import sentence_words
from corpus import Corpus, Indicator
from index.segment import Segmenter

_PHRASE = re.compile(r"[，,；;。：:！!？?\n]")
_STOP = re.compile(r"[。；;！!？?\n]")
_SPACE = re.compile(r"\s+")
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z]+")  # figures are the guard's
_LIKE = 0.5  # share of a phrase's words that stand in one place of the plan, from which it retells that place
_LEAST = 2  # content words without which a sentence says nothing
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence is not shown: English for the log, Chinese for the model that is to repair it."""

    what: str
    told: str


class Checker:
    """Checks sentences against the plans of one corpus."""

    def __init__(self, corpus: Corpus, segmenter: Segmenter) -> None:
        self._corpus = corpus
        self._segmenter = segmenter

    def faults(self, words: str, cited: Sequence[Citation]) -> tuple[Fault, ...]:
        """Return what is wrong with a sentence that points to ``cited``; empty where all is proved."""
        if not cited:
            return (Fault("no handle", "句末没有写原文的编号"),)
        if words.rstrip().endswith(("？", "?", "：", ":")) or len(words) > _LONGEST:
            return (Fault("no statement", "不是一句简短的陈述"),)
        sentence = _Sentence(words, [row.quote for row in cited], self._segmenter)
        own = [*_strange(sentence), *_negated(sentence), *_weighed(sentence), *_turned(sentence)]
        return (*dict.fromkeys(own), *self._guarded(words, cited))

    def _guarded(self, words: str, cited: Sequence[Citation]) -> Iterator[Fault]:
        """Let the guard read the sentence as an answer of its own."""
        markers = "".join(f"[{row.marker}]" for row in cited)
        rows = tuple(AnswerIndicator.of(row) for row in self._targets(words, cited))
        alone = Answer("", "answered", f"{words.rstrip('。')}{markers}。", tuple(cited), indicators=rows)
        for one in faults(alone, self._corpus):
            yield Fault(one, _told(one))

    def _targets(self, words: str, cited: Sequence[Citation]) -> Iterator[Indicator]:
        """Yield the targets in the cited words; of those without a number only what the sentence names."""
        for row in cited:
            for target in self._corpus.plan(row.plan_id).indicators:
                within = row.start <= target.start and target.end <= row.end
                if within and (target.is_numeric or target.name in words):
                    yield target


class _Sentence:
    """A sentence beside the words that it points to, both without white space."""

    def __init__(self, words: str, quotes: Sequence[str], segmenter: Segmenter) -> None:
        self.text = _plain(words)
        self.quotes = [_plain(one) for one in quotes]
        self.source = "".join(f"{one}。" for one in self.quotes)
        self._segmenter = segmenter

    def content(self, text: str) -> tuple[str, ...]:
        """Return the words of a text that say something."""
        return _content(text, self._segmenter)

    @cached_property
    def phrases(self) -> list[str]:
        """The sentence's parts between commas."""
        return [one for one in _PHRASE.split(self.text) if one]

    @cached_property
    def told(self) -> list[str]:
        """The source's parts between full stops."""
        return [one for one in _STOP.split(self.source) if one]

    @cached_property
    def places(self) -> list[str]:
        """The source's parts between commas."""
        return [one for one in _PHRASE.split(self.source) if one]

    def is_of_one(self, phrase: str) -> bool:
        """Whether one of the quotations has all words of a phrase."""
        words = self.content(phrase)
        return any(all(one in quote for one in words) for quote in self.quotes)

    def share(self, phrase: str, place: str) -> float:
        """Return the share of a phrase's content words that stand in a place of the source."""
        words = self.content(phrase)
        return sum(one in place for one in words) / len(words) if words else 0.0


@lru_cache(maxsize=1024)  # a phrase is looked at from many sides, and beside every item that might prove it
def _content(text: str, segmenter: Segmenter) -> tuple[str, ...]:
    words = sentence_words()
    found: list[str] = []
    run = ""  # 减煤限煤 is in no dictionary and comes as four words; together they have to stand in the source
    for one in (*segmenter.cut(text), ""):
        if len(one) == 1 and _CONTENT.fullmatch(one) and one not in words.particles:
            run += one
            continue
        if run:
            found.append(run)
        run = ""
        if len(one) > 1 and _CONTENT.fullmatch(one) and one not in words.frame:
            found.append(one)
    return tuple(found)


def _plain(text: str) -> str:
    return _SPACE.sub("", text).lower().replace("％", "%")


def _strange(sentence: _Sentence) -> Iterator[Fault]:
    """Find words that the source does not have, and phrases that put words of two quotations together."""
    words = sentence.content(sentence.text)
    strange = [one for one in words if one not in sentence.source]
    if strange:
        yield Fault(f"words {strange} are not in the source", f"原文没有“{'”“'.join(strange)}”")
    elif len(words) < _LEAST:
        yield Fault("says nothing", "没有说出原文的内容")
    elif any(not sentence.is_of_one(phrase) for phrase in sentence.phrases):
        yield Fault("words of two quotations in one phrase", "把两处原文的词拼在了一起")


def _denials(text: str) -> list[tuple[int, str]]:
    return [(one.start(), one["negation"]) for one in sentence_words().negation.finditer(text) if one["negation"]]


def _negated(sentence: _Sentence) -> Iterator[Fault]:
    """Find a 不 that the source does not have there, and words that the source only has behind one."""
    for phrase in sentence.phrases:
        denied = _denials(phrase)
        for at, word in denied:
            after = phrase[at : at + len(word) + 2]
            if after not in sentence.source:
                yield Fault(f"negation {after!r} is not in the source", f"原文没有“{after}”的说法")
        if denied:
            continue
        for word in sentence.content(phrase):
            found = [place for place in sentence.places if word in place]
            if found and all(_is_denied(place, word) for place in found):
                yield Fault(f"{word!r} is denied in the source", f"原文里“{word}”前面有否定的字，不能去掉")


def _is_denied(place: str, word: str) -> bool:
    """Whether every mention of a word in a place stands behind a negation there."""
    first = place.find(word)
    return any(at < first for at, _ in _denials(place))


def _weighed(sentence: _Sentence) -> Iterator[Fault]:
    """Find 力争, 鼓励, 全部 that a phrase drops from the words that it retells, or adds to them."""
    pattern = sentence_words().strength
    for phrase in sentence.phrases:
        ranked = sorted(sentence.places, key=lambda place: -sentence.share(phrase, place))
        if not ranked or sentence.share(phrase, ranked[0]) < _LIKE:
            continue
        best = sentence.share(phrase, ranked[0])
        alike = [place for place in ranked if sentence.share(phrase, place) == best]
        said = {one[0] for one in pattern.finditer(phrase)}
        if all(_governing(pattern, place) - _heard(sentence, phrase) for place in alike):
            lost = "、".join(sorted(_governing(pattern, alike[0]) - _heard(sentence, phrase)))
            yield Fault(f"strength {lost} is lost", f"丢掉了原文的“{lost}”")
        near = "".join(one for one in sentence.told if any(place in one for place in alike))
        if added := sorted(one for one in said if one not in near):
            yield Fault(f"strength {added} is added", f"加上了原文没有的“{'、'.join(added)}”")


def _governing(pattern: re.Pattern[str], place: str) -> set[str]:
    return {one[0] for one in pattern.finditer(place)}


def _heard(sentence: _Sentence, phrase: str) -> set[str]:
    """Return the words of strength that a sentence has said up to the end of a phrase."""
    upto = sentence.text[: sentence.text.find(phrase) + len(phrase)]
    return {one[0] for one in sentence_words().strength.finditer(upto)}


def _turned(sentence: _Sentence) -> Iterator[Fault]:
    """Find 甲替代乙 where the source has 乙替代甲."""
    pattern = sentence_words().direction
    for phrase in sentence.phrases:
        for one in pattern.finditer(phrase):
            before, after = sentence.content(phrase[: one.start()]), sentence.content(phrase[one.end() :])
            if not any(_same_sides(place, one[0], before[-1:], after[:1]) for place in sentence.told):
                yield Fault(f"the sides of {one[0]} differ", f"“{one[0]}”两边的词与原文不同")


def _same_sides(place: str, word: str, before: Sequence[str], after: Sequence[str]) -> bool:
    return any(
        all(side in place[: at.start()] for side in before) and all(side in place[at.end() :] for side in after)
        for at in re.finditer(re.escape(word), place)
    )


# What the guard finds, in words that a model can follow; the first that begins the finding is told.
_GUARD_TOLD = (
    ("quantity", "数字或“不低于”“力争”“左右”等字与原文不同"),
    ("number", "有原文没有的数字"),
    ("year", "年份与原文不同"),
    ("agency", "单位或分工与原文不同"),
    ("clause", "条款的名称与原文不同"),
    ("quotation", "引号里的话不是原文"),
    ("document", "文件名不在原文里"),
    ("the target", "目标的说法与原文不同"),
)


def _told(fault: str) -> str:
    return next((told for start, told in _GUARD_TOLD if fault.startswith(start)), "与原文不符")
