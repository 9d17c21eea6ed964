"""Questions over all clauses and bodies: which have no lead, who leads most, how many there are. Always computed whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, name_list
from assistant.reading import Evidence, Reading
from assistant.respond.phrasing import ROLE_NAMES, cite_bodies, duties
from assistant.respond.roster import say_bodies, say_clauses
from assistant.respond.tasks import in_scope
from assistant.respond.who import counts_bodies
from assistant.roles import asked_roles
from assistant.roster import GENERAL, OWN, ClauseQuery
from assistant.roster_words import read_extreme_roles, read_roster
from corpus import Clause, Plan, Responsibility
from corpus.model import Role

_ALL = 4


def respond_register(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Answer over the whole register of responsibilities, within the chapters that the question names."""
    clauses = _clauses(reading)
    if reading.asks("no_body"):
        return _list_clauses(
            draft, [one for one in clauses if not reading.plan.bodies(one.clause_id)], "没有写明责任单位的条款"
        )
    with_bodies = [clause for clause in clauses if reading.plan.bodies(clause.clause_id)]
    if query := read_roster(reading, evidence):
        if isinstance(query, ClauseQuery):
            return say_clauses(query, with_bodies, draft)
        return say_bodies(query, with_bodies, draft)
    if reading.asks("most", "least"):
        return _extreme(reading, draft, _narrowed(reading, with_bodies))
    if reading.asks("no_lead"):
        return _without_lead(reading, draft, with_bodies)
    if reading.asks("joint_lead"):
        found = [one for one in with_bodies if len(_leads(reading.plan, one)) > 1]
        return _list_clauses(draft, found, "由几个单位共同牵头的条款")
    if reading.asks("local") and not reading.asks("lead", "share", "sole", "clause"):
        return _list_bodies(reading, draft, with_bodies)
    if reading.asks("sole"):
        found = [one for one in with_bodies if _has_role(reading.plan, one, "sole")]
        return _list_clauses(draft, found, "由一个单位单独负责的条款")
    if reading.asks("body") and (not reading.asks("clause") or counts_bodies(reading.text)):
        return _list_bodies(reading, draft, with_bodies)
    if reading.asks("lead"):
        found = [one for one in with_bodies if _leads(reading.plan, one)]
        return _list_clauses(draft, found, "明确了牵头单位的条款")
    return _list_clauses(draft, with_bodies, "写明了责任单位的条款")


