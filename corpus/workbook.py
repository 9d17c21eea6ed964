"""The one door to openpyxl: sheets of cells in and out of .xlsx files. Nothing that stands in a cell is ever run."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date, time, timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl  # type: ignore[import-untyped]  # openpyxl ships no types; this module is its only user
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from corpus.errors import UnreadableDocument
from corpus.grid import RUNS, Cell, Grid, Page, Styled, Value, column_letter, text_width, writable

MOST_BYTES = 20_000_000  # of the file
MOST_UNPACKED = 60_000_000  # of all its parts together: a small file may unpack to anything
MOST_PARTS = 5_000
MOST_SHEET_NAME = 31
LINE = 15.0  # points
LIST_ROWS = 2_000  # so many rows below the header offer the words of a column
BROKEN = "不是能打开的 .xlsx 文件；请用表格软件打开后另存为 .xlsx 再试"
# Excel writes what XML cannot hold as _x000D_; the same signs as plain text have their underscore written so.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LINK = "0563C1"
_BORDER = Border(*[Side(style="thin", color="D9D9D9")] * 4)


def read_workbook(path: Path) -> tuple[Grid, ...]:
    """Return the sheets of an .xlsx file; raises :class:`UnreadableDocument` for what is none, or unpacks to too much."""
    _vet(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that it drops; only cells matter here
            book = openpyxl.load_workbook(file, data_only=False, keep_links=False)
    except Exception as fault:  # a damaged file fails in any module of the reader
        raise UnreadableDocument(BROKEN) from fault
    return tuple(_grid(sheet) for sheet in book.worksheets)


def write_workbook(path: Path | BinaryIO, pages: Sequence[Page]) -> None:
    """Write ``pages`` as an .xlsx file, to a path or into an open file; texts stay texts whatever they begin with, numbers stay numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    names: set[str] = set()
    for page in pages:
        names.add(name := _sheet_name(page.name, names))
        _write(book.create_sheet(name), page)
    book.save(path)


