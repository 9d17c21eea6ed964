"""Printed lines become paragraphs: what a page end or a fixed line width broke is joined again, with nothing between.

Every test reads half- and full-width punctuation alike, and looks at the paragraph as joined so far, so that a second pass
over the result finds nothing more to join. Where only its indent tells that a line begins a paragraph, the indent stays.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from corpus.numbering import read_mark
from corpus.wording import wording

INDENT = "\u3000\u3000"
WORDS = wording("lines")
STARTS = tuple(WORDS["starts"])
CAPTION = re.compile(r"附?[表图] ?[0-9一二三四五六七八九十]|目 ?录$")
TITLE_END = re.compile(rf"(?:{'|'.join(WORDS['title_endings'])})[》”\"]*(?:[（(][^（）()]*[）)])?$")
SIGNATURE = re.compile(rf"[^，。；：！？、,;:!?（）()]{{2,25}}(?:{'|'.join(WORDS['signature_endings'])})")
DATE_LINE = re.compile(r"[（(]?(?:[0-9]{4}|[二一][〇○零一二三四五六七八九]{3}) ?年.{1,6}月(?:.{1,4}日)?[）)]?")
LABEL_LINE = re.compile(r"[^，。；：！？,;:!?]{2,8}(?:单位|部门|时限)[：:]")
PAGE_NUMBER = re.compile(r"[-—–－―·]+ ?[0-9]{1,4} ?[-—–－―·]+|第 ?[0-9]{1,4} ?页(?:[，, /]?共 ?[0-9]{1,4} ?页)?")
CLOSERS = re.compile("|".join(WORDS["bracket_closers"]))

# Whatever takes two columns in a Chinese typeface, “” and … among it.
WIDE = re.compile(
    "[\u1100-\u115f\u2010-\u2027\u2030-\u203b\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff]"
)
# 第一章　总则　　第一条　为规范…: two headings in one line, a wide gap between them
SAME_LINE = re.compile(
    "(?<=[^ \u3000\n])(?:[ \u3000]{2,}|\u3000)(?=第[一二三四五六七八九十百零〇]{1,7}[编章节条][ \u3000]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
SENTENCE_END = "。！？；：!?;:…"
QUOTE_END = "”’》】」』\"'"
PROSE = re.compile("[，。；,;]")
BRACKET = re.compile("[（()）]")
SHORT = 25
TINY = 8  # a line that stops at 、 or ， goes on, however short
LONG_HEADING = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line without its outer spaces."""

    text: str
    indented: bool
    after_blank: bool


def read_lines(text: str) -> list[Line]:
    r"""Split text into lines; blank lines and page numbers are left out.

    >>> [line.text for line in read_lines("超\n\n- 3 -\n\n\u3000\u3000过 30%")]
    ['超', '过 30%']
    """
    lines: list[Line] = []
    after_blank = False
    for raw in SAME_LINE.sub("\n\u3000\u3000", text).split("\n"):
        stripped = raw.strip(" \t\u3000")
        if not stripped or PAGE_NUMBER.fullmatch(stripped):
            after_blank = True
            continue
        lead = raw[: len(raw) - len(raw.lstrip(" \t\u3000"))]
        lines.append(Line(stripped, "\u3000" in lead or "\t" in lead or len(lead) > 1, after_blank))
        after_blank = False
    return lines


def join_lines(lines: list[Line]) -> list[str]:
    """Return the paragraphs.

    >>> join_lines([Line("到 2025 年，钢铁、水泥、平板玻璃等重点行业达到能效标杆水平的比例超", False, False),
    ...             Line("过 30%。", False, True), Line("二、主要目标", False, True)])
    ['到 2025 年，钢铁、水泥、平板玻璃等重点行业达到能效标杆水平的比例超过 30%。', '二、主要目标']
    """
    width = wrapped_width(lines)
    paragraphs: list[_Paragraph] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        indent = ""
        if last is not None and not begins_paragraph(line.text):
            if last.is_broken():
                if not line.indented:
                    last.add(line.text)
                    continue
                indent = INDENT
            elif width and last.last_width >= width and not line.indented and not line.after_blank:
                last.add(line.text)
                continue
        paragraphs.append(_Paragraph(indent, line.text))
    return [paragraph.text for paragraph in paragraphs]


