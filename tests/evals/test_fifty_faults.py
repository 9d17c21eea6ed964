"""A trainer's workbook with fifty planted faults: each is found, at its cell, and nothing else is."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evals.check import write_faults
from evals.cli import main
from evals.columns import columns
from evals.errors import SetFault
from evals.sets import read_sets
from evals.sheet import FAULT_HEADERS
from evals.workbook import read_workbook
from tests.fakes import garden_plan

PLAN = garden_plan()
HEADER = [one.header for one in columns()]
GOOD = {"题类": "古树", "问题": "古树谁牵头？", "应答类型": "已回答"}

# What a row says otherwise than GOOD → the faults: column, a piece of what is said, a piece of what would be right.
# fmt: off
PLANTED: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({"题号": None}, [("题号", "没有填", "每道题一个")]),
    ({"题号": "a-01"}, []),
    ({"题号": "ａ－０１"}, [("题号", "重复", "没用过")]),
    ({"题号": dt.date(2025, 1, 1)}, [("题号", "日期", "文本")]),
    ({"题号": "=A2"}, [("题号", "公式", "'")]),
    ({"问题": None}, [("问题", "没有填", "原话")]),
    ({"问题": "=1+1"}, [("问题", "公式", "'")]),
    ({"应答类型": None}, [("应答类型", "没有填", "已回答")]),
    ({"应答类型": "方案未答"}, [("应答类型", "不认识“方案未答”", "方案未写")]),
    ({"应答类型": "已回答或不知"}, [("应答类型", "不认识“不知”", "只能写")]),
    ({"提问人": "领导"}, [("提问人", "不认识“领导”", "工作人员、群众、评测人员")]),
    ({"方案": "花园"}, [("方案", "没有方案“花园”", "garden")]),
    ({"条款": "2.9"}, [("条款", "没有条款 2.9", "2.1 至 2.2")]),
    ({"条款": "三、（一）"}, [("条款", "没有条款 3.1", "0 至 2")]),
    ({"条款": "古树那一条"}, [("条款", "看不懂“古树那一条”", "3.4")]),
    ({"条款": "（一）"}, [("条款", "看不懂“（一）”", "3.4")]),
    ({"条款": "2.1或2.2；1或0"}, [("条款", "两组", "只留一组")]),
    ({"条款": dt.date(2025, 2, 1)}, [("条款", "日期", "文本")]),
    ({"责任单位": "牵头：园林局"}, [("责任单位", "没有“园林局”", "市园林局")]),
    ({"责任单位": "牵头：市体育局"}, [("责任单位", "没有“市体育局”", "全名")]),
    ({"责任单位": "2.1 牵头：市财政局"}, [("责任单位", "是按职责分工负责，不是牵头", "")]),
    ({"责任单位": "2.2 牵头：市园林局"}, [("责任单位", "条款 2.2 中没有职责", "2.1")]),
    ({"责任单位": "主导：市园林局"}, [("责任单位", "“主导”不是角色", "牵头：甲")]),
    ({"责任单位": "市园林局"}, [("责任单位", "没有写角色", "牵头：甲")]),
    ({"责任单位": "牵头："}, [("责任单位", "后面没有单位", "牵头：甲")]),
    ({"责任单位": "2.7 牵头：市园林局"}, [("责任单位", "没有条款 2.7", "2.1 至 2.2")]),
    ({"责任单位": "2.1、2.2 牵头：市园林局"}, [("责任单位", "几个条款", "一行写一个")]),
    ({"单位须完整": "大概"}, [("单位须完整", "不认识“大概”", "是、否")]),
    ({"数值": "120"}, [("数值", "没有单位", "45%")]),
    ({"数值": 120}, [("数值", "没有单位", "45%")]),
    ({"数值": "很多公里"}, [("数值", "读不出数", "25%")]),
    ({"数值": "80公里到120公里"}, [("数值", "范围", "写成两个数")]),
    ({"数值": "超过120公里"}, [("数值", "是“不低于”，不是“超过”", "")]),
    ({"数值": "确定9.5%"}, [("数值", "是“力争”，不是“确定”", "")]),
    ({"数值": "120平方"}, [("数值", "单位“平方”不认识", "45%")]),
    ({"数值": "古树40株"}, [("数值", "看不懂“古树40株”里的“古树”", "25%")]),
    ({"数值": "#N/A"}, [("数值", "错误值", "文字或数")]),
    ({"任选其一": "牵头"}, [("任选其一", "只有一种说法", "竖线")]),
    ({"待审": "也许"}, [("待审", "不认识“也许”", "是")]),
    ({"程序填写": "勿动"}, [("程序填写", "读不懂", "清空")]),
    ({"必须出现": "牵头", "不得出现": "牵头"}, [("", "同时写在", "")]),
    # Several in one row, two of them in one cell.
    ({"应答类型": "好", "条款": "2.8", "责任单位": "牵头：市体育局、市气象局", "数值": "3.2"},
     [("应答类型", "“好”", ""), ("条款", "2.8", ""), ("责任单位", "市体育局", ""), ("责任单位", "市气象局", ""), ("数值", "单位", "")]),
]
# fmt: on


def _build(path: Path) -> list[tuple[str, int | None, str]]:
    """Write the workbook; return the place of every fault in it: sheet, row, column's letter."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "题目"
    sheet.append(["古树题集"])  # a title may stand above the headers
    sheet.append([*HEADER, "难度", "题 类", None])
    letters = {one: sheet.cell(2, at).column_letter for at, one in enumerate([*HEADER, "难度", "题 类"], 1)}
    places: list[tuple[str, int | None, str]] = [("题目", 2, letters["难度"]), ("题目", 2, letters["题 类"])]
    for number, (said, faults) in enumerate(PLANTED):
        row = 3 + 2 * number  # blank rows in between
        values = GOOD | {"题号": f"a-{100 + number}"} | said
        for header, value in values.items():
            sheet.cell(row, HEADER.index(header) + 1, value)
        places += [("题目", row, letters.get(header, "")) for header, _, _ in faults]
    last = 3 + 2 * len(PLANTED)
    sheet.cell(last, len(HEADER) + 1, "难")  # what makes the unknown header, and the column without one, matter
    sheet.cell(last, len(HEADER) + 3, "多余")
    places.append(("题目", 2, sheet.cell(2, len(HEADER) + 3).column_letter))
    sheet.merge_cells(start_row=last, start_column=2, end_row=last + 1, end_column=2)
    places.append(("题目", last, "B"))
    book.create_sheet("杂记").append(["这里没有列名"])
    places.append(("杂记", None, ""))
    book.create_sheet("填写说明").append(["怎么填"])
    book.create_sheet("Sheet3")
    book.save(path)
    return places


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Path, list[tuple[str, int | None, str]], tuple[SetFault, ...]]:
    """Return the workbook, the places of its faults, and the faults that are found."""
    path = tmp_path / "题集.xlsx"
    places = _build(path)
    _, faults = read_sets([path], {PLAN.plan_id: PLAN})
    return path, places, faults


