"""Numbered lines inside boxes (专栏): text of the clause that holds the box, never clauses themselves."""

import pytest

from corpus import read_plan
from corpus.leftovers import find_leftovers


def ids(text):
    plan = read_plan(text, "x")
    assert "".join(clause.text for clause in plan.clauses) == plan.text
    return [clause.clause_id for clause in plan.clauses if clause.clause_id != "0"]


BOX = "专栏1 重点工程\n1.甲工程：2家\n2.乙工程：3家\n3.丙工程：4家\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"一、目标\n到2025年提高。\n{BOX}二、任务\n（一）甲\n做甲。", ["1", "2", "2.1"]),
        (
            f"一、任务\n1.甲任务。做甲。\n2.乙任务。做乙。\n{BOX}3.丙任务。做丙。\n4.丁任务。做丁。",
            ["1", "1.1", "1.2", "1.3", "1.4"],
        ),
        (
            f"一、任务\n1.甲任务。做甲。\n2.乙任务。做乙。\n{BOX}二、保障\n3.丙任务。做丙。",
            ["1", "1.1", "1.2", "2", "2.3"],
        ),
        (
            "一、任务\n（一）甲\n1.甲任务。做甲。\n2.乙任务。做乙。\n专栏 2 工程\n低碳工程\n1.丙工程。建成丙。\n2.丁工程。建成丁。\n（二）乙\n做乙。",
            ["1", "1.1", "1.1.1", "1.1.2", "1.2"],
        ),
        ("一、任务\n（一）甲\n做甲。\n专栏2：工程\n（1）丙工程\n（2）丁工程\n（二）乙\n做乙。", ["1", "1.1", "1.2"]),
        ("一、任务\n专栏1 工程\n布设航线。\n1.甲任务。做甲。\n2.乙任务。做乙。", ["1", "1.1", "1.2"]),
    ],
)
def test_numbers_in_a_box_are_no_clauses(text, expected):
    """Entries of a box stay in the clause around it; the plan's own numbers go on after it."""
    assert ids(text) == expected


def test_the_clause_that_holds_a_box_holds_its_entries():
    """The words of the box can be found in the clause around it, and nothing is reported as left over."""
    plan = read_plan(f"一、目标\n到2025年提高。\n{BOX}二、任务\n（一）甲\n做甲。", "x")
    assert BOX.splitlines()[3] in plan.clause("1").text
    assert find_leftovers(plan) == ()
