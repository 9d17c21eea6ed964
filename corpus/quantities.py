"""Numbers with units and comparators in any Chinese text, a plan's or a user's.

Dates (:mod:`corpus.dates`) are no quantities, nor are ordinals (第 3 条), names (5G, PM2.5, 12345热线) and words that
are made of numerals (三个一批, “一站式”, 第三方).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from corpus.dates import NARROW, find_dates
from corpus.model import Comparator
from corpus.numerals import CHARACTERS, read_numeral
from corpus.units import any_of, read_units

TABLE = Path(__file__).with_name("comparators.toml")
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
# 四千米 is 四 千米, 一百二十万千瓦 is 一百二十万 千瓦: the same amounts, whichever way they are cut.
SPELLED = f"[一二两三四五六七八九十](?:[{CHARACTERS.replace('千', '')}]|千(?![瓦米克伏焦]))*"
PARTS_OF = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}
NUMBER = re.compile(
    rf"(?P<per>{any_of(PARTS_OF)})\s*(?P<share>{ARABIC}|[{CHARACTERS}]+)"
    rf"|(?P<parts>{SPELLED}|\d+)分之(?P<some>{SPELLED}|\d+)"
    rf"|(?P<tenths>[一二两三四五六七八九]|(?<![\d.])\d)成(?P<half>[一二三四五六七八九])?(?![果本立为员效熟功就品]|不(?![到足满]))"
    rf"|(?P<arabic>(?<![\dA-Za-z.×*])(?<!\d[,:]){ARABIC}(?![\d×*:]|\.\d))"
    rf"|(?P<spelled>半数|一半|{SPELLED})"
)
TO = re.compile(r"\s*(?:[-—–~]{1,2}|至|到)\s*(?=\d|百分之)")
# What makes an ordinal, a demonstrative or a rank of the number after it: 第3条, 前10名, 这三个.
NOT_A_COUNT = "第前这那哪每另某头后专号No"
# 一个、一次 name a thing; only a word of comparison makes a count of them. 二次 and 二类 are ordinals: a count says 两.
ARTICLES = ("一", "二")
HALVES = ("半数", "一半")
ORDINALS_BEFORE = re.compile(r"[一二三四五六七八九][、和及]$")
ORDINALS_AFTER = re.compile(r"[、和及][一二三四五六七八九](?![一二三四五六七八九十百千万])")
ENUMERATIONS = re.compile(r"[“\"]?[一二三四五六七八九十两]{1,2}[个大项]?[一-鿿]?[一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    ``value`` is exact, in ``unit`` as printed (44.7, 万立方米/日); parts (百分之二十, 三成五, 四分之一) are given in ``%``,
    those that per cent cannot give exactly (三分之一) as 1 in the unit ``/3``. ``upper`` is the end of a range.
    ``text`` runs from the first to the last word that belongs to it, comparators included; ``number_start`` and
    ``number_end`` span number and unit alone.
    """

    value: Decimal
    unit: str
    comparator: Comparator
    text: str
    start: int
    end: int
    number_start: int
    number_end: int
    upper: Decimal | None = None

    @property
    def base(self) -> tuple[Fraction, str]:
        """The value in the base unit, for comparing: 44.7 万立方米/日 is (447000, 立方米/日).

        >>> find_quantities("44.7 万立方米/日")[0].base == find_quantities("447,000立方米/天")[0].base
        True
        """
        return to_base(self.value, self.unit)


def to_base(value: Decimal, unit: str) -> tuple[Fraction, str]:
    """Return ``value`` in the base unit of ``unit``; an unknown unit is its own base.

    >>> to_base(Decimal("1.86"), "万吨/日")
    (Fraction(18600000, 1), '千克/日')
    """
    if unit.startswith("/"):
        return Fraction(value) * 100 / int(unit[1:]), "%"
    factor, name = read_units().base(unit) or (Fraction(1), unit)
    return Fraction(value) * factor, name


