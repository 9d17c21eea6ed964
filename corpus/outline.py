"""Cleaned text becomes clauses: a partition of the text along its printed numbers.

A number at the head of a line is a heading when its sequence says so. A document may hold several numbered series (an
annex, a second document in the same file); each is a part, and the ids of the second begin with ``p2.``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from corpus.headings import Candidate, find_candidates, followers, heading_title, nesting_ranks
from corpus.model import Clause
from corpus.numbering import DECIMAL_STYLES, Mark
from corpus.parts import annex_starts, has_title_above, part_start, part_title
from corpus.wording import wording

PREAMBLE = str(wording("outline")["preamble_label"])
GAP = 2  # numbers that a misprint may skip
SURE_STYLES = {"part", "chapter", "chinese"}  # begin another document even where no title is seen before them
SKIPPING_STYLES = {"part", "chapter", "chinese", "chinese_bracket"}
LIST_STYLES = {"ordinal", "circled", "arabic_bracket"}  # an item alone is no list


@dataclass(frozen=True, slots=True)
class _Heading:
    """An accepted heading: where it starts and what its clause will be called."""

    start: int
    clause_id: str
    label: str
    title: str
    level: int
    parent_id: str | None
    style: str
    path: str
    numbers: tuple[int, ...] = ()


@dataclass
class _Part:
    """One numbered series while it is read: the open headings and the last number used under each of them."""

    rank: int
    title: str
    start: int
    headings: list[_Heading] = field(default_factory=list)
    stack: list[_Heading] = field(default_factory=list)
    last_under: dict[tuple[str, str], int] = field(default_factory=dict)
    last_of_style: dict[str, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    @property
    def prefix(self) -> str:
        return f"p{self.rank}." if self.rank > 1 else ""

    @property
    def label_prefix(self) -> str:
        return f"{self.title} " if self.rank > 1 and self.title else ""


def parse_outline(text: str) -> tuple[Clause, ...]:
    r"""Return the clauses of a cleaned text, in its order; together they are the text.

    >>> for clause in parse_outline("某省方案\n一、总体要求\n（一）目标。到 2025 年下降 13%。\n（二）原则\n二、保障"):
    ...     print(clause.clause_id, clause.label, clause.text.strip(), sep=" | ")
    0 | 前言 | 某省方案
    1 | 一、总体要求 | 一、总体要求
    1.1 | 一、（一）目标 | （一）目标。到 2025 年下降 13%。
    1.2 | 一、（二）原则 | （二）原则
    2 | 二、保障 | 二、保障
    """
    if not text:
        return ()
    parts = _read_parts(text)
    headings = [heading for part in parts for heading in (*_preamble(part, text), *part.headings)]
    starts = [0, *(heading.start for heading in headings[1:])]
    ends = [*starts[1:], len(text)]
    return tuple(
        Clause(item.clause_id, item.label, item.title, text[start:end], start, end, item.level, item.parent_id)
        for item, start, end in zip(headings, starts, ends, strict=True)
    )


def _preamble(part: _Part, text: str) -> list[_Heading]:
    """Return the clause "0" of a part: the words before its first heading, where there are any."""
    first = part.headings[0].start if part.headings else len(text)
    if part.headings and not text[part.start : first].strip():
        return []
    label = f"{part.label_prefix}{PREAMBLE}"
    return [_Heading(part.start, f"{part.prefix}0", label, "", 0, None, "", "")]


def _read_parts(text: str) -> list[_Part]:
    candidates = find_candidates(text)
    ranks = nesting_ranks(candidates)
    annexes = deque(annex_starts(text))
    parts = [_Part(1, "", 0)]
    for candidate, follower in zip(candidates, followers(candidates, ranks), strict=True):
        part = parts[-1]
        while annexes and annexes[0] <= candidate.start:
            part = _open_part(parts, text, annexes.popleft())
        heading = _accept(part, candidate, follower, ranks)
        nested = heading is not None and _is_titled(part, candidate, text) and not _goes_on(part, candidates, candidate)
        if nested or (heading is None and _restarts(part, candidate, ranks)):
            start = part_start(text, part.headings[-1].start, candidate.start)
            if start is not None or candidate.mark.style in SURE_STYLES:
                part = _open_part(parts, text, candidate.start if start is None else start)
                heading = _accept(part, candidate, follower, ranks)
        if heading is not None:
            _push(part, heading)
    for start in annexes:
        _open_part(parts, text, start)
    return parts


def _open_part(parts: list[_Part], text: str, start: int) -> _Part:
    """Begin another part; before any heading there is nothing that it could be told from."""
    if not parts[-1].headings and len(parts) == 1:
        return parts[-1]
    parts.append(_Part(len(parts) + 1, part_title(text, start), start))
    return parts[-1]


def _restarts(part: _Part, candidate: Candidate, ranks: dict[str, int]) -> bool:
    """Whether a rejected candidate begins the numbers of the whole part anew."""
    mark = candidate.mark
    return bool(part.headings) and mark.number == 1 and ranks[mark.style] <= ranks[part.headings[0].style]


def _is_titled(part: _Part, candidate: Candidate, text: str) -> bool:
    """Whether a kind of number that the part has not used yet begins under the title of another document."""
    mark = candidate.mark
    new = bool(part.headings) and mark.number == 1 and mark.style not in part.last_of_style
    return new and mark.style in SURE_STYLES and has_title_above(text, part.headings[-1].start, candidate.start)


def _goes_on(part: _Part, candidates: list[Candidate], candidate: Candidate) -> bool:
    """Whether the part's outermost numbers go on after a candidate: then it begins nothing of its own."""
    outermost = part.stack[0]
    return any(
        later.start > candidate.start
        and later.mark.style == outermost.style
        and later.mark.number == outermost.numbers[-1] + 1
        for later in candidates
    )


