"""A run's folder while the assistant answers: each answer is kept as it comes, so that an interruption loses none."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from evals.errors import FaultyRun
from evals.folder import (
    ANSWERS,
    QUESTIONS,
    RETRIEVED,
    RUN,
    Configuration,
    clear,
    line_of,
    read_answers,
    read_configuration,
    read_retrieved,
    write_configuration,
    write_lines,
)
from evals.generate import Generate
from evals.judge import Answered
from evals.question import Question
from evals.retrieved import Find

# What must be the same for answers to go into one run.
SAME = {
    "set_version": "题集",
    "corpus": "方案",
    "product": "程序版本",
    "index": "索引",
    "options": "选项",
    "model": "语言模型",
}


class Recording:
    """The folder of a run that is being answered. Use as a context manager: its time is written at the end."""

    def __init__(self, folder: Path, configuration: Configuration, questions: Sequence[Question]) -> None:
        """Begin a run anew: what an earlier one left in the folder is removed."""
        self.folder, self._configuration = folder, configuration
        self.done: dict[str, Answered] = {}
        clear(folder)
        write_lines(folder / QUESTIONS, (one.model_dump(mode="json", exclude_defaults=True) for one in questions))
        write_configuration(folder, configuration)

    @classmethod
    def resume(cls, folder: Path, configuration: Configuration, questions: Sequence[Question]) -> Recording:
        """Go on with an interrupted run; raises :class:`FaultyRun` where it was made of something else."""
        before = read_configuration(folder)
        changed = [label for name, label in SAME.items() if getattr(before, name) != getattr(configuration, name)]
        if changed:
            raise FaultyRun(
                f"{'、'.join(changed)}与 {folder} 里的那次不同，不能接着答："
                "请把 --resume 换成 --restart 重新开始，或换一个目录"
            )
        answers, found = read_answers(folder), read_retrieved(folder)
        recording = cls.__new__(cls)
        recording.folder, recording._configuration = folder, before
        # An answer whose search was not written yet is asked for again.
        recording.done = {
            one.id: Answered(one, answers[one.id], found[one.id])
            for one in questions
            if one.id in answers and one.id in found
        }
        write_lines(folder / ANSWERS, (one.answer for one in recording.done.values()))
        write_lines(folder / RETRIEVED, (_found(one) for one in recording.done.values()))
        return recording

    def answered(self, questions: Sequence[Question], ask: Generate, find: Find) -> Iterator[Answered]:
        """Yield every question with its answer, in order; those that are there already are not asked again."""
        yield from self.done.values()
        rest = [one for one in questions if one.id not in self.done]
        with (
            (self.folder / ANSWERS).open("a", encoding="utf-8", newline="\n") as answers,
            (self.folder / RETRIEVED).open("a", encoding="utf-8", newline="\n") as retrieved,
        ):
            for one in answered(rest, ask, find):
                answers.write(line_of(one.answer))
                retrieved.write(line_of(_found(one)))
                answers.flush()
                retrieved.flush()
                yield one

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = round(self._configuration.seconds + time.perf_counter() - self._started, 1)
        write_configuration(self.folder, replace(self._configuration, seconds=seconds))


def check_place(folder: Path, *, kept: bool = False, replaced: bool = False) -> None:
    """Check that a run may be written into a folder; raises :class:`FaultyRun` where that would lose or litter something.

    ``kept``: the run that lies there is gone on with. ``replaced``: it may be lost.
    """
    if folder.exists() and not folder.is_dir():
        raise FaultyRun(f"{folder} 是一个文件，--out 要写目录：请换一个名字，如 {folder.with_suffix('')}-结果")
    if not (folder / RUN).exists():
        if folder.exists() and any(not path.name.startswith(".") for path in folder.iterdir()):
            raise FaultyRun(f"{folder} 里有别的文件，不是一次运行的结果目录：请换一个空的或还没有的目录")
    elif not (kept or replaced):
        begun = read_configuration(folder)
        count = begun.questions if begun.hidden else len(read_answers(folder))
        if count >= begun.questions:
            raise FaultyRun(
                f"{folder} 里已有一次运行的结果：请换一个目录，或加 --restart 重新开始（原来的结果会被删去）"
            )
        if count:
            raise FaultyRun(
                f"{folder} 里有一次没有答完的运行（{count} / {begun.questions} 题）："
                "加 --resume 接着答，加 --restart 重新开始，或换一个目录"
            )


def answered(questions: Sequence[Question], ask: Generate, find: Find) -> Iterator[Answered]:
    """Yield every question with its answer and what the index finds."""
    if questions:
        for question, answer in zip(questions, ask(questions), strict=True):
            yield Answered(question, answer, find(question))


def _found(one: Answered) -> dict[str, object]:
    return {"id": one.question.id, "clauses": [list(place) for place in one.retrieved]}
