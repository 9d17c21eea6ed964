"""Question sets as people's spreadsheet programs really write them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from corpus.grid import Page
from evals.convert import write_set
from evals.errors import FaultySets
from evals.question import Question
from evals.sets import load_sets
from evals.workbook import write_workbook
from tests.fakes import garden_plan

PLANS = {"garden": garden_plan()}
ROW = "题号,问题,应答类型,条款,责任单位,数值\nt-1,谁牵头？,已回答,二、（一）,牵头：市园林局；落实：各区人民政府,40株\n"


def _csv(tmp_path: Path, content: bytes, name: str = "古树.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _faults(path: Path) -> str:
    with pytest.raises(FaultySets) as caught:
        load_sets([path], PLANS)
    return str(caught.value)


def _book(tmp_path: Path, *rows: Any, **sheets: Any) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    book.save(tmp_path / "古树.xlsx")
    return tmp_path / "古树.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_file_is_read_however_it_was_saved(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    """Encoding, delimiter and line end are found out; the file's name is the category."""
    text = ROW.replace(",", delimiter).replace("\n", end)
    (question,) = load_sets([_csv(tmp_path, text.encode(encoding))], PLANS)
    assert (question.id, question.category, question.line, question.expect.clauses) == ("t-1", "古树", 2, ("2.1",))
    assert [(one.name, one.role) for one in question.expect.agencies] == [
        ("市园林局", "lead"),
        ("各区人民政府", "local"),
    ]


def test_excels_own_line_about_the_delimiter_is_passed_over(tmp_path: Path) -> None:
    """``sep=;`` names the delimiter and is no row of questions; rows keep the numbers that the program shows."""
    (question,) = load_sets([_csv(tmp_path, ("sep=;\n" + ROW.replace(",", ";")).encode())], PLANS)
    assert question.line == 3


def test_a_cell_of_several_lines_is_one_row(tmp_path: Path) -> None:
    """Line ends within quotation marks belong to the cell, and rows are counted as a spreadsheet program counts."""
    text = '题号,前面的提问,问题,应答类型\r\na,"甲？\r\n乙？",丙？,反问\r\n,,,\r\nb,,丁？,无关\r\n'
    first, second = load_sets([_csv(tmp_path, text.encode("gb18030"))])
    assert (first.history, second.line, second.expect.status) == (("甲？", "乙？"), 4, ("out_of_scope",))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("題號,問題,應答類型\nt-1,誰牽頭？,已回答\n".encode("big5"), "没有找到列名"),
        (b"\xff\xfe\x00", "编码"),
        (b"", "是空的"),
        (b"\n\n", "是空的"),
        ("甲,乙\n丙,丁\n".encode(), "没有找到列名"),
        ("题号,问题,应答类型\n".encode(), "一道题也没有"),
        ('题号,问题,应答类型\na,"谁,已回答\n'.encode(), "引号没有配对"),
        ("题号,问题\na,谁\n".encode(), "缺少“应答类型”这一列"),
        ("题号,问题,应答类型\na,=1+1,已回答\n".encode(), "第 2 行 B 列“问题”（a）：这是公式"),
        (
            "题号,问题,应答类型,条款\na,谁,已回答,3月10日\n".encode(),
            "第 2 行 D 列“条款”（a）：表格软件把它变成了日期；先把单元格格式设为“文本”，再重新写",
        ),
        ("题号,问题,应答类型\na,谁,\n".encode(), "没有填；从已回答、方案未写、超出范围、反问里选一个"),
        ("题号,问提,应答类型\na,谁,已回答\n".encode(), "第 1 行 B 列“问提”：没有这个列名；是不是“问题”？"),
    ],
)
def test_a_csv_file_that_cannot_be_used_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """Wrong encodings, empty files, missing and misspelt headers, open quotation marks and formulas are clear faults."""
    assert told in _faults(_csv(tmp_path, content))


def test_a_csv_file_runs_nothing_when_it_is_opened(tmp_path: Path) -> None:
    """Texts that would run are written behind an apostrophe, with a byte order mark, and read again unchanged."""
    question = Question.model_validate({"id": "a", "question": '=HYPERLINK("x")', "expect": {"status": "clarify"}})
    write_set(tmp_path / "a.csv", [question])
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert ",\"'=HYPERLINK" in content.decode("utf-8-sig")
    assert load_sets([tmp_path / "a.csv"])[0].question == '=HYPERLINK("x")'


