"""Clauses become passages: sentences that know their clause, verbatim and with offsets.

A sentence ends at 。！？ or a line's end; one of more than 120 characters is split again at ；. The brackets and lines that
name the responsible bodies are passages of their own kind, so that nobody quotes them as what the clause says.
A heading is context of the passages under it; only where nothing follows it is it a passage itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.duties import LABEL
from corpus.model import Clause, Plan
from corpus.numbering import read_mark

Kind = Literal["content", "bodies", "heading"]
Span = tuple[int, int]

LONG = 120  # characters; above it a sentence is split at ；
LONGEST = 400  # characters; above it at ， and, where even that is missing, anywhere (tables without punctuation)
_NUMBER_LENGTH = 30  # characters before a heading: its printed number and blanks
_OPENING = "（(〔[【《“‘「『"
_CLOSING = "）)〕]】》”’」』"
_END = re.compile(r"[。！？!?…]+[”’」』）)]*|\n+")
_SEMICOLON = re.compile(r"[；;]+[”’」』]*")
_COMMA = re.compile(r"[，,、：:]+")
_LINE = re.compile(r"[^\n]+")
_BLANK = " \t\r\n\u3000"
# A piece cut off by a bracket may begin with the mark that ended the sentence before it.
_LEFT_OVER = _BLANK + "。！？；，、,;：:"
# A line made of names (责任单位：甲厅、乙局) is mostly names; a sentence that mentions bodies is mostly not.
_SHARE_OF_NAMES = 0.4
# Without a label it may tell a duty: 市农业局会同市财政局制定收费标准。
_LIST_OF_NAMES = 0.7
_HEADING_MARK = re.compile(r"[\s。．.：:、]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a clause: ``plan.text[start:end] == text``.

    ``label`` is that of the clause; ``context`` the heading it stands under: the clause's own title, else that of the
    nearest clause around it, else the document's. ``kind``: ``content`` says something, ``bodies`` names who is
    responsible, ``heading`` is a heading without a text of its own.
    """

    plan_id: str
    clause_id: str
    start: int
    end: int
    text: str
    kind: Kind
    label: str
    context: str


def make_passages(plan: Plan) -> list[Passage]:
    r"""Return the passages of a plan in the order of its text; clauses without any visible character have none.

    >>> text = "一、农村\n推广沼气。治理污水。（省农业农村厅负责）"
    >>> from corpus.model import Responsibility
    >>> plan = Plan("p", "例", text, (Clause("1", "一、农村", "农村", text, 0, len(text), 1),),
    ...     (Responsibility("1", "省农业农村厅", "sole", False, 16, 22),))
    >>> [(passage.text, passage.kind) for passage in make_passages(plan)]
    [('推广沼气。', 'content'), ('治理污水。', 'content'), ('（省农业农村厅负责）', 'bodies')]
    """
    names = sorted({(row.start, row.end) for row in plan.responsibilities})
    passages: list[Passage] = []
    for clause in plan.clauses:
        context = _context(plan, clause)
        passages.extend(
            Passage(plan.plan_id, clause.clause_id, start, end, plan.text[start:end], kind, clause.label, context)
            for start, end, kind in _clause_spans(plan, clause, names)
        )
    return passages


def _context(plan: Plan, clause: Clause) -> str:
    while not clause.title and clause.parent_id is not None and plan.has_clause(clause.parent_id):
        clause = plan.clause(clause.parent_id)
    return clause.title or plan.title


def _clause_spans(plan: Plan, clause: Clause, names: list[Span]) -> Iterator[tuple[int, int, Kind]]:
    pieces = [
        piece
        for piece in _pieces(plan.text, _body_start(clause), clause.end, names)
        if plan.text[piece[0] : piece[1]] != plan.title
    ]
    yield from pieces
    start, end = _trim(plan.text, clause.start, clause.end, _BLANK)
    if not pieces and start < end:
        yield start, end, "heading"


def _body_start(clause: Clause) -> int:
    """Return where the words after the printed number and the heading begin."""
    at = clause.text.find(clause.title) if clause.title else -1
    # The heading is the first thing of a clause; the same words further down are not it.
    if 0 <= at <= _NUMBER_LENGTH:
        after = at + len(clause.title)
        mark = _HEADING_MARK.match(clause.text, after)
        return clause.start + (mark.end() if mark else after)
    number = read_mark(clause.text)
    return clause.start + (number.length if number else 0)


