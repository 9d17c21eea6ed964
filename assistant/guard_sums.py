"""Sums that an answer works out in plain sight: 14.5% − 13% = 1.5 个百分点."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

RECKONED = re.compile("[=≈]")

_FIGURE = r"\d+(?:\.\d+)?"
_BETWEEN = r"[^\d=≈+−×÷。；，：|]{0,16}"  # a unit and words of comparison: 120 公里以上 −
_SUM = re.compile(
    rf"(?P<terms>{_FIGURE}(?:{_BETWEEN}[+−×÷]{_BETWEEN}{_FIGURE}(?:\s*%)?)+){_BETWEEN}(?P<sign>[=≈])\s*约?(?P<result>{_FIGURE})"
)
_TERM = re.compile(rf"(?P<sign>[+−×÷])|(?P<figure>{_FIGURE})\s*(?P<percent>%)?")
_OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "−": lambda left, right: left - right,
    "×": lambda left, right: left * right,
    "÷": lambda left, right: left / right,
}


def wrong_sums(text: str) -> Iterator[str]:
    """Yield the sums of ``text`` that do not come out; ≈ allows what rounding to the shown places does.

    >>> list(wrong_sums("相差：14.5% − 13%以上 = 1.5 个百分点，100 ÷ 30 ≈ 3.33 倍"))
    []
    >>> list(wrong_sums("按您说的一半计算：300 家以上 × 50% = 150 家，80% × 50% = 40%"))
    []
    >>> list(wrong_sums("合计：10 + 8 = 17 条"))
    ['10 + 8 = 17 does not come out']
    """
    for one in _SUM.finditer(text):
        result = Fraction(one["result"])
        exact = _worked_out(one["terms"])
        places = len(one["result"].partition(".")[2])
        allowed = Fraction(1, 2 * 10**places) if one["sign"] == "≈" else Fraction(0)
        if exact is None or abs(exact - result) > allowed:
            yield f"{one[0]} does not come out"


def _worked_out(terms: str) -> Fraction | None:
    """Work out a chain from left to right; ``None`` for a division by nothing and for + beside ×, which no answer needs.

    A share by which is multiplied is one of a hundred: 300 家 × 50%.
    """
    total, sign = Fraction(0), "+"
    signs = set()
    for one in _TERM.finditer(terms):
        if one["sign"]:
            sign = one["sign"]
            signs.add(sign)
        elif sign == "÷" and not Fraction(one["figure"]):
            return None
        else:
            share = 100 if sign == "×" and one["percent"] else 1
            total = _OPERATIONS[sign](total, Fraction(one["figure"]) / share)
    return total if signs <= {"+", "−"} or signs <= {"×", "÷"} else None