def test_numbers_and_words_are_read_as_people_leave_them(tmp_path: Path) -> None:
    """Blank rows, spaces, full-width signs, other names of columns, percentages and whole numbers stored with a point."""
    path = _book(
        tmp_path,
        ["关于古树的题"],
        [],
        [" 编号 ", "题目（必填）", "应答", "条款号", "数", "单位须完整", "责任部门", "必含", "任含其一"],
        [
            "ｔ－０１ ",
            " 谁？ ",
            "已回答 或 反问",
            2,
            0.095,
            "√",
            "２．１ 牵头单位: 市园林局，市财政局",
            "甲;乙；\n丙",
            "七项｜7项",
        ],
        [None] * 9,
        [13.0, 2030.0, "无关", None, None, None, None, None, None],
    )
    book = openpyxl.load_workbook(path)
    book.active["E4"].number_format = "0.0%"
    book.active.row_dimensions[4].hidden = True
    book.active["B4"].comment = openpyxl.comments.Comment("批注", "甲")
    book.save(path)
    plan = {"garden": garden_plan()}
    with pytest.raises(FaultySets) as caught:
        load_sets([path], plan)
    assert [str(one) for one in caught.value.faults] == [
        f"{path} 工作表“Sheet” 第 4 行 G 列“责任单位”（t-01）：市财政局的职责是按职责分工负责，不是牵头；把它写在“按职责分工负责”后面"
    ]
    book.active["G4"].value = "（市园林局牵头，市财政局、市水务局等按职责分工负责）"
    book.save(path)
    first, second = load_sets([path], plan)
    assert (first.id, first.question, first.line, first.category) == ("t-01", "谁？", 4, "古树")
    assert first.expect.status == ("answered", "clarify")
    assert first.expect.clauses == ("2",)
    assert [(one.value, one.unit) for one in first.expect.numbers] == [("9.5", "%")]
    assert [one.role for one in first.expect.agencies] == ["lead", "shared", "shared"]
    assert first.expect.agencies_exact
    assert (first.expect.must, first.expect.must_any) == (("甲", "乙", "丙"), (("七项", "7项"),))
    assert (second.id, second.question) == ("13", "2030")


def test_a_clause_that_may_have_lost_its_zero_is_asked_for(tmp_path: Path) -> None:
    """3.1 stored as a number may have been typed 3.10: a fault where the plan has both, none where it has not."""
    plan = garden_plan()
    more = plan.clauses[-1].__class__("2.10", "二、（十）其他", "其他", "", 0, 0, 2, "2")
    both = {"garden": plan.__class__("garden", plan.title, plan.text, (*plan.clauses, more), plan.responsibilities)}
    path = _book(tmp_path, ["题号", "问题", "应答类型", "条款"], ["a", "？", "已回答", 2.1])
    with pytest.raises(FaultySets, match=r"2\.1 可能是 2\.10"):
        load_sets([path], both)
    assert load_sets([path], PLANS)[0].expect.clauses == ("2.1",)


def test_several_sheets_are_several_categories(tmp_path: Path) -> None:
    """Each sheet with headers holds questions; its name is the category of what says none; empty sheets are passed over."""
    head = ["题号", "题类", "问题", "应答类型"]
    path = _book(
        tmp_path,
        head,
        ["a", "甲类", "？", "反问"],
        古树=[head, ["b", None, "？", "反问"]],
        填写说明=[["怎么填"]],
        空=[],
    )
    assert [(one.id, one.category, one.sheet) for one in load_sets([path])] == [
        ("a", "甲类", "Sheet"),
        ("b", "古树", "古树"),
    ]


def test_a_number_of_questions_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    """A sheet of more rows than any set has is one fault, not a fault for each row."""
    write_workbook(
        tmp_path / "a.xlsx", [Page("题目", [["题号", "问题", "应答类型"], *([["a", "？", "反问"]] * 20_001)])]
    )
    assert "有 20001 行，太多了" in _faults(tmp_path / "a.xlsx")


def test_files_of_other_programs_are_told_apart(tmp_path: Path) -> None:
    """Old and foreign formats are told with what to do; a lock file beside an open workbook is passed over."""
    (tmp_path / "a.xls").write_bytes(b"")
    assert "请在表格软件里另存为 .xlsx" in _faults(tmp_path / "a.xls")
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0")
    assert "不是能打开的 .xlsx 文件" in _faults(tmp_path / "a.xlsx")
    folder = tmp_path / "sets"
    folder.mkdir()
    (folder / "~$a.xlsx").write_bytes(b"x")
    _csv(folder, ROW.encode(), "a.CSV")
    assert len(load_sets([folder])) == 1


def test_the_plan_of_a_row_says_which_clauses_there_are(tmp_path: Path) -> None:
    """A plan may be called by its title; the row is then compared with this plan alone."""
    plan = garden_plan()
    other = plan.__class__("other", "另一方案", "", plan.clauses[:1], ())
    rows = [["题号", "方案", "问题", "应答类型", "条款"], ["a", "另一方案", "？", "已回答", "2.1"]]
    with pytest.raises(FaultySets, match=r"方案没有条款 2\.1"):
        load_sets([_book(tmp_path, *rows)], {"garden": plan, "other": other})
    rows[1][1] = plan.title
    (question,) = load_sets([_book(tmp_path, *rows)], {"garden": plan, "other": other})
    assert question.plan_id == "garden"
