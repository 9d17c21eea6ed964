from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evals.errors import FaultyGates
from evals.gates import Gates, load_gates
from evals.judge import judge
from evals.junit import write_junit
from evals.outcome import Outcome
from evals.question import Question
from evals.summary import summarize
from tests.fakes import Answering, garden_plan

PLAN = garden_plan()


def _outcome(name: str, text: str) -> Outcome:
    category = name.partition("-")[0]
    expect = {"status": "answered", "must": ["公园"]}
    question = Question.model_validate({"id": name, "question": "在哪\x07？", "expect": expect, "category": category})
    return judge(question, Answering(PLAN).answer(text) if text else {}, {PLAN.plan_id: PLAN})


OUTCOMES = (
    _outcome("trees-01", "在公园。"),
    _outcome("trees-02", "在街\x07上。"),
    _outcome("paths-01", "公园共 77 公里。"),
    _outcome("paths-02", ""),
)


@pytest.mark.parametrize(
    ("gates", "failures"),
    [
        ("unproved = 1", []),
        ("", ["有 1 个答案含无出处内容，应为 0"]),
        ('unproved = 1\ntotal = "25%"\n[floors]\ntrees = 0.5', []),
        ('unproved = 1\ntotal = "26%"', ["答对 25.0%，应不低于 26.0%"]),
        ('unproved = 1\n[floors]\ntrees = "51%"', ["trees 答对 50.0%，应不低于 51.0%"]),
        ('unproved = 1\n[floors]\n"步道" = "51%"', ["没有 步道 这一类题，而它应答对 51.0%"]),
        ('unproved = 1\n[floors]\nwalks = "51%"', ["没有 walks 这一类题，而它应答对 51.0%"]),
        ('unproved = 1\nmust_pass = ["trees-01"]', []),
        ('unproved = 1\nmust_pass = ["trees-02"]', ["必须答对的题答错了：trees-02"]),
        ('unproved = 1\nmust_pass = ["trees-09"]', ["必须答对的题没有问：trees-09"]),
    ],
)
def test_each_gate_holds_or_says_what_is_not_reached(tmp_path: Path, gates: str, failures: list[str]) -> None:
    """Unproved answers, floors and must-pass questions each fail alone, with one sentence; a floor just reached holds."""
    (tmp_path / "gates.toml").write_text(gates, encoding="utf-8")
    assert list(load_gates(tmp_path / "gates.toml").failures(summarize(OUTCOMES), OUTCOMES)) == failures


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "没有门槛文件"),
        ("unproved = ", "最后一行写法不对"),
        ('total = 0.9\n[floors]\n目标 = "95%"', "第 3 行写法不对：中文题类要加英文引号"),
        ("total = 97%", "第 1 行写法不对.*占比和题号也要加英文引号"),
        ("floor = 1", "这些项不对：floor。"),
        ('total = "180%"', "这些项不对：total。"),
        ("must_pass = [1]", "这些项不对：must_pass.0。"),
    ],
)
def test_faulty_gates_are_refused(tmp_path: Path, content: str | None, told: str) -> None:
    """A misspelled gate is a fault: one that never runs would let everything pass."""
    path = tmp_path / "gates.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(FaultyGates, match=told):
        load_gates(path)


def test_the_must_pass_questions_can_be_picked() -> None:
    """A few questions that must be right are a small set of their own."""
    questions = [one.question for one in OUTCOMES]
    assert [one.id for one in Gates(must_pass=("paths-02", "trees-01")).picked(questions)] == ["trees-01", "paths-02"]


def test_a_build_server_reads_the_run(tmp_path: Path) -> None:
    """JUnit XML has a suite for each category and a case for each question, and survives control characters."""
    write_junit(tmp_path / "junit.xml", OUTCOMES)
    root = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 (our own file)
    assert {suite.get("name"): suite.get("failures") for suite in root} == {"trees": "1", "paths": "1"}
    assert [(case.get("name"), *(one.tag for one in case)) for case in root.iter("testcase")] == [
        ("trees-01",),
        ("trees-02", "failure"),
        ("paths-01", "failure"),
        ("paths-02", "error"),
    ]
    assert "缺必要词句：公园" in str(next(root.iter("failure")).text)
