from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from corpus.plans import load_corpus
from evals.cli import main
from evals.columns import columns
from evals.draft import draft
from evals.draft_words import kinds
from evals.gold import gold_faults
from evals.question import Question
from evals.sets import load_sets
from tests.fakes import garden_plan

GARDEN = garden_plan()


def _drafts(kind: str) -> list[Question]:
    return [one for one in draft(GARDEN) if one.id.startswith(f"garden-{kind}-")]


def test_a_clause_is_asked_for_all_of_its_bodies() -> None:
    """Each clause with bodies is asked for; who leads where somebody leads, else who is responsible."""
    first, second = _drafts("who")
    assert (first.question, second.question) == ("古树保护行动由谁牵头？", "步道建设行动由谁负责？")
    assert [one.name for one in first.expect.agencies] == ["市园林局", "市财政局", "市水务局", "各区人民政府"]
    assert first.expect.agencies_exact
    assert [(one.name, one.role) for one in second.expect.agencies] == [("市城管局", "sole")]


def test_a_target_is_asked_for_as_the_plan_says_it() -> None:
    """Value, unit, comparator and strength are those of the plan; a target in words may be told or refused."""
    golds = {one.question: one.expect for one in _drafts("value")}
    path = golds["公园步道长度的目标是多少？"].numbers[0]
    assert (path.value, path.unit, path.comparator, path.strength) == ("120", "公里", ">=", None)
    assert golds["古树保护率的目标是多少？"].numbers[0].strength == "strive"
    (words,) = _drafts("words")
    assert (words.expect.status, words.expect.must) == (("answered", "not_stated"), ("稳定达到 III 类标准",))


def test_what_the_plan_does_not_say_is_to_be_refused() -> None:
    """Years and places that the plan does not name are asked for, and its own figures may not stand in for them."""
    years, places = _drafts("year"), _drafts("place")
    assert years[0].question == "2040年公园步道长度要达到多少？"  # the plan of 2031 to 2035 names no later year
    assert (years[0].expect.status, years[0].expect.must_not) == (("not_stated",), ("120公里",))
    assert places
    assert all("not_stated" in one.expect.status and one.expect.must_not for one in places)


def test_sums_and_follow_ups_are_drafted() -> None:
    """A difference is worked out exactly, and a follow-up has the question before it."""
    follow = _drafts("follow")
    assert all(len(one.history) == 1 for one in follow)
    assert follow[0].expect.agencies[0].name == "市城管局"
    rows = tuple(replace(row, comparator="=", unit="%", direction="达到") for row in GARDEN.indicators[:2])
    sums = [one for one in draft(replace(GARDEN, indicators=rows)) if "-sum-" in one.id]
    assert [(one.value, one.unit) for one in sums[0].expect.numbers] == [("110.5", "个百分点")]


def test_a_draft_of_any_plan_is_clean() -> None:
    """Ids and questions are unique, everything is marked as a draft, no gold is refused, and the same comes again."""
    for plan in (*load_corpus().plans, GARDEN):
        questions = draft(plan)
        assert questions == draft(plan)
        assert gold_faults(questions, {plan.plan_id: plan}) == ()
        assert max(Counter(one.id for one in questions).values()) == 1
        assert max(Counter((one.history, one.question) for one in questions).values()) == 1
        assert all(one.draft and one.plan_id == plan.plan_id and one.note for one in questions)


def test_a_plan_without_bodies_and_targets_has_a_draft() -> None:
    """Where a plan has nothing to ask for, what can always be asked remains; nothing fails."""
    bare = replace(GARDEN, responsibilities=(), indicators=(), definitions=())
    assert {one.category for one in draft(bare)} >= {kinds()["outside"].category, kinds()["unclear"].category}


def test_the_command_writes_a_set_that_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The drafted workbook passes the check, says how many drafts wait, and is not written over."""
    path = tmp_path / "a.xlsx"
    assert main(["draft", "--out", str(path)]) == 0
    assert "逐题对照原文" in capsys.readouterr().out
    assert main(["check", str(path)]) == 0
    assert "题待审" in capsys.readouterr().out
    assert len(load_sets([path])) > 50
    assert main(["draft", "--out", str(path)]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert main(["draft", "--plan", "没有", "--out", str(path), "--force"]) == 2
    assert load_corpus().plans[0].plan_id in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_the_template_is_a_set_itself(tmp_path: Path, name: str) -> None:
    """The template has an example of each kind, which the check accepts and nobody has to review."""
    path = tmp_path / name
    assert main(["template", str(path)]) == 0
    assert main(["check", str(path)]) == 0
    questions = load_sets([path])
    assert len({one.category for one in questions}) == len(questions) > 10
    assert not any(one.draft for one in questions)
    assert any(one.history for one in questions)


def test_the_template_helps_to_fill_it_in(tmp_path: Path) -> None:
    """Lists to choose from, headers in sight with a note each, cells that keep texts, and a sheet that explains."""
    main(["template", str(tmp_path / "a.xlsx")])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet, help_sheet = book.worksheets
    headers = [cell.value for cell in sheet[1]]
    assert headers == [one.header for one in columns()]
    assert sheet.freeze_panes == "A2"
    assert all(cell.comment for cell in sheet[1])
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["C"] == '"工作人员,群众,评测人员"'
    assert lists["G"] == '"已回答,方案未写,超出范围,反问"'
    assert sheet.column_dimensions["H"].number_format == "@"
    explained = {row[0].value for row in help_sheet.iter_rows()}
    assert {one.header for one in columns()} <= explained


def test_a_template_is_a_spreadsheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another kind of file is refused, and an existing one stays."""
    assert main(["template", str(tmp_path / "a.docx")]) == 2
    (tmp_path / "a.csv").write_text("我的题", encoding="utf-8")
    assert main(["template", str(tmp_path / "a.csv")]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "我的题"
