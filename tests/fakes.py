"""Stand-ins for parts that are slow or far away. Real classes with the real signatures."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Agency, Answer, AnswerIndicator, Citation
from corpus.model import Clause, Plan


class BigramEncoder:
    """An ``index.encode.Encoder`` without a model: texts that share character pairs have like vectors.

    ``calls`` counts the passages encoded; after ``fail_after`` of them it fails, as a machine that is switched off.
    """

    dimension = 64

    def __init__(self, name: str = "bigrams", fail_after: int | None = None) -> None:
        self.name = name
        self.fail_after = fail_after
        self.calls = 0

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        if self.fail_after is not None and self.calls + len(texts) > self.fail_after:
            raise InterruptedError("switched off")
        self.calls += len(texts)
        if progress is not None:
            progress(len(texts))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for pair in zip(text, text[1:], strict=False):
            vector[zlib.crc32("".join(pair).encode("utf-8", "replace")) % self.dimension] += 1
        return vector / np.linalg.norm(vector)


@dataclass(frozen=True)
class FewPlans:
    """A corpus of plans that stand nowhere on disk."""

    plans: tuple[Plan, ...]
    digest: str = "0" * 64


def plan_of(plan_id: str, *clauses: tuple[str, str], title: str = "例行方案") -> Plan:
    """Return a plan made of ``(heading, body)`` pairs; clause n is numbered n."""
    text, rows = "", []
    for number, (heading, body) in enumerate(clauses, start=1):
        part = f"{number}、{heading}\n{body}\n"
        rows.append(Clause(str(number), f"{number}、{heading}", heading, part, len(text), len(text) + len(part), 1))
        text += part
    return Plan(plan_id, title, text, tuple(rows), ())


class FakeAssistant:
    """Answers with what it was asked, from a plan of three clauses; ``delay`` seconds each, ``fault`` raised instead."""

    def __init__(self, delay: float = 0.0, fault: Exception | None = None) -> None:
        self.corpus = FewPlans((_demo_plan(),))
        self.delay = delay
        self.fault = fault
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Answer:
        """Quote the second clause, with the question itself in the answer."""
        self.asked.append((question, tuple(history)))
        time.sleep(self.delay)
        if self.fault is not None:
            raise self.fault
        plan = self.corpus.plans[0]
        start = plan.text.index("示范车辆占比")
        end = plan.text.index("（示范事务局")
        quote = plan.text[start:end]
        row = AnswerIndicator("x", "示范车辆占比", ">=", "20", "%", 2030, None, "firm", "1.1", quote)
        return Answer(
            question,
            "answered",
            f"**示范车辆占比**：到 2030 年**20%**以上[1]。您问的是：{question}",
            (Citation(1, plan.plan_id, "1.1", "一、（一）示范行动", quote, start, end),),
            (Agency("示范事务局", "lead", "1.1"), Agency("示范财政局", "shared", "1.1")),
            (row,),
            reading="按上文理解为：示范车辆占比" if history else "",
            suggestions=("示范行动由谁牵头？",),
        )

    def examples(self) -> tuple[str, ...]:
        """Return two questions."""
        return ("示范车辆占比是多少？", "示范行动由谁牵头？")


def _demo_plan() -> Plan:
    text = "示范工作方案\n一、示范任务\n（一）示范行动。到 2030 年，示范车辆占比达到20%以上。（示范事务局牵头，示范财政局按职责分工负责）\n"
    starts = [0, text.index("一、"), text.index("（一）"), len(text)]
    rows = [("0", "前言", "", 0), ("1", "一、示范任务", "示范任务", 1), ("1.1", "一、（一）示范行动", "示范行动", 2)]
    clauses = tuple(
        Clause(clause_id, label, title, text[start:end], start, end, level, "1" if level == 2 else None)
        for (clause_id, label, title, level), start, end in zip(rows, starts, starts[1:], strict=False)
    )
    return Plan("demo", "示范工作方案", text, clauses, (), issuer="示范县人民政府", reviewed=True)
