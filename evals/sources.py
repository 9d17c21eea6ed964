"""What an answer may lean on: the clauses it cites, the rows it joins, and the plans they belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from corpus.model import Clause, Indicator, Plan, Responsibility
from evals.figures import Figure, read_figures
from evals.fold import fold
from evals.reply import IndicatorRow, Reply
from evals.sums import Amount


@dataclass(frozen=True)
class Sources:
    """Cited clauses by marker (several markers may cite one clause) and the joined rows that the corpus holds.

    ``labels`` are those of the clauses in which joined bodies have their duties: one note may bind a body in many.
    """

    plans: tuple[Plan, ...]
    cited: tuple[tuple[int, Plan, Clause], ...]
    rows: tuple[Indicator, ...]
    labels: tuple[str, ...] = ()

    def only(self, markers: Collection[int]) -> Sources:
        """Return the part that the given markers point to."""
        cited = tuple(one for one in self.cited if one[0] in markers)
        clauses = {clause.clause_id for _, _, clause in cited}
        rows = tuple(row for row in self.rows if row.clause_id in clauses)
        return Sources(self.plans, cited, rows, self.labels)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of the sources, folded: clauses with their labels and numbers, rows, the plans' titles."""
        clauses = {(plan.plan_id, clause.clause_id): clause for _, plan, clause in self.cited}.values()
        texts = [fold(text) for clause in clauses for text in (clause.text, clause.label, clause.clause_id)]
        texts += [fold(plan.title) for plan in self.plans]
        texts += [fold(text) for text in (*self.labels, *(row.quote for row in self.rows))]
        return tuple(texts)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every number of the sources; a row's own value has the row's comparator."""
        of_texts = (figure for text in self.texts for figure in read_figures(text))
        return (*of_texts, *(figure for row in self.rows for figure in figures_of(row)))

    @cached_property
    def amounts(self) -> frozenset[Amount]:
        """Every number of the sources in its base unit."""
        return frozenset(figure.base for figure in self.figures)

    @cached_property
    def duties(self) -> tuple[Responsibility, ...]:
        """Who does what in the cited clauses."""
        cited = {(plan.plan_id, clause.clause_id) for _, plan, clause in self.cited}
        return tuple(
            row for plan in self.plans for row in plan.responsibilities if (plan.plan_id, row.clause_id) in cited
        )

    def holds(self, folded: str) -> bool:
        """Whether a folded text stands in one of the sources, quotation marks aside."""
        words = folded.replace('"', "")
        return any(words in text.replace('"', "") for text in self.texts)


def gather(reply: Reply, plans: Mapping[str, Plan]) -> Sources:
    """Collect the sources of an answer; where it cites nothing, the plans' titles are all there is."""
    cited = tuple(
        (row.marker, plans[row.plan_id], plans[row.plan_id].clause(row.clause_id))
        for row in reply.citations
        if row.plan_id in plans and plans[row.plan_id].has_clause(row.clause_id)
    )
    own = tuple({plan.plan_id: plan for _, plan, _ in cited}.values()) or tuple(plans.values())
    rows = tuple(found for given in reply.indicators if (found := true_row(given, own)))
    duties = {row.clause_id for row in reply.agencies}
    labels = [clause.label for plan in own for clause in plan.clauses if clause.clause_id in duties]
    return Sources(own, cited, rows, tuple(labels))


def true_row(given: IndicatorRow, plans: Sequence[Plan]) -> Indicator | None:
    """Return the corpus's row of which ``given`` is a true copy in every field."""
    fields = given.model_dump()
    for plan in plans:
        for row in plan.indicators:
            if all(getattr(row, name) == value for name, value in fields.items()):
                return row
    return None


@lru_cache(maxsize=1024)
def figures_of(row: Indicator) -> tuple[Figure, ...]:
    """Return the numbers of a row: its value with the row's own comparator, its years, and those of name and quote."""
    values = [replace(one, comparator=row.comparator) for one in read_figures(fold(f"{row.value}{row.unit}"))]
    years = [figure for year in (row.target_year, row.base_year) if year for figure in read_figures(f"{year}年")]
    return (*values, *years, *read_figures(fold(row.name)), *read_figures(fold(row.quote)))


@lru_cache(maxsize=64)
def body_names(plans: tuple[Plan, ...]) -> tuple[str, ...]:
    """Return the folded names of every body of the plans, the longest first."""
    names = {fold(row.name) for plan in plans for row in plan.responsibilities}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
