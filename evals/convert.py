"""The command ``convert``: a question set from one format into another, with nothing lost."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from corpus.grid import MOST_CHARACTERS, Page, Styled, Value
from corpus.plans import load_corpus
from evals import jsonl_file, yaml_file
from evals.columns import Column, columns, section, words
from evals.csv_file import write_csv
from evals.errors import EvalsError
from evals.fields import PLACES
from evals.question import Question
from evals.rows import plain_fields, write_row
from evals.sets import SHEETS, SUFFIXES, YAML, load_sets
from evals.workbook import write_workbook

TALLEST = 12  # lines
HEAD = "D9E2F3"
REQUIRED = "FFE699"
_CHOICES = {"user": "users", "status": "status", "exact_clauses": "yes_no", "exact": "yes_no", "draft": "yes_no"}


def convert(options: argparse.Namespace) -> int:
    """Write the questions of one set in the format of another file's name; returns the exit code."""
    plans = {plan.plan_id: plan for plan in load_corpus(options.plans).plans}
    questions = load_sets([options.source], plans)
    if options.target.exists() and not options.force:
        raise EvalsError(f"{options.target} 已经存在；要覆盖它，请加上 --force")
    write_set(options.target, questions)
    print(f"{len(questions)} 道题已写入 {options.target}")
    return 0


def write_set(path: Path, questions: Sequence[Question]) -> None:
    """Write questions as .xlsx, .csv, .yaml or .jsonl; into a folder (a path without a suffix), a YAML file per category.

    Raises :class:`EvalsError` where a cell cannot hold a text, and for other suffixes.
    """
    suffix = path.suffix.lower()
    try:
        if not suffix:
            path.mkdir(parents=True, exist_ok=True)
            for name in dict.fromkeys(one.category for one in questions):
                write_set(path / f"{_file_name(name)}.yaml", [one for one in questions if one.category == name])
        elif suffix in YAML:
            yaml_file.write_items(path, [_plain(one, path.stem) for one in questions])
        elif suffix == ".jsonl":
            jsonl_file.write_items(path, [_plain(one, path.stem) for one in questions])
        elif suffix == ".csv":
            write_csv(path, [[one.header for one in columns()], *map(_row, questions)])
        elif suffix in SHEETS:
            write_workbook(path, [question_page(questions)])
        else:
            raise EvalsError(f"{path}：题集只能写成 {'、'.join(SUFFIXES)} 文件，或不带后缀的目录")
    except OSError:
        raise EvalsError(f"{path} 无法写入；如果正开着，请先关闭") from None


def question_page(questions: Sequence[Question]) -> Page:
    """Return the sheet of questions as it is written: headers that stay in sight, lists to choose from, texts as texts."""
    head = [Styled(one.header, bold=True, fill=REQUIRED if one.required else HEAD, note=one.help) for one in columns()]
    rows: list[Sequence[Styled | Value]] = [head, *map(_row, questions)]
    return Page(
        section("words")["sheet"],
        rows,
        [one.width for one in columns()],
        filtered=True,
        tallest=TALLEST,
        choices={at: _choices(one) for at, one in enumerate(columns(), 1) if one.name in _CHOICES},
        text_columns=range(1, len(columns()) + 1),
    )


def _choices(column: Column) -> list[str]:
    written = list(words(_CHOICES[column.name]).written.values())
    return written[:1] if column.name == "draft" else written


def _row(question: Question) -> list[str]:
    cells = write_row(question)
    if any(len(cell) > MOST_CHARACTERS for cell in cells):
        raise EvalsError(f"题 {question.id} 有一格超过 {MOST_CHARACTERS} 字，表格放不下；请写成 .yaml 或 .jsonl")
    return cells


def _plain(question: Question, stem: str) -> dict[str, object]:
    """Return the fields of a question; its category only where the file's name does not say it."""
    fields = plain_fields(question)
    return {name: value for name, value in fields.items() if name not in PLACES and (name, value) != ("category", stem)}


def _file_name(category: str) -> str:
    return "".join("_" if sign in '/\\:*?"<>|' else sign for sign in category).strip(". ") or "题目"
