"""A sheet of questions: the row of headers is found, and each row below becomes the fields of a question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from corpus.grid import Cell, Grid, column_letter
from evals.cells import Fields, merge, read_cell
from evals.columns import Column, columns, headers, plain, section
from evals.errors import SetFault
from evals.items import Item
from evals.register import Register, nearest

HEADER_WITHIN = 10  # rows: a title may stand above
MOST_ROWS = 20_000
_FEWEST_HEADERS = 2
FAULT_HEADERS = ("文件", "工作表", "行", "列", "列名", "题号", "哪里不对", "应当怎样")  # of a list of faults


def has_questions(grid: Grid) -> bool:
    """Whether a sheet has a row of headers, and is not one of those that explain or report."""
    return _header_row(grid) is not None and not is_aside(grid.name)


def is_aside(name: str) -> bool:
    """Whether a sheet of this name explains or reports.

    >>> is_aside("填写说明"), is_aside("题目")
    (True, False)
    """
    return name in section("words")["not_sheets"]


def is_fault_list(grid: Grid) -> bool:
    """Whether a sheet is the list of faults that a check has written."""
    first = grid.rows.get(1, {})
    return tuple(first[at].text for at in sorted(first)) == FAULT_HEADERS


def read_sheet(grid: Grid, file: str, register: Register) -> tuple[list[Item], list[SetFault]]:
    """Return the questions of a sheet and the faults of the sheet itself: headers, merged cells, too many rows."""
    fault = partial(SetFault, file, sheet=grid.name)
    header = _header_row(grid)
    if header is None:
        names = "、".join(one.header for one in columns() if one.required)
        what = "没有找到列名" if grid.rows else "是空的"
        garbled = "" if grid.name else "；打开后是乱码的，请在表格软件里另存为“CSV UTF-8”"
        fix = f"第一行写列名，至少要有{names}；可以用 template 命令得到一份模板{garbled}"
        return [], [fault(None, "", what, fix=fix)]
    named, faults = _named(grid, header, fault)
    faults += [
        fault(row, "", f"{address} 是合并单元格", column=column_letter(column), fix="取消合并，每格写自己的内容")
        for row, column, address in grid.merged
        if row >= header
    ]
    below = {row: cells for row, cells in grid.rows.items() if row > header and named.keys() & cells.keys()}
    if len(below) > MOST_ROWS:
        faults.append(fault(None, "", f"有 {len(below)} 行，太多了", fix=f"一个工作表最多 {MOST_ROWS} 题，请拆开"))
        return [], faults
    if not below and not faults:
        faults.append(fault(header, "", "列名下面一道题也没有", fix="一行写一道题"))
    return [_item(row, cells, named, fault, register) for row, cells in below.items()], faults


def _header_row(grid: Grid) -> int | None:
    """Return the row in which most names of columns stand."""
    known = {
        row: sum(_column(cell) is not None for cell in cells.values())
        for row, cells in list(grid.rows.items())[:HEADER_WITHIN]
    }
    best = max(known, key=lambda row: known[row], default=None)
    return best if best is not None and known[best] >= _FEWEST_HEADERS else None


def _column(cell: Cell) -> Column | None:
    bare = plain(cell.text).rstrip("*:").removesuffix("(必填)").removesuffix("(选填)").rstrip("*")
    return headers().get(bare.casefold())


def _named(grid: Grid, header: int, fault: Any) -> tuple[dict[int, Column], list[SetFault]]:
    """Return the columns of the sheet by number, and what is wrong with their headers."""
    named: dict[int, Column] = {}
    meant: list[Column] = []
    faults: list[SetFault] = []
    used = {column for row, cells in grid.rows.items() if row > header for column in cells}
    for number in sorted(used | grid.rows[header].keys()):
        cell = grid.rows[header].get(number)
        at = partial(fault, header, "", column=column_letter(number), header=cell.text.strip() if cell else "")
        known = _column(cell) if cell else None
        if known is None and number in used:
            like = _like(cell.text) if cell else None
            meant += [like] if like else []
            fix = f"是不是“{like.header}”？" if like else _listed()
            faults.append(at("没有这个列名" if cell else "没有列名", fix=fix))
        elif known in named.values():
            faults.append(at("这个列名写了两遍", fix="两列合成一列，或改正列名"))
        elif known is not None:
            named[number] = known
    missing = [one for one in columns() if one.required and one not in {*named.values(), *meant}]
    faults += [fault(header, "", f"缺少“{one.header}”这一列", fix="加上这一列") for one in missing]
    return named, faults


def _like(header: str) -> Column | None:
    found = nearest(plain(header), [*headers()])
    return headers()[found[0]] if found else None


def _listed() -> str:
    return f"列名只能是：{'、'.join(one.header for one in columns())}；不是题目内容的列请删去"


def _item(row: int, cells: Mapping[int, Cell], named: Mapping[int, Column], fault: Any, register: Register) -> Item:
    fields = Fields()
    raised: list[tuple[int, str, str]] = []
    own = register
    # The plan first: it says which clauses and bodies there are.
    for number in sorted(named, key=lambda number: named[number].name != "plan"):
        column, cell = named[number], cells.get(number)
        if cell is not None and cell.text.strip():
            merge(fields, read_cell(column.name, cell, own, partial(_note, raised, number)))
        elif column.required:
            raised.append((number, "没有填", column.help.split("。")[0]))
        if column.name == "plan":
            own = register.within(fields.get("plan_id"))
    faults = (
        fault(row, fields.get("id", ""), what, column=column_letter(number), header=named[number].header, fix=fix)
        for number, what, fix in sorted(raised, key=lambda one: one[0])
    )
    sheet = fault.keywords["sheet"]
    places = {one.field: column_letter(at) for at, one in named.items()}
    return Item(fields, row, sheet=sheet, columns=places, faults=tuple(faults))


def _note(raised: list[tuple[int, str, str]], number: int, what: str, fix: str) -> None:
    raised.append((number, what, fix))
