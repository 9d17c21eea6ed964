"""A run as a folder: what was asked, answered, found and judged, so that it can be read, and judged again.

::

    run.json          with what the answers were made (Configuration), and whether all questions were answered
    questions.jsonl   the questions as asked, each with its expectation
    answers.jsonl     the answers as they came, in the order of the questions
    retrieved.jsonl   {"id", "clauses": [[plan_id, clause_id], ...]}: what the index finds, best first
    scores.jsonl      {"id", "reasons": [{"kind", "detail"}], "measures": {name: [part, whole]}}
    summary.json      the figures (evals/summary.py)
    questions.csv     a row for each question with every measure, for spreadsheets
    junit.xml         the same for build servers
    problems.log      what could not be run or read, and what the assistant wrote to stderr
    report.html, report.xlsx

The first four are written while the assistant answers, the rest when the answers are judged. Of a run with hidden
questions only ``run.json`` and ``summary.json`` are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.errors import FaultyRun, Unwritable
from evals.outcome import Outcome, Place, Tally
from evals.question import Question
from evals.reasons import Kind, Reason
from evals.reply import read_reply
from evals.summary import Summary

FORMAT = 1
RUN, SUMMARY = "run.json", "summary.json"
QUESTIONS, ANSWERS, RETRIEVED, SCORES = "questions.jsonl", "answers.jsonl", "retrieved.jsonl", "scores.jsonl"
TABLE, JUNIT, PROBLEMS = "questions.csv", "junit.xml", "problems.log"
REPORT, WORKBOOK = "report.html", "report.xlsx"
NAMES = (RUN, SUMMARY, QUESTIONS, ANSWERS, RETRIEVED, SCORES, TABLE, JUNIT, PROBLEMS, REPORT, WORKBOOK)


@dataclass(frozen=True, slots=True)
class Configuration:
    """With what the answers of a run were made. No path of the machine is in it.

    ``made``: when it began, UTC (ISO 8601). ``seconds``: how long answering took, interruptions left out. ``product``:
    the product's version. ``sets``: the names of the sets, ``set_version`` the SHA-256 of all questions with their
    expectations. ``corpus``: the corpus' digest, ``plans`` its plans' titles by id. ``index``: model, encoder, format.
    ``model``: the language model's name and the hashes of its prompts, empty where none was switched on.
    ``way``: ``command``, ``process`` or ``recorded`` (answers taken from a file). ``options``: what else was asked for.
    """

    made: str
    seconds: float
    product: str
    sets: tuple[str, ...]
    questions: int
    set_version: str
    corpus: str
    plans: Mapping[str, str]
    index: Mapping[str, str | int]
    way: str
    options: Mapping[str, str | int | bool] = field(default_factory=dict)
    model: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    hidden: bool = False
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was read. ``outcomes`` are empty where the questions were hidden; ``summary`` is there all the same.

    ``complete``: every question was answered; of an interrupted run, ``outcomes`` are those that were.
    """

    folder: Path
    configuration: Configuration
    outcomes: tuple[Outcome, ...]
    summary: Summary

    @property
    def complete(self) -> bool:
        """Whether every question was answered and judged."""
        return self.summary.total.right.whole == self.configuration.questions


def read_run(folder: Path) -> Run:
    """Read a judged run; raises :class:`FaultyRun`, which says what is missing or wrong and what to do."""
    configuration = read_configuration(folder)
    try:
        summary = TypeAdapter(Summary).validate_json((folder / SUMMARY).read_bytes())
        outcomes = () if configuration.hidden else tuple(_outcomes(folder))
    except FileNotFoundError as fault:
        name = Path(str(fault.filename)).name
        raise FaultyRun(f"{folder} 里没有 {name}：请先运行 python -m evals score {folder}") from None
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise FaultyRun(f"{folder} 里的结果无法读取（{type(fault).__name__}）：请重新评判或重新运行") from fault
    return Run(folder, configuration, outcomes, summary)


def read_configuration(folder: Path) -> Configuration:
    """Read ``run.json``; raises :class:`FaultyRun`."""
    try:
        configuration = TypeAdapter(Configuration).validate_json((folder / RUN).read_bytes())
    except OSError:
        raise FaultyRun(f"{folder} 不是一次运行的结果目录：里面没有 {RUN}") from None
    except ValidationError:
        raise FaultyRun(f"{folder / RUN} 无法读取：它不是这个程序写的，或已损坏") from None
    if configuration.format != FORMAT:
        raise FaultyRun(f"{folder} 是另一个版本的程序写的（格式 {configuration.format}）：请重新运行")
    return configuration


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Return the questions of a run as they were asked."""
    # JSON has no tuples, so lists are taken for them here as they are in the sets.
    return tuple(Question.model_validate(row) for row in read_lines(folder / QUESTIONS))


def read_answers(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the answers by the questions' ids; a last line that was cut off is left out."""
    return {row["id"]: row for row in read_lines(folder / ANSWERS)} if (folder / ANSWERS).exists() else {}


def read_retrieved(folder: Path) -> dict[str, tuple[Place, ...]]:
    """Return what the index found, by the questions' ids."""
    rows = read_lines(folder / RETRIEVED) if (folder / RETRIEVED).exists() else []
    return {row["id"]: tuple((plan_id, clause_id) for plan_id, clause_id in row["clauses"]) for row in rows}


def clear(folder: Path) -> None:
    """Make the folder of a new run: what an earlier one left in it is removed, files of other names stay.

    Raises :class:`Unwritable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (folder / name).unlink(missing_ok=True)
    except OSError as fault:
        raise Unwritable(f"目录 {folder} 建不了或不能写：请换一个目录，或看文件是不是正开着") from fault


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the JSON objects of a file, one a line; a last line without its end was being written, and is left out."""
    lines = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1] if line.strip()]


def write_json(path: Path, value: Any) -> None:
    """Write one JSON value for people and programs."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON objects, one a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line_of(row) for row in rows)


def line_of(row: Mapping[str, Any]) -> str:
    """Return the line of a JSON object."""
    return json.dumps(dict(row), ensure_ascii=False) + "\n"


def write_configuration(folder: Path, configuration: Configuration) -> None:
    """Write ``run.json``."""
    write_json(folder / RUN, asdict(configuration))


def write_scores(folder: Path, outcomes: Sequence[Outcome]) -> None:
    """Write what the judging of each question came to."""
    write_lines(
        folder / SCORES,
        (
            {
                "id": one.question.id,
                "reasons": [{"kind": reason.kind.value, "detail": reason.detail} for reason in one.reasons],
                "measures": {name: [tally.part, tally.whole] for name, tally in one.measures.items()},
            }
            for one in outcomes
        ),
    )


def _outcomes(folder: Path) -> Iterator[Outcome]:
    answers, retrieved = read_answers(folder), read_retrieved(folder)
    scores = {row["id"]: row for row in read_lines(folder / SCORES)}
    for question in read_questions(folder):
        if question.id not in scores:
            continue
        score, reply = scores[question.id], read_reply(answers[question.id])
        yield Outcome(
            question,
            answers[question.id],
            None if isinstance(reply, str) else reply,
            tuple(Reason(Kind(reason["kind"]), reason["detail"]) for reason in score["reasons"]),
            retrieved.get(question.id, ()),
            {name: Tally(part, whole) for name, (part, whole) in score["measures"].items()},
        )
