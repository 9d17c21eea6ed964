"""What a question takes for granted of the bodies that it names: 为什么甲局要牵头某事, 某事由甲局牵头，配合的有谁."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.links import AgencyLink
from assistant.reading import Evidence, Reading
from assistant.roster_table import worded
from assistant.roster_words import has_subject
from corpus.model import Responsibility, Role

_COVERED = 0.75  # share of a subject's words that the best clause must hold to be what the subject means
_JOINED = "、,和与跟及同"


Part = Role | Literal["any"]


def supposed_roles(reading: Reading) -> dict[str, Part]:
    """Return, for each body of which it is taken for granted that it leads, or is responsible (alone), that part.

    What a question asks (甲局牵头哪些, 是甲局牵头还是配合) is not taken for granted.
    """
    if reading.asks("either"):
        return {}
    found: dict[str, Part] = {}
    last: tuple[int, Part | None] = (len(reading.text), None)
    for link in sorted(reading.links.agencies, key=lambda link: -link.start):
        joined = last[1] is not None and reading.text[link.end : last[0]].strip(_JOINED) == ""
        role = last[1] if joined else _role_beside(reading.text, link)
        last = (link.start, role)
        if role is not None:
            found[link.name] = role
    return found


def _role_beside(text: str, link: AgencyLink) -> Part | None:
    before, behind = text[: link.start], text[link.end :]
    told_before = worded("bodies.supposed_before", before) and not behind.startswith("的")
    if told_before or worded("bodies.supposed_lead", behind):
        return "lead"
    if worded("bodies.supposed_sole", behind):
        return "sole"
    return "any" if worded("bodies.supposed_any", behind) else None


def misplaced(reading: Reading, bodies: Sequence[Responsibility]) -> tuple[str, ...]:
    """Return the names that have among ``bodies`` never the part which is taken for granted."""
    return tuple(
        name
        for name, role in supposed_roles(reading).items()
        if not any(row.name == name and role in ("any", row.role) for row in bodies)
    )


def not_alone(reading: Reading, bodies: Sequence[Responsibility]) -> bool:
    """Whether a body that is taken to lead alone (甲局一家牵头) leads a clause together with others."""
    alone = any(worded("bodies.supposed_alone", reading.text[link.end :]) for link in reading.links.agencies)
    leads = {row.name for row in bodies if row.role == "lead"}
    return alone and len(leads) > 1 and bool(leads & set(reading.links.names))


def rests_on_error(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question gives a body a part in a matter that it has in no clause on that matter."""
    inside = reading.links.clauses or reading.titled
    if any(any(reading.plan.children(one)) for one in inside) or not supposed_roles(reading):
        return False
    if not inside and not (has_subject(reading) and evidence.signals.get("coverage", 0.0) >= _COVERED):
        return False
    clauses = inside or (*evidence.clauses[:1], *_speaking(reading))
    bodies = [row for one in clauses for row in reading.plan.bodies(one)]
    return bool(misplaced(reading, bodies)) or (len(set(clauses)) == 1 and not_alone(reading, bodies))


def _speaking(reading: Reading) -> list[str]:
    """Return the clauses whose text holds every word of the subject."""
    words = [word for word in reading.subject.words if len(word) > 1]
    return [one.clause_id for one in reading.plan.clauses if all(word in one.text for word in words)]
