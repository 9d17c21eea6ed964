"""What no plan tells, whatever its words: what to buy, how to repair, private papers, schoolwork, other people's lives.

The plan may name a thing (空调, 保险, 新能源汽车) and still say nothing of which brand is good or how a claim is made. The
words are data (``data/outside.toml``); one counts only where the plan's own text does not hold it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.lexicon import words_pattern
from assistant.reading import Reading
from assistant.several import has_asking_word
from index.lay_words import official_words

FILE = Path(__file__).parent.parent / "data" / "outside.toml"
_PHRASE = 4  # characters of an official phrase that is no chance find
_STOPS = re.compile(r"[,，。.!！?？;；:：\n]+")


@dataclass(frozen=True, slots=True)
class Outside:
    """The words of a question that lead away from the plan: what it wishes for, what it talks about."""

    wishes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def outside(reading: Reading) -> Outside:
    """Return the words by which a question leads away from the plan, without those that the plan itself uses.

    What somebody only tells of himself does not count: 我是卖手机的，用电大户要做什么.
    """
    own = "".join(reading.plan.text.lower().split())
    wishes, commands, topics = _patterns()
    pieces = [piece for piece in _STOPS.split(reading.text) if piece.strip()]
    asking = [piece for piece in pieces if has_asking_word(piece)]
    if any(not _foreign(wishes, piece, own) and not _foreign(commands, piece, own) for piece in asking):
        wished: tuple[str, ...] = ()  # something else is asked as well: 讲讲快递包装，再推荐个便宜的
    else:
        wished = (*_foreign(wishes, "\n".join((*asking, *pieces[-1:])), own), *_foreign(commands, reading.text, own))
    told = (*asking, *pieces[-1:], *([reading.question] if reading.english else []))  # museum is no word of the gloss
    return Outside(wished, _foreign(topics, "\n".join(told), own))


def _foreign(pattern: re.Pattern[str], asked: str, own: str) -> tuple[str, ...]:
    """Return the words that a pattern finds, without those that the plan has another word for: 利息 of 贴利息 (财政贴息)."""
    found = dict.fromkeys(match.group().lower() for match in pattern.finditer(asked))
    known = [lay for lay, instead in official_words(asked) if any(one in own for one in instead if len(one) >= _PHRASE)]
    return tuple(
        word
        for word in found
        if "".join(word.split()) not in own and not any(word in lay and word != lay for lay in known)
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Read the words once per process."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    kinds = ("wishes", "commands", "topics")
    return tuple(words_pattern([word for words in data[kind].values() for word in words]) for kind in kinds)
