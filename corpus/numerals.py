"""Chinese number words as exact numbers: 三万五千 → 35000, 一点五 → 1.5."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
DIGIT = "[一二两三四五六七八九]"
BELOW_MYRIAD = re.compile(
    f"(?:(?P<thousands>{DIGIT})千)?零?(?:(?P<hundreds>{DIGIT})百)?零?(?:(?P<tens>{DIGIT}?)十)?零?(?P<ones>{DIGIT})?"
)
CHARACTERS = "".join([*DIGITS, *PLACES, *MYRIADS, "点"])


def read_numeral(word: str) -> Decimal | None:
    """Return the exact value of a Chinese numeral, ``None`` for what only looks like one.

    A numeral must be well formed: places fall from left to right and never repeat, so that names made of numerals
    (十四五, 三九) are no numbers.

    >>> read_numeral("三万五千"), read_numeral("一百二十"), read_numeral("一点五"), read_numeral("十四五")
    (Decimal('35000'), Decimal('120'), Decimal('1.5'), None)
    """
    whole, point, rest = word.partition("点")
    value = _read_whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    tail = rest.rstrip("".join(MYRIADS))
    if not tail or any(sign not in DIGITS for sign in tail):
        return None
    scale = 1
    for sign in rest[len(tail) :]:
        scale *= MYRIADS[sign]
    exact = Decimal(f"{value}.{''.join(str(DIGITS[sign]) for sign in tail)}") * scale
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact


def _read_whole(word: str) -> int | None:
    total = 0
    scale_before: int | None = None
    while word:
        cut = next((at for at, sign in enumerate(word) if sign in MYRIADS), len(word))
        end, scale = cut, 1
        while end < len(word) and word[end] in MYRIADS:
            scale *= MYRIADS[word[end]]
            end += 1
        if scale_before is not None and len(word) == 1 and word in DIGITS:
            return total + DIGITS[word] * scale_before // 10  # 三万五 is 35000; 三万零五 is 30005
        part = _read_below_myriad(word[:cut])
        if part is None or (scale_before is not None and scale >= scale_before):
            return None
        total += part * scale
        scale_before, word = scale, word[end:]
    return total if scale_before is not None else None


def _read_below_myriad(word: str) -> int | None:
    word = word.replace("〇", "零")
    found = BELOW_MYRIAD.fullmatch(word)
    if found is None or not word.strip("零"):
        return None
    thousands, hundreds, tens, ones = (found[name] for name in ("thousands", "hundreds", "tens", "ones"))
    total = DIGITS.get(thousands, 0) * 1000 + DIGITS.get(hundreds, 0) * 100
    if tens is not None:
        total += DIGITS.get(tens, 1) * 10  # 十 alone is 10
    last = DIGITS.get(ones, 0)
    if "零" not in word[-2:] and tens is None and (thousands or hundreds):
        last *= 10 if hundreds else 100  # 一百一 is 110; 一百零一 is 101
    return total + last
