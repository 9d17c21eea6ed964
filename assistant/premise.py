"""What a question takes for granted of the bodies that it names: 为什么甲局要牵头某事, 某事由甲局牵头，配合的有谁."""

from __future__ import annotations

from collections.abc import Collection

from assistant.reading import Evidence, Reading
from assistant.roster_table import first_match
from assistant.roster_words import has_subject
from corpus.model import Role

_COVERED = 0.75  # share of a subject's words that the best clause must hold to be what the subject means
_JOINED = "、,和与跟及同"


def supposed_roles(reading: Reading) -> dict[str, Role]:
    """Return, for each body of which it is taken for granted that it leads or is alone responsible, that role.

    What a question asks (甲局牵头哪些, 是甲局牵头吗) is not taken for granted.
    """
    if reading.asks("either"):
        return {}
    found: dict[str, Role] = {}
    links = sorted(reading.links.agencies, key=lambda link: link.start)
    after: tuple[int, Role | None] = (len(reading.text), None)
    for link in reversed(links):
        between = reading.text[link.end : after[0]]
        joined = after[1] is not None and between.strip(_JOINED) == ""
        role = after[1] if joined else _role_behind(reading.text[link.end :])
        after = (link.start, role)
        if role is not None:
            found[link.name] = role
    return found


def _role_behind(text: str) -> Role | None:
    if first_match("bodies.supposed_lead", text):
        return "lead"
    return "sole" if first_match("bodies.supposed_sole", text) else None


def misplaced(reading: Reading, clause_ids: Collection[str]) -> tuple[str, ...]:
    """Return the bodies that have the part which is taken for granted in none of the clauses."""
    bodies = [row for one in clause_ids for row in reading.plan.bodies(one)]
    return tuple(
        name
        for name, role in supposed_roles(reading).items()
        if not any(row.name == name and row.role == role for row in bodies)
    )


def rests_on_error(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question gives a body a part in a matter that it has in no clause on that matter."""
    inside = reading.links.clauses or reading.titled
    if any(any(reading.plan.children(one)) for one in inside) or not supposed_roles(reading):
        return False
    if not inside and not (has_subject(reading) and evidence.signals.get("coverage", 0.0) >= _COVERED):
        return False
    return bool(misplaced(reading, inside or (*evidence.clauses[:1], *_speaking(reading))))


def _speaking(reading: Reading) -> list[str]:
    """Return the clauses whose text holds every word of the subject."""
    words = [word for word in reading.subject.words if len(word) > 1]
    return [one.clause_id for one in reading.plan.clauses if all(word in one.text for word in words)]
