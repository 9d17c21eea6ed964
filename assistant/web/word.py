"""Markdown of our own making → a Word file: the one module that knows python-docx."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from assistant.web.frame import NAME
from assistant.web.markdown import tokens_of

_STYLES = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number", "blockquote_open": "Quote"}
# What XML cannot hold, and so neither can a Word file.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_of(markdown: str) -> bytes:
    """Return a .docx file with the headings, paragraphs, lists, quotations and tables of a Markdown text."""
    document = Document()
    # Without a name for Chinese characters Word takes whatever font its own language suggests.
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Quote"):
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.core_properties.author = NAME
    document.core_properties.title = "问答记录"
    _fill(document, tokens_of(_FORBIDDEN.sub("", markdown)))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _fill(document: WordDocument, tokens: Sequence[Token]) -> None:
    styles: list[str] = []
    heading = 0
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type.replace("close", "open") in _STYLES:
            styles.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            _add_table(document, rows)
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(token)
        elif token.type == "inline":
            place = (
                document.add_heading(level=heading)
                if heading
                else document.add_paragraph(style=styles[-1] if styles else None)
            )
            _add_words(place, token)


def _add_table(document: WordDocument, rows: list[list[Token]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for row, cells in zip(rows, table.rows, strict=True):
        for token, cell in zip(row, cells.cells, strict=False):
            _add_words(cell.paragraphs[0], token)


def _add_words(place: Paragraph, token: Token) -> None:
    bold = False
    for part in token.children or ():
        if part.type in {"strong_open", "strong_close"}:
            bold = part.type == "strong_open"
        elif part.type in {"softbreak", "hardbreak"}:
            place.add_run().add_break()
        else:
            place.add_run(part.content).bold = bold or None