def test_fifty_planted_faults_are_found(planted: Any) -> None:
    """Fifty faults are planted; fifty are found, each at its sheet, row and column."""
    _, places, faults = planted
    assert len(places) == 50
    assert sorted((one.sheet, one.line or 0, one.column) for one in faults) == sorted(
        (sheet, line or 0, column) for sheet, line, column in places
    )


def test_each_fault_says_what_is_wrong_and_what_would_be_right(planted: Any) -> None:
    """Each row's faults are told in the words that are wanted, with what would be right."""
    _, _, faults = planted
    for number, (_, wanted) in enumerate(PLANTED):
        found = [one for one in faults if (one.sheet, one.line) == ("题目", 3 + 2 * number)]
        told = [(one.header, one.what, one.fix) for one in found]
        for header, what, fix in wanted:
            assert any(header == h and what in w and fix in f for h, w, f in told), (header, what, told)
    assert "工作表“题目” 第 2 行" in "\n".join(map(str, faults))


def test_nothing_runs_before_all_is_put_right(planted: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``run`` answers a faulty set with all of its faults and asks nothing."""
    assert main(["run", str(planted[0]), "--out", str(tmp_path / "out")]) == 2
    assert "处错误，请改正后再运行" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_faults_are_written_as_a_list(planted: Any, tmp_path: Path) -> None:
    """As CSV and as a workbook, each fault is a row; in the workbook a copy of the sheet has its faulty cells marked."""
    path, places, faults = planted
    write_faults(tmp_path / "a.csv", faults)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == FAULT_HEADERS
    assert len(rows) == 51
    write_faults(tmp_path / "a.xlsx", faults)
    assert len(read_workbook(tmp_path / "a.xlsx")[0].rows) == 51
    marked = openpyxl.load_workbook(tmp_path / "a.xlsx")["题目"]
    noted = {(cell.row, cell.column_letter) for row in marked.iter_rows() for cell in row if cell.comment}
    assert noted == {(line, column or "A") for sheet, line, column in places if sheet == "题目"}
    assert "没有条款 2.9" in marked.cell(3 + 2 * 12, HEADER.index("条款") + 1).comment.text
    assert read_workbook(path)  # and the set itself is as it was


def test_the_list_does_not_replace_the_set(planted: Any) -> None:
    """Asked to write the list over the set, the command refuses."""
    path, _, _ = planted
    before = path.read_bytes()
    assert main(["check", str(path), "--out", str(path)]) == 2
    assert path.read_bytes() == before
