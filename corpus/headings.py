"""Lines that begin with a number, what stands in them as a title, and how the kinds of numbers nest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.boxes import box_items
from corpus.numbering import STYLE_ORDER, Mark, read_decimal, read_glued, read_mark

OWN_LINE = 50  # the longest heading on a line of its own
RUN_IN = 22  # the longest heading that runs into its text
BEFORE_COLON = 12
BALANCED = 17
ALONE = 15  # the longest heading that only a bracket follows: 发展智慧农业。（市农业农村局负责）
SENTENCE = re.compile(r"[0-9，由]|设在|应当|不得|的$")
INSIDE = re.compile(r"[。（，]")
STOP = re.compile(r"[。；！？]")
SPACED = re.compile(r"(?P<title>[^，。；：、]{2,20}?)(?<![0-9A-Za-z]) (?![0-9A-Za-z])(?P<text>.{15,})")
NAMED_ARTICLE = re.compile(r"[（【〔](?P<title>[^（）【】〔〕]{1,20})[）】〕]")
CONTENTS_LINE = re.compile(r"^[ \u3000]*目[ \u3000]*[录次][ \u3000]*$", re.MULTILINE)
# A document that numbers its parts 1.1, 1.2 and 2.1; elsewhere such a line begins with a quantity.
DECIMAL_BEGIN = re.compile(r"^ *1[.．]1(?![0-9])", re.MULTILINE)
DECIMAL_SECOND = re.compile(r"^ *2[.．]1(?![0-9])", re.MULTILINE)
PAGE_IN_CONTENTS = re.compile(r"[ .…·．]*[0-9]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that begins with a number. ``start`` is the number's offset, ``rest`` the line after it."""

    start: int
    mark: Mark
    rest: str
    has_body: bool  # whether more follows under it: lines of text or a number of a deeper kind


def find_candidates(text: str) -> list[Candidate]:
    """Return the lines that begin with a number; those of a table of contents or in a box (专栏) are left out."""
    found: list[tuple[int, Mark, str]] = []
    bodies: list[bool] = []
    begin = DECIMAL_BEGIN.search(text)
    is_decimal = begin is not None and DECIMAL_SECOND.search(text, begin.end()) is not None
    lines = text.split("\n")
    glued = _glued_marks(lines)
    start = 0
    for number, line in enumerate(lines):
        stripped = line.lstrip(" \u3000")
        mark = (read_decimal(stripped) if is_decimal else None) or read_mark(stripped) or glued.get(number)
        if mark is not None:
            found.append((start + len(line) - len(stripped), mark, stripped[mark.length :]))
            bodies.append(False)
        elif found and stripped:
            bodies[-1] = True
        start += len(line) + 1
    for place, ((_, mark, _), (_, below, _)) in enumerate(pairwise(found)):
        bodies[place] = bodies[place] or STYLE_ORDER.index(below.style) > STYLE_ORDER.index(mark.style)
    candidates = [Candidate(*item, body) for item, body in zip(found, bodies, strict=True)]
    first, last = _contents(text, candidates)
    candidates = [*candidates[:first], *candidates[last:]]
    inside = box_items(text, candidates)
    return [candidate for candidate in candidates if candidate.start not in inside]


def _glued_marks(lines: Sequence[str]) -> dict[int, Mark]:
    """Return the numbers before a title that begins with a number (11.121人才项目), by line.

    A line that begins with a quantity looks the same; a number of a heading stands between the one before and the next.
    """
    stripped = [
        (place, line.lstrip(" \u3000")) for place, line in enumerate(lines) if line.lstrip(" \u3000")[:1].isdecimal()
    ]
    marks = [(place, read_mark(line), read_glued(line)) for place, line in stripped]
    row = [(place, plain or glued, plain is None) for place, plain, glued in marks if plain or glued]
    return {
        place: mark
        for (_, before, _), (place, mark, is_glued), (_, after, _) in zip(row, row[1:], row[2:], strict=False)
        if is_glued and mark and before and after and before.number + 1 == mark.number == after.number - 1
    }


def _contents(text: str, candidates: list[Candidate]) -> tuple[int, int]:
    """Return which candidates are a table of contents: headings alone, until the first of them comes again."""
    line = CONTENTS_LINE.search(text)
    begin = bisect_left([item.start for item in candidates], line.end()) if line else 0
    if begin >= len(candidates):
        return 0, 0
    first = _contents_key(candidates[begin])
    for place, candidate in enumerate(candidates[begin + 1 :], begin + 1):
        if _contents_key(candidate) == first:
            return (begin, place) if place > begin + 1 else (0, 0)
        if len(candidate.rest) > OWN_LINE or STOP.search(candidate.rest):
            break
    return 0, 0