def _vet(path: Path) -> None:
    """Refuse what is no archive, a zip bomb, or XML that defines entities, before anything is parsed."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableDocument(f"文件超过 {MOST_BYTES // 1_000_000} MB，请拆成几个文件")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise UnreadableDocument("文件解压后太大，请只保留题目，另存为新的 .xlsx 文件")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(4096).replace(b"\0", b""):
                            raise UnreadableDocument(BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error):
        raise UnreadableDocument(BROKEN) from None


def _grid(sheet: Any) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    # What is stored alone: asking for rows would make a cell for each of a million formatted empty ones.
    for (row, column), stored in sorted(sheet._cells.items()):
        cell = _cell(stored)
        if cell is not None:
            rows.setdefault(row, {})[column] = cell
    merged = tuple(sorted((area.min_row, area.min_col, area.coord) for area in sheet.merged_cells.ranges))
    return Grid(sheet.title, rows, merged, hidden=sheet.sheet_state != "visible")


def _cell(stored: Any) -> Cell | None:
    value = stored.value
    if value is None:
        return None
    if stored.data_type == "f":
        return Cell(str(getattr(value, "text", value)), "formula")
    if stored.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        return Cell(_number(Decimal(repr(value)), stored.number_format), "number")
    if isinstance(value, date | time | timedelta):
        return Cell(str(value), "date")
    text = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), str(value)).replace("\r\n", "\n")
    return Cell(text) if text else None


def _number(value: Decimal, shape: str) -> str:
    """Write a number without an exponent; one that is shown as a percentage, as that.

    >>> _number(Decimal("13.0"), "General"), _number(Decimal("0.455"), "0%"), _number(Decimal("1e5"), "General")
    ('13', '45.5%', '100000')
    """
    percent = "%" in shape
    plain = f"{value * 100 if percent else value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + ("%" if percent else "")


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", "_", writable(name)).strip("'")[:MOST_SHEET_NAME] or "表"
    others = {one.casefold() for one in taken}
    numbered = (f"{plain[: MOST_SHEET_NAME - 4]}_{number}" for number in range(2, 1000))
    return plain if plain.casefold() not in others else next(one for one in numbered if one.casefold() not in others)


def _write(sheet: Any, page: Page) -> None:
    looks: dict[tuple[object, ...], Any] = {}
    for row, cells in enumerate(page.rows, 1):
        for column, cell in enumerate(cells, 1):
            _put(sheet.cell(row, column), cell if isinstance(cell, Styled) else Styled(cell), looks)
    for row, cells in enumerate(page.rows if page.tallest else (), 1):
        sheet.row_dimensions[row].height = LINE * min(_lines(cells, page.widths), page.tallest)
    for column, width in enumerate(page.widths, 1):
        sheet.column_dimensions[column_letter(column)].width = width
    if page.frozen:
        sheet.freeze_panes = f"A{page.frozen + 1}"
        sheet.print_title_rows = f"1:{page.frozen}"
    if page.filtered and page.rows:
        first = max(page.frozen, 1)
        sheet.auto_filter.ref = f"A{first}:{column_letter(len(page.rows[first - 1]))}{max(len(page.rows), first)}"
    for column in page.text_columns:  # or 3.10 becomes 3.1 as soon as it is typed
        sheet.column_dimensions[column_letter(column)].number_format = "@"
        for row in range(page.frozen + 1, len(page.rows) + 1):
            sheet.cell(row, column).number_format = "@"
    last = max(len(page.rows), LIST_ROWS)
    for rule, letter in _rules(page):
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{page.frozen + 1}:{letter}{last}")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _lines(cells: Sequence[Styled | Value], widths: Sequence[float]) -> int:
    """Count the lines of the longest text of a row; not every program does so when it opens a file."""
    values = (cell.value if isinstance(cell, Styled) else cell for cell in cells)
    texts = ((value, width) for value, width in zip(values, widths, strict=False) if isinstance(value, str))
    return max(
        (sum(ceil(text_width(part) / width) or 1 for part in text.split("\n")) for text, width in texts), default=1
    )


def _rules(page: Page) -> Iterator[tuple[Any, str]]:
    for column, words in page.choices.items():
        rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        yield rule, column_letter(column)


def _put(cell: Any, styled: Styled, looks: dict[tuple[object, ...], Any]) -> None:
    _put_value(cell, styled.value)
    _dress(cell, styled, looks)
    if styled.note:
        cell.comment = Comment(writable(styled.note), "检查", width=360, height=140)
    if styled.link.startswith("#"):
        cell.hyperlink = openpyxl.worksheet.hyperlink.Hyperlink(ref=cell.coordinate, location=styled.link[1:])
    elif styled.link:
        cell.hyperlink = styled.link


def _dress(cell: Any, styled: Styled, looks: dict[tuple[object, ...], Any]) -> None:
    """Give a cell its looks. Those of earlier cells are copied: a report has 70,000 cells of a dozen kinds."""
    color = styled.color or (LINK if styled.link else None)
    kind = (styled.bold, color, bool(styled.link), styled.centered, styled.fill, styled.shape, cell.quotePrefix)
    if kind not in looks:
        cell.font = Font(bold=styled.bold, color=color, underline="single" if styled.link else None)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if styled.centered else None)
        cell.border = _BORDER
        if styled.fill:
            cell.fill = PatternFill("solid", fgColor=styled.fill)
        if styled.shape:
            cell.number_format = styled.shape
        looks[kind] = cell._style
    cell._style = copy(looks[kind])


def _put_value(cell: Any, value: Value) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    text = _ESCAPED.sub(lambda sign: f"_x005F_{sign[0][1:]}", writable(value))
    cell.value = text
    cell.data_type = "s"  # not "f", whatever the text begins with
    cell.quotePrefix = text.startswith(RUNS)
