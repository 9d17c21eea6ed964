"""The command ``template``: an empty question set to fill in, with an example of each kind and an explanation."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from corpus.grid import Page, Styled, Value
from corpus.plans import load_corpus
from evals.columns import columns, section
from evals.convert import HEAD, REQUIRED, TALLEST, question_page, write_set
from evals.draft import draft
from evals.errors import EvalsError
from evals.question import Question
from evals.workbook import write_workbook

_WIDTHS = (14, 8, 70, 44)


def write_template(options: argparse.Namespace) -> int:
    """Write a template as .xlsx or .csv, its examples made from the first plan; returns the exit code."""
    path: Path = options.file
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise EvalsError(f"{path}：模板只能写成 .xlsx 或 .csv 文件")
    if path.exists() and not options.force:
        raise EvalsError(f"{path} 已经存在；要覆盖它，请加上 --force")
    plans = load_corpus(options.plans).plans
    questions = examples(draft(plans[0])) if plans else ()
    if path.suffix.lower() == ".csv":
        write_set(path, questions)
    else:
        try:
            write_workbook(path, [question_page(questions), explanation(questions)])
        except OSError:
            raise EvalsError(f"{path} 无法写入；如果正开着，请先关闭") from None
    print(f"模板已写入 {path}，里面有 {len(questions)} 道例题，照着写自己的题，写好后删去例题")
    print(f"然后运行 python -m evals check {path}")
    return 0


def examples(drafts: Sequence[Question]) -> tuple[Question, ...]:
    """Return one draft of each category, numbered anew, as examples that nobody has to review."""
    first = {one.category: one for one in reversed(drafts)}
    kept = [one for one in drafts if first[one.category] is one]
    return tuple(
        one.model_copy(update={"id": f"{section('words')['example']}-{number:02}", "draft": False, "plan_id": None})
        for number, one in enumerate(kept, 1)
    )


def explanation(questions: Sequence[Question]) -> Page:
    """Return the sheet that explains every column in plain words, with a cell of the examples for each."""
    shown = question_page(questions).rows[1:]
    rows: list[Sequence[Styled | Value]] = [
        [Styled(line, bold=not at)] for at, line in enumerate(section("template")["lines"])
    ]
    rows.append([Styled(name, bold=True, fill=HEAD) for name in ("列名", "必填", "怎么填", "例子")])
    for at, column in enumerate(columns()):
        example = next((row[at] for row in shown if row[at]), "")
        head = Styled(column.header, bold=True, fill=REQUIRED if column.required else "")
        rows.append([head, Styled("是" if column.required else "", centered=True), column.help, example])
    return Page(section("words")["not_sheets"][0], rows, _WIDTHS, frozen=0, tallest=TALLEST)
