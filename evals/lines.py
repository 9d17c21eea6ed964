"""The lines of an answer, as its proof reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from evals.fold import MARKER, fold

_LIST_MARK = re.compile(r"^(?P<indent>[ \t]*)(?:[-*•]|\d+[.、)])[ \t]+")
_TABLE_RULE = re.compile(r"^\s*\|[\s:|-]*\|\s*$")
_SENTENCE = re.compile(r"[。；;]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its folded text, the markers in it, and what it is.

    ``depth`` is the indent of a list's item (0 for a table's row), ``None`` for any other line. ``is_quotation``:
    Markdown's ``>``. ``is_head``: the names over a table's columns.
    """

    text: str
    markers: frozenset[int]
    depth: int | None = None
    is_quotation: bool = False
    is_head: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """The line's sentences and the parts between semicolons, folded.

        >>> read_lines("到 2025 年达到 55%；45%以上。")[0].sentences
        ('到2025年达到55%', '45%以上')
        """
        return tuple(part for part in _SENTENCE.split(self.text) if part)


def read_lines(answer: str) -> tuple[Line, ...]:
    r"""Return the lines of an answer that hold anything, without the marks of lists.

    >>> [(line.text, sorted(line.markers), line.depth) for line in read_lines("  1. **甲** 13%[2]\n\n> 引文")]
    [('甲13%', [2], 2), ('引文', [], None)]
    """
    raws = [raw for raw in answer.splitlines() if raw.strip()]
    lines = []
    for raw, after in zip_longest(raws, raws[1:], fillvalue=""):
        text = fold(_LIST_MARK.sub("", raw))
        if text and not _TABLE_RULE.match(raw):
            mark = _LIST_MARK.match(raw)
            is_row = raw.lstrip().startswith("|")
            lines.append(
                Line(
                    text,
                    frozenset(int(marker) for marker in MARKER.findall(raw)),
                    depth=len(mark["indent"]) if mark else 0 if is_row else None,
                    is_quotation=raw.lstrip().startswith(">"),
                    is_head=is_row and _TABLE_RULE.match(after) is not None,
                )
            )
    return tuple(lines)


def listed_under(lines: Sequence[Line], at: int) -> tuple[Line, ...]:
    r"""Return the items of the list that line ``at`` introduces, without a table's head; empty where it does not.

    What an item quotes stands between it and the next one.

    >>> [item.text for item in listed_under(read_lines("共 2 项：\n- 甲\n> 引文\n- 乙\n其他"), 0)]
    ['甲', '乙']
    """
    items: list[Line] = []
    if lines[at].text.endswith(":") and lines[at].depth is None:
        for line in lines[at + 1 :]:
            if line.depth is None and not line.is_quotation:
                break
            if line.depth is not None and not line.is_head:
                items.append(line)
    return tuple(items)


def listed_in_groups(lines: Sequence[Line], at: int) -> tuple[Line, ...]:
    r"""Return the items of all the lists that follow one another under line ``at``, each with an introduction of its own.

    >>> [item.text for item in listed_in_groups(read_lines("共 3 项：\n甲共 2 项：\n- 一\n- 二\n乙共 1 项：\n- 三\n其他"), 0)]
    ['一', '二', '三']
    """
    items: list[Line] = []
    for place in range(at + 1, len(lines) if lines[at].text.endswith(":") else 0):
        if lines[place].depth is None and not lines[place].is_quotation:
            group = listed_under(lines, place)
            if not group:
                break
            items.extend(group)
    return tuple(items)


def introduction(lines: Sequence[Line], at: int) -> Line | None:
    """Return the line that introduces the list in which line ``at`` is an item."""
    if lines[at].depth is None:
        return None
    return next((line for line in reversed(lines[:at]) if line.depth is None), None)
