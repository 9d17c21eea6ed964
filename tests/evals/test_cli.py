import csv
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.plans import load_corpus
from evals.cli import main
from evals.workbook import read_workbook

SET = """\
- id: who-01
  question: "=谁牵头\\u0007？"
  history: [先问别的]
  expect: {status: answered, must: [牵头], must_not: [甲, 乙]}
- id: who-02
  question: 天气？
  expect: {status: [out_of_scope, not_stated]}
- id: who-03
  question: 没有的目标？
  expect: {status: not_stated}
"""


def _answer(question_id: str, status: str, text: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"citations": [], "agencies": [], "indicators": []}
    rest = {"version": 1, "question": "？", "mode": "extractive", "timings_ms": {"total": 4.0}}
    return {"id": question_id, "status": status, "answer": text} | empty | rest


@pytest.fixture
def run(tmp_path: Path) -> list[str]:
    """Return the arguments that score three recorded answers: one right, two wrong, none with an unproved fact."""
    (tmp_path / "who.yaml").write_text(SET, encoding="utf-8")
    answers = [
        _answer("who-01", "answered", "方案写了负责单位。"),
        _answer("who-02", "out_of_scope", "不在范围内。"),
        _answer("who-03", "answered", "写了。"),
    ]
    lines = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    (tmp_path / "answers.jsonl").write_text(lines, encoding="utf-8")
    return ["run", str(tmp_path / "who.yaml"), "--answers", str(tmp_path / "answers.jsonl")]


