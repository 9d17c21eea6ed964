"""Which part of the bodies a question asks for: those that lead, those that are alone, those that take part."""

from __future__ import annotations

import re

from assistant.lexicon import lexicon
from assistant.reading import Reading
from assistant.roster_words import shared_alone, told_apart
from corpus.model import Role

ROLES: tuple[Role, ...] = ("lead", "sole", "shared", "local")
_ASKED: dict[str, Role] = {"lead": "lead", "sole": "sole", "share": "shared", "local": "local"}


def asked_roles(reading: Reading) -> tuple[Role, ...]:
    """Return the roles that a question is limited to; all where it names none.

    负责 alone asks for every role, so only 牵头, 单独, 配合/参与 and 落实 narrow it.
    """
    if reading.asks("any_role"):
        return ROLES
    rest, left = told_apart(lexicon().compounds.sub(" ", reading.text))
    left_out = _named_roles(left)
    groups = lexicon().groups(rest) if left_out else reading.groups
    if "lead" in left_out and groups & {"part", "share"}:
        return ("shared",)
    if shared_alone(rest) and not groups & {"lead", "sole"}:
        return ("shared",)
    roles = [
        role for group, role in _ASKED.items() if group in groups and not (role == "sole" and leads_alone(reading))
    ]
    if roles and "part" in groups:
        roles.append("shared")
    return tuple(role for role in ROLES if role in (roles or ROLES) and role not in left_out) or ROLES


def besides_role(text: str) -> bool:
    """Whether a question leaves a role out: 除了牵头的那条，还有别的吗.

    >>> besides_role("除了牵头的那条,还有别的吗"), besides_role("牵头的有哪些")
    (True, False)
    """
    return bool(_named_roles(told_apart(text)[1]))


def leads_alone(reading: Reading) -> bool:
    """Whether a question means leading without another lead: 单家牵头, 单独牵头; 单独负责什么、牵头什么 means two things."""
    cues = lexicon().cues
    return re.search(rf"(?:{cues['sole'].pattern})的?(?:{cues['lead'].pattern})", reading.text) is not None


def _named_roles(text: str) -> tuple[Role, ...]:
    groups = lexicon().groups(text)
    return tuple(role for group, role in _ASKED.items() if group in groups)
