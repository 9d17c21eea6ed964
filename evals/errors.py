"""The errors of the evaluation.

::

    EvalsError
    ├── FileFault           a file that is not what its name says, or cannot be read safely
    ├── FaultySets          question sets that cannot be used; carries every fault found, not the first alone
    ├── GenerationFailed    the assistant gave no answers, or answers to other questions
    ├── FaultyRun           a folder that holds no run, an unfinished one, or one that does not fit
    ├── Unwritable          a file that cannot be written where it was asked for
    └── FaultyGates         a file of gates that cannot be read

Each message is Chinese and made for people; a face prints it and leaves with exit code 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TOLD = 200  # faults


class EvalsError(Exception):
    """Anything that stops an evaluation."""


class FileFault(EvalsError):
    """A file that is not what its name says, or cannot be read safely; ``line`` counts from 1."""

    def __init__(self, what: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class SetFault:
    """One thing wrong in a question set: where it stands and, in ``fix``, what would be right.

    ``line`` counts from 1; in a spreadsheet it is the row, and ``column`` (a letter) with its ``header`` says the rest.
    """

    file: str
    line: int | None
    question_id: str
    what: str
    sheet: str = ""
    column: str = ""
    header: str = ""
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.file} 工作表“{self.sheet}”" if self.sheet else self.file
        place += f" 第 {self.line} 行" if self.line else ""
        place += f" {self.column} 列“{self.header}”" if self.header else f" {self.column} 列" if self.column else ""
        place += f"（{self.question_id}）" if self.question_id else ""
        return f"{place}：{self.what}；{self.fix}" if self.fix else f"{place}：{self.what}"


def told_faults(faults: Sequence[SetFault]) -> list[str]:
    """Return the lines that tell of faults; of very many, the first and how many more there are."""
    more = len(faults) - MOST_TOLD
    return [*map(str, faults[:MOST_TOLD]), *([f"… 还有 {more} 处"] if more > 0 else [])]


class FaultySets(EvalsError):
    """Question sets with faults. Nothing runs until all are put right."""

    def __init__(self, faults: Sequence[SetFault]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {line}" for line in told_faults(self.faults))
        super().__init__(f"题集有 {len(self.faults)} 处错误，请改正后再运行：\n{lines}")


class GenerationFailed(EvalsError):
    """The assistant could not be run, broke off, or answered something else than was asked."""


class FaultyRun(EvalsError):
    """A run's folder that cannot be read, or not be used for what was asked."""


class Unwritable(EvalsError):
    """A file that cannot be written where it was asked for."""


class FaultyGates(EvalsError):
    """A file of gates that cannot be read, or names what there is not."""
