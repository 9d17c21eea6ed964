"""What an introducing line (力争到2026年，目标如下：) or a box's heading (专栏1 2026年主要指标) says of the lines below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.dates import Date, find_dates
from corpus.phrases import NUMBERING

BOX = re.compile(r"\s*专栏\s*[\d一二三四五六七八九十]*(?![^\n]*。)")
DASH = re.compile(r"\s*(?:[—–―-]{1,2}|[•●■◆★·])(?![0-9])")
COUNTED = re.compile(r"[一二三四五六七八九十]是")
PAIR = re.compile(r"[^，。：:]{2,40}[：:]")
# The cells of a box are short; running text below it is not its own.
SHORT = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """The terms and the 力争 that hold for a list. ``kind`` is that of its first line, empty before that is read."""

    dates: tuple[Date, ...] = ()
    strive: bool = False
    boxed: bool = False
    kind: str = ""

    def over(self, line: str) -> Standing:
        """Return what still stands over the next line; a line of another kind ends a list.

        >>> standing = Standing(strive=True).over("——产业规模。").over("——应用场景。")
        >>> standing.strive, standing.over("各地要加强宣传。").strive
        (True, False)
        """
        kind = _kind(line)
        if not self.kind:
            return replace(self, kind=kind)
        if self.kind == "plain":
            return Standing() if self.boxed and len(line) > SHORT else self
        return self if kind == self.kind else Standing()


def read_box(line: str) -> Standing | None:
    """Return what a box's heading says of its lines, ``None`` for another line.

    >>> read_box("专栏3 2028年主要指标").dates[0].year
    2028
    """
    if not BOX.match(line):
        return None
    return Standing(dates=tuple(date for date in find_dates(line) if date.year), boxed=True)


def strikes(line: str) -> bool:
    """Whether a line is an item behind a dash; what stands over the first of them holds for all.

    >>> strikes("——产业规模扩大。"), strikes("到2030年，产业规模扩大。")
    (True, False)
    """
    return DASH.match(line) is not None


def line_at(text: str, place: int) -> str:
    """Return the line of ``text`` that holds the character at ``place``."""
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)].strip()


def _kind(line: str) -> str:
    if NUMBERING.match(line) or COUNTED.match(line):
        return "item"
    return "pair" if PAIR.match(line) else "plain"
