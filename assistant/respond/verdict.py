"""Yes or no to what a question claims about the bodies of one clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.premise import misplaced, not_alone
from assistant.reading import Reading
from assistant.respond.claims import DENIAL
from assistant.respond.phrasing import NO_LEAD, ROLE_NAMES
from assistant.roster_words import asks_membership, body_conditions, leaves_out, read_size
from corpus.model import Responsibility, Role


def verdict(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer a claim about the bodies of one clause (是不是由X牵头, 由三家牵头吗) in a sentence; empty where nothing is claimed."""
    if not (reading.links.names or reading.links.unknown_bodies):
        return _number_claimed(reading, bodies) or _one_alone(reading, bodies) or _named_in_part(reading, bodies)
    if (reading.asks("either") or "角色" in reading.text) and not reading.asks("verify"):
        return _role_of_named(reading, bodies)
    if leaves_out(reading.text, reading.links):
        return _no_others(reading, bodies)
    if not (reading.asks("verify") or asks_membership(reading)):
        return _premise(reading, bodies)
    if reading.links.unknown_bodies:
        return "不是。您提到的单位不在这一条的责任单位之列。"
    roles = {body.name: body.role for body in bodies}
    missing = [name for name in reading.links.names if name not in roles]
    conditions = body_conditions(reading)
    if conditions and all(one.absent for one in conditions):  # 是不是没有甲局
        return "是的，没有列您提到的单位。" if len(missing) == len(conditions) else _have_part(reading, roles)
    if missing:
        held = "；".join(
            f"{name}在这一条的角色是{ROLE_NAMES[roles[name]]}" for name in reading.links.names if name in roles
        )
        return f"不是。{held}，您提到的另外的单位不在其列。" if held else "不是。您提到的单位不在这一条的责任单位之列。"
    named = [(name, roles[name]) for name in reading.links.names]
    told = {one.name: one.roles for one in conditions}
    wrong = [
        (name, role)
        for name, role in named
        if (role not in told[name] if len(told[name]) == 1 else not _fits(reading, role))
    ]
    if not wrong:
        alone = _ALONE.search(reading.text) and sum(body.role == named[0][1] for body in bodies) > len(named)
        return "不是，不止这一家。" if alone else "是的。"
    return "不是。" + "；".join(f"{name}在这一条的角色是{ROLE_NAMES[role]}" for name, role in wrong) + "。"


def _have_part(reading: Reading, roles: Mapping[str, Role]) -> str:
    """Deny that bodies have no part in a clause, with the part that they have."""
    held = [(name, roles[name]) for name in reading.links.names if name in roles]
    return "不是。" + "；".join(f"{name}在这一条的角色是{ROLE_NAMES[role]}" for name, role in held) + "。"


def _no_others(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Say that a clause names nobody else where a question leaves out the only body (除了甲局还有谁); else nothing."""
    own = {body.name for body in bodies if body.role != "local"}
    return "没有别的责任单位。" if own and own <= set(reading.links.names) else ""


def _premise(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Put right what a question takes for granted of a body's part; empty where that is so, or nothing is."""
    wrong = misplaced(reading, bodies)
    here = [body for body in bodies if body.name in wrong]
    if len(here) < len(wrong):
        return f"{DENIAL}您提到的单位不在这一条的责任单位之列。"
    roles = "；".join(f"{body.name}在这一条的角色是{ROLE_NAMES[body.role]}" for body in here)
    if not roles and not_alone(reading, bodies):
        return f"{DENIAL}不止这一家。"
    return f"{DENIAL}{roles}。" if roles else ""


_ALONE = re.compile(r"一家|独家|单独|独自|只有|就只|唯一")


def _number_claimed(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer 是不是由三家牵头, 有牵头单位吗 by the bodies of that role; empty where no such thing is claimed."""
    if not reading.asks("verify", "mention"):
        return ""
    lead = [body for body in bodies if body.role == "lead"]
    claim = read_size(reading.text)
    if claim and claim.size:
        if claim.roles == ("lead",) and not lead:
            return f"不是，{NO_LEAD}。"
        return "是的。" if claim.admits(bodies) else "不是。"
    if _HAS_LEAD.search(reading.text):
        return "有。" if lead else "没有。"
    return ""


_HAS_LEAD = re.compile(
    r"有没有[^,。;?!]{0,4}牵头的?(?:单位|部门|$|[?。,])|(?<!没)有[^,。;?!没]{0,4}牵头[^,。;?!]{0,4}吗"
)


def _one_alone(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer 是不是只有一家负责 (or 牵头) by the bodies of that role; empty where the question asks no such thing."""
    if not (reading.asks("verify") and reading.asks("sole")):
        return ""
    own = [body for body in bodies if body.role != "local"]
    asked = [body for body in own if body.role == "lead"] if reading.asks("lead") else own
    return "是的。" if len(asked) == 1 and not asked[0].open_list else "不是。"


def _role_of_named(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer 甲局是牵头还是配合 by its role; empty where the question names several bodies or no roles."""
    named = [body for body in bodies if body.name in reading.links.names]
    if len(reading.links.names) > 1 or not named or not reading.asks("lead", "sole", "share", "part", "duty"):
        return ""
    return f"{named[0].name}在这一条的角色是{'、'.join(ROLE_NAMES[body.role] for body in named)}。"


def _named_in_part(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer 里面有银行吗 by the bodies whose names hold the word; empty where the question asks no such thing."""
    title = reading.plan.clause(bodies[0].clause_id).title if bodies else ""
    words = [word for word in reading.subject.words if len(word) > 1 and word not in title]
    found = [body for body in bodies if any(word in body.name for word in words)]
    if not found or not reading.asks("verify", "mention"):
        return ""
    return "有：" + "；".join(f"{body.name}{ROLE_NAMES[body.role]}" for body in found) + "。"


def _fits(reading: Reading, role: str) -> bool:
    if reading.asks("sole"):
        return role == "sole"
    if reading.asks("lead"):
        return role == "lead"
    if reading.asks("share"):
        return role == "shared"
    return True
