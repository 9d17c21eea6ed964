"""What measurements share: the figures with what they may be at most, and the way to the product's commands."""

from __future__ import annotations

import statistics
import subprocess
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.question import Question
from tests.served import ROOT


class NotMeasured(Exception):
    """A measurement could not be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What several runs measured; ``limit`` is the most that it may be, or the least where ``more_is_better``.

    ``busy``: the seconds that the processors worked, which other work on the machine changes little.
    """

    name: str
    unit: str
    limit: float
    runs: tuple[float, ...]
    busy: tuple[float, ...] = ()
    more_is_better: bool = False

    @property
    def median(self) -> float:
        """The middle of the runs.

        >>> Figure("提问", "秒", 3, (2.5, 9.0, 2.0)).median
        2.5
        """
        return statistics.median(self.runs)

    def row(self) -> tuple[str, ...]:
        """Return the figure as the cells of a table.

        >>> Figure("提问", "秒", 3, (2.5, 9.0, 2.0)).row()
        ('提问', '2.50 秒', '≤ 3 秒', '达到', '2.00–9.00（3 次）', '')
        """
        digits = 3 if self.limit < 1 else 2 if self.limit < 10 else 1 if self.limit < 100 else 0
        reached = self.median >= self.limit if self.more_is_better else self.median <= self.limit
        low, high = min(self.runs), max(self.runs)
        return (
            self.name,
            f"{self.median:.{digits}f} {self.unit}".rstrip(),
            f"{'≥' if self.more_is_better else '≤'} {self.limit:g} {self.unit}".rstrip(),
            "达到" if reached else "未达到",
            f"{low:.{digits}f}–{high:.{digits}f}（{len(self.runs)} 次）",
            f"{statistics.median(self.busy):.{digits}f} 秒" if self.busy else "",
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """What the measurements share: the questions, and the environment that leads the commands to the temporary index.

    ``turns``: how many are asked on the web pages before their memory is read.
    """

    questions: tuple[Question, ...]
    environment: Mapping[str, str]
    quick: bool
    turns: int

    def runs(self, usual: int) -> range:
        """Return the runs to make."""
        return range(1 if self.quick else usual)

    def command(self, *arguments: str, said: str = "") -> str:
        """Run a command of the product from the repository's root and return what it printed; ``said`` is its input."""
        done = subprocess.run(  # noqa: S603 (our own command, no shell)
            [sys.executable, *arguments],
            cwd=ROOT,
            env=dict(self.environment),
            input=said,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise NotMeasured(f"命令失败（退出码 {done.returncode}）：{' '.join(arguments)}\n{done.stderr.strip()}")
        return done.stdout


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that ``share`` percent of ``values`` do not exceed.

    >>> percentile(range(101), 99)
    99.0
    """
    return float(statistics.quantiles(values, n=100, method="inclusive")[share - 1])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned text; a Chinese character takes two columns.

    >>> print(table([("提问", "2 秒"), ("a", "10 秒")]))
    提问  2 秒
    a     10 秒
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
