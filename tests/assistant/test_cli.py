"""The command ``python -m assistant ask``: one answer, a batch, and one clear line for what cannot be read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main, read_batch
from assistant.service import Assistant

ROOT = Path(__file__).parents[2]
LINES = [
    {"id": "b", "question": "秸秆综合利用率的目标是多少？"},
    {"id": "a", "question": "那参与的单位呢？", "history": ["交通物流节能减排工程谁牵头？"]},
    {"id": "b2", "question": "今天天气怎么样？", "history": [], "plan_id": "guizhou-145-energy"},
]


@pytest.fixture
def ready(commands: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command use the index of this run."""
    for name, value in commands.items():
        monkeypatch.setenv(name, value)


def written(folder: Path, *lines: object) -> str:
    """Write a batch of JSON lines; a text stands as it is."""
    file = folder / "batch.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    return str(file)


def objects(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.usefixtures("ready")
def test_a_batch_is_answered_in_order(assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, in the batch's order, with its id, and the answers that the service gives."""
    assert main(["ask", "--json", "--batch", written(tmp_path, *LINES, "", "  ")]) == 0
    output = capsys.readouterr()
    rows = objects(output.out)
    assert [row["id"] for row in rows] == ["b", "a", "b2"]
    assert [row["question"] for row in rows] == [line["question"] for line in LINES]
    for row, line in zip(rows, LINES, strict=True):
        expected = assistant.ask(line["question"], line.get("history", ())).to_json(line["id"])
        assert row | {"timings_ms": {}} == json.loads(json.dumps(expected | {"timings_ms": {}}))
    assert output.err == ""


@pytest.mark.usefixtures("ready")
def test_a_batch_with_a_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that an editor of Windows wrote, with a byte order mark and CRLF, is read like any other."""
    file = tmp_path / "batch.jsonl"
    file.write_bytes("\ufeff".encode() + json.dumps(LINES[2]).encode() + b"\r\n")
    assert main(["ask", "--json", "--batch", str(file)]) == 0
    assert objects(capsys.readouterr().out)[0]["id"] == "b2"


@pytest.mark.usefixtures("ready")
def test_one_question_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the answer is printed with its quotations below, each behind its number."""
    assert main(["ask", "秸秆综合利用率的目标是多少？"]) == 0
    output = capsys.readouterr().out
    assert re.search(r"^\[1\] 三、（五）农业农村节能减排工程：“秸秆综合利用率稳定在 86%以上”$", output, re.MULTILINE)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['{"question": "谁牵头？"', "{}"], "第 1 行"),
        ([LINES[0], "谁牵头？"], "第 2 行"),
        ([LINES[0], {"id": "x"}], "第 2 行"),
        ([{"id": "x", "question": 5}], "question"),
        ([{"id": "x", "question": None}], "question"),
        (["[1, 2]"], "第 1 行"),
        (["null"], "第 1 行"),
        ([{"id": "x", "question": "谁？", "history": "谁牵头？"}], "history"),
        ([{"id": "x", "question": "谁？", "history": ["谁牵头？", 3]}], "history"),
        ([{"id": "x", "question": "谁？", "plan_id": 3}], "plan_id"),
    ],
)
def test_a_bad_batch_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[object], told: str
) -> None:
    """A line that is no request ends the batch before the first answer: exit code 2, one line that says which."""
    assert main(["ask", "--json", "--batch", written(tmp_path, *lines)]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert re.fullmatch(r"[^\n]*第 \d 行[^\n]*\n", output.err)
    assert told in output.err


def test_a_batch_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, a folder, and bytes that are no UTF-8 get exit code 2 and one line with the name."""
    strange = tmp_path / "latin.jsonl"
    strange.write_bytes("谁牵头？".encode("gb18030"))
    for name in (tmp_path / "nowhere.jsonl", tmp_path, strange):
        assert main(["ask", "--batch", str(name)]) == 2
        assert re.fullmatch(rf"[^\n]*{re.escape(str(name))}[^\n]*\n", capsys.readouterr().err)


def test_no_question_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """``ask`` alone gets exit code 2 and a line that shows how to ask."""
    assert main(["ask"]) == 2
    assert re.fullmatch(r"请写出问题[^\n]*python -m assistant ask[^\n]*\n", capsys.readouterr().err)


@pytest.mark.usefixtures("ready")
def test_an_unknown_plan(capsys: pytest.CaptureFixture[str]) -> None:
    """A plan that is not there is bad input: exit code 2, one line with its id."""
    assert main(["ask", "--plan", "nowhere", "谁牵头？"]) == 2
    assert re.fullmatch(r"[^\n]*nowhere[^\n]*\n", capsys.readouterr().err)


def test_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an index the command fails with exit code 1, and says how to build it."""
    monkeypatch.setenv("POLICY_QA_INDEX", str(tmp_path / "nothing"))
    assert main(["ask", "谁牵头？"]) == 1
    assert re.fullmatch(r"[^\n]*python -m index build[^\n]*\n", capsys.readouterr().err)


def test_no_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a plan the command says how to add one."""
    (tmp_path / "plans").mkdir()
    monkeypatch.setenv("POLICY_QA_PLANS", str(tmp_path / "plans"))
    assert main(["ask", "谁牵头？"]) != 0
    assert re.fullmatch(r"[^\n]*python -m corpus add[^\n]*\n", capsys.readouterr().err)


def test_a_wrong_setting(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A setting that cannot be used is told in one line, exit code 2."""
    monkeypatch.setenv("POLICY_QA_PORT", "many")
    assert main(["ask", "谁牵头？"]) == 2
    assert re.fullmatch(r"[^\n]*port[^\n]*many[^\n]*\n", capsys.readouterr().err)


def test_a_line_without_an_id_is_numbered() -> None:
    """A request without an id gets its line's number, blank lines counted, so that its answer can be told apart."""
    assert [one.question_id for one in read_batch(["", '{"question": "谁？"}', '{"question": "谁？"}'])] == ["2", "3"]


def test_the_command_in_a_process_of_its_own(commands: dict[str, str]) -> None:
    """From a shell: an answer on stdout and nothing on stderr; a bad line on stdin, exit code 2 without a traceback."""
    command = [sys.executable, "-m", "assistant", "ask", "--json"]
    asked = subprocess.run([*command, "谁牵头健全标准体系？"], env=commands, cwd=ROOT, capture_output=True)  # noqa: S603, PLW1510
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert json.loads(asked.stdout)["status"] == "answered"
    bad = subprocess.run([*command, "--batch", "-"], input=b"{", env=commands, cwd=ROOT, capture_output=True)  # noqa: S603, PLW1510
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert "第 1 行" in bad.stderr.decode()
    assert b"Traceback" not in bad.stderr
