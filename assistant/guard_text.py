"""An answer's text as the guard reads it: lines of sentences, each place with the markers that answer for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKER = re.compile(r"\[(\d+)\]")

_TOKEN = re.compile(r"\[(?P<marker>\d+)\]|[。！？]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.、])\s+")
_TABLE_RULE = re.compile(r"^\s*\|[\s:|-]*\|\s*$")
_MARKDOWN = re.compile(r"[*_`#]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LAST_MARKERS = re.compile(r"(?:\[\d+\]\s*)+$")
_QUESTION = ("？", "?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without Markdown and markers; ``cuts`` tells where in ``text`` markers stood, and which."""

    text: str
    cuts: tuple[tuple[int, frozenset[int]], ...]

    def markers_at(self, end: int) -> frozenset[int]:
        """Return the markers that answer for words ending at ``end``: the next ones; empty where none follows."""
        return next((markers for at, markers in self.cuts if at >= end), frozenset())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer. ``over`` is the line that introduces the list in which this one is an item."""

    sentences: tuple[Sentence, ...]
    is_quotation: bool = False
    is_item: bool = False
    over: Line | None = None

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(sentence.text for sentence in self.sentences)

    @property
    def markers(self) -> frozenset[int]:
        """All markers of the line."""
        return frozenset(one for sentence in self.sentences for _, markers in sentence.cuts for one in markers)

    @property
    def is_question(self) -> bool:
        """Whether an item only offers a question: it states nothing."""
        return self.is_item and self.text.rstrip().endswith(_QUESTION)


def read_lines(answer: str) -> tuple[Line, ...]:
    r"""Return the lines of an answer that hold words.

    >>> lines = read_lines("**甲**：13%[1]；14%[2][3]。乙。[4]\n\n- 丙[5]")
    >>> [(one.text, [(at, sorted(markers)) for at, markers in one.cuts]) for line in lines for one in line.sentences]
    [('甲：13%；14%。', [(5, [1]), (9, [2, 3])]), ('乙。', [(2, [4])]), ('丙', [(1, [5])])]
    >>> lines[1].over is lines[0]
    True
    """
    lines: list[Line] = []
    over: Line | None = None
    for raw in _INVISIBLE.sub("", answer).splitlines():
        if not raw.strip() or _TABLE_RULE.match(raw):
            continue
        quotation = raw.lstrip().startswith(">")
        mark = _LIST_MARK.match(raw)
        item = mark is not None or raw.lstrip().startswith("|")
        words = plain(raw.lstrip()[1:] if quotation else raw[mark.end() :] if mark else raw).strip()
        sentences = (_quotation(words),) if quotation else tuple(_sentences(words))
        line = Line(sentences, quotation, item, over if item else None)
        lines.append(line)
        over = over if item or quotation else line
    return tuple(lines)


def plain(text: str) -> str:
    """Return ``text`` without the signs of Markdown."""
    return _MARKDOWN.sub("", text)


def _quotation(words: str) -> Sentence:
    """Read a quoted line: only the markers at its end are the answer's own, 〔2021〕 may be printed [2021]."""
    last = _LAST_MARKERS.search(words)
    text = words[: last.start()] if last else words
    markers = frozenset(int(one) for one in MARKER.findall(last[0])) if last else frozenset()
    return Sentence(text, ((len(text), markers),) if markers else ())


def _sentences(words: str) -> Iterator[Sentence]:
    """Cut a line behind each full stop; a marker right behind one still belongs to the sentence before it."""
    text, at = "", 0
    cuts: dict[int, set[int]] = {}
    ended = False
    for token in _TOKEN.finditer(words):
        between = words[at : token.start()]
        if ended and (between.strip() or token["marker"] is None):
            yield _sentence(text, cuts)
            text, cuts, ended = "", {}, False
        text += between
        if token["marker"] is None:
            text, ended = text + token[0], True
        else:
            cuts.setdefault(len(text), set()).add(int(token["marker"]))
        at = token.end()
    rest = words[at:]
    if ended and rest.strip():
        yield _sentence(text, cuts)
        text, cuts = "", {}
    if (text + rest).strip() or cuts:
        yield _sentence(text + rest, cuts)


def _sentence(text: str, cuts: dict[int, set[int]]) -> Sentence:
    return Sentence(text, tuple((at, frozenset(markers)) for at, markers in cuts.items()))
