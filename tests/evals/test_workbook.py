import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.grid import CUT, MOST_CHARACTERS, Cell, Page, Styled, Value, column_letter, inert, uninert
from evals.errors import FileFault
from evals.workbook import read_workbook, write_workbook


def _written(tmp_path: Path, *rows: list[Styled | Value], **page: Any) -> Path:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Page("题目", rows, **page)])
    return path


def _foreign(tmp_path: Path, *values: Any, shape: str = "General") -> Path:
    """Write a workbook as another program would."""
    book = openpyxl.Workbook()
    for row, value in enumerate(values, 1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = shape if isinstance(value, float) else cell.number_format
    path = tmp_path / "foreign.xlsx"
    book.save(path)
    return path


TEXTS = ["=1+1", "+86", "-5", "@某", "\t甲", "\r乙", "_x0041_", "甲\n乙", "3.10", "'=1", " 空格 ", '"引号"']


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    """Whatever a text begins with, it is stored as text and read again unchanged."""
    (sheet,) = read_workbook(_written(tmp_path, *[[text] for text in TEXTS]))
    assert [row[1] for row in sheet.rows.values()] == [Cell(text) for text in TEXTS]


def test_no_text_is_stored_as_a_formula(tmp_path: Path) -> None:
    """Texts that a spreadsheet program would run are of the type string and marked as quoted; numbers stay numbers."""
    cells = openpyxl.load_workbook(_written(tmp_path, *[[text] for text in TEXTS], [-5]))["题目"]["A"]
    assert {cell.data_type for cell in cells[:-1]} == {"s"}
    assert [cell.quotePrefix for cell in cells[:6]] == [True] * 6
    assert (cells[-1].data_type, cells[-1].value) == ("n", -5)


@pytest.mark.parametrize(
    ("value", "shape", "cell"),
    [
        (13.0, "General", Cell("13", "number")),
        (0.1, "General", Cell("0.1", "number")),
        (0.45, "0%", Cell("45%", "number")),
        (0.145, "0.0%", Cell("14.5%", "number")),
        (1e20, "General", Cell("1" + "0" * 20, "number")),
        ("=SUM(A1:A2)", "General", Cell("=SUM(A1:A2)", "formula")),
        ("#N/A", "General", Cell("#N/A", "error")),
        (True, "General", Cell("是")),
        (dt.date(2025, 3, 4), "General", Cell("2025-03-04 00:00:00", "date")),
        ("甲_x000D_\n乙", "General", Cell("甲\n乙")),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(tmp_path: Path, value: Any, shape: str, cell: Cell) -> None:
    """Percentages, numbers, dates, formulas and errors of other programs are told apart; nothing is calculated."""
    (sheet,) = read_workbook(_foreign(tmp_path, value, shape=shape))
    assert sheet.rows[1][1] == cell


def test_what_no_cell_holds_is_written_out(tmp_path: Path) -> None:
    """Control characters and texts beyond the limit are written so that a reader sees it, and the file opens."""
    (sheet,) = read_workbook(_written(tmp_path, ["响\x07铃\ud800"], ["长" * 40_000]))
    assert sheet.rows[1][1].text == "响\\u0007铃\\ud800"
    assert len(sheet.rows[2][1].text) == MOST_CHARACTERS
    assert sheet.rows[2][1].text.endswith(CUT)


def test_merged_cells_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    """Where cells were merged, and that a sheet is hidden, is part of what is read."""
    book = openpyxl.load_workbook(_written(tmp_path, ["甲", "乙"], ["丙", "丁"]))
    book["题目"].merge_cells("A2:B2")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    first, second = read_workbook(tmp_path / "b.xlsx")
    assert (first.merged, second.hidden, second.rows) == (((2, 1, "A2:B2"),), True, {})


def test_a_million_formatted_empty_cells_cost_nothing(tmp_path: Path) -> None:
    """One formatted cell at the very end of a sheet does not make rows of what lies between."""
    book = openpyxl.load_workbook(_written(tmp_path, ["甲"]))
    book["题目"].cell(1_048_576, 200).font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "b.xlsx")
    assert list(read_workbook(tmp_path / "b.xlsx")[0].rows) == [1]


def test_looks_reach_the_file(tmp_path: Path) -> None:
    """Header rows stay in sight, columns have widths, lists and filters, and a column of texts stays one."""
    path = _written(
        tmp_path,
        [Styled("题号", bold=True, fill="FFE699", note="说明")],
        [Styled(0.5, shape="0.0%"), Styled("见", link="#题目!A1")],
        widths=[30],
        filtered=True,
        choices={1: ["是", "否"]},
        text_columns=[1],
    )
    sheet = openpyxl.load_workbook(path)["题目"]
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width, sheet.auto_filter.ref) == ("A2", 30, "A1:A2")
    assert sheet.data_validations.dataValidation[0].formula1 == '"是,否"'
    assert (sheet["A1"].font.bold, sheet["A1"].comment.text, sheet["B2"].hyperlink.location) == (
        True,
        "说明",
        "题目!A1",
    )
    assert sheet.column_dimensions["A"].number_format == "@"


def test_names_of_sheets_are_made_valid(tmp_path: Path) -> None:
    """Signs that no sheet's name may hold are replaced, long names cut, equal ones numbered."""
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Page(name, [["甲"]]) for name in ("a/b", "a/b", "长" * 40, "")])
    assert [sheet.name for sheet in read_workbook(path)] == ["a_b", "a_b_2", "长" * 31, "表"]


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Other files, broken archives, archives of something else, and those which define entities are one clear fault."""
    good = _written(tmp_path, ["甲"]).read_bytes()
    for content in (b"", b"PK", "题号,问题".encode(), good[: len(good) // 2], good[:300] + b"\0" * 50 + good[350:]):
        (tmp_path / "bad.xlsx").write_bytes(content)
        with pytest.raises(FileFault, match=r"不是能打开的 \.xlsx 文件"):
            read_workbook(tmp_path / "bad.xlsx")
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(FileFault, match="不是能打开的"):
        read_workbook(tmp_path / "bad.xlsx")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A small archive that would unpack to more than any question set holds is refused by its table of contents."""
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 100_000_000)
    with pytest.raises(FileFault, match="解压后太大"):
        read_workbook(tmp_path / "bomb.xlsx")


@pytest.mark.parametrize("text", [*TEXTS, "''=1", "'", "甲"])
def test_an_inert_text_can_be_read_again(text: str) -> None:
    """In CSV, no text begins with a sign that runs, and each is what it was when it is read again."""
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert uninert(inert(text)) == text


def test_columns_have_letters() -> None:
    """The last column of a sheet is XFD."""
    assert [column_letter(number) for number in (26, 27, 702, 703, 16384)] == ["Z", "AA", "ZZ", "AAA", "XFD"]
