"""Texts made alike before they are compared: what a reader takes for the same is the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKER = re.compile(r"\[(\d+)\]")

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MARKDOWN = re.compile(r"\*\*|__|`|(?m:^[ \t]*(?:>[ \t]?)+)")
# Digits that stand apart stay apart; all other white space is how a line happens to be set.
_SPACE = re.compile(r"(?<![\d.,\s])\s+|\s+(?![\d\s])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ALIKE = str.maketrans(
    dict.fromkeys("〔［【｛", "(")
    | dict.fromkeys("〕］】｝", ")")
    | dict.fromkeys("“”„‟「」『』＂", '"')
    | dict.fromkeys("‘’＇", "'")
    | dict.fromkeys("–—―－﹣", "-")
    | dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩", "")
    # A comma stays a Chinese one: to a reader of numbers, an ASCII comma in front of digits may belong to them.
    | {",": "，"}
)


@lru_cache(maxsize=16384)  # the same clauses and names are read for every answer
def fold(text: str) -> str:
    """Return ``text`` without white space, markers and Markdown, with one form for brackets, quotation marks and widths.

    >>> fold("**各市〔州〕人民政府**，达到 45％以上[2]") == fold("各市（州）人民政府,达到45%以上")
    True
    >>> fold("1,200 家，第 5 条 3 项"), fold("达到 44.7  1.86")
    ('1200家，第5条3项', '达到44.7  1.86')
    """
    visible = _INVISIBLE.sub("", text)
    plain = _THOUSANDS.sub("", _MARKDOWN.sub("", MARKER.sub("", visible))).translate(_ALIKE)
    return _SPACE.sub("", unicodedata.normalize("NFKC", plain).translate(_ALIKE)).strip()


def holds(text: str, phrase: str) -> bool:
    """Whether ``phrase`` stands in ``text``, alike in the sense of :func:`fold`, letters in either case.

    A phrase that begins or ends with a digit must not be part of a longer number.

    >>> holds("下降 113%", "13%"), holds("下降 13 %[1]", "13%"), holds("（以下简称“两高”）", "(以下简称「两高」)")
    (False, True, True)
    """
    wanted = fold(phrase).casefold()
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdecimal() else ""
    after = r"(?!\.?\d)" if wanted[-1].isdecimal() else ""
    return re.search(before + re.escape(wanted) + after, fold(text).casefold()) is not None
