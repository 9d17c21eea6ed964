"""The command ``check``: nothing is asked; every fault of the sets is told, and written as a list where it is wanted."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.grid import Cell, Grid, Page, Styled, Value, column_letter
from corpus.model import Plan
from corpus.plans import load_corpus
from evals.csv_file import write_csv
from evals.errors import EvalsError, FileFault, SetFault, told_faults
from evals.gold import gold_hints
from evals.question import Question
from evals.sets import read_sets
from evals.sheet import FAULT_HEADERS
from evals.workbook import read_workbook, write_workbook

_WIDTHS = (28, 10, 6, 6, 12, 18, 44, 44)
_HEAD = "D9E2F3"
_FAULTY = "FFC7CE"
_LIST = "检查结果"
_TALLEST = 8  # lines of a cell


def check(options: argparse.Namespace) -> int:
    """Tell whether the sets are in order; returns the exit code: 1 with any fault, 2 where there is nothing to check."""
    plans = {plan.plan_id: plan for plan in load_corpus(options.plans).plans}
    questions, faults = read_sets(options.sets, plans)
    if options.out and not options.hide_questions:
        write_faults(options.out, faults)
    failed = 2 if _is_nothing(options.sets, questions, faults) else 1
    if options.hide_questions:
        print(f"{len(questions)} 道题，{len(faults)} 处错误" if faults else f"{len(questions)} 道题，没有发现问题")
        return failed if faults else 0
    if faults:
        print("\n".join(told_faults(faults)))
        print(f"\n共 {len(faults)} 处错误，改正以后才能运行。")
        if options.out:
            print(f"错误清单已写入 {options.out}")
        return failed
    hints = gold_hints(questions, plans) if plans else ()
    if hints:
        print("\n".join(f"提示：{hint}" for hint in hints), end="\n\n")
    print(_in_order(questions_count=len(questions), drafts=sum(one.draft for one in questions), plans=plans))
    return 0


def _is_nothing(paths: Sequence[Path], questions: Sequence[Question], faults: Sequence[SetFault]) -> bool:
    """Whether a path is not there, or no file has so much as a line at fault: bad input rather than a faulty set."""
    return not all(path.exists() for path in paths) or not (questions or any(fault.line for fault in faults))


def write_faults(path: Path, faults: Sequence[SetFault]) -> None:
    """Write the list of faults as .csv or .xlsx; in a workbook, a copy of each faulty sheet with its cells marked follows.

    Raises :class:`EvalsError` for another kind of file, or one that cannot be written.
    """
    rows = [[_text(value) for value in _row(fault)] for fault in faults]
    try:
        if path.suffix.lower() == ".csv":
            write_csv(path, [FAULT_HEADERS, *rows])
        elif path.suffix.lower() == ".xlsx":
            if path.exists() and any(Path(fault.file).exists() and path.samefile(fault.file) for fault in faults):
                raise EvalsError(f"{path} 就是题集本身，请把错误清单写到另一个文件")
            head = [Styled(name, bold=True, fill=_HEAD) for name in FAULT_HEADERS]
            listed = Page(_LIST, [head, *map(_linked, faults)], _WIDTHS, filtered=True, tallest=_TALLEST)
            write_workbook(path, [listed, *_marked(faults)])
        else:
            raise EvalsError(f"{path}：错误清单只能写成 .xlsx 或 .csv 文件")
    except OSError:
        raise EvalsError(f"{path} 无法写入；如果正开着，请先关闭") from None


def _in_order(*, questions_count: int, drafts: int, plans: Mapping[str, Plan]) -> str:
    waiting = f"，其中 {drafts} 题待审" if drafts else ""
    against = "" if plans else "（没有收录方案，内容没有核对）"
    return f"{questions_count} 道题{waiting}，格式和内容都没有发现问题{against}"


def _row(fault: SetFault) -> Sequence[str | int | None]:
    place = (fault.file, fault.sheet, fault.line, fault.column, fault.header)
    return (*place, fault.question_id, fault.what, fault.fix)


def _linked(fault: SetFault) -> list[Styled | Value]:
    """Return the cells of a fault, its column linked to the marked cell of the copy."""
    cells: list[Styled | Value] = list(_row(fault))
    if fault.sheet and fault.line:
        sheet = fault.sheet.replace("'", "''")
        cells[3] = Styled(fault.column or "A", link=f"#'{sheet}'!{fault.column or 'A'}{fault.line}")
    return cells


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _marked(faults: Sequence[SetFault]) -> Iterator[Page]:
    """Yield the sheets of faulty workbooks with what is wrong beside each faulty cell."""
    for file in dict.fromkeys(fault.file for fault in faults if fault.sheet):
        try:
            grids = read_workbook(Path(file))
        except (FileFault, OSError):
            continue
        for grid in grids:
            notes: dict[tuple[int, str], list[str]] = {}
            for fault in faults:
                if (fault.file, fault.sheet) == (file, grid.name) and fault.line:
                    said = "；".join(filter(None, (fault.what, fault.fix)))
                    notes.setdefault((fault.line, fault.column or "A"), []).append(said)
            if notes:
                yield _copy(grid, notes)


def _copy(grid: Grid, notes: Mapping[tuple[int, str], Sequence[str]]) -> Page:
    last_row = max([*grid.rows, *(row for row, _ in notes)], default=0)
    width = max((max(row) for row in grid.rows.values() if row), default=1)
    empty = Cell("")
    rows = [
        [
            _cell(grid.rows.get(row, {}).get(column, empty), notes.get((row, column_letter(column)), ()))
            for column in range(1, width + 1)
        ]
        for row in range(1, last_row + 1)
    ]
    return Page(grid.name, rows, [18] * width, tallest=_TALLEST)


def _cell(cell: Cell, notes: Sequence[str]) -> Styled:
    return Styled(cell.text or None, fill=_FAULTY if notes else "", note="\n".join(notes))
