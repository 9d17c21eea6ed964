"""A run as a table: a row for each question with every measure, for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from corpus.grid import inert
from evals.measures import MEASURES
from evals.outcome import Outcome

HEAD = ("题号", "题类", "提问人", "问题", "结果", "原因", "说明", "应为", "实为", "答案", "耗时（毫秒）")


def write_table(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the table as CSV; a measure that does not apply to a question is an empty cell."""
    # With a byte order mark: the spreadsheet programs that trainers use take a file without one for another encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([*HEAD, *(one.label for one in MEASURES.values())])
        table.writerows(_row(outcome) for outcome in outcomes)


def _row(outcome: Outcome) -> list[str]:
    question, reply = outcome.question, outcome.reply
    cells = [
        question.id,
        question.category,
        question.user or "",
        question.question,
        "对" if outcome.right else "错",
        "、".join(dict.fromkeys(reason.kind.value for reason in outcome.reasons)),
        "；".join(map(str, outcome.reasons)),
        "/".join(question.expect.status),
        reply.status if reply else "",
        reply.answer if reply else "",
        "" if outcome.milliseconds is None else f"{outcome.milliseconds:.1f}",
    ]
    measured = (outcome.measures.get(name) for name in MEASURES)
    return [*map(inert, cells), *("" if tally is None else f"{tally.value:.4g}" for tally in measured)]
