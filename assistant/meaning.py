"""Which words of the plan a question asks the meaning of: what stands around them is data (``data/meaning.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.lexicon import lexicon

FILE = Path(__file__).parent / "data" / "meaning.toml"
_STOPS = re.compile(r"[,，。;；!！?？\n]+")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,20})[”\"」』]")
_QUOTES = re.compile(r"[“”\"「」『』‘’《》]")
# What stands before a word belongs to it or only tells where it is written: 农业那块说的|统防统治, 文件里|散煤.
_BOUNDARY = re.compile(r"[的里中内上下谓问说提讲到个条这那:：]")
_AND = re.compile(r"[和与跟及、]")
_SHORTEST = 2  # characters of a word
_LONGEST_FUNCTION_WORD = 3  # 约束性指标 is a term as well
_WORD = r"(?P<{}>[^,，。?？]{{2,24}}?)"


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to ask for a meaning, with ``questions`` that ask so."""

    pattern: re.Pattern[str]
    strong: bool
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """The words of a plan whose meaning is asked for; ``strong`` where nothing else can be meant."""

    words: tuple[str, ...] = ()
    strong: bool = False

    def __bool__(self) -> bool:
        """Whether a meaning is asked for."""
        return bool(self.words)


@lru_cache(maxsize=1024)
def meant_words(text: str, plan_text: str) -> Meant:
    """Return the words that a normalised question asks the meaning of, as they stand in the plan.

    >>> meant_words("请问文件里的“散煤”是个啥玩意", "推动淘汰散煤。")
    Meant(words=('散煤',), strong=True)
    >>> meant_words("散煤是什么时候淘汰", "推动淘汰散煤。")
    Meant(words=(), strong=False)
    """
    own = plain(plan_text)
    found = [meant for piece in _pieces(text) if (meant := _meant_in(piece, own))]
    return Meant(
        tuple(dict.fromkeys(word for one in found for word in one.words)), strong=any(one.strong for one in found)
    )


def claimed_subject(text: str) -> str:
    """Return the words of which a question claims what they are, bare; empty where it claims nothing.

    >>> claimed_subject("“甲机制”管的是煤炭和电力吧?"), claimed_subject("甲机制是由谁管的吧")
    ('甲机制管的', '')
    """
    for piece in _pieces(text):
        if match := _claims().fullmatch("".join(_QUOTES.sub("", piece).split())):
            return plain(match["word"])
    return ""


def is_remark(piece: str) -> bool:
    """Whether a piece of a turn only asks whether the document explains what was asked before it.

    >>> is_remark("方案讲清楚了没有"), is_remark("方案有没有写谁负责")
    (True, False)
    """
    return _remark().fullmatch("".join(piece.split())) is not None


@lru_cache(maxsize=1)
def _remark() -> re.Pattern[str]:
    return _compiled(_table()["remark"], _table()["slots"])


@lru_cache(maxsize=1)
def _claims() -> re.Pattern[str]:
    return _compiled(_table()["claims"], _table()["slots"])


@lru_cache(maxsize=1024)
def asks_foreign_word(text: str, plan_text: str) -> bool:
    """Whether a question asks, in words that can ask for nothing else, the meaning of a word that the plan does not hold.

    >>> asks_foreign_word("区块链如何定义", "推动淘汰散煤。"), asks_foreign_word("散煤如何定义", "推动淘汰散煤。")
    (True, False)
    """
    if meant_words(text, plan_text):
        return False
    bare = ["".join(_QUOTES.sub("", piece).split()) for piece in _pieces(text)]
    return any(frame.strong and frame.pattern.fullmatch(piece) for piece in bare for frame in frames())