def test_a_run_prints_figures_and_failures(run: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The report names each wrong answer with reasons, expectation and answer, then the figures by category."""
    assert main(run) == 0
    assert (
        capsys.readouterr().out
        == """\
✗ who-01　=谁牵头\\x07？
  上文：先问别的
  缺必要词句：牵头
  应答：已回答；必须出现的词句：“牵头”；不许出现的词句：“甲”、“乙”
  实答（已回答）：方案写了负责单位。

✗ who-03　没有的目标？
  答复类型不对：应为方案未写，实为已回答
  应答：方案未写
  实答（已回答）：写了。

题类  答对   占比    95% 区间
-----------------------------
who    1/3  33.3%  6.1%–79.2%
合计   1/3  33.3%  6.1%–79.2%

要点：该说的说到了：0 / 1（0.0%，95% 区间 0.0%–79.3%）
该拒答的，却回答了：1 / 2（50.0%，95% 区间 9.5%–90.5%）
该回答的，没有回答：0 / 1（0.0%，95% 区间 0.0%–79.3%）
含无出处内容的答案：0 / 3（0.0%，95% 区间 0.0%–56.1%）
耗时：中位数 4.0 毫秒，p95 4.0 毫秒
原因：缺必要词句 1，答复类型不对 1
"""
    )


def test_a_run_is_written_into_a_folder(run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Answers, a row for each question and the figures are written, with formulas made inert; the report is named."""
    assert main([*run, "--quiet", "--out", str(tmp_path / "out")]) == 0
    assert f"打开 {tmp_path / 'out' / 'report.html'} 看报告" in capsys.readouterr().out
    assert (tmp_path / "out" / "report.html").exists()
    answers = (tmp_path / "out" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in answers] == ["who-01", "who-02", "who-03"]
    with (tmp_path / "out" / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["结果"] for row in rows] == ["错", "对", "错"]
    assert rows[0]["问题"].startswith("'=")
    assert rows[0]["原因"] == "phrase_missing"
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["total"]["right"]["part"] == 1
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["corpus"] == load_corpus().digest
    assert summary["reasons"] == {"phrase_missing": 1, "wrong_status": 1}


def test_a_set_can_be_measured_unread(run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the questions hidden, neither the terminal nor the folder shows one, nor an answer."""
    assert main([*run, "--hide-questions", "--out", str(tmp_path / "out")]) == 0
    out = tmp_path / "out"
    written = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir() if path.suffix != ".xlsx"}
    written |= {path.name: str(read_workbook(path)) for path in out.glob("*.xlsx")}
    for text in [capsys.readouterr().out, *written.values()]:
        assert "who-0" not in text
        assert "牵头" not in text
    assert set(written) == {"run.json", "summary.json", "report.html", "report.xlsx"}


@pytest.mark.parametrize(("floor", "code"), [("33%", 0), ("0.34", 1)])
def test_the_floor_decides_the_exit_code(run: list[str], floor: str, code: int) -> None:
    """A share below the floor fails, one above it does not."""
    assert main([*run, "--quiet", "--floor", floor]) == code


@pytest.mark.parametrize(("must_pass", "code"), [("who-02", 0), ("who-01", 1)])
def test_only_the_questions_that_must_be_right_can_be_asked(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], must_pass: str, code: int
) -> None:
    """A file of gates names a small set of its own; a wrong answer to one of it fails, whatever the others are."""
    (tmp_path / "gates.toml").write_text(f'must_pass = ["{must_pass}"]', encoding="utf-8")
    assert main([*run, "--quiet", "--gates", str(tmp_path / "gates.toml"), "--must-pass-only"]) == code
    captured = capsys.readouterr()
    assert f"{1 - code}/1" in captured.out
    assert ("必须答对的题答错了：who-01" in captured.err) is bool(code)


def test_what_cannot_be_resumed_is_said(run: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A run that keeps nothing has nothing to go on with."""
    assert main([*run, "--resume"]) == 2
    assert "没有可以接着答的" in capsys.readouterr().err


def test_an_unproved_fact_fails_the_gate(run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One answer with an invented number is enough for exit code 1, whatever the share."""
    path = tmp_path / "answers.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("写了。", "写了 77 亿元。"), encoding="utf-8")
    assert main([*run, "--quiet"]) == 1
    assert "有 1 个答案含无出处内容，应为 0" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "nowhere.yaml"], "没有这个文件或目录"),
        (["run", "--answers", "nowhere.jsonl", "SET"], "答案文件 nowhere.jsonl 无法读取"),
    ],
)
def test_bad_input_is_one_message_and_code_2(
    arguments: list[str], told: str, run: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read is told in Chinese on stderr, without a traceback."""
    assert main([run[1] if one == "SET" else one for one in arguments]) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""


def test_a_wrong_share_is_refused(run: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A floor that is no share is wrong usage."""
    with pytest.raises(SystemExit) as caught:
        main([*run, "--floor", "97"])
    assert caught.value.code == 2
    assert "“97”应在 0 与 100% 之间" in capsys.readouterr().err


def test_a_set_is_checked_against_the_plans(run: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The check asks nothing; it tells what no plan says, or that all is well."""
    path = Path(run[1])
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == "3 道题，格式和内容都没有发现问题\n"
    path.write_text(SET.replace("must: [牵头]", 'clauses: ["99"]'), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    told = "方案没有条款 99；最上一层有 0 至 5"
    assert capsys.readouterr().out == f"{path} 第 1 行（who-01）：{told}\n\n共 1 处错误，改正以后才能运行。\n"
    assert main(["run", str(path)]) == 2
    assert told in capsys.readouterr().err
    assert main(["check", "--hide-questions", str(path)]) == 1
    assert capsys.readouterr().out == "3 道题，1 处错误\n"


def test_a_phrase_that_would_never_be_found_is_told_by_check_and_run(
    run: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two phrases that a comma makes one are hinted at by the check, and by a run unless it is to be quiet."""
    path = Path(run[1])
    path.write_text(SET.replace("must_not: [甲, 乙]", 'must_not: ["81%，82%"]'), encoding="utf-8")
    told = f"提示：{path} 第 1 行（who-01）：“81%，82%”会当作一个短语；几个短语请用分号隔开\n"
    assert main(["check", str(path)]) == 0
    assert told in capsys.readouterr().out
    assert main(run) == 0
    assert told in capsys.readouterr().err
    assert main([*run, "--quiet"]) == 0
    assert "提示" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["none.yaml", "empty.csv", "empty.yaml"])
def test_nothing_to_check_is_bad_input(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there or holds nothing is told with code 2; code 1 is for questions that are wrong."""
    if name != "none.yaml":
        (tmp_path / name).touch()
    assert main(["check", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().out
    assert main(["check", "--hide-questions", str(tmp_path / name)]) == 2


@pytest.mark.parametrize("listed", ["错误.xlsx", "错误.csv"])
def test_a_folder_is_checked_without_what_is_no_set(
    listed: str, run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lists of faults, results of runs, environments and hidden folders among the sets are no questions."""
    folder = tmp_path / "sets"
    (folder / ".hidden").mkdir(parents=True)
    (folder / "env").mkdir()
    (folder / "env" / "pyvenv.cfg").touch()
    for name in (".hidden/a.yaml", "env/a.yaml"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "a.csv").write_text("题号,问题,应答类型,条款\na,谁,已回答,99\n", encoding="utf-8")
    main([*run, "--quiet", "--out", str(folder / "结果")])
    capsys.readouterr()
    for _ in range(2):
        assert main(["check", str(folder), "--out", str(folder / listed)]) == 1
        assert "共 1 处错误" in capsys.readouterr().out


def test_of_very_many_faults_the_first_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two hundred lines are enough to read; how many more there are is said."""
    rows = "".join(f"a{number},谁,已回答,99\n" for number in range(203))
    (tmp_path / "a.csv").write_text("题号,问题,应答类型,条款\n" + rows, encoding="utf-8")
    assert main(["check", str(tmp_path / "a.csv")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines), lines[200], lines[202]) == (203, "… 还有 3 处", "共 203 处错误，改正以后才能运行。")
