"""A clause's text → sentences → phrases: what stands between commas, without spaces, every character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Clause

SENTENCE_END = "。！？!?\n"
PHRASE_END = "，；：,;:"
OPENING, CLOSING = "（(《〔【", "）)》〕】"
# Brackets that say who does it or when: （省机关事务局负责）, （6月底完成，牵头考核单位：…）.
DUTY = re.compile(
    r"[（(【][^（）()【】]{0,1000}?(?:负责|牵头|责任单位|责任部门|配合|考核单位|落实)(?:[^（）()]|[（(][^（）()]{0,200}[）)]){0,1000}[）)】]"
)
NUMBERING = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[章节条][、.．\s]?|[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十百]+、|\d{1,3}[.．、﹒](?!\d)"
    r"|[——\-•●■◆★·]+)+"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between two commas. ``places[i]`` is the offset of ``text[i]`` in the plan, ``mark`` the sign that follows."""

    text: str
    places: tuple[int, ...]
    mark: str

    def part(self, start: int, end: int | None = None) -> Phrase:
        """Return the words from ``start`` to ``end``."""
        return Phrase(self.text[start:end], self.places[start:end], self.mark)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the plan of ``text[start:end]``, which must not be empty."""
        return self.places[start], self.places[end - 1] + 1


def split_sentences(text: str, clause: Clause) -> Iterator[tuple[Phrase, ...]]:
    r"""Yield the sentences of a clause without its heading, its numbers and the brackets that name who does it.

    >>> clause = Clause("1", "一、目标", "目标", "一、目标\n到 2025 年，覆盖率（含农村）达到 90%。", 0, 28, 1)
    >>> [[phrase.text for phrase in sentence] for sentence in split_sentences(clause.text, clause)]
    [['到2025年', '覆盖率（含农村）达到90%']]
    """
    start, end = clause.start, clause.end
    if clause.title and not _says_more(text, clause):
        heading = text.find(clause.title, start, min(end, start + len(clause.title) + 60))
        start = heading + len(clause.title) if heading >= 0 else start
    dropped = [False] * (end - start)
    for duty in DUTY.finditer(text, start, end):
        dropped[duty.start() - start : duty.end() - start] = [True] * (duty.end() - duty.start())
    phrases: list[Phrase] = []
    signs: list[str] = []
    places: list[int] = []
    depth = 0
    for place in range(start, end + 1):
        sign = text[place] if place < end else "\n"
        if place < end and dropped[place - start]:
            continue
        depth = 0 if sign == "\n" else max(0, depth + (sign in OPENING) - (sign in CLOSING))
        ends_sentence = sign in SENTENCE_END and not depth
        if ends_sentence or (sign in PHRASE_END and not depth and not _within_number(text, place, end)):
            if signs:
                phrases.append(_phrase(signs, places, sign, first=not phrases))
                signs, places = [], []
            if ends_sentence and phrases:
                yield tuple(phrase for phrase in phrases if phrase.text)
                phrases = []
        elif not sign.isspace():
            signs.append(sign)
            places.append(place)


def _says_more(text: str, clause: Clause) -> bool:
    """Whether the heading is all that the item says, or the name before a colon: 1.独角兽企业：2家以上."""
    after = text[clause.start : clause.end].partition(clause.title)[2].lstrip()
    return not after.strip(SENTENCE_END) or bool(re.match(r"[：:][^\n]*\d", after))


def _within_number(text: str, place: int, end: int) -> bool:
    """Whether a sign stands between two digits: 1:7, 1,200; a wide comma never belongs to a number."""
    return text[place] in ",:：" and 0 < place < end - 1 and text[place - 1].isdecimal() and text[place + 1].isdecimal()


def _phrase(signs: list[str], places: list[int], mark: str, *, first: bool) -> Phrase:
    phrase = _without_half_quotation(Phrase("".join(signs), tuple(places), mark))
    numbering = NUMBERING.match(phrase.text) if first else None
    return phrase.part(numbering.end()) if numbering else phrase


def _without_half_quotation(phrase: Phrase) -> Phrase:
    """Leave out the mark of a quotation that a comma divides: 实现“甲达到20家，乙达到40%”的目标."""
    text = phrase.text
    if text.count("“") == text.count("”"):
        return phrase
    opening, dropped = [], set()
    for place, sign in enumerate(text):
        if sign == "“":
            opening.append(place)
        elif sign == "”" and opening:
            opening.pop()
        elif sign == "”":
            dropped.add(place)
    dropped.update(opening)
    kept = [place for place in range(len(text)) if place not in dropped]
    return Phrase("".join(text[place] for place in kept), tuple(phrase.places[place] for place in kept), phrase.mark)
