"""The answer to a query over the register: the clauses or the bodies that it finds, each with its duties cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft import Draft, name_list
from assistant.respond.phrasing import ROLE_NAMES, cite_bodies, duties
from assistant.roster import OWN, BodyQuery, ClauseQuery, Condition, tasks
from corpus.model import Clause, Responsibility

_DETAILED = 60  # duties that are listed one by one; of more only their number


def say_clauses(query: ClauseQuery, clauses: Sequence[Clause], draft: Draft) -> Draft:
    """List the clauses that a query finds, each with the bodies it is about."""
    plan = draft.plan
    found = [one for one in clauses if query.admits(plan.bodies(one.clause_id))]
    if not found:
        draft.status = "not_stated"
        draft.say("方案中没有符合所问条件的条款。")
        return draft
    named = [one.name for one in query.conditions if not one.absent]
    draft.say(f"{_kind(query)}共 {draft.compute(len(found))} 条：")
    lines = []
    for clause in found:
        own = [row for row in plan.bodies(clause.clause_id) if row.role != "local" or row.name in named]
        rows = [row for row in own if row.name in named] if named and query.size is None else own
        who = _each(rows) if named and query.size is None else duties(plan, rows)
        marker = cite_bodies(draft, clause.clause_id, rows) if rows else draft.cite_heading(clause)
        lines.append(f"- {clause.label}：{who}{marker}")
    draft.say("\n".join(lines))
    return draft


def _each(rows: Sequence[Responsibility]) -> str:
    return "，".join(f"{row.name}{ROLE_NAMES[row.role]}" for row in rows)


def _kind(query: ClauseQuery) -> str:
    """Say in words which clauses are listed: 省能源局牵头、省发展改革委按职责分工负责的条款."""
    parts = [_condition(one) for one in query.conditions]
    if all(one.absent for one in query.conditions) and query.conditions:
        parts = ["没有列入所问单位"]
    if query.size is not None:
        role = ROLE_NAMES[query.roles[0]] if len(query.roles) == 1 else "责任"
        parts.append(f"{role}单位的家数符合所问")
    return "、".join(parts) + "的条款"


def _condition(one: Condition) -> str:
    role = "、".join(ROLE_NAMES[role] for role in one.roles) if len(one.roles) < len(OWN) else ""
    if one.absent:
        return "没有另一家所问单位" + role  # its name has no source in these clauses
    return f"{one.name}{role or '有职责'}"


def say_bodies(query: BodyQuery, clauses: Sequence[Clause], draft: Draft) -> Draft:
    """List the bodies that a query finds, each with its duties."""
    found = query.run(draft.plan, [one.clause_id for one in clauses])
    draft.say(f"{_which(query)}的单位共 {draft.compute(len(found))} 个" + ("：" if found else "。"))
    detailed = sum(map(len, found.values())) <= _DETAILED and not query.kind
    lines = [f"- **{name}**：{_duties(draft, rows, detailed=detailed)}" for name, rows in found.items()]
    if lines:
        draft.say("\n".join(lines))
    if query.never == ("lead",) and "sole" in query.roles:
        _say_sole(draft, found)
    return draft


def _say_sole(draft: Draft, found: dict[str, list[Responsibility]]) -> None:
    """Tell apart who leads nothing and yet is solely responsible for something."""
    alone = [name for name, rows in found.items() if any(row.role == "sole" for row in rows)]
    if alone:
        draft.say(f"其中{name_list(alone)}没有牵头任务，但单独负责了任务。")


def _duties(draft: Draft, rows: Sequence[Responsibility], *, detailed: bool) -> str:
    """Tell the duties of one body by role: each with its clause, or only how many there are."""
    by_role = {role: [row for row in rows if row.role == role] for role in OWN}
    held = {role: found for role, found in by_role.items() if found}
    if not detailed:
        shares = "、".join(f"{draft.compute(len(found))} 项{ROLE_NAMES[role]}" for role, found in held.items())
        marker = cite_bodies(draft, rows[0].clause_id, rows[:1])
        draft.use_bodies(rows)
        return f"{draft.compute(tasks(rows))} 项{marker}" + (f"，其中 {shares}" if len(held) > 1 else "")
    told = "；".join(
        f"{ROLE_NAMES[role]} " + "、".join(_place(draft, row) for row in found) for role, found in held.items()
    )
    return f"{draft.compute(tasks(rows))} 项，{told}" if len(rows) > 1 else told


def _place(draft: Draft, row: Responsibility) -> str:
    return draft.plan.clause(row.clause_id).label + cite_bodies(draft, row.clause_id, [row])


def _which(query: BodyQuery) -> str:
    """Say in words which bodies are listed."""
    parts = []
    if query.beside:
        parts.append(
            f"与{name_list([one.name for one in query.beside])}一起{'牵头' if query.roles == ('lead',) else '承担任务'}"
        )
    if query.left_out and not query.beside:
        parts.append(f"除{name_list(query.left_out)}外")
    if query.nowhere_else:
        parts.append("只在所问范围内有职责")
    if query.kind:
        parts.append(f"名称以“{query.kind}”结尾")
    if query.every:
        parts.append("既牵头又" + "、".join(ROLE_NAMES[role] for role in query.every if role != "lead"))
    parts.extend(f"不{'单独' if role == 'sole' else ''}{ROLE_NAMES[role]}" for role in query.never)
    role = "、".join(ROLE_NAMES[role] for role in query.roles) if set(query.roles) != set(OWN) else ""
    if query.times:
        parts.append(f"{role}任务数符合所问")
    if query.order:
        parts.append(_rank(query, role))
    elif role and not (query.times or query.beside):
        parts.append(role)
    return "、".join(parts)


def _rank(query: BodyQuery, role: str) -> str:
    end = "最少" if query.order == "rising" else "最多"
    if query.second:
        return f"{role}任务第二{end[-1]}"
    if query.place == 1:
        return f"{role}任务{end}"
    if query.place:
        return f"{role}任务数排在前列（并列的都算）"
    return f"按{role}任务数从{'少到多' if query.order == 'rising' else '多到少'}排列"