@dataclass(frozen=True, slots=True)
class Comparators:
    """The words of comparison, ready to match on either side of a number."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    surplus: re.Pattern[str]
    signs: dict[str, Comparator]


@cache
def read_comparators() -> Comparators:
    """Read the words of comparison (``comparators.toml``)."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    signs = {word: sign for side in ("before", "after") for sign, words in table[side].items() for word in words}
    blocked = table["not_after"]

    def spelled(word: str) -> str:
        return (f"(?<![{blocked[word]}])" if blocked.get(word) else "") + re.escape(word)

    before = any_of((word for words in table["before"].values() for word in words), spelled)
    linking = any_of(table["linking"]["words"])
    return Comparators(
        before=re.compile(rf"(?P<word>{before})\s*(?:{linking}\s*)?$"),
        after=re.compile(rf"\s*(?P<word>{any_of(word for words in table['after'].values() for word in words)})"),
        surplus=re.compile(rf"\s*{any_of(table['surplus']['words'])}"),
        signs=signs,
    )


def find_quantities(text: str, *, bare: bool = False) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` from left to right.

    Numbers without a unit are left out unless a word of comparison stands with them, or ``bare`` is set (a question
    may ask: 318 是什么指标).

    >>> [(str(q.value), q.unit, q.comparator) for q in find_quantities("到2025年超过 30%，达到两成以上，遴选十二家左右")]
    [('30', '%', '>'), ('20', '%', '>='), ('12', '家', '~')]
    """
    narrow = text.translate(NARROW)
    taken = [False] * (len(text) + 1)
    for date in find_dates(text):
        taken[date.start : date.end] = [True] * (date.end - date.start)
    found: list[Quantity] = []
    at = 0
    while number := NUMBER.search(narrow, at):
        quantity = None if taken[number.start()] else _quantity(text, narrow, number, bare=bare)
        if quantity:
            found.append(quantity)
        at = max(number.end(), quantity.end if quantity else 0)
    return tuple(found)


def _quantity(text: str, narrow: str, number: re.Match[str], *, bare: bool) -> Quantity | None:
    read = _number(number)
    if read is None:
        return None
    value, unit = read
    start, end = number.span()
    words = read_comparators()
    surplus = words.surplus.match(narrow, end) if not unit else None
    if not unit:
        unit, end, upper = _unit_and_upper(narrow, surplus.end() if surplus else end)
        if surplus and not unit:
            surplus, end = None, number.end()
    else:
        upper, end = _upper(narrow, end, unit)
    before = words.before.search(narrow, max(0, start - 12), start)
    after = words.after.match(narrow, end)
    surplus = surplus or (words.surplus.match(narrow, end) if unit and not after else None)
    comparator = _comparator(before, after, surplus)
    compared = before or after
    limits = bool(compared) or (bare and bool(number["spelled"]) and _ends_range(narrow, number))
    if not unit and not _stands_without_unit(number, compared=limits, bare=bare):
        return None
    if not unit and narrow[end : end + 1].isascii() and narrow[end : end + 1].isalpha():
        return None  # 5G, 3A
    if not before and unit != "倍" and _is_no_count(narrow, number, compared=bool(compared)):
        return None
    first = before.start() if before else start
    last = after.end() if after else max(end, surplus.end() if surplus else 0)
    return Quantity(value, unit, comparator, text[first:last], first, last, start, end, upper)


def _number(number: re.Match[str]) -> tuple[Decimal, str] | None:
    """Return the value and, for parts of a whole, the unit."""
    if number["per"]:
        share = _decimal(number["share"])
        return None if share is None else (share * PARTS_OF[number["per"]], "%")
    if number["tenths"]:
        tenths, half = _decimal(number["tenths"]), _decimal(number["half"] or "零")
        return None if tenths is None else (tenths * 10 + (half or 0), "%")
    if number["parts"]:
        parts, some = _decimal(number["parts"]), _decimal(number["some"])
        if not parts or some is None or parts != int(parts):
            return None
        percent = Fraction(some) * 100 / int(parts)
        exact = Decimal(percent.numerator) / percent.denominator
        return (exact, "%") if Fraction(exact) == percent else (some, f"/{int(parts)}")
    if number["spelled"] in HALVES:
        return Decimal(50), "%"
    value = _decimal(number["arabic"] or number["spelled"])
    return None if value is None else (value, "")


def _decimal(word: str) -> Decimal | None:
    if word == "百":  # 百分之百
        return Decimal(100)
    return Decimal(word.replace(",", "")) if word[0].isdecimal() else read_numeral(word)


def _unit_and_upper(narrow: str, end: int) -> tuple[str, int, Decimal | None]:
    """Return the unit after a number, where it ends, and the end of the range that the number begins (10%—15%)."""
    unit = read_units().pattern.match(narrow, _skip_spaces(narrow, end))
    name, past = (unit[0], unit.end()) if unit else ("", end)
    upper, last = _upper(narrow, past, name)
    if upper is None or name:
        return name, last, upper
    unit = read_units().pattern.match(narrow, _skip_spaces(narrow, last))
    return (unit[0], unit.end(), upper) if unit else ("", end, None)


def _upper(narrow: str, end: int, unit: str) -> tuple[Decimal | None, int]:
    to = TO.match(narrow, end)
    number = NUMBER.match(narrow, to.end()) if to else None
    read = _number(number) if number else None
    if number is None or read is None or read[1] not in {"", unit}:
        return None, end
    past = number.end()
    if unit and not read[1]:
        again = read_units().pattern.match(narrow, _skip_spaces(narrow, past))
        if again is None or again[0] != unit:
            return None, end
        past = again.end()
    return read[0], past


def _comparator(before: re.Match[str] | None, after: re.Match[str] | None, surplus: re.Match[str] | None) -> Comparator:
    """Return the sign; 左右 outweighs what stands before (控制在5%左右), else what stands before outweighs (超过30%以上)."""
    signs = read_comparators().signs
    if after and (not before or signs[after["word"]] == "~" or before["word"] == "控制在"):
        return signs[after["word"]]
    if before:
        return signs[before["word"]]
    return ">" if surplus else "="


def _stands_without_unit(number: re.Match[str], *, compared: bool, bare: bool) -> bool:
    """Whether digits are asked for or compared, or a number word can only be a number: 一百, not 国三及以下."""
    if number["arabic"]:
        return compared or bare
    word = number["spelled"] or ""
    large = "十百千万亿" if bare and compared else "百千万亿"  # 超过八十的, 四十到六十的
    return len(word) > 1 and bool(set(word) & set(large))


_TENS = r"[二三四五六七八九]?十[一二三四五六七八九]?"
_RANGE = re.compile(rf"(?:[-—–~到至和与跟、]|以上)\s*{_TENS}")


def _ends_range(narrow: str, number: re.Match[str]) -> bool:
    """Whether a spelled number is one of the two ends of a range: 四十到六十."""
    start, end = number.span()
    before = re.search(rf"{_TENS}[-—–~到至和与跟、]$", narrow[max(0, start - 5) : start])
    return before is not None or _RANGE.match(narrow, end) is not None


def _is_no_count(narrow: str, number: re.Match[str], *, compared: bool) -> bool:
    earlier = narrow[: number.start()].rstrip()[-1:]
    if earlier and earlier in NOT_A_COUNT:
        return True
    word = number["spelled"]
    if not word or compared:
        return False
    if len(word) == 1 and (
        ORDINALS_BEFORE.search(narrow, 0, number.start()) or ORDINALS_AFTER.match(narrow, number.end())
    ):
        return True  # 四、五类
    return word in ARTICLES or bool(ENUMERATIONS.match(narrow, number.start()) and len(word) <= 1)


def _skip_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at
