import json
from pathlib import Path
from typing import Any

import pytest

from evals.cli import main
from evals.errors import FaultyRun
from evals.folder import NAMES, read_run
from evals.outcome import Tally
from evals.reasons import Kind, Reason
from evals.summary import summarize
from evals.workbook import read_workbook
from tests.fakes import Answering, FewPlans, garden_plan

SET = """\
- id: trees-01
  question: 古树谁牵头？
  expect:
    status: answered
    clauses: ["2.1"]
    agencies: [{name: 市园林局, role: lead}]
    must_any: [[甲, 牵头]]
- id: trees-02
  question: 步道多长？
  expect: {status: answered, clauses: ["2.2"], numbers: [{value: 80, unit: 公里, comparator: "=", year: 2030}]}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a judged run of two recorded answers, with what an index found for the first."""
    plan = Answering(garden_plan())
    monkeypatch.setattr("evals.run.load_corpus", lambda _: FewPlans((plan.plan,)))
    answers = [
        plan.answer("古树保护行动由市园林局牵头[1]。", [("2.1", "市园林局牵头")], ["2.1"]) | {"id": "trees-01"},
        plan.answer("新建步道 80 公里。") | {"id": "trees-02"},
    ]
    lines: list[dict[str, Any]] = [{"id": "trees-01", "clauses": [["garden", "1"], ["garden", "2.1"]]}]
    for name, rows in (("answers", answers), ("retrieved", lines)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "trees.yaml").write_text(SET, encoding="utf-8")
    arguments = ["run", str(tmp_path / "trees.yaml"), "--answers", str(tmp_path / "answers.jsonl")]
    main([*arguments, "--out", str(tmp_path / "out"), "--quiet"])
    return tmp_path / "out"


def test_a_run_is_read_as_it_was_written(run: Path) -> None:
    """Questions, answers, reasons, measures and figures come back from the folder."""
    read = read_run(run)
    assert read.complete
    assert [one.question.id for one in read.outcomes] == ["trees-01", "trees-02"]
    assert read.outcomes[0].question.expect.must_any == (("甲", "牵头"),)
    assert read.outcomes[0].retrieved == (("garden", "1"), ("garden", "2.1"))
    assert read.outcomes[0].measures["rr"] == Tally(0.5, 1)
    assert Reason(Kind.MISSING_CLAUSE, "2.2") in read.outcomes[1].reasons
    assert read.outcomes[1].reply
    assert read.summary == summarize(read.outcomes)
    assert read.configuration.questions == 2
    assert read.configuration.sets == ("trees",)


def test_a_run_holds_no_path_of_the_machine(run: Path) -> None:
    """Whoever is given a run learns nothing of the folders of the machine that made it."""
    for path in run.iterdir():
        assert path.name in NAMES
        text = str(read_workbook(path)) if path.suffix == ".xlsx" else path.read_text(encoding="utf-8-sig")
        assert str(run.parent) not in text, path.name


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("run.json", None, "不是一次运行的结果目录"),
        ("run.json", "{}", "不是这个程序写的"),
        ("summary.json", None, "请先运行 python -m evals score"),
        ("summary.json", "{}", "无法读取"),
        ("scores.jsonl", "[1]\n", "无法读取"),
        ("answers.jsonl", None, "无法读取"),
    ],
)
def test_a_folder_that_holds_no_run_is_told(run: Path, name: str, content: str | None, told: str) -> None:
    """A file that lacks or is damaged ends in one sentence that says what to do."""
    if content is None:
        (run / name).unlink()
    else:
        (run / name).write_text(content, encoding="utf-8")
    with pytest.raises(FaultyRun, match=told):
        read_run(run)


def test_a_run_is_judged_again(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Judging again writes the same scores, without a question to anybody."""
    before = (run / "scores.jsonl").read_bytes()
    (run / "scores.jsonl").unlink()
    assert main(["score", str(run), "--quiet"]) == 1  # the plan of the answers is not in the corpus
    assert (run / "scores.jsonl").read_bytes() == before
    capsys.readouterr()
