"""Boxes (专栏1 重点工程) and the numbers inside them, which belong to the box and not to the plan's outline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from corpus.numbering import STYLE_ORDER, Mark

HEADING = re.compile(
    r"^[ \u3000]*(?:专 ?栏|知识框|信息框) ?(?:[0-9一二三四五六七八九十]{1,3}|[：:])[^。；\n]{0,50}$", re.MULTILINE
)
INNER_STYLES = ("ordinal", "arabic", "arabic_bracket", "circled")  # outermost first
SENTENCE_END = "。"


class Numbered(Protocol):
    """A line that begins with a number."""

    @property
    def start(self) -> int:
        """The offset of the number."""
        ...

    @property
    def mark(self) -> Mark:
        """The number itself."""
        ...

    @property
    def rest(self) -> str:
        """The line after it."""
        ...


@dataclass
class _Box:
    """One box while its lines are read: the numbers used in it, and the plan's own number before it."""

    end: int
    style: str = ""
    last: int = 0
    is_list: bool = False
    is_open: bool = True

    def holds(self, item: Numbered, text: str, before: Numbered | None) -> bool:
        """Whether a numbered line belongs to the box; one that does not closes it."""
        self.is_open = self.is_open and item.mark.style in INNER_STYLES and self._goes_on(item, text, before)
        return self.is_open

    def _goes_on(self, item: Numbered, text: str, before: Numbered | None) -> bool:
        number, style = item.mark.number, item.mark.style
        if not self.style:
            begins = number == 1 and (before is not None or not text[self.end : item.start].strip())
            self.style, self.last, self.is_list = style, number, SENTENCE_END not in item.rest
            return begins
        depth = INNER_STYLES.index(style) - INNER_STYLES.index(self.style)
        if depth != 0:
            return depth > 0
        if number == self.last + 1 and before is not None and number == before.mark.number + 1:
            # 2. … 专栏1: 1. 2. and then 3.: the plan's own, unless it is a bare entry like the box's others
            if not self.is_list or SENTENCE_END in item.rest or SENTENCE_END not in before.rest:
                return False
        elif number not in {1, self.last + 1}:
            return False
        self.last = number
        return True


def box_items(text: str, items: Iterable[Numbered]) -> set[int]:
    r"""Return the offsets of the numbered lines that stand in boxes, until a number of the plan itself follows.

    >>> from corpus.headings import find_candidates
    >>> text = "一、目标。提高。\n专栏1 主要指标\n1.产值：20亿元\n2.企业：5家\n二、任务"
    >>> [candidate.rest for candidate in find_candidates(text)]
    ['目标。提高。', '任务']
    """
    ends = [found.end() for found in HEADING.finditer(text)]
    if not ends:
        return set()
    found: set[int] = set()
    latest: dict[str, Numbered] = {}
    box: _Box | None = None
    for item in items:
        while ends and ends[0] <= item.start:
            box = _Box(ends.pop(0))
        if box is not None and box.holds(item, text, latest.get(item.mark.style)):
            found.add(item.start)
            continue
        latest = {
            style: one
            for style, one in latest.items()
            if STYLE_ORDER.index(style) <= STYLE_ORDER.index(item.mark.style)
        }
        latest[item.mark.style] = item
    return found