def begins_paragraph(text: str) -> bool:
    """Whether a line can only be the beginning of a paragraph: a number, a list sign, a date, a signature, a label.

    >>> [begins_paragraph(text) for text in ("（一）总体要求", "2021年9月2日", "责任单位：省财政厅", "高”项目建设")]
    [True, True, True, False]
    """
    return (
        text.startswith(STARTS)
        or CAPTION.match(text) is not None
        or read_mark(text) is not None
        or DATE_LINE.fullmatch(text) is not None
        or LABEL_LINE.match(text) is not None
        or SIGNATURE.fullmatch(text) is not None
    )


def wrapped_width(lines: list[Line]) -> int:
    """Return the columns from which on a line counts as full where the text was wrapped at a fixed width, else 0."""
    widths = Counter(min(columns(line.text), 400) for line in lines)
    total = sum(widths.values())
    if total < 8:
        return 0
    seen, full = 0, 0
    for width in sorted(widths, reverse=True):  # a line or two may stick out
        seen += widths[width]
        if seen * 20 >= total:
            full = width
            break
    if not 36 <= full <= 160:
        return 0
    wrapped = [line for line in lines if columns(line.text) >= full - 5]
    broken = sum(line.text[-1] not in SENTENCE_END + QUOTE_END + ")）" for line in wrapped)
    return full - 5 if len(wrapped) * 5 >= total * 2 and broken * 5 >= len(wrapped) * 3 else 0


def columns(text: str) -> int:
    """Return the width of a line in columns; a Chinese character takes two.

    >>> columns("到 2025 年")
    10
    """
    return len(text) + len(WIDE.findall(text))


@dataclass
class _Paragraph:
    """A paragraph in the making. What the tests need is kept up line by line, so that a long join stays linear."""

    indent: str
    first: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    has_prose: bool = False
    has_stop: bool = False
    last_width: int = 0

    def __post_init__(self) -> None:
        self.is_numbered = read_mark(self.first) is not None
        self.is_own_line = self.first.startswith(STARTS) and not self.is_numbered
        self.add(self.first)

    @property
    def text(self) -> str:
        return self.indent + "".join(self.parts)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        for sign in BRACKET.findall(text):
            self.depth = self.depth + 1 if sign in "（(" else max(0, self.depth - 1)
        self.has_prose = self.has_prose or PROSE.search(text) is not None
        self.has_stop = self.has_stop or "。" in text
        self.last_width = columns(text)

    def is_broken(self) -> bool:
        """Whether the paragraph stops where no paragraph ends: long running text without a final mark."""
        tail = self.parts[-1]
        shortest = TINY if tail[-1] in "，、," else SHORT
        if self.length < shortest or not self.has_prose or self.is_own_line:
            return False
        if tail.rstrip(QUOTE_END)[-1:] in (*SENTENCE_END, "|"):
            return False
        if tail[-1] in "）)":
            return self.depth > 0 or self._closes_short_bracket(tail)
        if self.depth > 0 or tail[-1] in "，、,":
            return True
        if self.is_numbered and not self.has_stop:
            return self.length > LONG_HEADING
        return self.has_stop or TITLE_END.search(tail[-80:]) is None

    @staticmethod
    def _closes_short_bracket(tail: str) -> bool:
        """Whether the line ends in a bracket within a sentence, 各市（州）, not in one that ends a paragraph."""
        inside = re.split(r"[（(]", tail[-40:])[-1]
        return len(inside) <= 6 and CLOSERS.search(inside) is None
