"""What an answer may lean on: the words that it cites, the targets that it joins, the duties that stand in those words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answer import Answer, AnswerIndicator, Citation
from assistant.guard_names import Names
from corpus import Corpus, Plan
from corpus.model import Clause, Indicator, Responsibility

_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=8192)  # the same clauses are cited by many answers
def squeezed(text: str) -> str:
    r"""Return a text without white space: how lines are broken does not matter.

    >>> squeezed("到 2025 年，\n下降 13%")
    '到2025年，下降13%'
    """
    return _SPACE.sub("", text)


class Shelf:
    """The plans of a corpus, prepared once for looking things up."""

    def __init__(self, corpus: Corpus) -> None:
        self.plans = {plan.plan_id: plan for plan in corpus.plans}
        self.names = Names(corpus.plans)
        self._rows = {(plan.plan_id, AnswerIndicator.of(row)): row for plan in corpus.plans for row in plan.indicators}
        self._texts = {plan.plan_id: _SPACE.sub("", plan.text) for plan in corpus.plans}
        self._duties = {plan.plan_id: sorted(plan.responsibilities, key=lambda row: row.start) for plan in corpus.plans}
        self._by_name: dict[str, list[tuple[str, Responsibility]]] = {}
        for plan in corpus.plans:
            for row in plan.responsibilities:
                self._by_name.setdefault(row.name, []).append((plan.plan_id, row))
        self._starts = {plan_id: [row.start for row in rows] for plan_id, rows in self._duties.items()}

    def row(self, plan_id: str, shown: AnswerIndicator) -> Indicator | None:
        """Return the plan's target of which ``shown`` is a true copy."""
        return self._rows.get((plan_id, shown))

    def text(self, plan_id: str) -> str:
        """Return a plan's whole text without white space."""
        return self._texts[plan_id]

    def duties_of(self, name: str) -> list[tuple[str, Responsibility]]:
        """Return all duties of a body, each with its plan."""
        return self._by_name.get(name, [])

    def duties(self, citation: Citation) -> list[Responsibility]:
        """Return the duties whose words lie within the cited ones."""
        starts = self._starts[citation.plan_id]
        first, last = bisect_left(starts, citation.start), bisect_right(starts, citation.end)
        return [row for row in self._duties[citation.plan_id][first:last] if row.end <= citation.end]


class _Same:
    """A corpus as a key: the very object, for comparing whole corpora costs more than checking an answer."""

    __slots__ = ("corpus",)

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.corpus.plans is other.corpus.plans

    def __hash__(self) -> int:
        return id(self.corpus.plans)


@lru_cache(maxsize=8)
def _shelf(same: _Same) -> Shelf:
    return Shelf(same.corpus)


def shelf_of(corpus: Corpus) -> Shelf:
    """Return the shelf of a corpus, made at its first use."""
    return _shelf(_Same(corpus))


@dataclass(frozen=True)
class Sources:
    """The citations, joined rows and joined duties of an answer, or the part that some markers point to."""

    shelf: Shelf
    citations: tuple[Citation, ...]
    rows: tuple[tuple[str, Indicator], ...]
    duties: frozenset[tuple[str, str, str]]

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The cited plans; all where nothing is cited."""
        cited = {row.plan_id for row in self.citations}
        return tuple(plan for plan_id, plan in self.shelf.plans.items() if not cited or plan_id in cited)

    @cached_property
    def _parts(self) -> dict[frozenset[int], Sources]:
        return {}

    def only(self, markers: Collection[int]) -> Sources:
        """Return the part that ``markers`` point to, with the rows whose words it holds; all where there are none."""
        if not markers:
            return self
        key = frozenset(markers)
        if key not in self._parts:
            citations = tuple(row for row in self.citations if row.marker in key)
            part = Sources(self.shelf, citations, (), frozenset())
            rows = tuple((plan_id, row) for plan_id, row in self.rows if part.cites(plan_id, row))
            self._parts[key] = Sources(self.shelf, citations, rows, frozenset())
        return self._parts[key]

    @cached_property
    def text(self) -> str:
        """The cited words and the labels of their clauses, without white space."""
        return "\n".join(squeezed(text) for row in self.citations for text in (row.quote, row.label))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The cited clauses and those in which joined bodies have their duties."""
        ids = {(row.plan_id, row.clause_id) for row in self.citations}
        ids |= {(plan.plan_id, clause_id) for plan in self.plans for _, _, clause_id in self.duties}
        return tuple(
            self.shelf.plans[plan_id].clause(clause_id)
            for plan_id, clause_id in ids
            if self.shelf.plans[plan_id].has_clause(clause_id)
        )

    @cached_property
    def told(self) -> tuple[tuple[str, Responsibility], ...]:
        """The duties that the cited words tell, each with its plan."""
        return tuple((one.plan_id, row) for one in self.citations for row in self.shelf.duties(one))

    def cites(self, plan_id: str, row: Indicator) -> bool:
        """Whether the cited words hold those of a target."""
        return any(one.plan_id == plan_id and one.start <= row.start and row.end <= one.end for one in self.citations)

    def holds(self, words: str) -> bool:
        """Whether the cited words hold some words, white space aside."""
        return squeezed(words) in self.text


def gather(answer: Answer, corpus: Corpus) -> Sources:
    """Collect the sources of an answer whose citations name plans that are known."""
    shelf = shelf_of(corpus)
    plan_ids = dict.fromkeys(row.plan_id for row in answer.citations) or dict.fromkeys(shelf.plans)
    rows = [(one, row) for shown in answer.indicators for one in plan_ids if (row := shelf.row(one, shown))]
    duties = frozenset((row.name, row.role, row.clause_id) for row in answer.agencies)
    return Sources(shelf, answer.citations, tuple(rows), duties)
