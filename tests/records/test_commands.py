"""The commands ``purge`` and ``feedback`` as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.records.database import Database
from assistant.records.kept import KeptTurn, Rating, moment
from evals.sets import load_sets

OLD = "2020-01-01T00:00:00Z"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with an old and a new turn, both rated."""
    file = tmp_path / "d.db"
    monkeypatch.setenv("POLICY_QA_DATABASE", f"sqlite:///{file}")
    monkeypatch.setenv("POLICY_QA_SETTINGS", str(tmp_path / "none.toml"))
    database = Database(f"sqlite:///{file}", tmp_path)
    old = KeptTurn("a", "谁牵头？", (), "answered", "甲局。", "demo", ("1.1",), OLD)
    new = KeptTurn("b", "那乙局呢？", ("谁牵头？",), "not_stated", "没有写。", at=moment())
    database.write([old, Rating("a", True), new, Rating("b", False, "没有答全")])
    database.close()
    return file


def test_purge_deletes_what_is_too_old_and_says_so(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the setting, by a number of days, or all; the number of questions is told."""
    assert main(["purge", "--days", "36500"]) == 0
    assert main(["purge"]) == 0
    assert main(["purge", "--all"]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["0", "1", "1"]


def test_feedback_becomes_questions_of_a_set(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was of no use is listed with its reason, on demand the rest too; the lines are questions that a set can hold."""
    assert main(["feedback"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["history"] == ["谁牵头？"]
    assert "没有答全" in row["note"]
    assert main(["feedback", "--all"]) == 0
    file = tmp_path / "draft.jsonl"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    first, second = load_sets([file])
    assert first.expect.clauses == ("1.1",)
    assert (second.id, second.draft) == ("feedback-b", True)


def test_a_database_that_cannot_be_used_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 and one sentence, without a traceback and without the password."""
    monkeypatch.setenv("POLICY_QA_DATABASE", "postgresql+nodriver://me:hunter2@db/x")
    assert main(["purge"]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "hunter2" not in said
    (tmp_path / "d.db").write_bytes(b"x" * 5000)
    monkeypatch.setenv("POLICY_QA_DATABASE", f"sqlite:///{tmp_path / 'd.db'}")
    assert main(["feedback"]) == 1
