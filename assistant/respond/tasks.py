"""What a named body is responsible for: computed over all clauses of the plan, never over a list of search hits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, name_list
from assistant.reading import Evidence, Reading
from assistant.respond.phrasing import ROLE_NAMES, cite_bodies, enclosing_span, is_bracket
from assistant.roles import ROLES, asked_roles, leads_alone
from corpus.model import Plan, Responsibility, Role
from corpus.numbering import read_mark


def respond_tasks(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """List the clauses of the bodies that the question names, by role, each with its bracket cited."""
    names = reading.links.names
    if reading.asks("absent"):
        return _absences(reading, draft, names)
    if len(names) > 1 and (reading.asks("difference", "compare") or _WHO_MORE.search(reading.text)):
        return _compare(reading, draft, names)
    wanted = asked_roles(reading)
    scope = _scope(reading, evidence)
    if len(names) > 1 and reading.asks("both"):
        return _shared_tasks(reading, draft, names, wanted, scope)
    for name in names:
        rows = [row for row in _duties_of(reading.plan, name) if row.role in wanted and in_scope(row.clause_id, scope)]
        rows = [row for row in rows if row.clause_id not in reading.without]
        if leads_alone(reading) and "lead" in wanted:
            rows = [row for row in rows if row.role == "sole" or _leads_alone(reading.plan, row)]
        if rows and _asks_each(reading, scope):
            _list_by_chapter(draft, name, rows, scope)
        elif rows:
            _list_tasks(draft, name, rows, scope or reading.without)
        else:
            _say_none(reading, draft, name, wanted, scope)
    if not draft.citations:
        draft.status = "not_stated"
    return draft


_WHO_MORE = re.compile(
    r"(?:谁|哪[个家一]?(?:单位|部门)?)[^,。;?!]{0,10}[多少重](?!少)|最[多少]|[多少](?:一些|一点|些)?(?:吗|呢|吧|没有)?[?。 ]*$"
)


def in_scope(clause_id: str, scope: Sequence[str]) -> bool:
    """Whether a clause is one of ``scope`` or lies under it; everything is where the scope is empty.

    >>> in_scope("3.4", ["3"]), in_scope("3.4", ["4"]), in_scope("3.4", [])
    (True, False, True)
    """
    return not scope or any(clause_id == one or clause_id.startswith(f"{one}.") for one in scope)


def _leads_alone(plan: Plan, row: Responsibility) -> bool:
    return row.role == "lead" and sum(one.role == "lead" for one in plan.bodies(row.clause_id)) == 1


def _absences(reading: Reading, draft: Draft, names: Sequence[str]) -> Draft:
    """List the clauses with responsible bodies that do not name a body."""
    for name in names:
        held = {row.clause_id for row in reading.plan.responsibilities if row.name == name}
        free = [one for one in reading.plan.clauses if reading.plan.bodies(one.clause_id) and one.clause_id not in held]
        draft.say(f"方案中没有列入这个单位的条款共 {draft.compute(len(free))} 条：")
        draft.say("\n".join(f"- {one.label}{draft.cite_heading(one)}" for one in free))
    return draft


def _compare(reading: Reading, draft: Draft, names: Sequence[str]) -> Draft:
    """Count the tasks of bodies, say who has most, and subtract in plain sight where there are two."""
    wanted, scope = asked_roles(reading), reading.links.clauses
    sizes: dict[str, int] = {}
    for name in names:
        rows = [row for row in _duties_of(reading.plan, name) if row.role in wanted and in_scope(row.clause_id, scope)]
        sizes[name] = len(rows)
        if rows:
            _list_tasks(draft, name, rows, scope)
        else:
            _say_none(reading, draft, name, wanted, scope)
    high, low = max(sizes.values()), min(sizes.values())
    most = [name for name in names if sizes[name] == high]
    what = f"{ROLE_NAMES[wanted[0]]}的任务" if len(wanted) == 1 else "任务"
    if high == low:
        draft.say(f"{what}一样多。")
    elif len(names) > _TWO:
        draft.say(f"**{name_list(most)}**{what}最多。")
    else:  # a body without any such task has nothing to be subtracted
        gap = f"{draft.compute(high)} − {draft.compute(low)} = " if low else ""
        draft.say(f"**{name_list(most)}**{what}更多，相差：{gap}{draft.compute(high - low)} 项。")
    return draft


_TWO = 2


def _scope(reading: Reading, evidence: Evidence) -> Sequence[str]:
    """Return the chapters or clauses that the question names; else those its subject leads to, if it has one."""
    if reading.links.clauses:
        return reading.links.clauses
    return evidence.clauses if not reading.subject.is_empty else ()


def _duties_of(plan: Plan, name: str) -> list[Responsibility]:
    seen: dict[tuple[str, Role], Responsibility] = {}
    for row in plan.responsibilities:
        if row.name == name:
            seen.setdefault((row.clause_id, row.role), row)
    return list(seen.values())


def _list_tasks(draft: Draft, name: str, rows: Sequence[Responsibility], scope: Sequence[str] = ()) -> None:
    by_role = {role: [row for row in rows if row.role == role] for role in ROLES}
    shares = "，".join(f"{ROLE_NAMES[role]} {draft.compute(len(found))} 项" for role, found in by_role.items() if found)
    total = f"共 {draft.compute(len(rows))} 项任务"
    if len({row.role for row in rows}) > 1:
        total += f"，其中{shares}"
    elif rows[0].role != "shared":  # 按职责分工负责 is said in every line
        total = f"共{shares}"
    draft.say(f"**{name}**在{'所问范围内' if scope else '方案中'}{total}：")
    lines = []
    for role, found in by_role.items():
        for row in found:
            marker = cite_bodies(draft, row.clause_id, [row])
            clause = draft.plan.clause(row.clause_id)
            lines.append(
                f"- {ROLE_NAMES[role]}：{clause.label}{marker}{'' if clause.title else _first_words(draft, row)}"
            )
    draft.say("\n".join(lines))


_STOPS = re.compile(r"[。；\n]|$")
_COMMAS = re.compile(r"[，。；：（\n]|$")
_WORDS = 12  # characters from which the words up to a comma say something


def _first_words(draft: Draft, row: Responsibility) -> str:
    """Quote of a clause without a heading the words that name the body, or those that it begins with."""
    plan = draft.plan
    clause = plan.clause(row.clause_id)
    if not clause.start <= row.start < clause.end:
        return ""
    start, end = enclosing_span(plan, row.start, row.end)
    if not is_bracket(plan, start, end):  # a sentence of its own: 市农业局负责养殖环节的监督管理
        start = max(plan.text.rfind(sign, start, row.start) for sign in "。；\n") + 1 or start
        stop = _STOPS.search(plan.text, row.end)
        end = stop.start() if stop else clause.end
    else:
        mark = read_mark(clause.text)
        start = clause.start + (mark.length if mark else 0)
        ends = [found.start() for found in _COMMAS.finditer(plan.text, start, clause.end)]
        end = next((one for one in ends if one - start >= _WORDS), ends[-1] if ends else start)
    words = plan.text[start:end].strip()
    return (
        f"：“{words}”{draft.cite(clause.clause_id, start, start + len(words))}" if words and "\n" not in words else ""
    )


_EACH = re.compile(r"各|分别|分章")


def _asks_each(reading: Reading, scope: Sequence[str]) -> bool:
    """Whether the tasks of each of several chapters are asked for: 第三章和第四章各有几条."""
    return len(scope) > 1 and _EACH.search(reading.text) is not None


def _list_by_chapter(draft: Draft, name: str, rows: Sequence[Responsibility], scope: Sequence[str]) -> None:
    for chapter in scope:
        inside = [row for row in rows if in_scope(row.clause_id, [chapter])]
        clause = draft.plan.clause(chapter)
        draft.say(f"在**{clause.label}**{draft.cite_heading(clause)}中：")
        if inside:
            _list_tasks(draft, name, inside, [chapter])
        else:
            draft.say("没有写明这个单位的任务。")


def _shared_tasks(
    reading: Reading, draft: Draft, names: Sequence[str], wanted: Sequence[Role], scope: Sequence[str]
) -> Draft:
    """List the clauses in which every named body has one of the wanted roles."""
    clause_ids = [clause.clause_id for clause in reading.plan.clauses if in_scope(clause.clause_id, scope)]
    found: list[tuple[str, list[Responsibility]]] = []
    for clause_id in clause_ids:
        rows = [row for row in reading.plan.bodies(clause_id) if row.name in names and row.role in wanted]
        if {row.name for row in rows} == set(names):
            found.append((clause_id, rows))
    joined = name_list(names)
    verb = "共同牵头" if wanted == ("lead",) else "都有职责"
    if not found:
        draft.status = "not_stated"
        draft.say(f"方案中没有您所问的几个单位{verb}的任务。")
        return draft
    lines = []
    for clause_id, rows in found:
        roles = "，".join(f"{row.name}{ROLE_NAMES[row.role]}" for row in rows)
        lines.append(f"- {reading.plan.clause(clause_id).label}：{roles}{cite_bodies(draft, clause_id, rows)}")
    draft.say(f"**{joined}**{verb}的任务共 {draft.compute(len(found))} 项：", "\n".join(lines))
    return draft


def _say_none(reading: Reading, draft: Draft, name: str, wanted: Sequence[Role], scope: Sequence[str]) -> None:
    """Say that a body has no such task, and show what it has instead."""
    held = _duties_of(reading.plan, name)
    inside = [row for row in held if in_scope(row.clause_id, scope)]
    role = (
        "、".join("单独负责" if role == "sole" else ROLE_NAMES[role] for role in wanted)
        if len(wanted) < len(ROLES)
        else ""
    )
    where = "在您所问的范围内" if scope else "在方案中"
    draft.say(f"{where}没有这个单位{role}的任务。" if role else f"{where}没有写明这个单位的任务。")
    if held:
        draft.say("它的职责如下。" if inside else "它在方案中的职责如下。")
        _list_tasks(draft, name, inside or held, scope if inside else ())
