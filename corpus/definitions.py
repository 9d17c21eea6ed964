"""Short forms that a text introduces: 能源消费强度和总量双控（以下简称能耗双控）."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.brackets import DEFINITION, bracket_spans
from corpus.model import Clause, Definition
from corpus.numbering import read_mark
from corpus.wording import wording

BOUNDARY = re.compile(r"[，。；：、！？\n“”《》（）]")
TERM_END = re.compile(r"[，；。,;]|(?:下同|以下同)$")
LONGEST = 60
NUMBERS = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
LEAD_INS = tuple(sorted(wording("definitions")["lead_ins"], key=len, reverse=True))
OPENERS = re.compile(rf"(?:{DEFINITION.pattern})(?:为|：|:)?")


def find_definitions(text: str, clauses: Sequence[Clause]) -> tuple[Definition, ...]:
    """Return the short forms that brackets introduce, with the full form before them.

    >>> from corpus.outline import parse_outline
    >>> text = "一、着力实施能源消费强度和总量双控（以下简称能耗双控），重点选择高耗能高排放项目（以下简称“两高”项目）。"
    >>> [(row.term, row.meaning) for row in find_definitions(text, parse_outline(text))]
    [('能耗双控', '能源消费强度和总量双控'), ('“两高”项目', '高耗能高排放项目')]
    """
    starts = [clause.start for clause in clauses]
    rows = []
    for opening, end in bracket_spans(text):
        if DEFINITION.match(text, opening + 1, end - 1) is None:
            continue
        term = _term(text[opening + 1 : end - 1])
        start = _meaning_start(text, opening, term)
        meaning = text[start:opening]
        if term and meaning:
            clause = clauses[bisect_right(starts, start) - 1]
            rows.append(Definition(clause.clause_id, term, meaning, start, end))
    return tuple(rows)


def _term(content: str) -> str:
    """Return the short form, its marks kept where they stand inside it: “两高”项目; “十四五” alone loses none."""
    words = OPENERS.sub("", content, count=1).strip()
    end = TERM_END.search(words)
    words = (words[: end.start()] if end else words).strip()
    if words[:1] in ("“", "《") and words.find({"“": "”", "《": "》"}[words[0]]) == len(words) - 1 and words[0] == "“":
        return words[1:-1]
    return words


def _meaning_start(text: str, end: int, term: str) -> int:
    """Return where the full form begins that ends at ``end``."""
    closing = text[end - 1 : end]
    if closing in ("》", "”"):
        opening = text.rfind({"》": "《", "”": "“"}[closing], max(0, end - LONGEST * 2), end)
        return opening if opening >= 0 else end
    begin = max(0, end - LONGEST)
    for found in BOUNDARY.finditer(text, begin, end):
        begin = found.end()
    mark = read_mark(text[begin:end]) if text[begin - 1 : begin] in ("", "\n") else None
    begin += mark.length if mark is not None else 0
    phrase = text[begin:end]
    limit = _aligned(phrase, term)
    return begin + _after_lead_ins(phrase, limit)


def _after_lead_ins(phrase: str, limit: int) -> int:
    """Return how many characters of leading verbs to pass over, never beyond where the short form begins to match."""
    at = 0
    while True:
        word = next((word for word in LEAD_INS if phrase.startswith(word, at) and at + len(word) <= limit), None)
        if word is None:
            return at
        at += len(word)


def _aligned(phrase: str, term: str) -> int:
    """Return where in the phrase the short form's own characters begin."""
    letters = re.sub(r"[“”《》]", "", term)
    if len(letters) > 1 and letters[0] in NUMBERS and phrase.count(letters[1]) == NUMBERS[letters[0]]:
        return phrase.index(letters[1])  # “两高”: 高耗能高排放
    place = phrase.find(letters[0]) if letters else -1
    return place if place >= 0 else len(phrase) - 1
