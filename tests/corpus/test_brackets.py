"""What the words of a bracket say, shape by shape, and real brackets of other governments."""

import json
import tomllib
from pathlib import Path

import pytest

from corpus import read_plan
from corpus.brackets import find_brackets
from corpus.duties import read_duties

TABLE = tomllib.loads((Path(__file__).parent / "data" / "brackets.toml").read_text(encoding="utf-8"))["bracket"]
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize("row", TABLE, ids=[row["words"] for row in TABLE])
def test_a_bracket_says_who_does_what(row):
    """At the end of a paragraph a bracket yields the table's bodies in their roles, or is no responsibility at all."""
    text = f"推进相关工作。（{row['words']}）"
    found = [bracket for bracket in find_brackets(text) if bracket.kind == "responsibility"]
    duties = [duty for bracket in found for duty in read_duties(bracket.content, bare=True)]
    assert [[duty.name, duty.role, duty.open_list] for duty in duties] == row["bodies"]
    assert bool(found) == bool(row["bodies"])
    for duty in duties:
        assert duty.name.endswith(found[0].content[duty.start : duty.end])


def test_a_list_of_bodies_within_a_sentence_is_no_responsibility():
    """Bodies in a bracket in mid-sentence explain a word; only at a sentence's end do they carry out the clause."""
    text = "一、协作。由三个部门（省财政厅、省税务局、省审计厅）联合发文。（省财政厅、省税务局）"
    plan = read_plan(text, "x")
    assert [(row.name, row.role) for row in plan.bodies("1")] == [("省财政厅", "shared"), ("省税务局", "shared")]


def test_nested_brackets_and_lost_ones_hide_nothing():
    """A bracket within a name belongs to it; a sign without partner does not swallow the bracket after it."""
    text = "推进（以上）工作（扩。（各县（市、区）人民政府负责）再推进。（省能源局负责）"
    found = [bracket.content for bracket in find_brackets(text) if bracket.kind == "responsibility"]
    assert found == ["各县（市、区）人民政府负责", "省能源局负责"]


def test_duties_told_in_running_text_are_not_responsible_bodies():
    """省发展改革委要加强统筹协调 is what a clause says; its responsible bodies stand in brackets or after a label."""
    plan = read_plan("一、加强领导。省发展改革委、省生态环境厅要加强统筹协调，由省财政厅牵头落实资金。", "x")
    assert plan.responsibilities == ()


needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the material of other governments is not beside the checkout"
)


@pytest.mark.shared
@needs_shared
def test_real_brackets_of_other_governments():
    """Every real example yields the bodies and leads that were listed by hand, the negatives none."""
    rows = [json.loads(line) for line in (SHARED / "bracket_examples.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        found = [bracket for bracket in find_brackets(row["text"]) if bracket.kind == "responsibility"]
        duties = [duty for bracket in found for duty in read_duties(bracket.content, bare=True)]
        assert [duty.name for duty in duties] == row["agencies"], row["text"]
        assert [duty.name for duty in duties if duty.role == "lead"] == row["lead"], row["text"]
        assert bool(found) == row["is_responsibility"], row["text"]


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("name", "brackets", "bodies", "bound", "parts"),
    [("anhui-industrial-internet.txt", 49, 27, 41, 3), ("baotou-digital-assessment.txt", 90, 27, 90, 2)],
)
def test_real_documents_of_other_governments(name, brackets, bodies, bound, parts):
    """Both documents yield as many brackets as their labels (counted with grep), in as many clauses and parts as by eye."""
    plan = read_plan((SHARED / "plans" / name).read_bytes().decode("utf-8"), "other")
    found = [bracket for bracket in find_brackets(plan.text) if bracket.kind == "responsibility"]
    assert len(found) == brackets
    assert len({row.name for row in plan.responsibilities}) == bodies
    assert len({row.clause_id for row in plan.responsibilities}) == bound
    prefixes = {clause.clause_id.partition(".")[0] for clause in plan.clauses if clause.clause_id.startswith("p")}
    assert len(prefixes) + 1 == parts
