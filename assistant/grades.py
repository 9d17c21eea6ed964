"""Grades, as of water, which plans write with Roman numerals and people with the others: 三类水, 3类 for III 类."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_WRITTEN = re.compile(r"(?<![A-Za-z])(III|II|IV|I|V)\s*类")
# Of what there are three kinds (哪三类企业, 这三类) has no grade.
_SPOKEN = re.compile(r"(?<![\d.第哪这那几每各种上前后])([一二三四五1-5])\s*类(?=[水标地海湖体以的吗呢吧?。,]|$)")
_NUMERALS = dict(zip("一二三四五12345", [*_ROMAN, *_ROMAN], strict=True))


@lru_cache(maxsize=256)
def grades(text: str) -> frozenset[int]:
    """Return the grades that a text writes with Roman numerals, the best being 1.

    >>> sorted(grades("干流达到 II 类水质，支流达到Ⅲ类标准，Python 3 类"))
    [2, 3]
    """
    return frozenset(_ROMAN[one] for one in _WRITTEN.findall(unicodedata.normalize("NFKC", text)))


def with_grades(text: str, plan_text: str) -> str:
    """Return a question with its grades written as the plan writes them, where the plan has such grades at all.

    >>> with_grades("哪些河要达到三类水", "干流稳定达到 III 类标准")
    '哪些河要达到III 类水'
    >>> with_grades("哪三类企业要监测", "干流稳定达到 III 类标准")
    '哪三类企业要监测'
    """
    if "类" not in text or not grades(plan_text):
        return text
    return _SPOKEN.sub(lambda found: f"{_NUMERALS[found[1]]} 类", text)