def asked_again(text: str, words: Sequence[str], plan_text: str, *, after_meaning: bool) -> tuple[str, str]:
    """Return the word of earlier turns that a fragment asks the meaning of, and the question in full; empty where it asks none.

    ``words`` are those that the turn before was about. ``after_meaning``: that turn asked for a meaning too, so that
    a word alone asks for its own (那双控呢).

    >>> asked_again("那它是啥意思", ["散煤"], "推动淘汰散煤。", after_meaning=False)
    ('散煤', '散煤是啥意思')
    >>> asked_again("那散煤呢?", [], "推动淘汰散煤。", after_meaning=True)
    ('散煤', '散煤是什么意思')
    """
    own = plain(plan_text)
    rest = _POINTING.sub("", "".join(_QUOTES.sub("", text).split()))
    for word in words[-1:]:
        for whole in (f"{word}{rest}", f"{rest}{word}"):
            if rest and meant_words(whole, plan_text) == Meant((word,), strong=True):
                return word, whole
    alone = _ALONE.fullmatch(rest) if after_meaning else None
    if alone and _is_word(alone["word"], own, _SHORTEST):
        return alone["word"], f"{alone['word']}是什么意思"
    return "", ""


_POINTING = re.compile(
    r"^(?:那么|那|它们|它|其|这个(?:词|说法|提法|概念|名词)|那个(?:词|说法)|这(?:词|话)|这个|这|该(?:词|说法|概念)|此)+的?"
)
_ALONE = re.compile(r"(?P<word>[^,，。?？;；]{2,12}?)(?:又是(?:什么|啥)|又怎么(?:说|讲|理解)|呢)+[?？]?")


def _pieces(text: str) -> Iterator[str]:
    """Yield a question whole, where a stop only halts before it goes on (无水港，什么意思), and then piece by piece."""
    pieces = [piece for piece in _STOPS.split(text) if piece.strip()]
    if len(pieces) == _SHORTEST:
        yield "".join(pieces)
    yield from pieces


def _meant_in(piece: str, own: str) -> Meant:
    bare = "".join(_QUOTES.sub("", piece).split())
    for frame in frames():
        match = frame.pattern.fullmatch(bare)
        words = tuple(one for word in match.groups() if word for one in _each(word, own, frame)) if match else ()
        if words and all(words):
            return Meant(words, frame.strong)
    return Meant()


def _each(word: str, own: str, frame: Frame) -> tuple[str, ...]:
    """Return a word as the plan holds it, or the words that it joins: 甲机制和乙机制."""
    if whole := _known(word, own, cut=frame.strong):
        return (whole,)
    return tuple(_known(one, own, cut=frame.strong) for one in _AND.split(word))


def _known(word: str, own: str, *, cut: bool) -> str:
    """Return a word, or with ``cut`` what follows the words that only lead to it, as far as the plan holds it; or nothing."""
    starts = [0, *(match.end() for match in _BOUNDARY.finditer(word) if cut)]
    shortest = _SHORTEST if cut else _SHORTEST + 1
    return next((word[start:] for start in starts if _is_word(word[start:], own, shortest)), "")


def _is_word(word: str, own: str, shortest: int) -> bool:
    bare = plain(word)
    return len(bare) >= shortest and bare in own and word[0] not in "的了着" and bare not in _never()


def quoted_terms(text: str) -> tuple[str, ...]:
    """Return the words that a question puts in quotation marks, without those too long for a term.

    >>> quoted_terms("方案有没有解释“三线一单”?")
    ('三线一单',)
    """
    return tuple(_QUOTED.findall(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text for comparing words: letters and digits alone, in lower case.

    >>> plain("5G 通信基站、“绿岛”")
    '5g通信基站绿岛'
    """
    return "".join(character for character in text.lower() if character.isalnum())


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """Compile the frames once per process."""
    return tuple(_frame(row, _table()["slots"]) for row in _table()["frames"])


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    short = (word for word in lexicon().function_words if len(word) <= _LONGEST_FUNCTION_WORD)
    return frozenset((*short, *_table()["never"]))


def _frame(row: Mapping[str, Any], slots: Mapping[str, Iterable[str]]) -> Frame:
    pattern = re.sub(r"^(?={word})", "{lead}*", row["pattern"])
    return Frame(_compiled(pattern, slots), bool(row.get("strong")), tuple(row["questions"]))


def _compiled(pattern: str, slots: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    pattern = pattern.replace("{word}", _WORD.format("word")).replace("{other}", _WORD.format("other"))
    for name, words in slots.items():
        ordered = sorted(words, key=lambda word: (-len(word), word))
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(ordered)})")
    return re.compile(pattern)
