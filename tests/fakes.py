"""Stand-ins for parts that are slow or far away. Real classes with the real signatures."""

from __future__ import annotations

import itertools
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Agency, Answer, AnswerIndicator, Citation, Status
from assistant.examples import Examples
from assistant.records.kept import Record
from assistant.settings import Settings
from corpus.model import Clause, Comparator, Indicator, Plan, Responsibility, Role, Strength


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
        for pair in itertools.pairwise(text):
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
    """Answers with what it was asked, from a plan of three clauses; ``delay`` seconds each, ``fault`` raised instead.

    ``parts`` are texts of the answer that ``stream`` yields before the whole one, ``gate`` is waited for after them.
    """

    def __init__(
        self,
        delay: float = 0.0,
        fault: Exception | None = None,
        parts: Sequence[str] = (),
        gate: threading.Event | None = None,
    ) -> None:
        self.corpus = FewPlans((_demo_plan(),))
        self.settings = Settings()
        self.delay = delay
        self.fault = fault
        self.parts = parts
        self.gate = gate
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.closed = False

    def ask(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Answer:
        """Quote the second clause, with the question itself in the answer."""
        self.asked.append((question, tuple(history)))
        time.sleep(self.delay)
        if self.fault is not None:
            raise self.fault
        plan = self.corpus.plans[0]
        row = plan.indicators[0]
        return Answer(
            question,
            "answered",
            f"**示范车辆占比**：到 2030 年**20%**以上[1]。您问的是：{question}",
            (Citation(1, plan.plan_id, "1.1", "一、（一）示范行动", row.quote, row.start, row.end),),
            (Agency("示范事务局", "lead", "1.1"), Agency("示范财政局", "shared", "1.1")),
            (AnswerIndicator.of(row),),
            reading="示范车辆占比" if history else "",
            suggestions=("示范行动由谁牵头？",),
        )

    def stream(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Iterator[Answer]:
        """Yield the parts, then the whole answer; ``closed`` tells whether the stream came to an end of any kind."""
        try:
            for part in self.parts:
                yield Answer(question, "answered", part, mode="model")
                time.sleep(self.delay)
            if self.gate is not None:
                self.gate.wait(10)
            yield self.ask(question, history, plan_id)
        finally:
            self.closed = True

    def examples(self) -> tuple[str, ...]:
        """Return two questions."""
        return ("示范车辆占比是多少？", "示范行动由谁牵头？")

    def examples_by_reader(self) -> tuple[Examples, ...]:
        """Return one for each of two kinds of readers."""
        return (Examples("工作人员", self.examples()[1:]), Examples("公众", self.examples()[:1]))


def _demo_plan() -> Plan:
    text = "示范工作方案\n一、示范任务\n（一）示范行动。到 2030 年，示范车辆占比达到20%以上。（示范事务局牵头，示范财政局按职责分工负责）\n"
    starts = [0, text.index("一、"), text.index("（一）"), len(text)]
    rows = [("0", "前言", "", 0), ("1", "一、示范任务", "示范任务", 1), ("1.1", "一、（一）示范行动", "示范行动", 2)]
    clauses = tuple(
        Clause(clause_id, label, title, text[start:end], start, end, level, "1" if level == 2 else None)
        for (clause_id, label, title, level), start, end in zip(rows, starts, starts[1:], strict=False)
    )
    quote = "示范车辆占比达到20%以上。"
    at = text.index(quote)
    span = (at, at + len(quote))
    target = Indicator("x", "示范车辆占比", ">=", "20", "%", "达到", 2030, None, None, "firm", "1.1", quote, *span)
    return Plan("demo", "示范工作方案", text, clauses, (), indicators=(target,), issuer="示范县人民政府", reviewed=True)


def garden_plan() -> Plan:
    """Return a small plan with chapters, sections, all kinds of bodies and of targets, made by hand without the parser."""
    parts = [
        ("0", "前言", "", 0, None, "示范市“十六五”园林行动方案\n"),
        ("1", "一、主要目标", "主要目标", 1, None, _GARDEN_TARGETS),
        ("2", "二、园林任务", "园林任务", 1, None, "二、园林任务\n"),
        ("2.1", "二、（一）古树保护行动", "古树保护行动", 2, "2", _GARDEN_TREES),
        ("2.2", "二、（二）步道建设行动", "步道建设行动", 2, "2", _GARDEN_PATHS),
    ]
    text, clauses = "", []
    for clause_id, label, title, level, parent, body in parts:
        clauses.append(Clause(clause_id, label, title, body, len(text), len(text) + len(body), level, parent))
        text += body
    return Plan(
        "garden",
        "示范市“十六五”园林行动方案",
        text,
        tuple(clauses),
        tuple(_duty(text, *row) for row in _GARDEN_DUTIES),
        indicators=tuple(_target(text, row) for row in _GARDEN_ROWS),
        reviewed=True,
    )


_GARDEN_TARGETS = "一、主要目标\n到 2030 年，公园步道长度达到 120 公里以上，力争古树保护率比 2025 年提高 9.5%，灌溉用水量不高于 3.2 万吨/日。\n"
_GARDEN_TREES = "（一）古树保护行动。建立“一树一档”。完成古树复壮 40 株，湖区水质稳定达到 III 类标准。（市园林局牵头，市财政局、市水务局等按职责分工负责，各区人民政府负责落实）\n"
_GARDEN_PATHS = "（二）步道建设行动。新建步道 80 公里，改造步道 25 公里左右。（市城管局负责）\n"
_GARDEN_DUTIES: tuple[tuple[str, str, Role], ...] = (
    ("2.1", "市园林局", "lead"),
    ("2.1", "市财政局", "shared"),
    ("2.1", "市水务局", "shared"),
    ("2.1", "各区人民政府", "local"),
    ("2.2", "市城管局", "sole"),
)
_GARDEN_ROWS: tuple[tuple[str, Comparator, str, str, Strength, str, str], ...] = (
    ("公园步道长度", ">=", "120", "公里", "firm", "1", "公园步道长度达到 120 公里以上"),
    ("古树保护率", "=", "9.5", "%", "strive", "1", "力争古树保护率比 2025 年提高 9.5%"),
    ("灌溉用水量", "<=", "3.2", "万吨/日", "firm", "1", "灌溉用水量不高于 3.2 万吨/日"),
    ("古树复壮", "=", "40", "株", "firm", "2.1", "完成古树复壮 40 株"),
    ("湖区水质", "=", "稳定达到 III 类标准", "", "firm", "2.1", "湖区水质稳定达到 III 类标准"),
    ("新建步道", "=", "80", "公里", "firm", "2.2", "新建步道 80 公里"),
    ("改造步道", "~", "25", "公里", "firm", "2.2", "改造步道 25 公里左右"),
)


def _duty(text: str, clause_id: str, name: str, role: Role) -> Responsibility:
    start = text.index(name)
    return Responsibility(clause_id, name, role, open_list=role == "shared", start=start, end=start + len(name))


def _target(text: str, row: tuple[str, Comparator, str, str, Strength, str, str]) -> Indicator:
    name, comparator, value, unit, strength, clause_id, quote = row
    start = text.index(quote)
    year, base = (2030 if clause_id == "1" else None), (2025 if "2025" in quote else None)
    span = (start, start + len(quote))
    return Indicator(name, name, comparator, value, unit, "", year, None, base, strength, clause_id, quote, *span)


class Answering:
    """Builds an answer of the contract's form about a plan, with offsets, labels and rows that are right."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def answer(
        self,
        text: str,
        quotes: Sequence[tuple[str, str]] = (),
        clauses_of_bodies: Sequence[str] = (),
        targets: Sequence[str] = (),
        status: Status = "answered",
    ) -> dict[str, Any]:
        """Return the JSON of an answer; ``quotes`` are (clause, words), the n-th of them is marker n."""
        citations = []
        for marker, (clause_id, quote) in enumerate(quotes, start=1):
            clause = self.plan.clause(clause_id)
            start = clause.start + clause.text.index(quote)
            citation = Citation(marker, self.plan.plan_id, clause_id, clause.label, quote, start, start + len(quote))
            citations.append(citation)
        bodies = [Agency(row.name, row.role, one) for one in clauses_of_bodies for row in self.plan.bodies(one)]
        rows = [AnswerIndicator.of(row) for row in self.plan.indicators if row.name in targets]
        answer = Answer("问题", status, text, tuple(citations), tuple(bodies), tuple(rows), timings_ms={"total": 2.5})
        payload: dict[str, Any] = json.loads(json.dumps(answer.to_json("q-01")))
        return payload


def read_answer(payload: Mapping[str, Any]) -> Answer:
    """Return the answer that a JSON object of the contract's form holds."""
    return Answer(
        payload["question"],
        payload["status"],
        payload["answer"],
        tuple(Citation(**row) for row in payload["citations"]),
        tuple(Agency(**row) for row in payload["agencies"]),
        tuple(AnswerIndicator(**row) for row in payload["indicators"]),
    )


class FakeKeeper:
    """Where records go, without a database; ``fault`` is raised instead while it is set, ``gate`` holds writing up."""

    def __init__(self, fault: Exception | None = None, gate: threading.Event | None = None) -> None:
        self.fault = fault
        self.gate = gate
        self.written: list[Record] = []
        self.purged: list[str] = []
        self.closed = False

    def write(self, records: Sequence[Record]) -> None:
        """Keep the records in a list."""
        if self.gate is not None:
            self.gate.wait(10)
        if self.fault is not None:
            raise self.fault
        self.written += records

    def purge(self, before: str) -> int:
        """Note the moment."""
        self.purged.append(before)
        return 0

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True
