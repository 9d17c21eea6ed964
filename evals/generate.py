"""Questions are put to the assistant: through its public command in one process of its own, or in this process."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evals.errors import GenerationFailed
from evals.question import Question

if TYPE_CHECKING:
    from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "assistant", "ask", "--json", "--batch", "-")


class Generate(Protocol):
    """A way to get answers: one JSON object for each question, in order."""

    def __call__(self, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
        """Yield the answers' objects; raises :class:`GenerationFailed`."""


def ask_command(
    questions: Sequence[Question], command: Sequence[str] = COMMAND, log: Path | None = None
) -> Iterator[dict[str, Any]]:
    """Ask all questions of one run of ``command``, which reads a line each and writes a line each.

    What it writes to stderr is added to ``log``.

    Raises :class:`GenerationFailed` where it breaks off, writes no JSON, or answers another question than the one asked.
    """
    # The batch lies in a file: a pipe would have to be written and read at once, and broken off with care.
    with tempfile.TemporaryFile() as batch, log.open("a+b") if log else tempfile.TemporaryFile() as errors:
        batch.writelines(json.dumps(one.request(), ensure_ascii=False).encode() + b"\n" for one in questions)
        batch.seek(0)
        said_before = errors.seek(0, io.SEEK_END)
        count = 0
        with subprocess.Popen(  # noqa: S603 (our own command, no shell)
            # In a session of its own, Ctrl+C reaches this process alone, which ends it after keeping what was answered.
            command,
            stdin=batch,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            start_new_session=True,
        ) as process:
            try:
                for count, line in enumerate(process.stdout or (), 1):
                    yield _checked(line, questions[count - 1 : count])
            except BaseException:
                process.kill()  # whoever stops reading does not wait for the rest of the batch
                raise
        if count < len(questions):
            errors.seek(said_before)
            said = errors.read().decode("utf-8", "replace").strip().splitlines()
            last = f"；它最后的消息是：{said[-1]}" if said else ""
            raise GenerationFailed(f"助手只回答了 {count} / {len(questions)} 题（退出码 {process.returncode}）{last}")


def ask_in_process(questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """Ask all questions of an assistant opened in this process with the settings that the commands use."""
    from assistant.settings import load_settings  # noqa: PLC0415 (as below)

    yield from ask_with(load_settings(), questions)


def ask_with(settings: Settings, questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """Ask all questions of an assistant opened in this process with these settings."""
    # Imported here: it loads the index's libraries, which the other way of asking does without.
    from assistant.service import Assistant  # noqa: PLC0415

    assistant = Assistant.open(settings)
    for question in questions:
        yield assistant.ask(question.question, question.history, question.plan_id).to_json(question.id)


def recorded_answers(path: Path) -> Generate:
    """Return a way to get answers that takes them, by id, from a file that an earlier run wrote.

    Raises :class:`GenerationFailed` where the file cannot be read; a question that it lacks, when it is asked for.
    """
    try:
        # Split at line feeds alone: an answer may quote a character that splitlines takes for the end of a line.
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        answers = {line["id"]: line for line in lines}
    except (OSError, ValueError, KeyError, TypeError):
        raise GenerationFailed(f"答案文件 {path} 无法读取：应当每行一个带 id 的 JSON 对象") from None

    def recorded(questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
        missing = [question.id for question in questions if question.id not in answers]
        if missing:
            raise GenerationFailed(f"答案文件 {path} 里缺 {len(missing)} 题，如 {missing[0]}")
        for question in questions:
            yield answers[question.id]

    return recorded


def _checked(line: bytes, asked: Sequence[Question]) -> dict[str, Any]:
    """Return the object of one line; ``asked`` is the question it must answer, or nothing where all were answered."""
    if not asked:
        raise GenerationFailed("助手给出的答案比问题多")
    question = asked[0]
    try:
        answer = json.loads(line)
    except ValueError:
        raise GenerationFailed(f"助手对题 {question.id} 的回答不是 JSON：{line[:80]!r}") from None
    if not isinstance(answer, dict) or answer.get("id") != question.id:
        raise GenerationFailed(f"助手没有按顺序回答：应为题 {question.id}")
    return answer
