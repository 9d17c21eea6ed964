"""The printed numbers of clauses that a question names: 第三章第五条, 三、（四）, 3.4, 第12项."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.asked import CHAPTER_LIST, chapter_list
from corpus import Plan
from corpus.numerals import read_numeral

_NUMERAL = "[0-9一二三四五六七八九十百零〇两]+"

_PART = r"(?:大?部分|章|大块|大点)"
_ITEM = r"(?:条|节|款|项|点|小节|部分)"
_CHAPTER_ITEM = re.compile(
    rf"第\s*({_NUMERAL})\s*{_PART}\s*[、,,的之]*\s*(?:里面|里|中|下面|下|当中)?[的之]?\s*(?:第\s*[((]?\s*({_NUMERAL})\s*[))]?\s*{_ITEM}|[((]({_NUMERAL})[))])"
)
_LABEL = re.compile(rf"(?<![\d一二三四五六七八九十])({_NUMERAL})\s*、?\s*[((]({_NUMERAL})[))]")
_LISTED = re.compile(rf"(?<![\d一二三四五六七八九十])({_NUMERAL})、\s*(\d{{1,2}})(?![\d%.])")
_DOTTED = re.compile(
    r"(?<![\d.])(\d{1,2}(?:\.\d{1,3}){1,3})(?![\d.]*[\d%％])(?!\s*(?:个百分点|[万亿]|公里|吨|克|家|个|倍|元|度|级))"
)
_CHAPTER = re.compile(rf"第\s*({_NUMERAL})\s*{_PART}")
_ARTICLE = re.compile(rf"第\s*[((]?\s*({_NUMERAL})\s*[))]?\s*{_ITEM}")
_ITEM_ALONE = re.compile(rf"(?<![\d一二三四五六七八九十章、])[((]({_NUMERAL})[))]")
_ENGLISH_CHAPTER = re.compile(r"\bchapter\s+(\d{1,2})\b", re.IGNORECASE)
_ENGLISH_CLAUSE = re.compile(r"\b(?:clause|section|article|item)\s+(\d{1,2}(?:\.\d{1,3})*)\b", re.IGNORECASE)
_ARTICLE_ITEM = re.compile(rf"第\s*({_NUMERAL})\s*条\s*的?\s*(?:第\s*({_NUMERAL})\s*[项款]|[((]({_NUMERAL})[))])")
_LOOSE = (_DOTTED, _LABEL, _LISTED)
_PART_PREFIX = re.compile(r"p\d+\.")
_SECOND = 2  # the level of （四） under 三、


@dataclass(frozen=True, slots=True)
class References:
    """The printed numbers of a question: ids found, numbers not there, ids that may be meant, bare items, spans."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    open: tuple[str, ...]
    items: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class ClauseNumbers:
    """Finds printed numbers in questions about one plan; made once for each plan.

    A document of several parts prints a number more than once: such a number may mean either clause.
    """

    def __init__(self, plan: Plan) -> None:
        self._ids: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._second: dict[str, list[str]] = {}
        for clause in plan.clauses:
            path = _PART_PREFIX.sub("", clause.clause_id)
            self._ids.setdefault(path, []).append(clause.clause_id)
            numbers = path.split(".")
            if len(numbers) == _SECOND:
                self._second.setdefault(numbers[-1], []).append(clause.clause_id)
            elif len(numbers) > _SECOND:
                self._ends.setdefault(numbers[-1], []).append(clause.clause_id)
        self._is_flat = all("." not in path for path in self._ids)

    def find(self, text: str) -> References:
        """Find printed numbers of clauses: the fullest form first, each stretch of the question once."""
        found: list[str] = list(self._enumerated(text))
        missing: list[str] = []
        unclear: list[str] = []
        items: list[int] = []
        chapters: dict[int, str] = {}  # by the end of each number that was found
        spans: list[tuple[int, int]] = [match.span() for match in CHAPTER_LIST.finditer(text)] if found else []
        for pattern in (
            _CHAPTER_ITEM,
            _ARTICLE_ITEM,
            _LABEL,
            _LISTED,
            _ENGLISH_CLAUSE,
            _DOTTED,
            _CHAPTER,
            _ENGLISH_CHAPTER,
            _ARTICLE,
            _ITEM_ALONE,
        ):
            for match in pattern.finditer(text):
                if any(match.start() < end and start < match.end() for start, end in spans):
                    continue
                candidates = self._candidates(pattern, match)
                if len(candidates) > 1 and (beside := _beside(text, match.start(), chapters)):
                    candidates = [one for one in candidates if _chapter(one) == beside] or candidates
                if not candidates and pattern in _LOOSE and not self._has_chapter(match):
                    continue  # 13.5 or 三(四) may be no reference at all
                spans.append(match.span())
                if pattern in (_ARTICLE, _ITEM_ALONE):
                    items.append(integer(match.group(1)))
                if len(candidates) == 1:
                    found.extend(candidates)
                    chapters[match.end()] = _chapter(candidates[0])
                elif candidates:
                    unclear.extend(candidates)
                elif pattern is not _ITEM_ALONE:
                    missing.append(match.group())
        return References(tuple(dict.fromkeys(found)), tuple(missing), tuple(unclear), tuple(items), tuple(spans))

    def _enumerated(self, text: str) -> tuple[str, ...]:
        return tuple(one for number in chapter_list(text) for one in self._ids.get(number, ())[:1])

    def _has_chapter(self, match: re.Match[str]) -> bool:
        """Whether the chapter of an unknown number exists and has sections: then the number is a wrong reference."""
        chapter = str(integer(match.group(1).split(".")[0]))
        return any(one.startswith(f"{chapter}.") for one in self._ids) and "." not in match.group()

    def _candidates(self, pattern: re.Pattern[str], match: re.Match[str]) -> list[str]:
        numbers = [str(integer(group)) for group in match.groups() if group]
        wanted = match.group(1) if pattern in (_DOTTED, _ENGLISH_CLAUSE) else ".".join(numbers)
        if pattern is _ITEM_ALONE:
            return self._second.get(wanted, [])
        if pattern is _ARTICLE_ITEM:
            return [one for path, ids in self._ids.items() if f".{path}".endswith(f".{wanted}") for one in ids]
        if pattern is _ARTICLE and not self._is_flat:
            return self._items(wanted)
        whole = self._ids.get(wanted, [])
        return whole or ([] if pattern in _LOOSE else self._under(numbers))

    def _items(self, number: str) -> list[str]:
        """Return what 第九条 may mean: the clause of the second level, or the item whose number runs on through the plan."""
        second, deep = self._second.get(number, []), self._ends.get(number, [])
        return deep if len(second) != 1 and len(deep) == 1 else second or deep

    def _under(self, numbers: list[str]) -> list[str]:
        """Return the items of a chapter by numbers that run on through its sections: 第二章第12项."""
        return [
            one
            for one in self._ends.get(numbers[-1], [])
            if len(numbers) > 1 and _PART_PREFIX.sub("", one).split(".")[0] == numbers[0]
        ]


_JOINED = re.compile(r"(?:的)?(?:、|和|与|及|跟|,)\s*$")


def _beside(text: str, start: int, chapters: Mapping[int, str]) -> str:
    """Return the chapter of the number that an incomplete one is joined to: 第五章第一条和第二条."""
    joined = _JOINED.search(text[:start])
    return chapters.get(joined.start(), "") if joined else ""


def _chapter(clause_id: str) -> str:
    """Return the outermost clause around one.

    >>> _chapter("3.4"), _chapter("p2.3.4")
    ('3', 'p2.3')
    """
    part = _PART_PREFIX.match(clause_id)
    return f"{part.group() if part else ''}{clause_id[part.end() if part else 0 :].split('.', maxsplit=1)[0]}"


def integer(numeral: str) -> int:
    """Return the number that digits or a numeral tell; -1 for what is none."""
    if numeral.isdecimal():
        return int(numeral)
    value = read_numeral(numeral)
    return int(value) if value is not None else -1
