"""Who is responsible for a clause: every body with its role, and the asked part first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, name_list
from assistant.lexicon import lexicon
from assistant.reading import Evidence, Reading, Series
from assistant.respond.claims import DENIAL, claim_verdict
from assistant.respond.deadline import say_deadlines
from assistant.respond.own_bracket import own_bracket
from assistant.respond.phrasing import (
    NO_BODY,
    NO_LEAD,
    ROLE_NAMES,
    cite_bodies,
    clause_name,
    duties,
    one_line,
    series_sentence,
)
from assistant.respond.verdict import verdict
from assistant.roles import ROLES, asked_roles, besides_role
from assistant.roster_words import leaves_out, shared_alone
from assistant.subject import unused_words
from corpus.model import Plan, Responsibility, Role

ASKED_TARGET = "所问目标："
LOOSE = "方案没有完全照您的说法写，意思最接近的是："


def respond_who(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Say for each clause of the evidence who leads, who takes part and who carries it out, with the bracket cited."""
    clause_ids = _with_sections(reading.plan, evidence.clauses)
    asked_for_target = [series for series, _ in evidence.series if series.clause_id in clause_ids]
    if "by_subject" in evidence.signals and unused_words(reading.subject, reading.plan):
        draft.say(
            LOOSE
        )  # 臭水沟 is 黑臭水体; 地铁 is taken for 公共交通, and is something else: the reader has to see that
    for clause_id in clause_ids:
        all_bodies = reading.plan.bodies(clause_id)
        bodies = _asked_bodies(reading, all_bodies)
        if not bodies:
            draft.say(f"{clause_name(reading.plan.clause(clause_id))}：{NO_BODY}。{_heading(draft, clause_id)}")
            _say_why(evidence, draft, clause_id)  # 办公室设在哪个部门 is told by the sentence itself
            continue
        near = own_bracket(reading, reading.plan.clause(clause_id)) if len(bodies) == len(all_bodies) else ()
        claim = verdict(reading, near or all_bodies) if len(clause_ids) == 1 else ""
        if near and not counts_bodies(reading.text):
            draft.say(claim + _near_sentence(reading, draft, clause_id, near))
            _say_why(evidence, draft, clause_id)
            continue
        told = _sentence if len(bodies) == len(all_bodies) else _part_sentence
        draft.say(claim + told(reading, draft, clause_id, bodies))
        if counts_bodies(reading.text) or ("carried" in evidence.signals and reading.asks("count")):  # 他们一共几家
            draft.say(_count(reading, draft, all_bodies))  # right behind those whom it counts
        _say_why(evidence, draft, clause_id)
    say_deadlines(reading, draft, clause_ids if len(clause_ids) == 1 else ())
    if len(clause_ids) > 1 and counts_bodies(reading.text) and reading.asks("difference", "sum"):
        draft.say(_weighed(reading, draft, clause_ids))
    if len(clause_ids) > 1 and _ALIKE.search(reading.text):
        draft.say(_common(reading, draft, clause_ids))
    for series in asked_for_target:
        denial = DENIAL if claim_verdict(reading, series).endswith(DENIAL) else ""
        draft.say(f"{ASKED_TARGET}{denial}{target_sentence(draft, series)}")
    return draft


_ALIKE = re.compile(r"一样|同样|相同|重合|重复|交集|都有(?:谁|哪)|一致")


def _common(reading: Reading, draft: Draft, clause_ids: Sequence[str]) -> str:
    """Say which bodies several clauses have in common: of the lead ones where these are asked for."""
    roles: tuple[Role, ...] = ("lead",) if reading.asks("lead") else ("lead", "sole", "shared")
    rows = [[row for row in reading.plan.bodies(one) if row.role in roles] for one in clause_ids]
    shared = set.intersection(*({row.name for row in each} for each in rows))
    names = [row.name for row in rows[0] if row.name in shared]
    if not names:
        return "这几条的牵头单位各不相同。" if roles == ("lead",) else "这几条没有相同的责任单位。"
    markers = "".join(
        cite_bodies(draft, one, [row for row in each if row.name in shared])
        for one, each in zip(clause_ids, rows, strict=True)
    )
    return f"这几条都{ROLE_NAMES['lead'] if roles == ('lead',) else '有职责'}的是{name_list(names)}{markers}。"


def _say_why(evidence: Evidence, draft: Draft, clause_id: str) -> None:
    """Quote the sentence through which a subject led to a clause that the question does not name."""
    if "by_subject" not in evidence.signals:
        return
    passage = next((one for one in evidence.passages if one.clause_id == clause_id and one.kind == "content"), None)
    if passage is not None:
        draft.say(f"> {one_line(passage.text)}{draft.cite(clause_id, passage.start, passage.end)}")


