"""Phrases that name figures which are no targets: statistics of the past, amounts that are granted.

They are kept out themselves; what stands beside them in the sentence (引进企业10家，单个项目最高给予1亿元支持) stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dates import find_dates
from corpus.drafts import Context
from corpus.phrases import Phrase
from corpus.target_words import read_target_words

AHEAD = re.compile(r"[到至]\d{4}年|[底末]前|目标")
MONEY = re.compile(r"\d[十百千万亿]*元")
HOW_MANY = re.compile(r"(?:资助|补助|奖励)(?=[^，元]{0,20}?\d+[百千万]*[名人户](?![^，]*元))")


def tells_of_the_past(sentence: Sequence[Phrase]) -> bool:
    """Whether a sentence gives statistics (上半年下降 2.4%; 2022年，产量同比增长 2%) and no word in it looks ahead."""
    words = read_target_words().lists["lead"]
    text = "，".join(phrase.text for phrase in sentence)
    if _looks_ahead(text):
        return False
    dated = any(date.year for date in find_dates(text)) and any(word in text for word in words["compared"])
    return dated or any(word in text for word in words["statistics"])


def compares(phrase: Phrase, context: Context) -> bool:
    """Whether a phrase compares with the year before (同比下降 5%) where nothing says that this is still to come."""
    compared = any(word in phrase.text for word in read_target_words().lists["lead"]["compared"])
    return compared and not (context.framed or context.strive or _looks_ahead(phrase.text))


def find_grants(sentence: Sequence[Phrase]) -> tuple[bool, ...]:
    """Tell of each phrase whether it grants money, or names what must be met to get it.

    >>> from corpus.phrases import Phrase
    >>> words = ("引进企业10家", "单个项目最高给予1亿元支持")
    >>> find_grants([Phrase(text, tuple(range(len(text))), "，") for text in words])
    (False, True)
    """
    grants = [_grants(phrase.text) for phrase in sentence]
    for at, phrase in enumerate(sentence):
        part = [before for before in range(at) if all(other.mark not in "；;" for other in sentence[before:at])]
        if _grants(phrase.text) and (_needs_condition(phrase.text) or _is_whom(sentence, at)):
            for before in part:
                grants[before] = True
        elif any(_grants(sentence[before].text) for before in part) and MONEY.search(phrase.text):
            grants[at] = True
    return tuple(grants)


def _grants(text: str) -> bool:
    """Whether money is given; 补贴资金发放率 only bears the word in its name."""
    words = read_target_words()
    named = rf"{words.one_of('thresholds', 'benefits')}[^，]{{0,10}}?{words.one_of('thresholds', 'rates')}"
    rest = re.sub(named, "", text)
    # 资助不少于 100 名青年: how many get it, not how much
    rest = HOW_MANY.sub("", rest)
    return any(word in rest for word in words.lists["thresholds"]["benefits"])


def _needs_condition(text: str) -> bool:
    """Whether a grant begins with its verb, so that what stands before it is asked for it (…增长 20%，给予奖励)."""
    lists = read_target_words().lists["thresholds"]
    return text.startswith((*lists["benefits"], *lists["granted"]))


def _is_whom(sentence: Sequence[Phrase], at: int) -> bool:
    """Whether the phrase before names those who get it: 年产值超过5亿元的，最高给予……"""
    return at > 0 and sentence[at - 1].text.endswith("的")


def _looks_ahead(text: str) -> bool:
    words = read_target_words().lists["lead"]
    return any(word in text for word in (*words["strive"], *words["assure"])) or bool(AHEAD.search(text))
