"""Each column's cell, read into the fields of a question."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.grid import Cell
from corpus.units import any_of
from evals.clause_cell import Complain, became_a_date, lost_a_zero, read_clauses
from evals.columns import Words, plain, section, words
from evals.duty_cell import read_agencies
from evals.leaves import read_leaf, read_parts
from evals.number_cell import read_numbers
from evals.register import Register, nearest

Fields = dict[str, Any]
Reader = Callable[[Cell, Register, Complain], Fields]

PHRASES = "；;\n"
CHOICES = "|｜"
BECAME_A_DATE = ("表格软件把它变成了日期", "先把单元格格式设为“文本”，再重新写")


def read_cell(column: str, cell: Cell, register: Register, complain: Complain) -> Fields:
    """Return the fields of a question that one cell holds (those of ``expect`` among them); complains of the rest.

    >>> read_cell("status", Cell("方案未写或反问"), Register(), print)
    {'expect': {'status': ['not_stated', 'clarify']}}
    """
    if cell.kind == "formula":
        complain("这是公式，不会计算", "写成算好的文字或数；确实要写“=”开头的文字时，在前面加一个英文单引号 '")
    elif cell.kind == "error":
        complain(f"这是错误值 {cell.text}", "写成文字或数")
    elif cell.kind == "date":
        complain(*BECAME_A_DATE)
    else:
        return READERS[column](cell, register, complain)
    return {}


def merge(fields: Fields, more: Mapping[str, Any]) -> None:
    """Add the fields of one cell to those of its row."""
    for name, value in more.items():
        if isinstance(value, Mapping) and isinstance(fields.get(name), dict):
            fields[name] |= value
        else:
            fields[name] = value


def _text(name: str, within: str = "") -> Reader:
    def read(cell: Cell, register: Register, complain: Complain) -> Fields:
        del register, complain
        value = read_leaf(cell.text)
        return {within: {name: value}} if within else {name: value}

    return read


def _id(cell: Cell, register: Register, complain: Complain) -> Fields:
    del register, complain
    return {"id": read_leaf(plain(cell.text))}


def _plan(cell: Cell, register: Register, complain: Complain) -> Fields:
    name = read_leaf(cell.text)
    found = register.plan_id(name)
    if found is None and register.plans:
        known = "、".join(f"{plan.plan_id}（{plan.title}）" for plan in register.plans)
        complain(f"没有方案“{name}”", f"已收录的方案：{known}")
        return {}
    return {"plan_id": found or name}


def _word(kind: str, field: str) -> Reader:
    def read(cell: Cell, register: Register, complain: Complain) -> Fields:
        del register
        value = _known(cell.text, words(kind), complain)
        return {field: value} if value else {}

    return read


def _flag(field: str, within: str = "") -> Reader:
    def read(cell: Cell, register: Register, complain: Complain) -> Fields:
        del register
        value = _known(cell.text, words("yes_no"), complain)
        fields = {field: value == "yes"} if value == "yes" else {}
        return {within: fields} if within else fields

    return read


def _known(text: str, known: Words, complain: Complain) -> str | None:
    value = known.value(text)
    if value is None:
        like = nearest(plain(text), list(known.values))
        meant = known.written[known.values[like[0]]] if like else ""
        listed = "、".join(known.written.values())
        complain(f"不认识“{text.strip()}”", f"是不是“{meant}”？只能写{listed}" if meant else f"只能写{listed}")
    return value


def _status(cell: Cell, register: Register, complain: Complain) -> Fields:
    del register
    parts = re.split(any_of(section("words")["or"]), cell.text)
    found = [value for part in parts if part.strip() and (value := _known(part, words("status"), complain))]
    return {"expect": {"status": found}} if found else {}


def _clauses(cell: Cell, register: Register, complain: Complain) -> Fields:
    if cell.kind == "number" and lost_a_zero(cell.text, register):
        complain(f"{cell.text} 可能是 {cell.text}0（表格软件会去掉末尾的 0）", "先把单元格格式设为“文本”，再重新写")
    if became_a_date(cell.text):
        complain(*BECAME_A_DATE)
        return {}
    every, either = read_clauses(cell.text, register, complain)
    found = {"clauses": list(every), "clauses_any": list(either)}
    return {"expect": {name: ids for name, ids in found.items() if ids}}


def _agencies(cell: Cell, register: Register, complain: Complain) -> Fields:
    return {"expect": {"agencies": read_agencies(cell.text, register, complain)}}


def _numbers(cell: Cell, register: Register, complain: Complain) -> Fields:
    del register
    return {"expect": {"numbers": read_numbers(cell.text, complain)}}


def _phrases(field: str, parting: str, within: str = "") -> Reader:
    def read(cell: Cell, register: Register, complain: Complain) -> Fields:
        del register, complain
        value = list(read_parts(cell.text, parting))
        return {within: {field: value}} if within else {field: value}

    return read


def _choices(cell: Cell, register: Register, complain: Complain) -> Fields:
    del register
    lines = [line for line in cell.text.split("\n") if line.strip()]
    for line in lines:
        if not re.search(f"[{CHOICES}]", line):
            complain(f"“{line.strip()}”只有一种说法", "几种说法之间用竖线 | 隔开；只有一种时写在“必须出现”里")
    return {"expect": {"must_any": [list(read_parts(line, CHOICES)) for line in lines]}}


def _rest(cell: Cell, register: Register, complain: Complain) -> Fields:
    del register
    fields = Fields()
    try:
        for name, value in json.loads(cell.text).items():
            inner = name.removeprefix("expect.")
            merge(fields, {name: value} if inner == name else {"expect": {inner: value}})
    except (ValueError, AttributeError, RecursionError):
        complain("读不懂", "这一列由程序填写；请清空，或从原来的文件重新转换")
    return fields


READERS: Mapping[str, Reader] = {
    "id": _id,
    "category": _text("category"),
    "user": _word("users", "user"),
    "plan": _plan,
    "history": _phrases("history", "\n"),
    "question": _text("question"),
    "status": _status,
    "clauses": _clauses,
    "exact_clauses": _flag("clauses_exact", "expect"),
    "agencies": _agencies,
    "exact": _flag("agencies_exact", "expect"),
    "numbers": _numbers,
    "must": _phrases("must", PHRASES, "expect"),
    "must_any": _choices,
    "must_not": _phrases("must_not", PHRASES, "expect"),
    "reference": _text("reference", "expect"),
    "note": _text("note"),
    "draft": _flag("draft"),
    "rest": _rest,
}
