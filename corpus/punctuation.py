"""Half-width punctuation in Chinese context becomes full-width; numbers, addresses and Latin text stay as they are.

What decides is the nearest letter or ideograph on either side, digits, punctuation and spaces left out (下降 13%;): widening
one sign never changes what the next one sees, so that a second pass finds nothing to do.
"""

from __future__ import annotations

import re
from bisect import bisect_left

IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?%&=+#~:@-]*[\w/]", re.ASCII)
WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
NARROW_SIGN = re.compile(r"[,;:!?()\"〔〕]")
BRACKET = re.compile(r"[()（）]")
QUOTE = re.compile(r"[“”\"]")
# 〔2022〕43号 is a document number; any other 〔…〕 stands for plain brackets: 各市〔州〕人民政府
TORTOISE_OPEN = re.compile(r"〔(?![0-9]{4}〕)")
TORTOISE_CLOSE = re.compile(r"(?<!〔[0-9]{4})〕")
REACH = 16


def widen(line: str) -> str:
    """Return one line with its half-width punctuation made full-width where the context is Chinese.

    >>> widen("(一)优先审批;对“两高”项目(含电力),投资1,000万元,详见http://a.cn/?b=1,2")
    '（一）优先审批；对“两高”项目（含电力），投资1,000万元，详见http://a.cn/?b=1,2'
    >>> widen("f(x), 12:30"), widen("各市〔州〕，国办发〔2022〕43号")
    ('f(x), 12:30', '各市（州），国办发〔2022〕43号')
    """
    if not NARROW_SIGN.search(line) or not IDEOGRAPH.search(line):
        return line
    line = TORTOISE_CLOSE.sub("）", TORTOISE_OPEN.sub("（", line))
    chars = list(line)
    kept = {place for found in ADDRESS.finditer(line) for place in range(*found.span())}
    _widen_brackets(line, chars, kept)
    _widen_signs(line, chars, kept)
    _widen_quotes(line, chars)
    return "".join(chars)


def _widen_signs(line: str, chars: list[str], kept: set[int]) -> None:
    for place, char in enumerate(line):
        if char not in WIDE or place in kept or _within_latin(line, place):
            continue
        if _is_chinese(_word_before(line, place)) or _is_chinese(_word_after(line, place)):
            chars[place] = WIDE[char]


def _within_latin(line: str, place: int) -> bool:
    """Whether the sign stands directly between two Latin letters or digits: 1,000 and 12:30."""
    around = line[place - 1 : place] + line[place + 1 : place + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()


def _word_before(line: str, place: int) -> str:
    for char in reversed(line[max(0, place - REACH) : place]):
        if char.isalpha():
            return char
    return ""


def _word_after(line: str, place: int) -> str:
    for char in line[place + 1 : place + 1 + REACH]:
        if char.isalpha():
            return char
    return ""


def _is_chinese(char: str) -> bool:
    return bool(char) and IDEOGRAPH.match(char) is not None


def _widen_brackets(line: str, chars: list[str], kept: set[int]) -> None:
    ideographs = [found.start() for found in IDEOGRAPH.finditer(line)]
    for pair in _pairs(line, kept):
        first, last = pair[0], pair[-1]
        at = bisect_left(ideographs, first)
        chinese = (
            (at < len(ideographs) and ideographs[at] < last)
            or _is_chinese(_word_before(line, first))
            or _is_chinese(_word_after(line, last))
            or {line[first], line[last]} & {"（", "）"}
        )
        for place in pair if chinese else ():
            chars[place] = "（" if line[place] in "(（" else "）"


def _pairs(line: str, kept: set[int]) -> list[tuple[int, ...]]:
    """Return the places of each bracket pair of a line, whatever its width; a bracket without partner stands alone."""
    pairs: list[tuple[int, ...]] = []
    open_places: list[int] = []
    for found in BRACKET.finditer(line):
        place = found.start()
        if place in kept:
            continue
        if found.group() in "(（":
            open_places.append(place)
        else:
            pairs.append((open_places.pop(), place) if open_places else (place,))
    pairs.extend((place,) for place in open_places)
    return pairs


def _widen_quotes(line: str, chars: list[str]) -> None:
    """Turn straight quotes into a pair: “蒙速办" has a straight sign where ” is meant; one without partner stays."""
    places = [found.start() for found in QUOTE.finditer(line)]
    is_open = False
    for rank, place in enumerate(places):
        if line[place] == "”":
            is_open = False
        elif line[place] == "“":
            is_open = True
        elif is_open:
            chars[place], is_open = "”", False
        elif rank + 1 < len(places) and line[places[rank + 1]] != "“":
            chars[place], is_open = "“", True
