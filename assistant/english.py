"""An English question → a Chinese gloss of it, by word list and frames, that the Chinese pipeline can read.

This is no translation: the answer quotes the plan in Chinese anyway, so the gloss only has to hold the right words in
an order that asks the right thing. All English lies in ``data/english.csv``.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.normalize import is_english

FILE = Path(__file__).parent / "data" / "english.csv"
# Of the words of an English question at least this share is known; Spanish or pinyin stays far below.
_KNOWN_SHARE = 0.55
_LONGEST_PHRASE = 9
_YEAR = r"(?:19|20)\d\d"

_SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=[^\d\W])\.\s+")
_MARKS = re.compile(r"[\"“”‘`,:;!?()\[\]{}*/–—]+|'(?!\w)|(?<!\w)'|\.(?!\d)")
_WORD = re.compile(r"[a-z][a-z'&]*")
_TOKEN = re.compile(r"⟨[^⟩]*⟩|[a-z][\w'&]*(?:\.\d+)?|\d[\d.,]*%?|[㐀-鿿]+|\S")
_COMPARED = re.compile(
    rf"\b(?:compared (?:with|to)|relative to|versus|from|against|over|than) (?:the )?({_YEAR})(?: levels?)?\b"
)
_BY_YEAR = re.compile(rf"\b(?:by|until|before|through) (?:the )?(?:end of )?(?:the )?(?:year )?({_YEAR})\b")
_IN_YEAR = re.compile(rf"\b(?:(?:in|for|of|during|as of) )?(?:the )?(?:year )?({_YEAR})(?: and ({_YEAR}))?\b")
_CHAPTER = re.compile(r"\b(?:chapter|part) (\d{1,2}|[a-z]+)\b|\bthe ([a-z]+) (?:chapter|part)\b")
_CLAUSE = re.compile(r"\b(?:clause|section|article|item|paragraph) (\d{1,2}(?:\.\d{1,3})*)\b")
_PERCENT = re.compile(r"(\d)\s*(?:percent|per cent)\b")
_LEVEL = {
    "provincial": "省", "province": "省", "municipal": "市", "city": "市", "prefectural": "州", "prefecture": "州",
    "county": "县", "district": "区", "national": "国家", "state": "国家",
}  # fmt: skip
_SUFFIX = {
    "department": "厅", "bureau": "局", "commission": "委", "office": "办", "administration": "局", "authority": "局",
    "ministry": "部", "agency": "局", "committee": "委", "center": "中心", "centre": "中心",
}  # fmt: skip
_WHOLE_NAME = re.compile(r"(?:局|委|办|会|厅|部|行|院|中心|队|团|关|联)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list."""

    chinese: str
    kind: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A form of English sentence and the Chinese that asks the same."""

    pattern: re.Pattern[str]
    chinese: str


def gloss(text: str, bodies: Container[str] = frozenset()) -> str:
    """Return a Chinese gloss of an English question; any other text, and one with few known words, unchanged.

    ``bodies``: names known to the plan, by which 局 is told from 厅 where the English does not.

    >>> gloss("Who leads the transport and logistics energy-saving project?")
    '交通物流节能工程由谁牵头'
    >>> gloss("What is the 2025 target for straw utilization?"), gloss("谁牵头？")
    ('2025年秸秆综合利用目标是多少', '谁牵头？')
    """
    if not is_english(text) or not _is_known(text):
        return text
    return "，".join(filter(None, (_sentence(one, bodies) for one in _SENTENCE.split(text)))) or text


def _is_known(text: str) -> bool:
    """Whether most words are on the list, so that the text is English and no other language in Latin letters."""
    words = _WORD.findall(_plain(text))
    names = {word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][\w]*", text)}  # names of places are on no list
    counted = [word for word in words if word not in names or word in _known_words()]
    known = sum(word in _known_words() or _stem(word) in _known_words() for word in counted)
    return bool(counted) and known >= _KNOWN_SHARE * len(counted)


def _plain(text: str) -> str:
    """Return a sentence as frames see it: lower case, without marks, short forms written out."""
    text = text.lower().replace("’", "'").replace("per cent", "percent").replace("&", " and ")
    text = re.sub(r"\b(what|who|where|how|when|it|that|there|which)'s\b", r"\1 is", text)
    text = re.sub(r"\b(can)'t\b", r"\1 not", re.sub(r"n't\b", " not", text))
    text = re.sub(r"(?<=\w)'s\b|(?<=s)'(?!\w)", "", text) if "women's" not in text and "people's" not in text else text
    text = re.sub(r"(?<=[a-z0-9])-(?=[a-z0-9])", " ", text)
    return " ".join(_MARKS.sub(" ", text).split())


def _sentence(sentence: str, bodies: Container[str]) -> str:
    text = _PERCENT.sub(r"\1%", _plain(sentence))
    text = _CLAUSE.sub(r"‹\1›", _CHAPTER.sub(_chapter, text))
    text = _body_pattern().sub(lambda found: _body(found, bodies), text)
    years, text = _years(" ".join(text.split()))
    text = _polite().sub("", text).strip()
    return years + _framed(text)


def _framed(text: str) -> str:
    for frame in _frames():
        found = frame.pattern.fullmatch(text)
        if found is not None:
            return _fill(frame.chinese, found)
    return _phrase(text)


def _fill(chinese: str, found: re.Match[str]) -> str:
    """Put the glossed stretches of a sentence into the Chinese of its frame."""
    slots = {name: words for name, words in found.groupdict().items() if words}
    asking = ""
    if "counted" in slots:
        content, asking = _counted(slots.pop("counted"))
        slots["s1"] = content + "" if "s1" not in slots else slots["s1"]
        chinese = chinese.replace("#1", "#\ue000").replace("1", "\ue001") if False else chinese
    return _place(chinese, slots, asking)


def _place(chinese: str, slots: dict[str, str], asking: str) -> str:
    return chinese
