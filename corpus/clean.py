"""Raw text of a document becomes the text that everything else points into.

One step: whatever came with the file (byte order mark, export headers, invisible characters, half-width punctuation, line
breaks of pages) is put right here and nowhere else; from then on character offsets are final. Cleaning twice changes
nothing: ``clean(clean(x)) == clean(x)`` for any text.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.lines import INDENT, join_lines, read_lines
from corpus.punctuation import widen
from corpus.wording import wording

EXPORT_LINES = tuple(wording("lines")["export"])
HEAD = 12  # printed lines among which a title may stand twice
BREAKS = "\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
LINE_BREAK = re.compile(BREAKS)
# Control, invisible, private and unpaired characters: they print nothing and break every comparison.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f]")
INNER_SPACES = re.compile(r"(?<=[^\s])[ \u3000]+")
# Spaces beside full-width signs are a typesetter's; those around digits (到 2025 年) are the text's.
LOOSE_SPACES = re.compile(r"(?<=[，。；：、！？（]) +| +(?=[，。；：、！？）])")
HASHES = re.compile(r"^[ \u3000]*#{1,6} +", re.MULTILINE)  # headings of a Markdown text that was saved as txt
STARS = re.compile(r"\*{2,}")
# Radicals and compatibility forms that a PDF puts in place of the usual character: ⼯ for 工.
COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
FULL_WIDTH_DOT = re.compile(r"(?<=[0-9])．(?=[0-9])")
NARROW = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
}
SMALL = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚﹝﹞", "，、；：？！（）〔〕")
PASSES = 100  # each one shortens the text or widens a sign; two are enough for all but made-up input


def clean(raw: str) -> str:
    r"""Return the cleaned text: one paragraph a line, no blank lines, no outer spaces, full-width punctuation.

    Plain spaces around digits stay as printed (到 2025 年).

    >>> clean("\ufeff　　(一)推进**超低排放改造**,投资1,000万元;完成.\r\n")
    '（一）推进超低排放改造，投资1,000万元；完成.'
    """
    text = raw
    for _ in range(PASSES):
        cleaned = _pass(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _pass(text: str) -> str:
    text = LINE_BREAK.sub("\n", text)
    text = SPACE.sub(" ", INVISIBLE.sub("", text))
    text = HASHES.sub("", STARS.sub("", text))
    text = COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = text.translate(NARROW).translate(SMALL)
    text = FULL_WIDTH_DOT.sub(".", text)
    lines = [line for line in read_lines(text) if not line.text.startswith(EXPORT_LINES)]
    paragraphs = (_set(paragraph) for paragraph in join_lines(lines))
    return "\n".join(_without_repeated_titles([paragraph for paragraph in paragraphs if paragraph]))


def _set(paragraph: str) -> str:
    indent = INDENT if paragraph.startswith(INDENT) else ""
    return indent + LOOSE_SPACES.sub("", widen(INNER_SPACES.sub(" ", paragraph[len(indent) :])))


def _without_repeated_titles(paragraphs: list[str]) -> list[str]:
    """Drop a line among the first that repeats the one before it, whatever its punctuation: exports print titles twice."""
    kept: list[str] = []
    for paragraph in paragraphs:
        letters = _letters(paragraph) if len(kept) <= HEAD else ""
        if letters and kept and letters == _letters(kept[-1]):
            continue
        kept.append(paragraph)
    return kept


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
