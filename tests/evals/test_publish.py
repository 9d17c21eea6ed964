import json
from pathlib import Path

import pytest

from evals.cli import main
from evals.workbook import read_workbook
from tests.evals.reported import answer

SET = """\
- id: drop-01
  question: 节水率是多少？
  expect: {status: answered, must: [45%]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a run of one question, answered wrongly."""
    (tmp_path / "drop.yaml").write_text(SET, encoding="utf-8")
    line = json.dumps(answer("没有写。", "not_stated", quote="") | {"id": "drop-01"}, ensure_ascii=False)
    (tmp_path / "answers.jsonl").write_text(line + "\n", encoding="utf-8")
    recorded = ["--answers", str(tmp_path / "answers.jsonl"), "--out", str(tmp_path / "run")]
    assert main(["run", str(tmp_path / "drop.yaml"), "--quiet", *recorded]) == 0
    return tmp_path / "run"


def test_a_run_leaves_its_reports(folder: Path) -> None:
    """Page and workbook lie in the folder of a run, without asking for them."""
    assert "节水率是多少？" in (folder / "report.html").read_text(encoding="utf-8")
    assert "节水率是多少？" in str(read_workbook(folder / "report.xlsx"))


def test_a_report_is_written_where_it_is_wanted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the file that is named is written, with questions or without, from the run alone."""
    made = [folder / "report.html", folder / "report.xlsx"]
    shown, hidden = folder.parent / "a.html", folder.parent / "b.html"
    for path in made:
        path.unlink()
    assert main(["report", str(folder), "--html", str(shown)]) == 0
    assert main(["report", str(folder), "--html", str(hidden), "--hide-questions"]) == 0
    assert f"报告已写入 {shown}\n" in capsys.readouterr().out
    assert "drop-01" in shown.read_text(encoding="utf-8")
    assert "drop-01" not in hidden.read_text(encoding="utf-8")
    assert not [path for path in made if path.exists()]
    assert main(["report", str(folder)]) == 0
    assert all(path.exists() for path in made)


def test_a_report_compares_with_a_baseline(folder: Path, tmp_path: Path) -> None:
    """A blessed run is named as the baseline, and the page begins with the verdict."""
    baselines = ["--baselines", str(tmp_path / "baselines")]
    assert main(["bless", str(folder), "--name", "上线版", *baselines]) == 0
    assert main(["report", str(folder), "--baseline", "上线版", *baselines]) == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<h1>看不出差别：可以比较的 1 题，对错没有一题有变化。</h1>" in page
    assert "与基线“上线版”比较" in page


def test_gates_that_are_not_reached_come_first(folder: Path) -> None:
    """A report tells which gates were missed; with the questions hidden it names none of those that must be right."""
    gates = folder.parent / "gates.toml"
    gates.write_text('total = "90%"\nmust_pass = ["drop-01"]\n', encoding="utf-8")
    page = folder / "report.html"
    assert "未达标" not in page.read_text(encoding="utf-8")
    assert main(["report", str(folder), "--gates", str(gates)]) == 0
    assert "未达标：答对 0.0%，应不低于 90.0%。" in page.read_text(encoding="utf-8")
    assert "未达标：必须答对的题答错了：drop-01。" in page.read_text(encoding="utf-8")
    assert main(["report", str(folder), "--gates", str(gates), "--hide-questions"]) == 0
    assert "drop-01" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["html", "xlsx"])
def test_a_place_that_cannot_be_written_is_told(suffix: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report for a folder that is not there is one sentence and exit code 2."""
    assert main(["report", str(folder), f"--{suffix}", str(folder / "nowhere" / f"r.{suffix}")]) == 2
    assert "报告无法写到" in capsys.readouterr().err
