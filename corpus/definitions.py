"""Short forms that a text introduces: 能源消费强度和总量双控（以下简称能耗双控）."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.brackets import DEFINITION, bracket_spans
from corpus.model import Clause, Definition
from corpus.numbering import read_mark
from corpus.wording import wording

WORDS = wording("definitions")
BOUNDARY = re.compile(r"[，。；：、！？\n“”《》（）]")
SENTENCE_PART = re.compile(r"[，。；：！？\n“”《》（）]")
TERM_END = re.compile(r"[，；。,;]|(?:下同|以下同)$")
LONGEST = 60
LONGEST_LIST = 120
LONGEST_TERM = 12
LONGEST_MEANT = 20
NUMBERS = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# 推行“四统一”管理，即统一制度、统一标准、统一收费、统一服务。
NAMELY = re.compile(
    r"“(?P<term>[^“”\n]{2,20})”[^，。；：、（）“”\n]{0,8}[，、（]?即[：，]?(?P<meaning>[^。；（）\n]{4,200})"
)
SPELT_OUT = re.compile(r"“(?P<term>[^“”\n]{2,12})”（(?P<meaning>[^（）。；\n]+、[^（）。；\n]+)）")
NOT_LEAD_INS = tuple(WORDS["not_lead_ins"])
LEAD_INS = tuple(sorted(WORDS["lead_ins"], key=len, reverse=True))
OPENERS = re.compile(rf"(?:{DEFINITION.pattern})(?:为|：|:)?")
SUMMING = re.compile("|".join(WORDS["summing_openers"]))
THAT_IS = re.compile(rf"(?!{'|'.join(WORDS['not_that_is'])})即[：，]?")
# 本规划所称建筑垃圾，是指新建、改建…; 公共数据是指… at the beginning of a sentence
SPEAKING_OF = re.compile(rf"(?:本|前款|上款|上述).{{0,10}}?(?:{'|'.join(WORDS['speaking_of'])})")
# 本规划所称建筑垃圾，是指新建、改建…; 公共数据是指… at the beginning of a sentence
MEANING = re.compile(
    rf"(?:{SPEAKING_OF.pattern}|(?<![^。；！？\n \u3000]))(?P<term>“[^“”\n]{{1,20}}”[^，。；：、（）“”\n]{{0,8}}"
    rf"|[^，。；：、（）“”\n]{{2,30}}?)，?(?:主要)?(?:{'|'.join(WORDS['meaning_verbs'])})：?(?P<meaning>[^，。；\n][^。；\n]{{3,400}})"
)


def find_definitions(text: str, clauses: Sequence[Clause]) -> tuple[Definition, ...]:
    """Return the words that the text explains, in its order: short forms in brackets, and what a word means.

    >>> from corpus.outline import parse_outline
    >>> text = "一、着力实施能源消费强度和总量双控（以下简称能耗双控），重点选择高耗能高排放项目（以下简称“两高”项目）。"
    >>> [(row.term, row.meaning) for row in find_definitions(text, parse_outline(text))]
    [('能耗双控', '能源消费强度和总量双控'), ('“两高”项目', '高耗能高排放项目')]
    >>> text = "第一条 本办法所称再生水，是指污水经处理后可以再次利用的水。"
    >>> [(row.term, row.meaning, row.kind) for row in find_definitions(text, parse_outline(text))]
    [('再生水', '污水经处理后可以再次利用的水', 'meaning')]
    """
    starts = [clause.start for clause in clauses]
    found = [*_short_forms(text), *_meanings(text)]
    return tuple(
        replace(row, clause_id=clauses[bisect_right(starts, row.start) - 1].clause_id)
        for row in sorted(found, key=lambda row: (row.start, row.end))
    )


def _short_forms(text: str) -> Iterator[Definition]:
    """Yield what brackets tell: 甲（以下简称乙）, and 甲（即乙）."""
    for opening, end in bracket_spans(text):
        if DEFINITION.match(text, opening + 1, end - 1) is not None:
            term = _term(text[opening + 1 : end - 1])
            start = _meaning_start(text, opening, term, summing=SUMMING.match(text, opening + 1) is not None)
            if term and start < opening:
                yield Definition("", term, text[start:opening], start, end)
        elif (that_is := THAT_IS.match(text, opening + 1, end - 1)) is not None:
            start = _phrase_start(text, opening)
            start += _after_lead_ins(text[start:opening], opening - start - 2)
            meaning = TERM_END.split(text[that_is.end() : end - 1])[0]
            if 2 <= opening - start <= LONGEST_TERM and "的" not in text[start:opening] and len(meaning) > 3:
                yield Definition("", text[start:opening].strip("“”"), meaning, start, end, "meaning")


def _meanings(text: str) -> Iterator[Definition]:
    """Yield what sentences tell: 本办法所称甲，是指乙。"""
    for found in (*NAMELY.finditer(text), *_spelt_out(text)):
        yield Definition("", found["term"], found["meaning"].strip(), found.start(), found.end(), "meaning")
    for found in MEANING.finditer(text):
        words, start = found["term"], found.start("term")
        mark = read_mark(words) if text[start - 1 : start] in ("", "\n") else None
        words = words[mark.length if mark is not None else 0 :]
        spoken = SPEAKING_OF.match(words)
        words = words[spoken.end() if spoken is not None else 0 :].strip()
        if 1 < len(words) <= LONGEST_MEANT and not any(word in words for word in WORDS["speaking_of"]):
            term = words[1:-1] if words[0] == "“" and words.find("”") == len(words) - 1 else words
            start = text.index(words, start)
            yield Definition("", term, found["meaning"].strip(), start, found.end(), "meaning")


def _spelt_out(text: str) -> Iterator[re.Match[str]]:
    """Yield what a bracket spells out behind a number word in marks: “三通”（通水、通电、通路）."""
    for found in SPELT_OUT.finditer(text):
        if NUMBERS.get(found["term"][0]) == found["meaning"].count("、") + 1:
            yield found


def _term(content: str) -> str:
    """Return the short form, its marks kept where they stand inside it: “两高”项目; “十四五” alone loses none."""
    words = OPENERS.sub("", content, count=1).strip()
    end = TERM_END.search(words)
    words = (words[: end.start()] if end else words).strip()
    if words[:1] in ("“", "《") and words.find({"“": "”", "《": "》"}[words[0]]) == len(words) - 1 and words[0] == "“":
        return words[1:-1]
    return words


def _meaning_start(text: str, end: int, term: str, *, summing: bool) -> int:
    """Return where the full form begins that ends at ``end``."""
    closing = text[end - 1 : end]
    if closing in ("》", "”"):
        opening = text.rfind({"》": "《", "”": "“"}[closing], max(0, end - LONGEST * 2), end)
        return opening if opening >= 0 else end
    begin = _phrase_start(text, end)
    whole = _phrase_start(text, end, SENTENCE_PART, LONGEST_LIST)
    if whole < begin and _is_one_list(text[whole:end], term, summing=summing):
        begin = whole
        named = text.find(term[:2], begin, end) if summing else -1  # 本市行政区域内|建筑垃圾的产生、运输
        begin = named if named >= 0 else begin
    begin = _before_bracket(text, begin, end, term)
    phrase = text[begin:end]
    return begin + _after_lead_ins(phrase, _aligned(phrase, term))


def _phrase_start(text: str, end: int, boundary: re.Pattern[str] = BOUNDARY, longest: int = LONGEST) -> int:
    """Return where the words begin that end at ``end``: after a sign, and after a printed number."""
    begin = max(0, end - longest)
    for found in boundary.finditer(text, begin, end):
        begin = found.end()
    mark = read_mark(text[begin:end]) if text[begin - 1 : begin] in ("", "\n") else None
    return begin + (mark.length if mark is not None else 0)


def _before_bracket(text: str, begin: int, end: int, term: str) -> int:
    """Return where a full form begins that holds a bracket (中国（甲市）自由贸易试验区, 甲市自贸试验区 for short)."""
    opening = text.rfind("（", 0, begin)
    letters = re.sub(r"[“”《》]", "", term)
    if text[begin - 1 : begin] != "）" or begin - opening > LONGEST_TERM or _is_within(letters, text[begin:end]):
        return begin
    before = _phrase_start(text, opening)
    held = text[before:opening] and _is_within(letters, text[before:end])
    return before if held else begin


def _is_one_list(phrase: str, term: str, *, summing: bool) -> bool:
    """Whether words parted by 、 are together what the short form stands for, and not only the last of them."""
    parts = phrase.split("、")
    letters = re.sub(r"[“”《》]", "", term)
    if summing or NUMBERS.get(letters[:1]) == len(parts):
        return True
    if any(part.startswith(LEAD_INS) for part in parts[1:]):
        return False  # 加强领导、落实责任制: two tasks, not one name
    # 居家社区机构相协调、医养康养相结合|的养老服务体系: like words that describe one noun
    before, _, noun = parts[-1].rpartition("的")
    described = bool(noun) and len(before) > 1 and all(len(part) > 1 for part in parts)
    return (described and _is_within(letters, parts[-1])) or (
        not _is_within(letters, parts[-1]) and _is_within(letters, phrase)
    )


def _is_within(letters: str, phrase: str) -> bool:
    """Whether the letters stand in a phrase in their order: 能耗 in 能源消耗."""
    rest = iter(phrase)
    return all(letter in rest for letter in letters)


def _after_lead_ins(phrase: str, limit: int) -> int:
    """Return how many characters of leading verbs to pass over, never beyond where the short form begins to match."""
    at = 0
    while not phrase.startswith(NOT_LEAD_INS, at):
        word = next((word for word in LEAD_INS if phrase.startswith(word, at) and at + len(word) <= limit), None)
        if word is None:
            break
        at += len(word)
    return at


def _aligned(phrase: str, term: str) -> int:
    """Return where in the phrase the short form's own characters begin."""
    letters = re.sub(r"[“”《》]", "", term)
    if len(letters) > 1 and letters[0] in NUMBERS and phrase.count(letters[1]) == NUMBERS[letters[0]]:
        return phrase.index(letters[1])  # “两高”: 高耗能高排放
    place = phrase.find(letters[0]) if letters else -1
    return place if place >= 0 else len(phrase) - 1
