import re
import zipfile
from pathlib import Path

import pytest

from corpus.model import Plan
from evals.compare import compare
from evals.dossier import against, dossier
from evals.judge import judge
from evals.report_xlsx import write_report
from evals.workbook import read_workbook
from tests.evals.reported import QUOTE, answer, outcomes, plan, question, run_of


@pytest.fixture
def plans() -> dict[str, Plan]:
    return {"water": plan()}


def test_the_workbook_tells_what_the_page_tells(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Overview, categories, all questions and those that failed, the failures first, each with what was expected."""
    write_report(tmp_path / "r.xlsx", dossier(run_of(outcomes(plans)), plans))
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(tmp_path / "r.xlsx")}
    assert list(sheets) == ["总览", "分类", "逐题", "未通过"]
    told = {row[1].text: row.get(2) for row in sheets["总览"].values() if row}
    assert "共 4 题，答对 1 题，占 25.0%" in told
    assert [row[1].text for row in sheets["逐题"].values()] == ["题号", "a-03", "a-02", "b-01", "a-01"]
    assert [row[1].text for row in sheets["未通过"].values()] == ["题号", "a-03", "a-02", "b-01"]
    assert [row[1].text for row in sheets["分类"].values()] == ["题类", "目标", "单位", "合计"]
    head = {cell.text: at for at, cell in sheets["逐题"][1].items()}
    failed = sheets["逐题"][3]
    assert failed[head["原因"]].text == "缺必要词句"
    assert "必须出现的词句：“50%”" in failed[head["应当"]].text
    assert failed[head["依据"]].text.startswith("[1] 一、总体要求：“")


def test_numbers_are_numbers(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Shares are numbers shown in percent, so that a spreadsheet can sort them and reckon with them."""
    write_report(tmp_path / "r.xlsx", dossier(run_of(outcomes(plans)), plans))
    categories = next(sheet.rows for sheet in read_workbook(tmp_path / "r.xlsx") if sheet.name == "分类")
    assert (categories[2][2].text, categories[2][2].kind) == ("33.33333333333333%", "number")
    assert (categories[2][3].text, categories[2][3].kind) == ("1", "number")


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(begin: str, plans: dict[str, Plan], tmp_path: Path) -> None:
    """Whatever a question, answer, category or note begins with, its cell holds text that no program runs."""
    asked = question(begin, begin, begin, must=[begin]).model_copy(update={"note": begin, "history": (begin,)})
    made = (judge(asked, answer(begin), plans),)
    write_report(tmp_path / "r.xlsx", dossier(run_of(made, sets=(begin,)), plans))
    sheets = read_workbook(tmp_path / "r.xlsx")
    assert {cell.kind for sheet in sheets for row in sheet.rows.values() for cell in row.values()} == {"text", "number"}
    row = next(sheet.rows for sheet in sheets if sheet.name == "逐题")[2]
    assert row[1].text.replace("\r", "\n") == begin.replace("\r", "\n")


def test_sheets_can_be_read_in_a_spreadsheet(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Headers stay in sight, and the questions can be sifted by any column."""
    write_report(tmp_path / "r.xlsx", dossier(run_of(outcomes(plans)), plans))
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        sheets = [book.read(f"xl/worksheets/sheet{at}.xml").decode() for at in range(1, 5)]
    assert all('<pane ySplit="1" topLeftCell="A2"' in sheet for sheet in sheets)
    assert ["<autoFilter" in sheet for sheet in sheets] == [False, True, True, True]


def test_rows_are_as_high_as_their_texts(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Long answers can be read without pulling at rows, in any program; among all questions a row stays short."""
    made = (judge(question("a", must=["没有"]), answer(f"{'很长的答案。' * 50}[1]"), plans),)
    write_report(tmp_path / "r.xlsx", dossier(run_of(made), plans))
    with zipfile.ZipFile(tmp_path / "r.xlsx") as book:
        heights = [
            re.findall(r'<row r="2"[^>]* ht="(\d+)', book.read(f"xl/worksheets/sheet{at}.xml").decode())
            for at in (3, 4)
        ]
    assert heights == [["60"], ["135"]]


def test_what_changed_has_a_sheet(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Against a baseline the overview begins with the verdict, and a sheet sets both answers side by side."""
    asked = question("a-01")
    older = run_of((judge(asked, answer(f"{QUOTE}[1]。"), plans),))
    newer = run_of((judge(asked, answer("没有写。", "not_stated", quote=""), plans),))
    write_report(tmp_path / "r.xlsx", against(dossier(newer, plans), compare(older, newer), "上线版"))
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(tmp_path / "r.xlsx")}
    assert any(row[1].text.startswith("有 1 题由对变错（可以比较的 1 题中）") for row in sheets["总览"].values())
    row = {head.text: sheets["对比"][2][at].text for at, head in sheets["对比"][1].items() if at in sheets["对比"][2]}
    assert (row["变化"], row["原来"], row["现在"]) == ("由对变错", "对", "错")
    assert (row["原来的答案"], row["现在的答案"]) == (f"{QUOTE}[1]。", "没有写。")


def test_hidden_questions_stay_hidden(plans: dict[str, Plan], tmp_path: Path) -> None:
    """Of questions that are to stay unread, the workbook holds figures alone."""
    write_report(tmp_path / "r.xlsx", dossier(run_of(outcomes(plans), hidden=True), plans))
    sheets = read_workbook(tmp_path / "r.xlsx")
    assert [sheet.name for sheet in sheets] == ["总览", "分类"]
    assert "a-01" not in str(sheets)
