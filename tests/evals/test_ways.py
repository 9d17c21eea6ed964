import json
from pathlib import Path
from typing import get_args

import pytest

from assistant.answer import Answer
from assistant.model.faults import Reason
from assistant.model.written import Written
from evals.cli import main
from evals.folder import read_run
from evals.ways_table import REASONS, Asked, asked_of
from tests.model_stub import Exchange, ModelStub, Serve, speaking
from tests.model_trial import CANARY
from tests.model_writer import write

SET = """
- {id: a, question: 快递包装方面怎么规定的？, expect: {status: answered, must: [绿色快递包装]}, category: subject_content}
- {id: b, question: 你好, expect: {status: out_of_scope}, category: small_talk}
- id: c
  question: 那目标是多少
  history: [烧秸秆冒烟，以后秸秆往哪去]
  expect: {status: [answered, clarify, not_stated]}
  category: follow_up
"""
FOLDERS = ("extractive", "model", "plain")


@pytest.fixture
def sets(tmp_path: Path, commands: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of three questions, and settings that name the tests' index and no model."""
    for name, value in commands.items():
        monkeypatch.setenv(name, value)
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "three.yaml"
    path.write_text(SET, encoding="utf-8")
    return path


def _point_at(stub: ModelStub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LLM_BASE_URL": stub.url, "LLM_MODEL": "small", "LLM_API_KEY": CANARY}.items():
        monkeypatch.setenv(name, value)


def _after(count: int, late: Serve) -> Serve:
    """Return a server that answers well so many times."""

    def serve(exchange: Exchange) -> None:
        good = len(exchange.stub.requests) <= count
        (speaking(write) if good else late)(exchange)

    return serve


def test_three_runs_and_one_table(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each way leaves a run of the same questions; nothing kept names key or address; what is there is not asked again."""
    out = tmp_path / "out"
    with ModelStub(speaking(write)) as stub:
        _point_at(stub, monkeypatch)
        assert main(["ways", str(sets), "--out", str(out), "--quiet"]) == 0
        asked = len(stub.requests)
        assert main(["ways", str(sets), "--out", str(out), "--quiet", "--resume"]) == 0
        assert len(stub.requests) == asked > 4
        assert main(["ways", str(sets), "--out", str(out), "--quiet"]) == 2
    runs = {name: read_run(out / name) for name in FOLDERS}
    assert {run.configuration.set_version for run in runs.values()} == {
        runs["plain"].configuration.set_version,
    }
    told = {name: run.configuration.model for name, run in runs.items()}
    assert told["extractive"] == {}
    assert told["model"]["name"] == told["plain"]["name"] == "small"
    assert {"answer", "evidence"} <= set(told["model"])
    assert told["plain"]["plain_chain"]
    by_id = {one.question.id: one for one in runs["model"].outcomes}
    assert by_id["a"].right
    assert by_id["a"].answer["mode"] == "model"
    assert "model" not in by_id["b"].answer
    assert runs["extractive"].outcomes[0].answer["mode"] == "extractive"
    kept = "".join(path.read_text("utf-8", "replace") for path in out.rglob("*") if path.is_file())
    assert CANARY not in kept
    assert stub.url not in kept
    printed = capsys.readouterr().out
    assert CANARY not in printed
    for line in (
        "答对",
        "含无出处内容的答案",
        "该说的要点说到了",
        "每题秒数",
        "读入 token",
        "退回原文的原因",
        "其中问了模型的 1 题",
    ):
        assert line in printed


def test_why_it_fell_back_is_counted(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that stops answering in the midst of a run is counted by its reason; the answers are right all the same."""
    refuse = _after(1, lambda exchange: exchange.fail(401, "Incorrect API key"))
    with ModelStub(refuse) as stub:
        _point_at(stub, monkeypatch)
        options = ["--out", str(tmp_path / "out"), "--quiet", "--only", "model"]
        assert main(["ways", str(sets), *options]) == 0
    printed = capsys.readouterr().out
    assert "被拒绝" in printed
    assert "3/3（100.0%）" in printed


def test_a_model_that_is_not_there_is_told(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run whose answers would all be fallbacks is not begun; the message says what to look at, and no secret."""
    with ModelStub(_after(0, lambda exchange: exchange.fail(401, "Incorrect API key"))) as stub:
        _point_at(stub, monkeypatch)
        assert main(["ways", str(sets), "--out", str(tmp_path / "out"), "--quiet", "--only", "model"]) == 2
    said = capsys.readouterr().err
    assert "LLM_BASE_URL" in said
    assert CANARY not in said


def test_dialogues_are_printed_whole(
    sets: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every turn of a dialogue stands there with its answer, those worded by a model with the label."""
    with ModelStub(speaking(write)) as stub:
        _point_at(stub, monkeypatch)
        assert main(["dialogues", str(sets)]) == 0
    printed = capsys.readouterr().out
    assert printed.index("问：烧秸秆冒烟") < printed.index("概括起来：") < printed.index("问：那目标是多少")
    assert "语言模型（small）" in printed
    assert "【a】" not in printed


def test_without_a_model_the_plans_words_are_asked(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a model in the settings the other ways are left out, and refused where they are asked for."""
    assert main(["ways", str(sets), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["extractive"]
    assert main(["ways", str(sets), "--out", str(tmp_path / "other"), "--quiet", "--only", "plain"]) == 2
    assert "LLM_MODEL" in capsys.readouterr().err


def test_a_dialogue_that_is_not_there_is_told(sets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A question that the sets do not hold is named."""
    assert main(["dialogues", str(sets), "--pick", "zzz"]) == 2
    assert "zzz" in capsys.readouterr().err


def test_every_reason_of_the_assistant_has_its_words() -> None:
    """A fault of the model that is named anew does not stand in the table under its English name."""
    assert set(REASONS) == set(get_args(Reason))


def test_the_models_part_is_read_as_the_assistant_writes_it() -> None:
    """What the table counts are the fields that an answer has."""
    told = Written("m", fallback="deadline", read=9, written=5, kept=1, repaired=2, replaced=3, dropped=4)
    answer = json.loads(json.dumps(Answer("问", "answered", "答", written=told).to_json()))
    assert asked_of(answer) == Asked("deadline", 9, 5, 1, 2, 3, 4)
    assert asked_of(Answer("问", "answered", "答").to_json()) is None
