"""A run: every question answered, scored and proved, and the whole written into a folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.model import Plan
from evals.proof import prove
from evals.question import Question
from evals.reasons import UNPROVED, Kind, Reason
from evals.reply import Reply, read_reply
from evals.score import score

Advance = Callable[["Outcome"], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with what was answered (the JSON object as it came) and everything that is wrong with it."""

    question: Question
    answer: Mapping[str, Any]
    reply: Reply | None
    reasons: tuple[Reason, ...]

    @property
    def right(self) -> bool:
        """Whether the answer is wholly right."""
        return not self.reasons

    @property
    def unproved(self) -> bool:
        """Whether the answer holds a number, a body or a quotation without a source."""
        return any(reason.kind in UNPROVED for reason in self.reasons)


def judge(question: Question, answer: Mapping[str, Any], plans: Mapping[str, Plan]) -> Outcome:
    """Score one answer and prove it against ``plans`` (by id)."""
    reply = read_reply(answer)
    if isinstance(reply, str):
        return Outcome(question, answer, None, (Reason(Kind.BROKEN_ANSWER, reply),))
    reasons = dict.fromkeys([*score(question, reply), *prove(reply, plans)])
    return Outcome(question, answer, reply, tuple(reasons))


def judge_all(
    questions: Sequence[Question],
    answers: Iterable[Mapping[str, Any]],
    plans: Mapping[str, Plan],
    advance: Advance = lambda _: None,
) -> tuple[Outcome, ...]:
    """Judge the answers as they come; ``advance`` is called with each outcome."""
    outcomes = []
    for question, answer in zip(questions, answers, strict=True):
        outcomes.append(judge(question, answer, plans))
        advance(outcomes[-1])
    return tuple(outcomes)


def write_run(folder: Path, outcomes: Sequence[Outcome], summary: Mapping[str, Any], *, questions: bool = True) -> None:
    """Write ``summary.json`` and, unless ``questions`` is false, ``answers.jsonl`` and ``scores.csv`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    if not questions:
        return
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(dict(outcome.answer), ensure_ascii=False) + "\n" for outcome in outcomes)
    # With a byte order mark: the spreadsheet programs that trainers use take a file without one for another encoding.
    with (folder / "scores.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["题号", "题类", "提问人", "问题", "结果", "原因", "说明", "应为", "实为", "答案", "耗时（毫秒）"]
        )
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
        f"{reply.timings_ms.get('total', 0):.1f}" if reply else "",
    ]
    return [_inert(cell) for cell in cells]


def _inert(cell: str) -> str:
    """Make text of what a spreadsheet would run as a formula.

    >>> _inert("=1+1"), _inert("45%以上")
    ("'=1+1", '45%以上')
    """
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
