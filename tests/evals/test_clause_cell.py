from dataclasses import replace

import pytest

from evals.clause_cell import read_clauses, write_clauses
from evals.duty_cell import read_agencies
from evals.register import Register
from tests.fakes import garden_plan

PLAN = garden_plan()
KNOWN = Register((PLAN,))


def _refuse(what: str, fix: str) -> None:
    pytest.fail(f"{what}；{fix}")


@pytest.mark.parametrize(
    ("cell", "clauses"),
    [
        ("2.1", ("2.1",)),
        ("二、（一）", ("2.1",)),
        ("二（一）", ("2.1",)),
        ("二、(一)古树保护行动", ("2.1",)),
        ("古树保护行动、步道建设行动", ("2.1", "2.2")),
        ("二、（一）、二、（二）", ("2.1", "2.2")),
        (" ２．１；\n前言 ", ("2.1", "0")),
        ("第二章第一条，一", ("2.1", "1")),
    ],
)
def test_a_clause_may_be_called_by_number_label_or_title(cell: str, clauses: tuple[str, ...]) -> None:
    """Dotted and printed numbers, in either width, with or without the title, or the title alone, mean the clause."""
    assert read_clauses(cell, KNOWN, _refuse) == (clauses, ())
    assert read_clauses(write_clauses(clauses, ()), KNOWN, _refuse) == (clauses, ())


def test_a_title_that_is_another_clauses_is_complained_of() -> None:
    """A number with a title that is not its own says two things, and is not passed over."""
    told: list[str] = []
    read_clauses("二、（一）步道", KNOWN, lambda what, _: told.append(what))
    assert told == ["看不懂“步道”"]


def test_a_title_that_two_clauses_have_means_neither() -> None:
    """Where a heading stands twice, only its number tells which clause is meant."""
    twice = replace(PLAN, clauses=tuple(replace(one, title="行动", label=one.clause_id) for one in PLAN.clauses))
    told: list[str] = []
    assert read_clauses("行动", Register((twice,)), lambda what, _: told.append(what)) == ((), ())
    assert len(told) == 1


def test_bodies_are_read_in_the_words_of_the_plan() -> None:
    """The cell may hold the plan's own bracket, or roles before colons with the clause by its label; both say the same."""
    of_plan = read_agencies("（市园林局牵头，市财政局、市水务局等按职责分工负责）", KNOWN, _refuse)
    by_role = read_agencies("二、（一）牵头单位：市园林局；配合单位：市财政局，市水务局", KNOWN, _refuse)
    assert [row | {"clause_id": "2.1"} for row in of_plan] == by_role
    assert [row["role"] for row in by_role] == ["lead", "shared", "shared"]


def test_a_comma_within_brackets_parts_no_name() -> None:
    """各市（州、区）人民政府 is one body."""
    assert [row["name"] for row in read_agencies("落实：各市（州、区）人民政府、甲局", KNOWN, _refuse)] == [
        "各市（州、区）人民政府",
        "甲局",
    ]