def _contents_key(candidate: Candidate) -> tuple[str, int, str]:
    title = PAGE_IN_CONTENTS.sub("", candidate.rest)
    return candidate.mark.style, candidate.mark.number, "".join(char for char in title if char.isalnum())


def nesting_ranks(candidates: list[Candidate]) -> dict[str, int]:
    """Return how deep each kind of number nests in this document, outermost 0.

    The usual order holds unless the document shows another one: where （一） starts anew right under 1. more often than
    the other way round, it lies under 1. there.
    """
    order = [style for style in STYLE_ORDER if any(item.mark.style == style for item in candidates)]
    under = Counter(
        (upper.mark.style, lower.mark.style) for upper, lower in pairwise(candidates) if lower.mark.number == 1
    )
    first = {item.mark.style: place for place, item in reversed(list(enumerate(candidates)))}
    for _ in order:
        for left, right in pairwise(list(order)):
            if under[right, left] > under[left, right] and first[right] < first[left]:
                at = order.index(left)
                if at + 1 < len(order) and order[at + 1] == right:
                    order[at : at + 2] = [right, left]
    return {style: rank for rank, style in enumerate(order)}


def followers(candidates: list[Candidate], ranks: dict[str, int]) -> list[Candidate | None]:
    """Return, for each candidate, the next one of its kind before any of an outer kind."""
    found: list[Candidate | None] = [None] * len(candidates)
    latest: dict[str, Candidate] = {}
    for place in range(len(candidates) - 1, -1, -1):
        candidate = candidates[place]
        style = candidate.mark.style
        found[place] = latest.get(style)
        latest = {other: item for other, item in latest.items() if ranks[other] <= ranks[style]}
        latest[style] = candidate
    return found


def heading_title(candidate: Candidate) -> str:
    """Return the heading words of a numbered line, empty where its first sentence is no heading.

    >>> def title(line: str) -> str:
    ...     mark = read_mark(line)
    ...     return heading_title(Candidate(0, mark, line[mark.length:], False)) if mark else ""
    >>> title("（四）健全标准体系。构建有利于节能减排工作的标准制度体系。"), title("一、总体要求")
    ('健全标准体系', '总体要求')
    >>> title("（一）考评以日常监测、实地调研、民意调查、第三方评估等方式进行。每半年考评一次。")
    ''
    """
    rest = candidate.rest
    if candidate.mark.style == "article":
        return _article_title(rest, has_body=candidate.has_body)
    stop = STOP.search(rest)
    spaced = SPACED.fullmatch(rest) if len(rest) > RUN_IN else None
    if spaced is not None:
        return spaced["title"]
    colon = rest.find("：", 0, BEFORE_COLON + 1)
    if colon > 1 and len(rest) > colon + 1 and not INSIDE.search(rest, 0, colon):
        return rest[:colon]
    if stop is None:
        return rest.rstrip("：:") if len(rest) <= OWN_LINE else ""
    words, after = rest[: stop.start()], rest[stop.end() :]
    if stop.group() != "。" or len(words) > RUN_IN or not _is_balanced(words):
        return ""
    if _is_text(after) or candidate.has_body:
        return words
    return words if len(words) <= ALONE and not SENTENCE.search(words) else ""


def _article_title(rest: str, *, has_body: bool) -> str:
    """An article is named in brackets (第一条【适用范围】, 第一条（目的和依据）) or on a line of its own."""
    named = NAMED_ARTICLE.match(rest)
    if named is not None and "以下" not in named["title"]:
        return named["title"]
    return rest if has_body and rest and len(rest) <= RUN_IN and not re.search(r"[，。；：]", rest) else ""


def _is_balanced(words: str) -> bool:
    """Whether words with a comma are a heading of two like halves (优化结构，提高效率) and not a short sentence."""
    halves = words.split("，")
    return len(halves) == 1 or (len(words) <= BALANCED and len({len(half) for half in halves}) == 1)


def _is_text(after: str) -> bool:
    """Whether a sentence follows; a bracket alone (10月底完成，牵头考核单位：…) leaves the first sentence a sentence."""
    return bool(after) and not (after[0] == "（" and after[-1] == "）" and "。" not in after)
