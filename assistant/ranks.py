"""Which places of an order a question asks for: 第二高的, 前三名, 最低的三个, 倒数第二."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon import word_lists
from corpus.numerals import read_numeral

_NUMBER = r"(?P<number>[一二两三四五六七八九十]|(?<![\d.])\d{1,2}(?![\d.]))"

_LOWEST = 10


@dataclass(frozen=True, slots=True)
class Rank:
    """The places ``first`` to ``last`` (from 1) of an order; ``descending`` where the highest value comes first."""

    descending: bool
    first: int
    last: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    """``place`` finds one place (第二高), ``several`` the first or last few (前三名, 最低的三个)."""

    place: re.Pattern[str]
    several: re.Pattern[str]
    next_best: re.Pattern[str]
    low: re.Pattern[str]
    rising: re.Pattern[str]


@lru_cache(maxsize=256)  # asked for several times within a question
def read_rank(text: str) -> Rank | None:
    """Return the places that a question asks for; ``None`` where it asks for none, or for the first alone.

    ``start`` and ``end`` span the words in ``text``.

    >>> read_rank("数值第二高的目标")
    Rank(descending=True, first=2, last=2, start=2, end=5)
    >>> read_rank("最低的三个目标"), read_rank("最高的目标")
    (Rank(descending=False, first=1, last=3, start=0, end=5), None)
    """
    words = _words()
    one = words.place.search(text)
    found = one or words.several.search(text) or words.next_best.search(text)
    if not found:
        return None
    number = _number(found) if found.re is not words.next_best else 2
    if not 2 <= number <= _LOWEST:
        return None
    low = words.low.search(found.group()) is not None or words.rising.search(text) is not None
    single = one is not None or found.re is words.next_best
    return Rank(not low, number if single else 1, number, found.start(), found.end())


def rises(text: str) -> bool:
    """Whether a question wants the lowest first.

    >>> rises("从低到高排一下"), rises("从高到低排一下")
    (True, False)
    """
    return _words().rising.search(text) is not None


def _number(found: re.Match[str]) -> int:
    said = next(word for word in found.groupdict().values() if word)
    word = "二" if said == "两" else said
    return int(word) if word.isdecimal() else int(read_numeral(word) or 0)


@lru_cache(maxsize=1)
def _words() -> _Words:
    any_of = {name: "|".join(map(re.escape, words)) for name, words in word_lists("ranks").items()}
    end = f"(?:{any_of['high']}|{any_of['low']})"
    back, rows, linking = f"(?:{any_of['back']})", f"(?:{any_of['rows']})", f"(?:{any_of['linking']})?"
    several = (
        f"最{end}{linking}{_NUMBER}(?:{rows})",
        f"{_NUMBER}{rows}[^,。;?]{{0,4}}最{end}",
        f"(?:{back}|前){_NUMBER}(?:名|位|强|{end}|{rows}(?!月|季度))",
        f"排(?:名|在)?前{_NUMBER}",
        f"(?:{any_of['top']}){linking}{_NUMBER}(?:{rows})",
    )
    # The groups share a name, which one pattern may hold only once.
    other, third = (_NUMBER.replace("number", name) for name in ("other", "third"))
    placed = f"(?:{any_of['placed']})"
    numbered = [one.replace("(?P<number>", f"(?P<number{at}>") for at, one in enumerate(several)]
    return _Words(
        place=re.compile(
            f"{back}?第{_NUMBER}(?:{end}|名|位)|(?:{back}|{placed})第{other}(?![章条节款部])|{placed}老{third}"
        ),
        several=re.compile("|".join(numbered)),
        next_best=re.compile(f"(?<![层档批首])(?:{any_of['next']})"),
        low=re.compile(f"{any_of['low']}|{any_of['back']}"),
        rising=re.compile(any_of["rising"]),
    )
