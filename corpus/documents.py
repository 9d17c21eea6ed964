"""Files become raw text: one reader for each kind of file, one error for whatever cannot be read.

A new kind is a new entry of :data:`READERS`, a function from the file's bytes to its text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from corpus.errors import UnreadableDocument

LARGEST = 5 * 1024 * 1024  # bytes
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SURE = ("utf-8", "utf-8-sig", "utf-16")  # a wrong guess at these fails by itself
KINDS_BY_BEGINNING = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"\x1f\x8b", "压缩文件"),
)
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7a3]")
LETTER = re.compile(r"[^\W\d_]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
FEWEST = 10  # ideographs
CHINESE_SHARE = 0.2  # of all letters
SAMPLE = 200_000

HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)(?: +#+)?$", re.MULTILINE)
RULE = re.compile(r"^ {0,3}(?:[-*_] *){3,}$", re.MULTILINE)
QUOTE = re.compile(r"^ {0,3}> ?", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]\[\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?: +\"[^\"\n]*\")?\)")
CODE = re.compile(r"^ {0,3}(?:```|~~~).*$", re.MULTILINE)
EMPHASIS = re.compile(
    r"(?<!\\)(\*{1,3})(?=\S)([^*\n]+?)(?<=[^\s\\])\1|(?<![\w_\\])(_{1,3})(?=\S)([^_\n]+?)(?<=[^\s\\])\3(?![\w_])"
)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_document(path: Path) -> str:
    """Return the raw text of a file. Raises :class:`UnreadableDocument` with one Chinese line."""
    reader = READERS.get(path.suffix.lower())
    if reader is None and (path.is_file() or not path.exists()) and path.suffix:
        raise UnreadableDocument(f"暂不支持 {path.suffix} 文件：{path.name}（目前可以加入 {known_kinds()}）")
    data = _read_bytes(path)
    if reader is None:
        raise UnreadableDocument(f"看不出文件的类型：{path.name}（目前可以加入 {known_kinds()}）")
    text = reader(data)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise UnreadableDocument(f"文件是空的：{path.name}")
    _refuse_other_languages(text, path)
    return text


def known_kinds() -> str:
    """Return the kinds of files that can be read, for people.

    >>> known_kinds()
    'md、txt'
    """
    return "、".join(sorted(suffix[1:] for suffix in READERS))


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableDocument(f"这是一个文件夹，请给出其中的文件：{path}")
        if not path.is_file():
            raise UnreadableDocument(f"这不是普通文件：{path.name}")
        if size > LARGEST:
            raise UnreadableDocument(
                f"文件太大：{path.name} 有 {size / 1024 / 1024:.1f} MB，上限是 {LARGEST // 1024 // 1024} MB"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument(f"找不到文件：{path}") from None
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "路径不合法"
        raise UnreadableDocument(f"无法读取文件：{path.name}（{reason}）") from fault
    if not data:
        raise UnreadableDocument(f"文件是空的：{path.name}")
    return data


def _read_text(data: bytes) -> str:
    """Decode UTF-8, UTF-16 and GB18030, with or without a mark; refuse what is no text."""
    kind = next((kind for beginning, kind in KINDS_BY_BEGINNING if data.startswith(beginning)), None)
    if kind is not None:
        raise UnreadableDocument(f"这不是文本文件，像是{kind}，请先另存为 txt 或 md")
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    names = (marked,) if marked else ("utf-8", *(("utf-16-le", "utf-16-be") if b"\x00" in data else ()), "gb18030")
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text) and (name in SURE or _is_common(text)):
            return text
    raise UnreadableDocument("这不是文本文件，或者编码无法识别（支持 UTF-8、UTF-16、GB18030）")


def _is_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    return "\x00" in sample or len(CONTROL.findall(sample)) * 100 > len(sample)


def _refuse_other_languages(text: str, path: Path) -> None:
    sample = text[:SAMPLE]
    chinese = len(IDEOGRAPH.findall(sample))
    letters = len(LETTER.findall(sample))
    other = len(KANA_OR_HANGUL.findall(sample))
    if chinese < FEWEST or chinese < CHINESE_SHARE * letters or other * 10 > chinese:
        raise UnreadableDocument(f"没有读到中文正文：{path.name}")


def _is_common(text: str) -> bool:
    """Whether most ideographs are among the 3,755 common ones (GB 2312, first level); a wrong decoding makes rare ones."""
    ideographs = "".join(IDEOGRAPH.findall(text[:SAMPLE]))
    if len(ideographs) < FEWEST:
        return False
    codes = [ideograph.encode("gb18030") for ideograph in ideographs]
    return sum(b"\xb0\xa1" <= code <= b"\xd7\xf9" for code in codes) * 10 >= len(codes) * 7


def _read_markdown(data: bytes) -> str:
    """Return the text of a Markdown file without its signs: # headings, **bold**, > quotes, [links](…), rules, fences."""
    text = _read_text(data).replace("\r\n", "\n").removeprefix("\ufeff")
    text = FRONT_MATTER.sub("", text)
    for pattern in (CODE, RULE):
        text = pattern.sub("", text)
    text = QUOTE.sub("", text)
    text = HEADING.sub(r"\n\1\n", text)
    text = LINK.sub(r"\1", text)
    text = EMPHASIS.sub(lambda found: found[2] or found[4], text)
    return ESCAPE.sub(r"\1", text)


READERS: dict[str, Callable[[bytes], str]] = {".txt": _read_text, ".md": _read_markdown}
