"""A question written down: as the cells of a row, or as the plain fields of YAML and JSONL. Nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.grid import Cell
from evals.cells import CHOICES, PHRASES, Fields, merge, read_cell
from evals.clause_cell import write_clauses
from evals.columns import column_field, columns, plain, words
from evals.duty_cell import write_agencies
from evals.leaves import write_leaf, write_lines
from evals.number_cell import write_numbers
from evals.question import Question
from evals.register import Register


def plain_fields(question: Question) -> Fields:
    """Return what a question says, as YAML and JSONL hold it: what is not said is left out.

    >>> from evals.question import Expect
    >>> plain_fields(Question(id="a-01", question="天气？", expect=Expect(status="out_of_scope")))
    {'id': 'a-01', 'question': '天气？', 'expect': {'status': 'out_of_scope'}}
    """
    fields = question.model_dump(mode="json", exclude_defaults=True)
    given = fields["expect"]
    expect = given | {"status": given["status"][0] if len(given["status"]) == 1 else given["status"]}
    expect |= {name: list(map(_said, expect[name])) for name in ("agencies", "numbers") if name in expect}
    order = ("id", "category", "history", "question", "user", "plan_id", "expect", "note", "draft")
    return {name: expect if name == "expect" else fields[name] for name in order if name in fields}


def write_row(question: Question) -> list[str]:
    """Return the cells of a question in the order of the columns.

    A field that does not come back when its cell is read stands as JSON in the last column, and its cell is empty.
    """
    cells = _cells(question)
    wanted = _flat(plain_fields(question))
    held = {column.field for column in columns()}
    unsaid = {name: value for name, value in wanted.items() if column_field(name) not in held}
    for column in columns():
        own = {name: value for name, value in wanted.items() if column_field(name) == column.field}
        if own != _read(column.name, cells.get(column.name, "")):
            unsaid |= own
            cells[column.name] = ""
    cells["rest"] = json.dumps(unsaid, ensure_ascii=True) if unsaid else ""
    return [cells[column.name] for column in columns()]


def _cells(question: Question) -> dict[str, str]:
    expect = question.expect
    yes = words("yes_no").written["yes"]
    texts = {
        "category": question.category,
        "plan": question.plan_id or "",
        "reference": expect.reference,
        "note": question.note,
    }
    return {name: write_leaf(text) if text else "" for name, text in texts.items()} | {
        "id": write_leaf(question.id, "".join(sign for sign in question.id if plain(sign) != sign)),
        "user": words("users").written[question.user] if question.user else "",
        "history": write_lines(question.history),
        "question": write_leaf(question.question),
        "status": "或".join(words("status").written[one] for one in expect.status),
        "clauses": write_clauses(expect.clauses, expect.clauses_any),
        "agencies": write_agencies(expect.agencies),
        "exact_clauses": yes if expect.clauses_exact else "",
        "exact": yes if expect.agencies_exact else "",
        "numbers": write_numbers(expect.numbers),
        "must": write_lines(expect.must, PHRASES),
        "must_any": "\n".join(map(_group, expect.must_any)),
        "must_not": write_lines(expect.must_not, PHRASES),
        "draft": yes if question.draft else "",
    }


def _group(group: Sequence[str]) -> str:
    """Write the choices of a group; a bar behind a single one says that it is meant to be one."""
    return "|".join(write_leaf(one, CHOICES + "\n") for one in group) + ("|" if len(group) == 1 else "")


def _read(column: str, text: str) -> Fields:
    """Return the fields that a reader would take from a cell, none where he would complain."""
    complaints: list[str] = []
    fields = Fields()
    if text:
        merge(fields, read_cell(column, Cell(text), Register(), lambda what, _: complaints.append(what)))
    return {} if complaints else _flat(fields)


def _flat(fields: Fields) -> Fields:
    expect = fields.get("expect", {})
    flat = {name: value for name, value in fields.items() if name != "expect"}
    flat |= {f"expect.{name}": value for name, value in expect.items()}
    if isinstance(flat.get("expect.status"), str):
        flat["expect.status"] = [flat["expect.status"]]
    return flat


def _said(row: Mapping[str, Any]) -> Fields:
    return {name: value for name, value in row.items() if value is not None}
