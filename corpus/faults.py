"""A fault in a plan's data: where it is, what is wrong, what would be right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``row`` is the line of ``file`` as an editor counts it, ``None`` for the whole file.

    >>> print(Fault("indicators.csv", 3, "引文在条款 2 中找不到", "请从 plan.txt 原样复制"))
    indicators.csv 第 3 行：引文在条款 2 中找不到。请从 plan.txt 原样复制。
    """

    file: str
    row: int | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file} 第 {self.row} 行"
        return f"{where}：{self.problem}。{self.remedy}。"
