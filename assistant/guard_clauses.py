"""The clauses that an answer's own sentences name: each one that it cites, by its right number and heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.guard_names import Mention, masked
from assistant.guard_sources import Sources, squeezed
from assistant.guard_text import Line, Sentence
from assistant.guard_wording import guard_words

_NUMERALS = "[一二三四五六七八九十百零〇]{1,5}"
# 三、（四）; 三、 before a heading, not within 一、二、三类 or 统一、规范; （四）; 第七条, 第二章第一节
_NUMBER = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[在见和与及即按据]))(?<!、){_NUMERALS}、(?:\s*（{_NUMERALS}）|(?![一二三四五六七八九十]))"
    rf"|（{_NUMERALS}）|(?:第{_NUMERALS}[章节条])+|第\d+[章节条]"
)
_WORDS = re.compile("[\u4e00-\u9fff]+")
_ONE_NUMERAL = re.compile("[一二三四五六七八九十百]")
_CHAPTER = re.compile(f"第({_NUMERALS})章")
_SECTION = re.compile(f"第({_NUMERALS})节")
_NAME = "\ue002"
_PIECE = 4
_LIKE = 2  # a heading of which so many characters are right is meant to be that heading


def unproved_clauses(lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    """Yield what is wrong with the clauses that an answer's own lines name."""
    for line in lines:
        if line.is_quotation or line.is_question:
            continue
        for sentence in line.sentences:
            mentions = sources.shelf.names.find(sentence.text)
            yield from _not_cited(sentence, mentions, sources)
            yield from _numbers(sentence, mentions, sources)
    for line, after in pairwise(lines):
        if after.is_quotation and not line.is_quotation and line.text.rstrip().endswith("："):
            yield from _introduced(line, after, sources)


def _not_cited(sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """Find whole labels of clauses that are cited nowhere, or not by the markers that follow."""
    if not sources.citations:
        return
    cited = {clause.label for clause in sources.clauses}
    for one in mentions:
        if "clause" not in one.kinds or (sources.holds(one.name) and one.name not in cited):
            continue
        near = sources.only(sentence.markers_at(one.end))
        if one.name not in cited:
            yield f"clause {one.name} is not cited"
        elif near is not sources and not _points_to(near, one.name, sources):
            yield f"clause {one.name} is not the one that its marker points to"


def _introduced(line: Line, quotation: Line, sources: Sources) -> Iterator[str]:
    """Check that 方案在甲中写道： stands over words of 甲."""
    named = [one.name for one in sources.shelf.names.find(line.text) if "clause" in one.kinds]
    near = sources.only(quotation.markers)
    if named and not any(_points_to(near, label, sources) for label in named):
        yield f"clause {named[0]} is not the one that is quoted"


def _points_to(near: Sources, label: str, sources: Sources) -> bool:
    """Whether cited words lie in a clause of that label, or tell a duty there (a note binds bodies in many clauses)."""
    ids = {(plan_id, clause.clause_id) for plan_id, clause in sources.shelf.names.clauses[label]}
    return any((row.plan_id, row.clause_id) in ids for row in near.citations) or any(
        (plan_id, row.clause_id) in ids for plan_id, row in near.told
    )


def _numbers(sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """Find numbers of clauses without their heading that no cited clause has, or with a heading that is not theirs."""
    rest = masked(sentence.text, mentions, lambda _: _NAME)
    clauses = sources.clauses or tuple(clause for plan in sources.plans for clause in plan.clauses)
    for number in _NUMBER.finditer(rest):
        said = squeezed(number[0])
        after = rest[number.end() :].lstrip("”’》 ")
        words = _WORDS.match(after)
        having = [clause for clause in clauses if _has(squeezed(clause.label), said)]
        titles = [clause.title for clause in having if clause.title]
        if any(after[:_LIKE] == title[:_LIKE] or _garbles(words[0], title) for title in titles if words):
            if not after.startswith(tuple(titles)):
                yield f"clause number {said} stands before another heading"
        elif words and sources.holds(said + words[0]):
            continue  # words of the plan that are told without a quotation's marks
        elif not having:
            yield f"clause number {said} is not that of a cited clause"
        elif words and not after.startswith(guard_words().followers):
            yield f"clause number {said} stands before another heading"


def _garbles(words: str, title: str) -> bool:
    """Whether words hold a piece of a heading and not the heading."""
    return title not in words and any(title[at : at + _PIECE] in words for at in range(len(title) - _PIECE + 1))


def _has(label: str, said: str) -> bool:
    """Whether a label holds a number as it is said, or as plans without 章 and 节 print it.

    >>> _has("三、（四）交通", "第三章第四节"), _has("三、（四）交通", "（四）"), _has("十三、交通", "三、")
    (True, True, False)
    """
    printed = _printed(said)
    at = label.find(said)
    return (at >= 0 and not _ONE_NUMERAL.match(label[max(0, at - 1) : at])) or label.startswith(printed)


def _printed(said: str) -> str:
    """Return a spoken number as plans without 章 and 节 print it.

    >>> _printed("第三章第四节"), _printed("第七条")
    ('三、（四）', '第七条')
    """
    return _SECTION.sub(r"（\1）", _CHAPTER.sub(r"\1、", said))
