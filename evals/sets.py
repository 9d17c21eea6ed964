"""Question sets: files become :class:`~evals.question.Question` values, or a list of everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.grid import Grid
from corpus.model import Plan
from evals import jsonl_file, yaml_file
from evals.csv_file import read_csv
from evals.errors import FaultySets, FileFault, SetFault
from evals.fields import fault_at, part_of, read_fields
from evals.folder import RUN
from evals.gold import gold_faults
from evals.items import Item
from evals.question import Question
from evals.register import Register
from evals.sheet import has_questions, is_aside, is_fault_list, read_sheet
from evals.workbook import read_workbook

YAML = (".yaml", ".yml")
SHEETS = (".xlsx", ".csv")
SUFFIXES = (*YAML, ".jsonl", *SHEETS)
# What people keep their questions in, too, and what to do then.
OTHERS = {
    ".xls": "请在表格软件里另存为 .xlsx",
    ".et": "请在表格软件里另存为 .xlsx",
    ".xlsm": "请在表格软件里另存为 .xlsx",
    ".ods": "请在表格软件里另存为 .xlsx",
    ".numbers": "请在表格软件里导出为 .xlsx",
}
# A spreadsheet program's own file beside one that is open.
_LOCKS = ("~$", ".")
# A folder with one of these holds a run's results, or an environment of Python.
_NO_SETS = (RUN, "pyvenv.cfg")


def load_sets(paths: Sequence[Path], plans: Mapping[str, Plan] | None = None) -> tuple[Question, ...]:
    """Load the question sets in ``paths`` (files, or folders with all below them) in the order of their paths.

    With ``plans`` (by id), what the questions expect is compared with them, and clauses and plans may be called by their
    names. Raises :class:`FaultySets` with every fault of every file.
    """
    questions, faults = read_sets(paths, plans)
    if faults:
        raise FaultySets(faults)
    return questions


def read_sets(
    paths: Sequence[Path], plans: Mapping[str, Plan] | None = None
) -> tuple[tuple[Question, ...], tuple[SetFault, ...]]:
    """Return the questions that can be read, and every fault; see :func:`load_sets`."""
    faults: list[SetFault] = []
    found: list[Question] = []
    seen: dict[str, str] = {}
    register = Register(tuple((plans or {}).values()))
    for path in _files(paths, faults):
        wrong: list[SetFault] = []
        for number, unnumbered in enumerate(_items(path, register, wrong), 1):
            item = replace(unnumbered, number=number)
            wrong += _repeated(item, path, seen)
            question, of_fields = read_fields(item, path)
            wrong += of_fields
            # Also what is left of a faulty question is compared with the plans: all faults at once.
            checked = question or part_of(item, path)
            wrong += gold_faults([checked], plans) if checked and plans is not None else ()
            found += [question] if question else []
        faults += _in_reading_order(wrong)
    if not faults and not found:
        faults.append(SetFault("、".join(map(str, paths)), None, "", "一道题也没有"))
    return tuple(found), tuple(faults)


def _in_reading_order(faults: Sequence[SetFault]) -> list[SetFault]:
    sheets = list(dict.fromkeys(fault.sheet for fault in faults))
    return sorted(faults, key=lambda one: (sheets.index(one.sheet), one.line or 0, len(one.column), one.column))


def _files(paths: Iterable[Path], faults: list[SetFault]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        suffix = path.suffix.lower()
        if path.is_dir():
            files |= dict.fromkeys(sorted(_inside(path)))
        elif not path.is_file():
            faults.append(SetFault(str(path), None, "", "没有这个文件或目录"))
        elif suffix not in SUFFIXES:
            faults.append(
                SetFault(str(path), None, "", f"题集应当是 {'、'.join(SUFFIXES)} 文件", fix=OTHERS.get(suffix, ""))
            )
        else:
            files[path] = None
    return list(files)


def _inside(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that may be sets: nothing hidden, no run's results, no environment of Python."""
    for name, folders, names in os.walk(folder):
        here = Path(name)
        folders[:] = [one for one in folders if not one.startswith(".") and not _is_aside_folder(here / one)]
        yield from (here / one for one in names if Path(one).suffix.lower() in SUFFIXES and not one.startswith(_LOCKS))


def _is_aside_folder(folder: Path) -> bool:
    return any((folder / mark).exists() for mark in _NO_SETS)


def _items(path: Path, register: Register, faults: list[SetFault]) -> list[Item]:
    suffix = path.suffix.lower()
    try:
        if suffix in SHEETS:
            sheets = (read_csv(path),) if suffix == ".csv" else read_workbook(path)
            if sheets and is_fault_list(sheets[0]):  # the copies of faulty sheets behind it are no questions either
                return []
            grids = sheets if suffix == ".csv" else _with_questions(sheets)
            return [item for grid in grids for item in _of_sheet(grid, path, register, faults, named=len(grids) > 1)]
        return yaml_file.read_items(path) if suffix in YAML else jsonl_file.read_items(path)
    except FileFault as fault:
        faults.append(SetFault(str(path), fault.line, "", str(fault)))
    except OSError:
        faults.append(SetFault(str(path), None, "", "文件无法读取"))
    return []


def _with_questions(grids: Sequence[Grid]) -> Sequence[Grid]:
    """Return the sheets that hold questions or should: a visible one with words but without headers is a fault."""
    found = [grid for grid in grids if has_questions(grid) or (grid.rows and not _is_aside(grid))]
    return found or grids[:1]


def _is_aside(grid: Grid) -> bool:
    return grid.hidden or is_aside(grid.name)


def _of_sheet(grid: Grid, path: Path, register: Register, faults: list[SetFault], *, named: bool) -> list[Item]:
    """Read one sheet; where there are several, its name is the category of what says none."""
    items, wrong = read_sheet(grid, str(path), register)
    faults += wrong
    for item in items:
        faults += item.faults
        if named:
            item.value.setdefault("category", grid.name)
    return items


def _repeated(item: Item, path: Path, seen: dict[str, str]) -> list[SetFault]:
    """Note the item's id in ``seen`` (id → place); an id that is there already is a fault, even of a faulty item."""
    given = item.value.get("id") if isinstance(item.value, dict) else None
    if not isinstance(given, str) or not given:
        return []
    here = f"{path} {f'工作表“{item.sheet}”' if item.sheet else ''}第 {item.line} 行"
    first = seen.setdefault(given, here)
    fix = "每道题一个题号，请改成没用过的"
    return [] if first is here else [fault_at(item, path, "id", f"题号与 {first}的重复", fix)]
