"""The command ``dialogues``: whole dialogues of the sets, every turn with its answer, word for word."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.settings import load_settings
from evals.errors import FaultyRun
from evals.question import Question
from evals.report import visible
from evals.sample import sample
from evals.sets import load_sets

if TYPE_CHECKING:
    from assistant.service import Assistant

COUNT = 3  # dialogues, where none are picked


def dialogues(options: argparse.Namespace) -> int:
    """Answer the dialogues turn by turn with the settings as they are, and print them; returns the exit code."""
    from assistant.service import Assistant  # noqa: PLC0415 (it loads the index's libraries)

    assistant = Assistant.open(load_settings())
    questions = load_sets(options.sets, {plan.plan_id: plan for plan in assistant.corpus.plans})
    for question in _picked(questions, options.pick, options.seed):
        print("\n".join(_told(assistant, question)))
    return 0


def _picked(questions: Sequence[Question], names: Sequence[str] | None, seed: int) -> tuple[Question, ...]:
    if names is None:
        return sample([one for one in questions if one.history], COUNT, seed)
    by_id = {one.id: one for one in questions}
    if unknown := [name for name in names if name not in by_id]:
        raise FaultyRun(f"题集里没有 {'、'.join(unknown)}")
    return tuple(by_id[name] for name in names)


def _told(assistant: Assistant, question: Question) -> Iterator[str]:
    turns = (*question.history, question.question)
    yield f"【{question.id}】\n"
    for at, turn in enumerate(turns):
        answer = assistant.ask(turn, turns[:at], question.plan_id)
        label = f"\n（{answer.label}）" if answer.label else ""
        yield f"问：{visible(turn)}\n\n答：{answer.answer}{label}\n"