def _accept(part: _Part, candidate: Candidate, follower: Candidate | None, ranks: dict[str, int]) -> _Heading | None:
    """Return the heading that a candidate is, or ``None`` where its number does not follow."""
    mark = candidate.mark
    outer = [heading for heading in part.stack if ranks[heading.style] < ranks[mark.style]]
    parent = outer[-1] if outer else None
    if mark.above and (parent is None or parent.numbers != mark.above):
        return None  # 3.5 万吨 under 2.4 is a quantity
    if parent is None and part.headings and ranks[mark.style] < ranks[part.headings[0].style]:
        return None  # outranks all that came before: another series
    last = part.last_under.get((parent.clause_id if parent else "", mark.style))
    expected = {1, part.last_of_style.get(mark.style, 0) + 1} if last is None else {last + 1}
    next_number = follower.mark.number if follower is not None else 0
    begins_excerpt = not part.headings and mark.style in SURE_STYLES
    skips = _skips(candidate, part.last_of_style.get(mark.style, 0) if last is None else last)
    vouched = skips or begins_excerpt or _is_vouched_for(mark, next_number, last)
    if mark.number not in expected and not vouched:
        return None
    if mark.style in LIST_STYLES and mark.number == 1 and next_number != 2:
        return None
    clause_id = _clause_id(part, parent, mark)
    if clause_id in part.ids:
        return None
    path = mark.printed if mark.above else f"{parent.path if parent else ''}{mark.printed}"
    title = heading_title(candidate)
    space = " " if mark.style in DECIMAL_STYLES and title else ""
    return _Heading(
        start=candidate.start,
        clause_id=clause_id,
        label=f"{part.label_prefix}{path}{space}{title}",
        title=title,
        level=len(outer) + 1,
        parent_id=parent.clause_id if parent else None,
        style=mark.style,
        numbers=(*(parent.numbers if parent else ()), mark.number),
        path=path,
    )


def _clause_id(part: _Part, parent: _Heading | None, mark: Mark) -> str:
    number = f"{mark.number}-{mark.sub}" if mark.sub else str(mark.number)
    clause_id = f"{parent.clause_id}.{number}" if parent else f"{part.prefix}{number}"
    # A misprint may give a number twice; the second one is told apart, its label stays as printed.
    return f"{clause_id}-2" if clause_id in part.ids and not mark.sub else clause_id


def _is_vouched_for(mark: Mark, next_number: int, last: int | None) -> bool:
    """Whether a number out of sequence is vouched for by the next one: a misprint, or a text that begins in the middle."""
    if mark.sub:
        return last == mark.number
    if last is not None and not last <= mark.number <= last + 1 + GAP:
        return False
    return next_number == mark.number + 1


def _skips(candidate: Candidate, last: int) -> bool:
    """Whether a number leaves out a few (五、 after 三、) where nothing but a heading can stand: a misprint, an excerpt."""
    mark = candidate.mark
    title = mark.style in SKIPPING_STYLES and last < mark.number <= last + 1 + GAP and heading_title(candidate)
    return bool(last and title and candidate.has_body)


def _push(part: _Part, heading: _Heading) -> None:
    part.headings.append(heading)
    part.ids.add(heading.clause_id)
    part.stack = [*(item for item in part.stack if item.level < heading.level), heading]
    part.last_under[(heading.parent_id or "", heading.style)] = heading.numbers[-1]
    part.last_of_style[heading.style] = heading.numbers[-1]
