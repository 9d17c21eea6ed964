"""The fields of one question, checked against the model: the question, or everything that is wrong with it."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evals.columns import column_field, header_of
from evals.errors import SetFault
from evals.items import Item
from evals.question import Question

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
PLACES = ("file", "sheet", "line", "columns")
# Put where a faulty question lacks what it must have, so that the rest of it can still be compared with the plans.
_STAND_IN = {"id": "？", "question": "", "expect": {"status": "answered"}}


def read_fields(item: Item, path: Path) -> tuple[Question | None, list[SetFault]]:
    """Return the question that an item holds, and its faults beyond those of its cells; with any, no question."""
    errors = _errors(item, path)
    if isinstance(errors, Question):
        return (None if item.faults else errors), []
    if isinstance(errors, str):
        return None, [fault_at(item, path, "", errors)]
    # Of a sheet, the cells have been read one by one: what is missing there has been told.
    told = [one for one in errors if not (item.columns and one["type"] == "missing")]
    return None, [fault_at(item, path, _field(one), _sentence(one, alone=bool(item.columns))) for one in told]


def part_of(item: Item, path: Path) -> Question | None:
    """Return what is left of a faulty question without its faulty fields, ``None`` where nothing is."""
    if not isinstance(item.value, dict):
        return None
    fields = copy.deepcopy(item.value)
    for _ in range(10):  # a fault may hide another one behind it
        errors = _errors(replace(item, value=fields), path)
        if isinstance(errors, Question):
            return errors
        if isinstance(errors, str):
            return None
        # The last of a list first, so that the others keep their places.
        for place in sorted({_innermost(one["loc"]) for one in errors}, key=_by_place, reverse=True):
            _drop(fields, place)
        fields = _STAND_IN | fields
        if isinstance(fields["expect"], dict):
            fields["expect"] = {"status": "answered"} | fields["expect"]
    return None


def fault_at(item: Item, path: Path, field: str, what: str, fix: str = "") -> SetFault:
    """Return a fault of one field of an item, at its cell if the item is a row."""
    if not item.columns:
        return SetFault(str(path), item.line, _name(item), what, fix=fix)
    column = item.columns.get(field, "")
    return SetFault(
        str(path), item.line, _name(item), what, item.sheet, column, header_of(field) if column else "", fix
    )


def _errors(item: Item, path: Path) -> Question | list[ErrorDetails] | str:
    if not isinstance(item.value, dict):
        return "一道题应当由“字段: 内容”组成"
    place = {"file": str(path), "sheet": item.sheet, "line": item.line, "columns": dict(item.columns)}
    if wrong := [name for name in PLACES if name in item.value]:
        return f"{wrong[0]}：{MESSAGES['extra_forbidden']}"
    try:
        json.dumps(item.value, ensure_ascii=False, default=str).encode()
        return Question.model_validate({"category": path.stem} | item.value | place)
    except ValidationError as error:
        return error.errors()
    except UnicodeEncodeError:
        return "有不成字的编码（\\ud800 一类），请删去"
    except (ValueError, RecursionError):  # a YAML alias within what it stands for
        return "内容套着它自己，请照说明改正"


def _name(item: Item) -> str:
    given = item.value.get("id") if isinstance(item.value, dict) else None
    if isinstance(given, str) and given.strip():
        return given
    return "" if item.columns else f"第 {item.number} 题"


def _field(error: ErrorDetails) -> str:
    names = [part for part in error["loc"] if isinstance(part, str)]
    return column_field(".".join(names[: 2 if names[:1] == ["expect"] else 1]))


def _sentence(error: ErrorDetails, *, alone: bool) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    context: dict[str, Any] = error.get("ctx", {})
    template = MESSAGES.get(error["type"])
    what = template.format(**context).replace(" or ", " 或 ") if template else error["msg"]
    given = f"，现在写的是 {error['input']!r}" if error["type"] == "literal_error" else ""
    return f"{where}：{what}{given}" if where and not alone else f"{what}{given}"


def _innermost(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return the place of what an error makes useless: the innermost entry of a list, or else the field."""
    if not loc:
        return ("expect", "must_not")  # which contradicts must
    return loc[: max((at for at, part in enumerate(loc) if isinstance(part, int)), default=min(len(loc), 2) - 1) + 1]


def _by_place(loc: tuple[int | str, ...]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in loc]


def _drop(fields: Any, loc: tuple[int | str, ...]) -> None:
    for part in loc[:-1]:
        try:
            fields = fields[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(fields, dict):
        fields.pop(loc[-1], None)
    elif isinstance(fields, list):
        del fields[loc[-1]]  # type: ignore[arg-type]  # an index, since it stands in a list
