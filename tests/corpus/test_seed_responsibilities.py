"""The seed plan's responsible bodies against a table that was read from its text by eye."""

import tomllib
from pathlib import Path

import pytest

from corpus import load_corpus
from corpus.notes import find_notes
from corpus.responsibilities import find_responsibilities

PLAN = load_corpus().plan("guizhou-145-energy")
TABLE = tomllib.loads((Path(__file__).parent / "data" / "seed_responsibilities.toml").read_text(encoding="utf-8"))[
    "clause"
]
LOCAL = "各市（州）人民政府"


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_every_bracketed_clause_names_exactly_the_bodies_of_its_bracket(row):
    """Each of the 21 clauses has the table's bodies in the table's order and roles, and the local governments."""
    found = [(body.name, body.role, body.open_list) for body in PLAN.bodies(row["id"])]
    expected = [(name, "lead", False) for name in row.get("lead", ())]
    expected += [(name, "sole", False) for name in row.get("sole", ())]
    expected += [(name, "shared", row["open"]) for name in row.get("shared", ())]
    assert found == [*expected, (LOCAL, "local", False)]


def test_no_other_clause_names_a_body():
    """The 21 clauses of the table are all that name bodies; nothing is inherited by chapters or the preface."""
    assert {row.clause_id for row in PLAN.responsibilities} == {row["id"] for row in TABLE}
    assert len(TABLE) == 21


def test_every_body_is_printed_at_its_offsets_inside_its_clause():
    """A body's offsets cut its printed name out of its own clause; a bound body's cut the note out."""
    note = "以下均需各市（州）人民政府落实，不再列出"
    for row in PLAN.responsibilities:
        words = PLAN.text[row.start : row.end]
        assert words in {row.name, note}
        if words == row.name:
            assert PLAN.clause_at(row.start).clause_id == row.clause_id


def test_the_recorded_note_is_what_the_rule_finds():
    """plan.toml records the note that a person read; the rule finds the same one without it."""
    found = find_notes(PLAN.text)
    assert [note.names for note in found] == [(LOCAL,)]
    assert PLAN.text[found[0].start : found[0].end] == "以下均需各市（州）人民政府落实，不再列出"
    assert find_responsibilities(PLAN.text, PLAN.clauses) == PLAN.responsibilities
