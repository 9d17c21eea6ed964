"""CSV files as spreadsheet programs and people write them: encodings, delimiters and line ends are found out."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.grid import Cell, Grid, inert, uninert
from evals.columns import headers, plain
from evals.errors import FileFault

MOST_BYTES = 20_000_000
# UTF-16 with its mark is what Excel writes as Unicode text. What is not UTF-8 is taken for GB18030, and told if it is not.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", "\t", ";", "，", "；", "|")
_SEPARATOR = "sep="  # the first line by which Excel is told the delimiter
ENCODING = "不是 UTF-8 或 GB18030 编码的文本；请在表格软件里另存为“CSV UTF-8”"


def read_csv(path: Path) -> Grid:
    """Return the rows of a CSV file as a sheet without a name; raises :class:`FileFault`."""
    if path.stat().st_size > MOST_BYTES:
        raise FileFault(f"文件超过 {MOST_BYTES // 1_000_000} MB，请拆成几个文件")
    text = _decoded(path.read_bytes())
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith(_SEPARATOR):
        # The line stays, empty, so that rows keep their numbers.
        return _grid(f"\n{rest}", told.removeprefix(_SEPARATOR) or "\t")
    return _grid(text, _delimiter(text))


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows with a byte order mark, without which spreadsheet programs take Chinese for another encoding.

    Texts that a program would run as formulas get an apostrophe in front, which :func:`read_csv` takes off again.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([inert(cell) for cell in row] for row in rows)


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise FileFault(ENCODING)


def _delimiter(text: str) -> str:
    """Return the delimiter by which most of the first lines' words are names of columns."""

    def known(delimiter: str) -> int:
        rows = _rows("\n".join(text.splitlines()[:10]), delimiter, strict=False)
        return max((sum(plain(cell).casefold() in headers() for cell in row) for _, row in rows), default=0)

    return max(_DELIMITERS, key=known)  # the first of equals: the comma


def _grid(text: str, delimiter: str) -> Grid:
    try:
        found = list(_rows(text, delimiter, strict=True))
    except csv.Error as fault:
        raise FileFault("引号没有配对，或一格里的内容不合 CSV 的写法", getattr(fault, "line", None)) from None
    rows = {
        number: {column: _cell(cell) for column, cell in enumerate(row, 1) if cell.strip()} for number, row in found
    }
    return Grid("", {number: row for number, row in rows.items() if row})


def _rows(text: str, delimiter: str, *, strict: bool) -> Iterable[tuple[int, list[str]]]:
    """Yield each row with its number as a spreadsheet program counts: a cell of several lines is one row."""
    csv.field_size_limit(min(sys.maxsize, MOST_BYTES * 4))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            fault.line = number  # type: ignore[attr-defined]
            raise
        yield number, row


def _cell(text: str) -> Cell:
    # Behind an apostrophe it is text; a bare "=" comes from a program that would run it.
    plain_text = uninert(text).replace("\r\n", "\n").replace("\r", "\n")
    return Cell(plain_text, "formula" if text.startswith("=") else "text")
