from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from corpus.plans import PLANS, load_corpus
from evals.cli import main
from evals.convert import write_set
from evals.question import AgencyGold, Expect, NumberGold, Question
from evals.rows import write_row
from evals.sets import load_sets

TUNE = Path(__file__).parents[2] / "evals" / "sets" / "tune"


def _said(*paths: Path) -> list[dict[str, Any]]:
    return [one.model_dump() for one in load_sets(paths)]


def test_the_tuning_sets_survive_every_format(tmp_path: Path) -> None:
    """All tuning questions are equal after YAML → XLSX → YAML, → CSV → JSONL, and into a folder of YAML files."""
    wanted = sorted(_said(TUNE), key=lambda one: one["id"])
    source = TUNE
    for name in ("a.xlsx", "b.yaml", "c.csv", "d.jsonl", "e"):
        assert main(["convert", str(source), str(tmp_path / name)]) == 0
        source = tmp_path / name
        assert sorted(_said(source), key=lambda one: one["id"]) == wanted


def test_clauses_and_plans_are_called_by_their_names(tmp_path: Path) -> None:
    """A set that the check accepts can be converted: a clause's heading becomes its number, a plan's title its id."""
    plan = load_corpus(PLANS).plans[0]
    titles = [one.title for one in plan.clauses]
    clause = next(one for one in plan.clauses if one.title and titles.count(one.title) == 1)
    text = f"题号,方案,问题,应答类型,条款\na,{plan.title},谁？,已回答,{clause.title}\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path / "a.csv")]) == 0
    assert main(["convert", str(tmp_path / "a.csv"), str(tmp_path / "b.yaml")]) == 0
    (question,) = load_sets([tmp_path / "b.yaml"])
    assert (question.plan_id, question.expect.clauses) == (plan.plan_id, (clause.clause_id,))


def test_the_tuning_sets_need_no_cell_for_programs() -> None:
    """What a trainer writes can be said in the columns made for people; at most one oddity in a hundred is left over."""
    rows = [write_row(one) for one in load_sets([TUNE])]
    assert sum(bool(row[-1]) for row in rows) * 100 < len(rows)


TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        " 甲",
        "甲；乙",
        "甲|乙",
        "=1+1",
        "-",
        "'=",
        "\\u0041",
        "（空）",
        "甲\n乙",
        "3.10",
        "牵头：甲",
        "\r",
        "_x0041_",
        "\ufeff",
        "1-1",
    ]
)
WORDS = TEXT.filter(lambda text: text.strip())
UNITS = st.sampled_from(["%", "家", "万吨/日", "个百分点", "", "点"])
# Model → each of its fields with what it may hold.
TRIED: dict[type[BaseModel], dict[str, st.SearchStrategy[Any]]] = {}


def _some(model: type[BaseModel], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    TRIED[model] = fields
    required = {name: how for name, how in fields.items() if model.model_fields[name].is_required()}
    return st.fixed_dictionaries(required, optional={name: fields[name] for name in fields.keys() - required.keys()})


AGENCY = _some(
    AgencyGold,
    name=WORDS,
    role=st.sampled_from(["lead", "sole", "shared", "local"]),
    clause_id=st.sampled_from(["3.4", "3.10", "p2.1", "x"]) | WORDS,
)
NUMBER = _some(
    NumberGold,
    value=st.sampled_from(["0", "44.7", "13.0", "1200"]),
    unit=UNITS,
    comparator=st.sampled_from(["=", ">=", "<=", ">", "<", "~"]),
    strength=st.sampled_from(["firm", "strive", "incentive"]),
    year=st.sampled_from([1999, 2025, 2100]),
)
STATUS = st.sampled_from(["answered", "not_stated", "out_of_scope", "clarify"])
EXPECT = _some(
    Expect,
    status=st.lists(STATUS, min_size=1, max_size=3),
    clauses=st.lists(st.sampled_from(["3.4", "3.10", "0", "7"]) | WORDS, max_size=3),
    clauses_any=st.lists(st.sampled_from(["3.4", "3.10", "0"]), max_size=3),
    clauses_exact=st.booleans(),
    agencies=st.lists(AGENCY, max_size=3),
    agencies_exact=st.booleans(),
    numbers=st.lists(NUMBER, max_size=3),
    must=st.lists(WORDS, max_size=3),
    must_any=st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=2),
    must_not=st.lists(st.just("不得"), max_size=1),
    reference=TEXT,
)
QUESTION = _some(
    Question,
    id=WORDS,
    question=TEXT,
    expect=EXPECT,
    history=st.lists(TEXT, max_size=3),
    user=st.sampled_from(["staff", "public", "trainer"]),
    plan_id=WORDS,
    note=TEXT,
    draft=st.booleans(),
    category=WORDS,
)


def test_every_field_is_tried() -> None:
    """What is tried below has every field of a question, so that a new one cannot be lost unseen."""
    for model, fields in TRIED.items():
        assert set(fields) == {name for name, one in model.model_fields.items() if not one.exclude}
    assert len(TRIED) == 4


@given(fields=QUESTION)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.yaml", "a.jsonl"])
def test_any_question_survives(tmp_path_factory: pytest.TempPathFactory, name: str, fields: dict[str, Any]) -> None:
    """Whatever a question says, in whatever signs, it is the same when it is read again."""
    question = Question.model_validate({"category": "a"} | fields)
    path = tmp_path_factory.mktemp("any") / name
    write_set(path, [question])
    assert _said(path) == [question.model_dump()]


def test_a_file_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An existing file stays unless it is said that it may go."""
    target = tmp_path / "a.csv"
    target.write_text("题号", encoding="utf-8")
    assert main(["convert", str(TUNE / "terms.yaml"), str(target)]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "题号"
    assert main(["convert", str(TUNE / "terms.yaml"), str(target), "--force"]) == 0


def test_an_unknown_format_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The formats that there are are named."""
    assert main(["convert", str(TUNE / "terms.yaml"), str(tmp_path / "a.docx")]) == 2
    assert ".xlsx、.csv" in capsys.readouterr().err
