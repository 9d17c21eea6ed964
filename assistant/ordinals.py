"""Chapters and sections that a question counts from an end: 最后一章, 倒数第二章, 第三章最后一条; put into printed numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.lexicon import word_lists
from corpus import Clause, Plan
from corpus.numerals import read_numeral

_NUMBER = "[一二两三四五六七八九十]|[1-9]"


def in_numbers(text: str, plan: Plan) -> str:
    """Return a question with the numbers of the chapters and sections that it counts from an end.

    What is not there (倒数第九章) stays as it is, and so does 最后一条 without a chapter: it may be the last of a list.
    """
    chapters = [one for one in plan.clauses if one.parent_id is None and one.clause_id.split(".")[-1] != "0"]
    text = _chapter().sub(lambda found: _numbered(found, chapters, "章"), text)

    def item(found: re.Match[str]) -> str:
        chapter = next((one for one in chapters if one.clause_id == _plain(found["chapter"])), None)
        sections = list(plan.children(chapter.clause_id)) if chapter else []
        return f"第{found['chapter']}章{_numbered(found, sections, '条')}"

    return _item().sub(item, text)


def _numbered(found: re.Match[str], clauses: Sequence[Clause], kind: str) -> str:
    """Return 第…章 or 第…条 for a place counted from an end; the words themselves where there is no such place."""
    at = -int(_plain(found["nth"])) if found["nth"] else 0 if found["first"] else -1
    if not -len(clauses) <= at < len(clauses):
        return found["words"]
    return f"第{clauses[at].clause_id.split('.')[-1]}{kind}"


def _plain(numeral: str) -> str:
    return numeral if numeral.isdecimal() else str(read_numeral(numeral) or 0)


def _place(kind: str) -> str:
    words = {name: "|".join(map(re.escape, listed)) for name, listed in word_lists("ends").items()}
    return (
        rf"(?P<words>(?:倒数第(?P<nth>{_NUMBER})|(?P<first>{words['first']})|(?:{words['last']}))"
        rf"(?:的)?(?:[那这]?一?[个]?)(?:{kind}))"
    )


@cache
def _chapter() -> re.Pattern[str]:
    return re.compile(_place("章|大?部分"))


@cache
def _item() -> re.Pattern[str]:
    return re.compile(rf"第(?P<chapter>{_NUMBER})章(?:里面|里头|里|中|的)*{_place('条|节|项')}")
