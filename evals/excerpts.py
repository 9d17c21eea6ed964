"""The clauses that an answer cites, each once, with the words that it quotes marked in the clause's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Clause, Plan
from evals.reply import CitationRow

Span = tuple[int, int, tuple[int, ...]]  # start, end, and the markers that quote these words


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One cited clause. ``text`` is the clause's own, empty where no plan has it; ``spans`` lie within it, in order.

    ``plan`` is the plan's title, or its id where there is no such plan.

    Offsets count Unicode code points from the clause's start. ``astray`` are the quotations that its text does not hold.
    """

    plan_id: str
    clause_id: str
    plan: str
    label: str
    text: str
    spans: tuple[Span, ...]
    quotes: tuple[tuple[int, str], ...]
    astray: tuple[tuple[int, str], ...]

    @property
    def key(self) -> str:
        """The name by which the clause's text is kept."""
        return f"{self.plan_id} {self.clause_id}"

    @property
    def markers(self) -> tuple[int, ...]:
        """The numbers of the citations that quote it."""
        return tuple(marker for marker, _ in self.quotes)


def excerpts(citations: Sequence[CitationRow], plans: Mapping[str, Plan]) -> tuple[Excerpt, ...]:
    """Return an excerpt for each cited clause, in the order of the citations."""
    groups: dict[tuple[str, str], list[CitationRow]] = {}
    for row in citations:
        groups.setdefault((row.plan_id, row.clause_id), []).append(row)
    return tuple(_excerpt(rows, plans.get(rows[0].plan_id)) for rows in groups.values())


def _excerpt(rows: Sequence[CitationRow], plan: Plan | None) -> Excerpt:
    first = rows[0]
    clause = plan.clause(first.clause_id) if plan and plan.has_clause(first.clause_id) else None
    found = {row.marker: at for row in rows if clause and (at := _place(row, clause)) is not None}
    spans = [(at, at + len(row.quote), row.marker) for row in rows if (at := found.get(row.marker)) is not None]
    return Excerpt(
        first.plan_id,
        first.clause_id,
        plan.title if plan else first.plan_id,
        clause.label if clause else first.label,
        clause.text if clause else "",
        merged(spans),
        tuple((row.marker, row.quote) for row in rows),
        tuple((row.marker, row.quote) for row in rows if row.marker not in found),
    )


def _place(row: CitationRow, clause: Clause) -> int | None:
    """Where the quoted words begin in the clause: at the offsets told, else wherever the clause has them."""
    at = row.start - clause.start
    if row.quote and at >= 0 and clause.text[at : at + len(row.quote)] == row.quote:
        return at
    # The plan may have been changed since the answer was given; what still stands in the clause is shown there.
    at = clause.text.find(row.quote) if row.quote else -1
    return None if at < 0 else at


def merged(spans: Sequence[tuple[int, int, int]]) -> tuple[Span, ...]:
    """Join what overlaps, so that no word is marked twice.

    >>> merged([(8, 9, 3), (0, 4, 1), (2, 6, 2)])
    ((0, 6, (1, 2)), (8, 9, (3,)))
    """
    joined: list[Span] = []
    for start, end, marker in sorted(spans):
        if joined and start < joined[-1][1]:
            first, last, markers = joined[-1]
            joined[-1] = (first, max(last, end), tuple(dict.fromkeys((*markers, marker))))
        else:
            joined.append((start, end, (marker,)))
    return tuple(joined)
