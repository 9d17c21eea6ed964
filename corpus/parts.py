"""Where another document begins within a file: an annex (附件), or a second series under a title of its own."""

from __future__ import annotations

import re

from corpus.lines import DATE_LINE, INDENT, LABEL_LINE, SIGNATURE, STARTS, TITLE_END
from corpus.numbering import read_mark

ANNEX_LINE = re.compile(r"(?:附件|附录|附表) ?[0-9一二三四五六七八九十]{0,3}")
TITLE_LENGTH = 60
TITLE_LINES = 3
PREAMBLE_LINES = 6
NOT_IN_TITLE = re.compile(r"[。；！？：]|，$")


def annex_starts(text: str) -> list[int]:
    """Return the offsets of lines that say 附件 and nothing else, with a title in the next line.

    附件： with a colon begins the list of what is attached.
    """
    starts: list[int] = []
    lines = _lines(text)
    for place, (start, line) in enumerate(lines[:-1]):
        if (
            ANNEX_LINE.fullmatch(line)
            and not ANNEX_LINE.fullmatch(lines[place + 1][1])
            and _is_title(lines[place + 1][1])
        ):
            starts.append(start)
    return starts


def part_start(text: str, after: int, before: int) -> int | None:
    """Return where the document begins whose first heading stands at ``before``: at its title, or at its 附件 line.

    ``after`` is the last heading of the document that went before. ``None`` where no line between looks like a title.
    """
    lines = _lines_before(text, text.find("\n", after, before) + 1 or before, before)
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - PREAMBLE_LINES), -1):
        if not _is_title(lines[place][1]):
            continue
        first = place
        while first > 0 and place - first < TITLE_LINES - 1 and _is_title(lines[first - 1][1]):
            first -= 1
        if first > 0 and ANNEX_LINE.fullmatch(lines[first - 1][1]):
            first -= 1
        return lines[first][0]
    return None


def has_title_above(text: str, after: int, before: int) -> bool:
    """Whether the line right above a heading is the title of a document: it ends in 方案, 清单, 分工表 …"""
    lines = _lines_before(text, text.find("\n", after, before) + 1 or before, before)
    return bool(lines) and _is_title(lines[-1][1]) and TITLE_END.search(lines[-1][1]) is not None


def part_title(text: str, start: int) -> str:
    """Return the title of the document that begins at ``start``, 附件 left out; empty where it has none."""
    words: list[str] = []
    for _, line in _lines(text[start : start + 1000])[: TITLE_LINES + 1]:
        if not words and ANNEX_LINE.fullmatch(line):
            continue
        if not _is_title(line):
            break
        words.append(line)
        if len("".join(words)) > TITLE_LENGTH:
            break
    return "".join(words)


def _is_title(line: str) -> bool:
    return (
        0 < len(line) <= TITLE_LENGTH
        and NOT_IN_TITLE.search(line) is None
        and read_mark(line) is None
        and not line.startswith((*STARTS, INDENT))
        and DATE_LINE.fullmatch(line) is None
        and LABEL_LINE.match(line) is None
        and SIGNATURE.fullmatch(line) is None
    )


def _lines_before(text: str, begin: int, end: int) -> list[tuple[int, str]]:
    """Return the last lines between two offsets, each with its offset; not more than a title and its preamble take."""
    lines: list[tuple[int, str]] = []
    while end > begin and len(lines) < PREAMBLE_LINES + TITLE_LINES + 1:
        start = max(text.rfind("\n", begin, end - 1) + 1, begin)
        if text[start:end].strip():
            lines.append((start, text[start:end].rstrip("\n")))
        end = start
    return lines[::-1]


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that hold something, each with its offset."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((start, line))
        start += len(line) + 1
    return lines
