"""What stands below an answer: the clauses that it cites, the bodies by their part, its targets. Values for a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Agency, Answer, Citation
from assistant.respond.phrasing import shared_words, target, when
from assistant.respond.value import bodies_lead
from assistant.web.addresses import Quoted, body_address, clause_address, plan_address
from assistant.web.wording import PARTS
from corpus.model import Indicator, Plan, Role

MOST_CHIPS = 4
MOST_BODIES = 16
MOST_CLAUSES = 2
MOST_TARGETS = 6

Plans = Mapping[str, Plan]


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause with the quotations from it: their markers and words, its place in the plan's page and beside the answer."""

    label: str
    markers: tuple[int, ...]
    quotes: str
    page: str
    beside: str


@dataclass(frozen=True, slots=True)
class Part:
    """The bodies that have one part in a clause, each with the address of its tasks; ``more`` where the plan says 等."""

    role: Role
    name: str
    bodies: tuple[tuple[str, str], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """Who does what in one clause."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in words, and where its quotation is found."""

    name: str
    words: str
    time: str
    page: str
    beside: str


@dataclass(frozen=True, slots=True)
class Proof:
    """All that stands below an answer. What is long lies folded, so that the next question is near."""

    clauses: tuple[CitedClause, ...]
    duties: tuple[Duties, ...]
    targets: tuple[TargetRow, ...]

    @property
    def first_clauses(self) -> tuple[CitedClause, ...]:
        """The clauses that are shown at once; one left alone under a fold would take the same room."""
        return self.clauses if len(self.clauses) <= MOST_CHIPS + 1 else self.clauses[:MOST_CHIPS]

    @property
    def later_clauses(self) -> tuple[CitedClause, ...]:
        """The others."""
        return self.clauses[len(self.first_clauses) :]

    @property
    def body_count(self) -> int:
        """The number of bodies, each once."""
        return len({name for duty in self.duties for part in duty.parts for name, _ in part.bodies})

    @property
    def duties_folded(self) -> bool:
        """Whether the bodies lie under a fold."""
        return len(self.duties) > MOST_CLAUSES or self.body_count > MOST_BODIES

    @property
    def targets_folded(self) -> bool:
        """Whether the targets lie under a fold."""
        return len(self.targets) > MOST_TARGETS

    def untold(self, text: str) -> str:
        """Return an answer's text without the lines that name the bodies of a clause, where all of them stand below it."""
        if self.duties_folded:
            return text
        leads = tuple(bodies_lead(duty.label) for duty in self.duties)
        return "\n\n".join(part for part in text.split("\n\n") if not part.startswith(leads)) if leads else text


def proof_of(answer: Answer, plans: Plans) -> Proof:
    """Return what proves an answer; ``plans`` by id. What is in none of them is not shown."""
    known = [row for row in answer.citations if row.plan_id in plans]
    plan = plans[known[0].plan_id] if known else None
    if plan is None:
        return Proof((), (), ())
    titled = len(plans) > 1
    return Proof(_clauses(known, plans if titled else {}), _duties(answer.agencies, plan), _targets(answer, plan))


def _clauses(rows: Sequence[Citation], titled: Plans) -> tuple[CitedClause, ...]:
    groups: dict[tuple[str, str], list[Citation]] = {}
    for row in rows:
        groups.setdefault((row.plan_id, row.clause_id), []).append(row)
    return tuple(_cited(group, titled) for group in groups.values())


def _cited(rows: Sequence[Citation], titled: Plans) -> CitedClause:
    first = rows[0]
    quoted = [Quoted(row.marker, row.start, row.end) for row in rows]
    title = f"《{titled[first.plan_id].title}》" if first.plan_id in titled else ""
    return CitedClause(
        title + first.label,
        tuple(row.marker for row in rows),
        "\n".join(row.quote for row in rows),
        plan_address(first.plan_id, first.clause_id, first.start, first.end),
        clause_address(first.plan_id, first.clause_id, quoted),
    )


def _duties(rows: Sequence[Agency], plan: Plan) -> tuple[Duties, ...]:
    clauses = dict.fromkeys(row.clause_id for row in rows if plan.has_clause(row.clause_id))
    return tuple(
        Duties(
            plan.clause(one).label,
            tuple(
                _part(plan, one, role, names)
                for role in PARTS
                if (names := [row.name for row in rows if (row.clause_id, row.role) == (one, role)])
            ),
        )
        for one in clauses
    )


def _part(plan: Plan, clause_id: str, role: Role, names: Sequence[str]) -> Part:
    told = [row for row in plan.bodies(clause_id) if row.role == role]
    words = shared_words(plan, told[0]) if told and role == "shared" else PARTS[role]
    links = tuple((one, body_address(plan.plan_id, one)) for one in dict.fromkeys(names))
    # 等 belongs to the whole list: where an answer picks some of its bodies, none are left open.
    whole = {row.name for row in told} <= set(names)
    return Part(role, words.removesuffix("负责") or words, links, whole and any(row.open_list for row in told))


def _targets(answer: Answer, plan: Plan) -> tuple[TargetRow, ...]:
    held = {(row.indicator_id, row.clause_id, row.quote): row for row in plan.indicators}
    found = (held.get((row.indicator_id, row.clause_id, row.quote)) for row in answer.indicators)
    return tuple(_target(plan, row, answer.citations) for row in found if row is not None)


def _target(plan: Plan, row: Indicator, citations: Sequence[Citation]) -> TargetRow:
    # The marker of the citation that holds the quotation; 0 where the answer cites other words for it.
    holding = (one.marker for one in citations if one.plan_id == plan.plan_id and one.start <= row.start < one.end)
    quoted = Quoted(next(holding, 0), row.start, row.end)
    return TargetRow(
        row.name,
        target(row),
        when(row),
        plan_address(plan.plan_id, row.clause_id, row.start, row.end),
        clause_address(plan.plan_id, row.clause_id, [quoted]),
    )
