"""Stand-ins for parts that are slow or far away. Real classes with the real signatures."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
