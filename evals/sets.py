"""Question sets: files become :class:`~evals.question.Question` values, or a list of everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evals.errors import FaultySets, FileFault, SetFault
from evals.question import Question
from evals.yaml_file import Item, read_items

SUFFIXES = (".yaml", ".yml")

# What pydantic found → what to tell a person who is no programmer. {…} are the fields of the error's context.
MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段，请对照说明改正拼写",
    "string_type": "应当是文字，请在两边加引号（不加引号的 3.10 会变成 3.1）",
    "bool_type": "应当是 true 或 false",
    "tuple_type": "应当是一个列表，如 [甲, 乙]",
    "literal_error": "只能是 {expected}",
    "model_type": "应当写成“字段: 内容”的样子",
    "value_error": "{error}",
}


def load_sets(paths: Sequence[Path]) -> tuple[Question, ...]:
    """Load the question sets in ``paths`` (files, or folders with all below them) in the order of their paths.

    The file's name is the questions' category. Raises :class:`FaultySets` with every fault of every file.
    """
    faults: list[SetFault] = []
    found: list[Question] = []
    seen: dict[str, str] = {}
    for path in _files(paths, faults):
        found += _load(path, faults, seen)
    if not faults and not found:
        faults.append(SetFault("、".join(map(str, paths)), None, "", "一道题也没有"))
    if faults:
        raise FaultySets(faults)
    return tuple(found)


def _files(paths: Iterable[Path], faults: list[SetFault]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            files |= dict.fromkeys(sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES))
        elif not path.is_file():
            faults.append(SetFault(str(path), None, "", "没有这个文件或目录"))
        elif path.suffix not in SUFFIXES:
            faults.append(SetFault(str(path), None, "", "题集应当是 .yaml 文件"))
        else:
            files[path] = None
    return list(files)


def _load(path: Path, faults: list[SetFault], seen: dict[str, str]) -> list[Question]:
    try:
        items = read_items(path)
    except FileFault as fault:
        faults.append(SetFault(str(path), fault.line, "", str(fault)))
        return []
    except OSError:
        faults.append(SetFault(str(path), None, "", "文件无法读取"))
        return []
    loaded = []
    for number, item in enumerate(items, 1):
        faults += _repeated(item, path, seen)
        question = _question(item, path)
        if isinstance(question, Question):
            loaded.append(question)
        else:
            faults += [SetFault(str(path), item.line, _name(item, number), what) for what in question]
    return loaded


def _name(item: Item, number: int) -> str:
    given = item.value.get("id") if isinstance(item.value, dict) else None
    return given if isinstance(given, str) and given.strip() else f"第 {number} 题"


def _question(item: Item, path: Path) -> Question | list[str]:
    """Return the question, or what is wrong with it, a sentence for each fault."""
    if not isinstance(item.value, dict):
        return ["一道题应当由“字段: 内容”组成"]
    place = {"category": path.stem, "file": str(path), "line": item.line}
    if wrong := [f"{name}：{MESSAGES['extra_forbidden']}" for name in place if name in item.value]:
        return wrong
    try:
        return Question.model_validate(item.value | place)
    except ValidationError as error:
        return [_sentence(one) for one in error.errors()]


def _sentence(error: ErrorDetails) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    context: dict[str, Any] = error.get("ctx", {})
    template = MESSAGES.get(error["type"])
    what = template.format(**context).replace(" or ", " 或 ") if template else error["msg"]
    given = f"，现在写的是 {error['input']!r}" if error["type"] == "literal_error" else ""
    return f"{where}：{what}{given}" if where else f"{what}{given}"


def _repeated(item: Item, path: Path, seen: dict[str, str]) -> list[SetFault]:
    """Note the item's id in ``seen`` (id → place); an id that is there already is a fault, even of a faulty item."""
    given = item.value.get("id") if isinstance(item.value, dict) else None
    if not isinstance(given, str):
        return []
    here = f"{path} 第 {item.line} 行"
    first = seen.setdefault(given, here)
    return [] if first is here else [SetFault(str(path), item.line, given, f"题号与 {first}的重复")]
