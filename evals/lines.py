"""The lines of an answer, as its proof reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.fold import MARKER, fold

_LIST_MARK = re.compile(r"^[ \t]*(?:[-*•]|\d+[.、)])[ \t]+")
_SENTENCE = re.compile(r"[。；;]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its folded text, the markers in it, and whether it is a quotation (Markdown's ``>``)."""

    text: str
    markers: frozenset[int]
    is_quotation: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """The line's sentences and the parts between semicolons, folded.

        >>> read_lines("到 2025 年达到 55%；45%以上。")[0].sentences
        ('到2025年达到55%', '45%以上')
        """
        return tuple(part for part in _SENTENCE.split(self.text) if part)


def read_lines(answer: str) -> tuple[Line, ...]:
    r"""Return the lines of an answer that hold anything, without the marks of lists.

    >>> [(line.text, sorted(line.markers)) for line in read_lines("1. **甲** 13%[2]\n\n> 引文")]
    [('甲13%', [2]), ('引文', [])]
    """
    lines = []
    for raw in answer.splitlines():
        plain = _LIST_MARK.sub("", raw)
        text = fold(plain)
        if text:
            markers = frozenset(int(marker) for marker in MARKER.findall(raw))
            lines.append(Line(text, markers, raw.lstrip().startswith(">")))
    return tuple(lines)
