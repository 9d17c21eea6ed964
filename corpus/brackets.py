"""The brackets of a text and what each is: a responsibility, a definition, or anything else.

A bracket is a responsibility when it names a body and says by a label (责任单位：) or a verb (牵头, 负责, 配合) what the
body does; or when it names nothing but bodies at a sentence's end. （以下简称…）（REITs）（不含）（扩）（含电力） are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.duties import read_duties
from corpus.wording import wording

BracketKind = Literal["responsibility", "definition", "other"]
PAIRS = {"（": "）", "(": ")", "【": "】", "［": "］", "[": "]"}
MARKS = re.compile(r"[（）()【】［］\[\]\n]")
DEFINITION = re.compile(rf"(?:{'|'.join(wording('definitions')['openers'])})")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Bracket:
    """An outermost pair of brackets; ``start`` and ``end`` take in the signs themselves."""

    start: int
    end: int
    content: str
    kind: BracketKind


def find_brackets(text: str) -> tuple[Bracket, ...]:
    """Return the outermost brackets of each paragraph from left to right; a sign without partner is passed over.

    >>> [(found.content, found.kind) for found in find_brackets("能耗双控（以下简称双控）（REITs）（各市（州）人民政府负责）")]
    [('以下简称双控', 'definition'), ('REITs', 'other'), ('各市（州）人民政府负责', 'responsibility')]
    """
    return tuple(
        Bracket(start, end, text[start + 1 : end - 1], _kind(text, start, end)) for start, end in bracket_spans(text)
    )


def bracket_spans(text: str) -> list[tuple[int, int]]:
    """Return where the outermost pairs are. An opening sign that is never closed does not hide the pairs after it."""
    spans: list[tuple[int, int]] = []
    open_places: list[int] = []
    for found in MARKS.finditer(text):
        sign, place = found.group(), found.start()
        if sign == "\n":
            open_places.clear()
        elif sign in PAIRS:
            open_places.append(place)
        elif open_places and PAIRS[text[open_places[-1]]] == sign:
            start = open_places.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, place + 1))
    return spans


def _kind(text: str, start: int, end: int) -> BracketKind:
    content = text[start + 1 : end - 1]
    if DEFINITION.match(content):
        return "definition"
    if end - start > LONGEST:
        return "other"
    ends_sentence = text[end : end + 1] in ("", "\n", "。", "；")
    begins_sentence = start == 0 or text[start - 1] in "。；！？）】”\n"
    duties = read_duties(content, bare=ends_sentence and begins_sentence)
    return "responsibility" if duties else "other"