def _pieces(text: str, start: int, end: int, names: list[Span]) -> Iterator[tuple[int, int, Kind]]:
    at = start
    for left, right in _name_brackets(text, start, end, names):
        yield from _sentences(text, at, left, names)
        yield left, right, "bodies"
        at = right
    yield from _sentences(text, at, end, names)


def _sentences(text: str, start: int, end: int, names: list[Span]) -> Iterator[tuple[int, int, Kind]]:
    start, end = _trim(text, start, end, _BLANK)
    while start < end and text[start] in _LEFT_OVER:
        start += 1
    for left, right in _split(text, start, end, _END, 0):
        for piece in _shorten(text, left, right):
            inside = list(_within(names, *piece))
            share = sum(stop - begin for begin, stop in inside) / (piece[1] - piece[0])
            listed = LABEL.search(text, *piece) is not None or share >= _LIST_OF_NAMES
            yield *piece, "bodies" if listed and share >= _SHARE_OF_NAMES else "content"


def _shorten(text: str, start: int, end: int) -> Iterator[Span]:
    if end - start <= LONG:
        yield start, end
        return
    for left, right in _split(text, start, end, _SEMICOLON, 15):
        if right - left <= LONGEST:
            yield left, right
        else:
            yield from _cut(text, left, right)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a run without a full stop at its last comma before the limit, or at the limit."""
    while end - start > LONGEST:
        commas = list(_COMMA.finditer(text, start + LONGEST // 2, start + LONGEST))
        cut = commas[-1].end() if commas else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _split(text: str, start: int, end: int, mark: re.Pattern[str], least: int) -> Iterator[Span]:
    """Split at ``mark`` outside brackets and quotation marks; no piece is shorter than ``least`` characters."""
    shields = _pairs(text, start, end)
    at = start
    for hit in mark.finditer(text, start, end):
        if hit.end() - at < least or any(left < hit.start() and hit.end() <= right for left, right in shields):
            continue
        yield from _trimmed(text, at, hit.end())
        at = hit.end()
    yield from _trimmed(text, at, end)


def _pairs(text: str, start: int, end: int) -> list[Span]:
    """Return the outermost bracketed stretches inside one line, from the opening mark to the closing one."""
    pairs: list[Span] = []
    for line in _LINE.finditer(text, start, end):
        stack: list[tuple[str, int]] = []
        for offset in range(line.start(), line.end()):
            character = text[offset]
            if character in _OPENING:
                stack.append((character, offset))
            elif character in _CLOSING and stack and _matches(stack[-1][0], character):
                _, left = stack.pop()
                pairs.append((left, offset))
    return pairs


def _matches(opening: str, closing: str) -> bool:
    """Whether two marks make a pair; documents mix full- and half-width ones: （…)."""
    round_marks = ("（(", "）)")
    return (opening in round_marks[0] and closing in round_marks[1]) or (
        _OPENING.index(opening) == _CLOSING.index(closing)
    )


def _name_brackets(text: str, start: int, end: int, names: list[Span]) -> list[Span]:
    """Return the round brackets that hold the name of a responsible body, outermost, in order."""
    found: list[Span] = []
    for left, right in sorted(_pairs(text, start, end)):
        inside_last = bool(found) and left < found[-1][1]
        if text[left] in "（(〔[【" and not inside_last and any(_within(names, left, right)):
            found.append((left, right + 1))
    return found


def _within(spans: list[Span], start: int, end: int) -> Iterable[Span]:
    for index in range(bisect_left(spans, (start, start)), len(spans)):
        if spans[index][0] >= end:
            return
        if spans[index][1] <= end:
            yield spans[index]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = _trim(text, start, end, _BLANK)
    if start < end:
        yield start, end


def _trim(text: str, start: int, end: int, blank: str) -> Span:
    while start < end and text[start] in blank:
        start += 1
    while end > start and text[end - 1] in blank:
        end -= 1
    return start, end
