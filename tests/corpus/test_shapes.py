"""Documents of other governments' shapes, made up for this purpose, against what a reader finds in them."""

import tomllib
from pathlib import Path

import pytest

from corpus import read_plan

FOLDER = Path(__file__).parent / "data" / "shapes"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def shape(name):
    raw = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")
    return read_plan(raw, name), tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_clauses_have_their_printed_numbers_and_labels(name):
    """Ids and labels are those that a reader sees, whatever the kind of numbering."""
    plan, expected = shape(name)
    assert [[clause.clause_id, clause.label] for clause in plan.clauses] == expected["clauses"]


@pytest.mark.parametrize("name", NAMES)
def test_bodies_have_their_roles(name):
    """Bodies, roles and 等 are those that the brackets and label lines say, names complete."""
    plan, expected = shape(name)
    found = [[row.clause_id, row.name, row.role, row.open_list] for row in plan.responsibilities]
    assert found == expected["responsibilities"]


@pytest.mark.parametrize("name", NAMES)
def test_definitions_have_their_full_form(name):
    """A short form comes with the words that it stands for, without the verb before them."""
    plan, expected = shape(name)
    assert [[row.clause_id, row.term, row.meaning] for row in plan.definitions] == expected["definitions"]


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_are_a_partition_and_every_offset_holds(name):
    """Clauses together are the text; a body's printed name stands at its offsets; a definition's words at its own."""
    plan, expected = shape(name)
    assert "".join(clause.text for clause in plan.clauses) == plan.text
    assert all(plan.text[clause.start : clause.end] == clause.text for clause in plan.clauses)
    assert all(
        row.name.endswith(plan.text[row.start : row.end]) or row.role == "local" for row in plan.responsibilities
    )
    assert all(row.meaning in plan.text[row.start : row.end] for row in plan.definitions)
    facts = {"title": plan.title, "issuer": plan.issuer, "region": plan.region, "lines": plan.text.count("\n") + 1}
    assert {key: facts[key] for key in facts.keys() & expected.keys()} == {
        key: expected[key] for key in facts.keys() & expected.keys()
    }


def test_there_are_enough_shapes():
    """At least ten made-up documents are checked."""
    assert len(NAMES) >= 10