_BODY_COUNT = re.compile(
    r"(?:多少|几)\s*[家个]?(?:责任|牵头|配合|参与)?(?:单位|部门|机构|牵头|配合)|(?:单位|部门|机构)(?!的[占有是一共总]*(?:多少|几))[^,。;]{0,8}(?:多少|几)\s*[家个]"
    r"|(?:牵头|配合|参与|协助|分工负责)的?(?:一共|共|总共|各)?(?:有|是)?(?:多少|几)\s*家|有几家|几家牵头|多少家(?:牵头|单位)|(?:单位|部门|机构)[^。;]{0,20}[多少]出?(?:多少|几)\s*[家个]"
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
    leaves_lead_out = "lead" not in asked_roles(reading)
    leading = f"牵头单位共 {draft.compute(len(lead))} 家。" if lead else f"{NO_LEAD}。"
    if reading.asks("lead") and not reading.asks("share", "part") and not leaves_lead_out:
        return leading
    shared = [body for body in own if body.role == "shared"]
    if reading.asks("lead", "share") and shared and (lead or not reading.asks("lead")):
        others = f"{ROLE_NAMES['shared']}的单位共 {draft.compute(len(shared))} 家。"
        return leading + others if reading.asks("lead") and not leaves_lead_out else others
    local = [body.name for body in bodies if body.role == "local"]
    aside = f"（负责落实的{name_list(local)}不计在内）" if local else ""
    told = f"列明的责任单位共 {draft.compute(len(own))} 家{aside}。"
    beside = [body for body in own if body.name not in reading.links.names]
    if not beside or len(beside) == len(own) or not leaves_out(reading.text, reading.links):
        return told
    return f"除您提到的外，共 {draft.compute(len(beside))} 家：{name_list([body.name for body in beside])}。"


def _weighed(reading: Reading, draft: Draft, clause_ids: Sequence[str]) -> str:
    """Set the numbers of bodies of two clauses against each other; those that only carry out are not counted."""
    leads = reading.asks("lead") and not reading.asks("share", "part")
    wanted = ("lead",) if leads else ("lead", "sole", "shared")
    sizes = [sum(body.role in wanted for body in reading.plan.bodies(one)) for one in clause_ids]
    high, low = max(sizes), min(sizes)
    if reading.asks("sum"):  # a body of both clauses counts in each
        return f"两边加起来：{' + '.join(map(str, sizes))} = {draft.compute(sum(sizes))} 家。"
    return f"相差：{high} − {low} = {draft.compute(high - low)} 家。" if high > low else "两边一样多。"


def target_sentence(draft: Draft, series: Series) -> str:
    """Say one indicator with all its targets, each cited."""
    return series_sentence(series.name, series.rows, [draft.cite_row(row) for row in series.rows])


def _asked_bodies(reading: Reading, bodies: Sequence[Responsibility]) -> Sequence[Responsibility]:
    """Return every body of a clause; where the question wants one part of them alone, those that have it."""
    wanted = _only_part(reading)
    return [body for body in bodies if body.role in wanted] or bodies


def _only_part(reading: Reading) -> Sequence[Role]:
    """Return the roles to which a question is limited: 只列牵头的, 参与但不牵头的; else every one.

    谁牵头 and 谁配合 are answered with every body of the clause, and so is what asks whether a body has a part.
    """
    if reading.links.names and reading.asks("verify", "mention", "either"):
        return ROLES
    alone = reading.asks("only") or besides_role(reading.text) or shared_alone(reading.text)
    return asked_roles(reading) if alone else ROLES


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


def _near_sentence(reading: Reading, draft: Draft, clause_id: str, near: Sequence[Responsibility]) -> str:
    """Tell the bodies behind the sentence that is asked for, then those of the clause's other sentences."""
    plan = reading.plan
    inside = {(row.start, row.end) for row in near}
    rows = [row for row in plan.responsibilities if row.clause_id == clause_id and (row.start, row.end) not in inside]
    once: dict[tuple[str, Role], Responsibility] = {}
    for row in rows:
        once.setdefault((row.name, row.role), row)
    others = list(once.values())
    leads = reading.asks("lead") and all(row.role not in ("lead", "sole") for row in (*near, *others))
    own = f"{f'{NO_LEAD}，' if leads else ''}由{duties(plan, near)}{cite_bodies(draft, clause_id, near)}。"
    rest = (
        f"这一条其他内容的责任单位：{duties(plan, others)}{cite_bodies(draft, clause_id, others)}。" if others else ""
    )
    return f"{clause_name(plan.clause(clause_id))}：所问的这项{own}{rest}"


def _part_sentence(reading: Reading, draft: Draft, clause_id: str, bodies: Sequence[Responsibility]) -> str:
    """Tell the bodies of a part alone; who leads is not said where the question leaves it out."""
    marker = cite_bodies(draft, clause_id, bodies)
    return f"{clause_name(reading.plan.clause(clause_id))}：{duties(reading.plan, bodies)}{marker}。"


def _with_list_mark(bodies: Sequence[Responsibility]) -> str:
    """Name lead bodies; 等 belongs to them only where the bracket ends with them."""
    return name_list([body.name for body in bodies]) + ("等" if any(body.open_list for body in bodies) else "")
