"""Printed numbers at the head of a line: 一、 （一） 1. （1） 第三章 第七条 …

:func:`read_mark` tells what number a line begins with. Whether the line is a heading at all is decided in
:mod:`corpus.outline`, where the sequence of numbers is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import read_numeral

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = r"[一二三四五六七八九十百零〇两]{1,7}"
_ARABIC = r"[0-9]{1,3}"
_ORDINAL = rf"(?:{_CHINESE}|{_ARABIC})"

# style, pattern of the number, pattern around it; in the order of their usual nesting, outermost first
_STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第 ?(?P<n>{_ORDINAL}) ?(?:编|篇|部分)"),
    ("chapter", rf"第 ?(?P<n>{_ORDINAL}) ?章"),
    ("section", rf"第 ?(?P<n>{_ORDINAL}) ?节"),
    ("article", rf"第 ?(?P<n>{_ORDINAL}) ?条(?:之(?P<sub>[一二三四五六七八九十]))?"),
    # not 一、二、三产业融合发展
    ("chinese", rf"(?P<n>{_CHINESE})[、.．﹒](?!{_CHINESE}[、和])"),
    ("chinese_bracket", rf"[（(](?P<n>{_CHINESE})[）)]、?"),
    ("ordinal", rf"第(?P<n>{_CHINESE})[，,、]"),
    # 3.5 万吨 and 2022.4.14 are no numbers of a heading; 1.5G 网络建设 may be one
    ("arabic", rf"(?P<n>{_ARABIC})(?:[.．﹒](?![0-9](?!G))|、(?![0-9]))"),
    ("arabic_bracket", rf"[（(](?P<n>{_ARABIC})[）)]|(?P<m>{_ARABIC})[）)]"),
    ("circled", r"(?P<n>[①-⑳])"),
)
DECIMAL_STYLES = ("decimal1", "decimal2", "decimal3", "decimal4")
STYLE_ORDER: tuple[str, ...] = (
    *(style for style, _ in _STYLES[:4]),
    *DECIMAL_STYLES,
    *(style for style, _ in _STYLES[4:]),
)
_PATTERNS = tuple((style, re.compile(pattern + r"[ \u3000]*")) for style, pattern in _STYLES)
# 1 总则 / 1.1 编制目的 / 1.1.2 …: the first level only as a short line of its own
_DECIMAL = re.compile(
    r"(?P<above>[0-9]{1,2}(?:[.．][0-9]{1,2}){0,2})[.．](?P<n>[0-9]{1,2})[ \u3000]*(?=[\u4e00-\u9fff“])"
    r"|(?P<m>[0-9]{1,2})[ \u3000]+(?=[\u4e00-\u9fff][^，。；：]{1,20}$)"
)
# 11.121人才梯队项目: where the numbers before and after it are 10 and 12
_GLUED = re.compile(rf"(?P<n>{_ARABIC})[.．﹒](?=[0-9]+[\u4e00-\u9fff])")
_STYLES_BY_KIND = {
    "第": ("part", "chapter", "section", "article", "ordinal"),
    "(": ("chinese_bracket", "arabic_bracket"),
    "1": ("arabic", "arabic_bracket"),
    "一": ("chinese",),
}
_FIRST = (
    {"第": "第", "（": "(", "(": "("}
    | dict.fromkeys("0123456789", "1")
    | dict.fromkeys("一二三四五六七八九十百零〇两", "一")
)
_BY_FIRST = {
    char: tuple((style, pattern) for style, pattern in _PATTERNS if style in _STYLES_BY_KIND[kind])
    for char, kind in _FIRST.items()
} | dict.fromkeys(CIRCLED, (_PATTERNS[-1],))


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: ``style`` (one of :data:`STYLE_ORDER`), its value, its characters, where its text begins.

    ``sub`` is the second number of 第十条之一, else 0. ``above`` are the numbers that 1.2.3 prints before its last one.
    ``length`` counts the mark with the spaces that follow it.
    """

    style: str
    number: int
    printed: str
    length: int
    sub: int = 0
    above: tuple[int, ...] = ()


def read_mark(line: str) -> Mark | None:
    """Return the number that a line begins with, or ``None``.

    >>> read_mark("（二十七）加强监测。")
    Mark(style='chinese_bracket', number=27, printed='（二十七）', length=5, sub=0, above=())
    >>> read_mark("3.5 万吨"), read_mark("一、二、三产业融合"), read_mark("到 2025 年")
    (None, None, None)
    """
    if line[:1] not in _BY_FIRST:
        return None
    for style, pattern in _BY_FIRST[line[0]]:
        found = pattern.match(line)
        if found is None:
            continue
        groups = found.groupdict()
        words = groups["n"] or groups.get("m") or ""
        number = _value(words)
        if number is None:
            return None
        sub = _value(groups["sub"]) if groups.get("sub") else 0
        return Mark(style, number, found.group().strip(" \u3000"), found.end(), sub or 0)
    return None


def read_glued(line: str) -> Mark | None:
    """Return the number before a title that begins with a number itself; its neighbours must tell that it is one.

    >>> read_glued("11.121人才梯队项目。"), read_glued("3.5%以上")
    (Mark(style='arabic', number=11, printed='11.', length=3, sub=0, above=()), None)
    """
    found = _GLUED.match(line)
    return None if found is None else Mark("arabic", int(found["n"]), found.group(), found.end())


def read_decimal(line: str) -> Mark | None:
    """Return the number 1.2.3 that a line begins with, for a document that numbers its parts so.

    >>> mark = read_decimal("2.1.3 应急响应")
    >>> mark and (mark.style, mark.above, mark.number, mark.printed)
    ('decimal3', (2, 1), 3, '2.1.3')
    """
    found = _DECIMAL.match(line)
    if found is None:
        return None
    above = tuple(int(part) for part in re.split(r"[.．]", found["above"] or "") if part)
    number = int(found["n"] or found["m"])
    return Mark(DECIMAL_STYLES[len(above)], number, found.group().strip(" \u3000"), found.end(), above=above)


def _value(words: str) -> int | None:
    if words.isascii():
        return int(words)
    if words[0] in CIRCLED:
        return CIRCLED.index(words[0]) + 1
    value = read_numeral(words)
    return None if value is None else int(value)
