"""A question as typed → the form that matching works on. The typed form itself is kept for the answer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Cf holds zero-width and bidi characters, Cc control characters, Co/Cn/Cs private, unassigned and lone surrogates.
_REMOVED = {"Cf", "Cc", "Co", "Cn", "Cs"}
_LATIN = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile(r"[㐀-鿿]")


# Characters as Japan writes them, that the step from traditional to simplified leaves alone.
_JAPANESE = str.maketrans(
    "増汚処発効総経済権検値図変転対県関単帰気塩鉄鉱炭浄", "增污处发效总经济权检值图变转对县关单归气盐铁矿炭净"
)


# Numerals as cheques have them. 陆路, 伍某 and 参加 are words: a character alone counts before a measure or behind 第 only.
_CHEQUE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CHEQUE_NUMERAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]*[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟万亿零]+"
    r"|(?<=第)[壹贰叁肆伍陆柒捌玖拾]|[壹贰叁肆伍陆柒捌玖拾](?=[成家个项条章节倍种位名%]|公里|以[上下])|(?<=百分之)[壹贰叁肆伍陆柒捌玖拾]"
)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalize(text: str) -> str:
    r"""Return ``text`` for matching: NFKC, simplified characters, invisible characters gone, single spaces.

    >>> normalize("農村生活污水治理率達到　２５％\u200b嗎？")
    '农村生活污水治理率达到 25%吗?'
    >>> normalize("第叁章有几项，陆佰家以上，陆路运输")
    '第三章有几项,六百家以上,陆路运输'
    """
    folded = unicodedata.normalize("NFKC", text)
    kept = "".join(
        " " if character.isspace() else character
        for character in folded
        if character.isspace() or unicodedata.category(character) not in _REMOVED
    )
    simple = " ".join(_simplifier().convert(kept).translate(_JAPANESE).split())
    return _CHEQUE_NUMERAL.sub(lambda found: found.group().translate(_CHEQUE), simple)


def is_english(text: str) -> bool:
    """Whether a question is written in Latin letters: words of it, and hardly a Chinese character.

    >>> is_english("Who leads the transport project?"), is_english("5G基站由谁负责")
    (True, False)
    """
    return len(_LATIN.findall(text)) >= 2 and len(_HAN.findall(text)) <= 2


def has_content(text: str) -> bool:
    """Whether anything is left to read: a letter, a digit or a Chinese character.

    >>> has_content("？？！……"), has_content("谁牵头")
    (False, True)
    """
    return any(character.isalnum() for character in text)
