"""Who is responsible for a clause: every body with its role, and the asked part first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, name_list
from assistant.lexicon import lexicon
from assistant.reading import Evidence, Reading, Series
from assistant.respond.phrasing import (
    NO_BODY,
    NO_LEAD,
    ROLE_NAMES,
    cite_bodies,
    clause_name,
    duties,
    series_sentence,
)
from corpus.model import Plan, Responsibility

ASKED_TARGET = "所问目标："


def respond_who(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Say for each clause of the evidence who leads, who takes part and who carries it out, with the bracket cited."""
    clause_ids = _with_sections(reading.plan, evidence.clauses)
    asked_for_target = [series for series, _ in evidence.series if series.clause_id in clause_ids]
    for clause_id in clause_ids:
        bodies = _asked_bodies(reading, reading.plan.bodies(clause_id))
        if not bodies:
            draft.say(f"{clause_name(reading.plan.clause(clause_id))}：{NO_BODY}。{_heading(draft, clause_id)}")
            continue
        claim = _verdict(reading, bodies) if len(clause_ids) == 1 else ""
        draft.say(claim + _sentence(reading, draft, clause_id, bodies))
        if counts_bodies(reading.text):
            draft.say(_count(reading, draft, bodies))
    for series in asked_for_target:
        draft.say(f"{ASKED_TARGET}{target_sentence(draft, series)}")
    return draft


_BODY_COUNT = re.compile(
    r"(?:多少|几)\s*[家个]?(?:责任|牵头|配合|参与)?(?:单位|部门|机构|牵头|配合)|(?:单位|部门|机构)[^,。;]{0,8}(?:多少|几)\s*[家个]"
    r"|有几家|几家牵头|多少家(?:牵头|单位)"
)


def counts_bodies(text: str) -> bool:
    """Whether a question wants the number of bodies: 几家牵头, 点名的单位有几家; not 定了多少家领跑者.

    >>> counts_bodies("一共几家牵头?"), counts_bodies("谁管,定了多少家领跑者")
    (True, False)
    """
    return _BODY_COUNT.search(lexicon().compounds.sub(" ", text)) is not None  # 公共机构 is no body that is counted


def _count(reading: Reading, draft: Draft, bodies: Sequence[Responsibility]) -> str:
    """Count the bodies that the question asks about; those that only carry out are told apart."""
    lead = [body for body in bodies if body.role == "lead"]
    own = [body for body in bodies if body.role != "local"]
    if reading.asks("lead") and not reading.asks("share", "part"):
        return f"牵头单位共 {draft.compute(len(lead))} 家。"
    local = f"（负责落实的{name_list([body.name for body in bodies if body.role == 'local'])}不计在内）"
    return f"列明的责任单位共 {draft.compute(len(own))} 家{local if len(own) < len(bodies) else ''}。"


def target_sentence(draft: Draft, series: Series) -> str:
    """Say one indicator with all its targets, each cited."""
    return series_sentence(series.name, series.rows, [draft.cite_row(row) for row in series.rows])


def _asked_bodies(reading: Reading, bodies: Sequence[Responsibility]) -> Sequence[Responsibility]:
    """Return every body of a clause; only the lead bodies where the question wants these alone."""
    if not (reading.asks("only") and reading.asks("lead")):
        return bodies
    return [body for body in bodies if body.role == "lead"] or bodies


def _heading(draft: Draft, clause_id: str) -> str:
    return draft.cite_heading(draft.plan.clause(clause_id))


def _with_sections(plan: Plan, clause_ids: Sequence[str]) -> list[str]:
    """Replace a chapter that names nobody itself by its sections."""
    expanded: list[str] = []
    for clause_id in clause_ids:
        sections = [clause.clause_id for clause in plan.children(clause_id)]
        expanded.extend([clause_id] if plan.bodies(clause_id) or not sections else sections)
    return list(dict.fromkeys(expanded))


def _sentence(reading: Reading, draft: Draft, clause_id: str, bodies: Sequence[Responsibility]) -> str:
    plan = reading.plan
    name = clause_name(plan.clause(clause_id))
    marker = cite_bodies(draft, clause_id, bodies)
    leads = [body for body in bodies if body.role == "lead"]
    lead_asked = reading.asks("lead") and (reading.asks("only") or not reading.asks("share", "local"))
    part_asked = reading.asks("share") and not reading.asks("lead")
    sole = [body for body in bodies if body.role == "sole"]
    if lead_asked and leads:
        others = [body for body in bodies if body.role != "lead"]
        led = cite_bodies(draft, clause_id, leads)
        rest = f"其他责任单位：{duties(plan, others)}{cite_bodies(draft, clause_id, others)}。" if others else ""
        return f"{name}由{_with_list_mark(leads)}牵头{led}。{rest}"
    if part_asked and leads:
        shared = [body for body in bodies if body.role == "shared"]
        local = [body for body in bodies if body.role == "local"]
        rest = f"；{name_list([body.name for body in local])}负责落实" if local else ""
        part = duties(plan, shared) if shared else "方案没有写明其他配合单位"
        return f"{name}：{part}{rest}{marker}。牵头的是{_with_list_mark(leads)}。"
    if not leads and not sole:
        return f"{name}：{NO_LEAD}，由{duties(plan, bodies)}{marker}。"
    return f"{name}由{duties(plan, bodies)}{marker}。"


def _with_list_mark(bodies: Sequence[Responsibility]) -> str:
    """Name lead bodies; 等 belongs to them only where the bracket ends with them."""
    return name_list([body.name for body in bodies]) + ("等" if any(body.open_list for body in bodies) else "")


def _verdict(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer a question that names a body (是不是由X牵头?) with yes or no; empty where none is named."""
    if not (reading.links.names or reading.links.unknown_bodies):
        return _one_alone(reading, bodies) or _named_in_part(reading, bodies)
    if reading.asks("either") and not reading.asks("verify"):
        return _role_of_named(reading, bodies)
    if not reading.asks("verify"):
        return ""
    if reading.links.unknown_bodies:
        return "不是。您提到的单位不在这一条的责任单位之列。"
    roles = {body.name: body.role for body in bodies}
    missing = [name for name in reading.links.names if name not in roles]
    if missing:
        return "不是。您提到的单位不在这一条的责任单位之列。"
    named = [(name, roles[name]) for name in reading.links.names]
    wrong = [(name, role) for name, role in named if not _fits(reading, role)]
    if not wrong:
        return "是的。"
    return "不是。" + "；".join(f"{name}在这一条的角色是{ROLE_NAMES[role]}" for name, role in wrong) + "。"


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
    if len(reading.links.names) > 1 or not named or not reading.asks("lead", "sole", "share", "part"):
        return ""
    return f"{named[0].name}在这一条的角色是{'、'.join(ROLE_NAMES[body.role] for body in named)}。"


def _named_in_part(reading: Reading, bodies: Sequence[Responsibility]) -> str:
    """Answer 里面有银行吗 by the bodies whose names hold the word; empty where the question asks no such thing."""
    words = [word for word in reading.subject.words if len(word) > 1]
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
