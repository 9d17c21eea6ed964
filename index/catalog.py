"""The numbered list of everything that can be found: passages, the clauses they belong to, and what targets are called.

All other files of an index speak of passage and clause by these numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from corpus.model import Plan
from index.passages import Passage, make_passages

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Catalog:
    """Passages in the order of the plans' texts; those of one clause are neighbours.

    ``phrases`` are the names and the quotations of the indicators, each once: what a question about a target may mean.
    """

    passages: tuple[Passage, ...]
    phrases: tuple[str, ...] = ()

    @classmethod
    def of(cls, plans: Iterable[Plan]) -> Catalog:
        """List the passages and phrases of plans."""
        plans = tuple(plans)
        phrases = dict.fromkeys(text for plan in plans for row in plan.indicators for text in (row.name, row.quote))
        return cls(tuple(passage for plan in plans for passage in make_passages(plan)), tuple(phrases))

    @cached_property
    def clauses(self) -> tuple[tuple[Passage, ...], ...]:
        """The passages of each clause; a clause's number is its place here."""
        return tuple(tuple(group) for _, group in groupby(self.passages, key=lambda row: (row.plan_id, row.clause_id)))

    @cached_property
    def firsts(self) -> Numbers:
        """The number of the first passage of each clause."""
        sizes = [len(clause) for clause in self.clauses]
        return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if sizes else np.zeros(0, np.int64)

    @cached_property
    def plan_of_clause(self) -> NDArray[np.str_]:
        """The plan's id of each clause."""
        return np.array([clause[0].plan_id for clause in self.clauses], dtype=np.str_)

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """The distinct headings, in order of first appearance."""
        return tuple(dict.fromkeys(passage.context for passage in self.passages))

    @cached_property
    def context_of_passage(self) -> Numbers:
        """The number of each passage's heading in ``contexts``."""
        numbers = {context: number for number, context in enumerate(self.contexts)}
        return np.array([numbers[passage.context] for passage in self.passages], dtype=np.int64)

    def dump(self) -> bytes:
        """Return the list as JSON."""
        rows = {"passages": [astuple(passage) for passage in self.passages], "phrases": self.phrases}
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @classmethod
    def parse(cls, content: bytes) -> Catalog:
        """Read what ``dump`` wrote."""
        rows = json.loads(content.decode("utf-8", "surrogatepass"))
        return cls(tuple(Passage(*row) for row in rows["passages"]), tuple(rows["phrases"]))


def clause_text(clause: Sequence[Passage]) -> str:
    r"""Return the label and the words of a clause as one text for keyword search.

    >>> clause_text([Passage("p", "1", 5, 10, "推广沼气。", "content", "一、农村", "农村")])
    '一、农村\n推广沼气。'
    """
    return "\n".join([clause[0].label, *(passage.text for passage in clause if passage.kind != "heading")])
