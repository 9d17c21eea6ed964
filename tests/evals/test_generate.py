import json
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.errors import GenerationFailed
from evals.generate import ask_command, recorded_answers
from evals.question import Expect, Question

QUESTIONS = [
    Question(id=f"q-{number}", question=f"第 {number} 问？" + "长" * 3000, expect=Expect(status=("answered",)))
    for number in range(40)
]
ECHO = "print(json.dumps({'id': row['id'], 'question': row['question']}), flush=True)"


def _command(step: str) -> list[str]:
    """Return a command that reads a batch and does ``step`` with each ``row``."""
    lines = [
        "import json, sys",
        "for number, line in enumerate(sys.stdin):",
        "    row = json.loads(line)",
        f"    {step}",
    ]
    return [sys.executable, "-c", "\n".join(lines)]


def test_questions_go_out_and_answers_come_back_in_order() -> None:
    """A batch longer than a pipe is deep is answered whole, each answer by its question."""
    answers = list(ask_command(QUESTIONS, _command(ECHO)))
    assert [answer["id"] for answer in answers] == [question.id for question in QUESTIONS]
    assert answers[-1]["question"] == QUESTIONS[-1].question


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("sys.exit('坏了') if number == 3 else " + ECHO, "助手只回答了 3 / 40 题（退出码 1）；它最后的消息是：坏了"),
        ("print('完成')", "助手对题 q-0 的回答不是 JSON"),
        ("print(json.dumps({'id': 'q-1'}), flush=True)", "助手没有按顺序回答：应为题 q-0"),
        ("print(json.dumps([row['id']]), flush=True)", "助手没有按顺序回答：应为题 q-0"),
        (ECHO + ";" + ECHO, "助手没有按顺序回答：应为题 q-1"),
        (ECHO + "; number == 39 and " + ECHO, "助手给出的答案比问题多"),
    ],
)
def test_an_assistant_that_fails_is_told(step: str, told: str) -> None:
    """Breaking off, chatter, swapped and surplus answers each end the run with one clear sentence."""
    with pytest.raises(GenerationFailed, match=r".*") as caught:
        list(ask_command(QUESTIONS, _command(step)))
    assert told in str(caught.value)


def test_recorded_answers_are_taken_by_id(tmp_path: Path) -> None:
    """Answers of an earlier run are found by id, whatever their order."""
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps({"id": one.id}) + "\n" for one in reversed(QUESTIONS)), encoding="utf-8")
    assert [answer["id"] for answer in recorded_answers(path)(QUESTIONS[:3])] == ["q-0", "q-1", "q-2"]


def test_an_answer_may_hold_any_character(tmp_path: Path) -> None:
    """A line separator inside an answer does not end its line."""
    row = {"id": "q-0", "answer": "甲\u2028乙\x85丙"}
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert list(recorded_answers(path)(QUESTIONS[:1])) == [row]


@pytest.mark.parametrize("content", ["", "{}\n", "[1]\n", "nichts\n", '{"id": "q-0"}\n'])
def test_a_record_that_lacks_answers_is_told(tmp_path: Path, content: str) -> None:
    """A file that is no record, or lacks a question, is refused before anything is scored."""
    path = tmp_path / "answers.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GenerationFailed, match="答案文件"):
        list(recorded_answers(path)(QUESTIONS))


def test_a_request_has_the_batch_form() -> None:
    """A line of the batch holds id, question and history, and the plan only where the question names one."""
    question = Question(id="a", question="谁？", history=("前一问",), expect=Expect(status=("answered",)))
    expected: dict[str, Any] = {"id": "a", "question": "谁？", "history": ["前一问"]}
    assert question.request() == expected
    assert question.model_copy(update={"plan_id": "p"}).request() == expected | {"plan_id": "p"}