def _narrowed(reading: Reading, clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Limit the clauses among which one has most: 没有牵头单位的任务里，责任单位最多的是哪条."""
    if not reading.asks("no_lead"):
        return clauses
    return [
        one for one in clauses if not _leads(reading.plan, one) and not _has_role(reading.plan, one, "sole")
    ] or clauses


def _without_lead(reading: Reading, draft: Draft, clauses: Sequence[Clause]) -> Draft:
    """List the clauses that several bodies share without a lead; those with one responsible body are told apart."""
    shared = [one for one in clauses if not _leads(reading.plan, one) and not _has_role(reading.plan, one, "sole")]
    _list_clauses(draft, shared, "没有明确牵头单位、由几个单位分工负责的条款")
    sole = [one for one in clauses if _has_role(reading.plan, one, "sole")]
    if sole:
        _list_clauses(draft, sole, "另外，由一个单位单独负责的条款")
    return draft


def _clauses(reading: Reading) -> list[Clause]:
    """Return the clauses in scope that have a text of their own."""
    return [
        clause
        for clause in reading.plan.clauses
        if in_scope(clause.clause_id, reading.links.clauses or reading.titled)
        and not any(reading.plan.children(clause.clause_id))
        and clause.clause_id.split(".")[-1] != "0"
    ]


def _leads(plan: Plan, clause: Clause) -> list[Responsibility]:
    return [row for row in plan.bodies(clause.clause_id) if row.role == "lead"]


def _has_role(plan: Plan, clause: Clause, role: Role) -> bool:
    return any(row.role == role for row in plan.bodies(clause.clause_id))


def _list_clauses(draft: Draft, clauses: Sequence[Clause], what: str, roles: Sequence[Role] = OWN) -> Draft:
    """List clauses with the bodies of some roles; where only local governments are named, with these."""
    draft.say(f"{what}共 {draft.compute(len(clauses))} 条" + ("：" if clauses else "。"))
    lines = []
    for clause in clauses:
        bodies = draft.plan.bodies(clause.clause_id)
        own = [row for row in bodies if row.role in roles] or bodies
        if own:
            lines.append(f"- {clause.label}：{duties(draft.plan, own)}{cite_bodies(draft, clause.clause_id, own)}")
        else:
            lines.append(f"- {clause.label}{draft.cite_heading(clause)}")
    if lines:
        draft.say("\n".join(lines))
    return draft


def _counts(reading: Reading, clauses: Sequence[Clause]) -> dict[str, list[Responsibility]]:
    """Map each body to its duties in the given clauses, only the roles the question is limited to."""
    wanted = asked_roles(reading)
    table: dict[str, list[Responsibility]] = {}
    for clause in clauses:
        for row in reading.plan.bodies(clause.clause_id):
            if row.role in wanted and (row.role != "local" or len(wanted) < _ALL) and not GENERAL.match(row.name):
                table.setdefault(row.name, []).append(row)
    return table


def _extreme(reading: Reading, draft: Draft, clauses: Sequence[Clause]) -> Draft:
    """Say which body has most duties, or which clause most bodies."""
    if not _asks_for_body(reading):
        roles = read_extreme_roles(reading.text)
        if roles == ("shared",) and reading.asks("lead"):
            clauses = [one for one in clauses if _leads(reading.plan, one)]  # 有牵头单位的任务里，配合单位最多的
        sizes = {
            clause.clause_id: sum(row.role in roles for row in reading.plan.bodies(clause.clause_id))
            for clause in clauses
        }
        best = max(sizes.values(), default=0) if reading.asks("most") else min(sizes.values(), default=0)
        found = [clause for clause in clauses if sizes[clause.clause_id] == best]
        extreme = "最多" if reading.asks("most") else "最少"
        kind = f"{ROLE_NAMES[roles[0]]}的" if len(roles) == 1 else "责任"
        _list_clauses(draft, found, f"{kind}单位{extreme}（{draft.compute(best)} 个，落实单位不计）的条款", roles)
        if reading.asks("who"):
            _say_local(draft, found)
        return draft
    table = _counts(reading, clauses)
    sizes = {name: len({row.clause_id for row in rows}) for name, rows in table.items()}
    best = max(sizes.values(), default=0) if reading.asks("most") else min(sizes.values(), default=0)
    names = [name for name, size in sizes.items() if size == best]
    wanted = asked_roles(reading)
    verb = "、".join(ROLE_NAMES[role] for role in wanted) if len(wanted) < _ALL else "承担"
    extreme = "最多" if reading.asks("most") else "最少"
    draft.say(
        f"{verb}任务{extreme}的是**{name_list(names)}**，{'各' if len(names) > 1 else ''}有 {draft.compute(best)} 项："
    )
    lines = []
    for name in names:
        for row in table[name]:
            marker = cite_bodies(draft, row.clause_id, [row])
            lines.append(f"- {name}{ROLE_NAMES[row.role]}：{draft.plan.clause(row.clause_id).label}{marker}")
    draft.say("\n".join(lines))
    return draft


def _say_local(draft: Draft, clauses: Sequence[Clause]) -> None:
    """Add who carries the clauses out, where a question asks for their bodies."""
    told: dict[str, None] = {}
    for clause in clauses:
        local = [row for row in draft.plan.bodies(clause.clause_id) if row.role == "local"]
        if local:
            told[f"{duties(draft.plan, local)}{cite_bodies(draft, clause.clause_id, local)}。"] = None
    draft.say(*told)


_BODY_ASKED = re.compile(
    r"(?:谁|哪[个家些]?(?:单位|部门|机构|厅|局|委)|哪[一几]?家|什么(?:单位|部门|机构))[^最]*最"
    r"|最[多少]的(?:是|为|有)?(?:谁|哪[一几]?家|哪个?(?:单位|部门|机构|厅|局)|单位|部门|机构|厅局|委办局|[厅局](?=[是有?,]|$))"
)


def _asks_for_body(reading: Reading) -> bool:
    """Whether the thing asked for is a body (哪个部门牵头最多), not a clause (单位最多的那条任务)."""
    return _BODY_ASKED.search(reading.text) is not None


_KIND = "(?:类|系统|性质|口)?的?(?:两个字|字样|字|词)?的?(?:单位|部门|机构)"


def _kind_named(reading: Reading) -> str:
    """Return the word by which a question picks bodies: 金融类单位, 带“监管”两个字的单位; empty where it names none."""
    return next(
        (
            word.removesuffix("类")
            for word in reading.subject.words
            if len(word) > 1 and re.search(rf"{re.escape(word)}[”\"」』]?{_KIND}", reading.text)
        ),
        "",
    )


def _list_bodies(reading: Reading, draft: Draft, clauses: Sequence[Clause]) -> Draft:
    """List the bodies, each with the number of its duties."""
    table = _counts(reading, clauses)
    kind = _kind_named(reading)
    held: dict[str, list[Responsibility]] = {}
    if kind:
        held = {name: rows for name, rows in table.items() if kind in name}
        which = f"以下是名称里有{kind}二字的。" if held else "以下是全部。"
        draft.say(f"方案没有给责任单位作所问的分类，{which}")
        table = held or table
    wanted = asked_roles(reading)
    role = "、".join(ROLE_NAMES[role] for role in wanted) + "的" if len(wanted) < _ALL else ""
    rest = "（负责落实的地方政府和泛称的部门不计在内）" if len(wanted) == _ALL else ""
    draft.say(
        f"{'这样的' if kind and table is held else '方案中'}{role}责任单位共 {draft.compute(len(table))} 个{rest}："
    )
    lines = []
    for name, rows in table.items():
        marker = cite_bodies(draft, rows[0].clause_id, rows[:1])
        draft.use_bodies(rows)
        lines.append(f"- {name}：{draft.compute(len({row.clause_id for row in rows}))} 项{marker}")
    draft.say("\n".join(lines))
    return draft
