"""The page of a plan's bodies: one body's tasks, what two share, the matrix; and the same as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.respond.phrasing import enclosing_span
from assistant.web.addresses import address, body_address
from assistant.web.body_list import Body, BodyList, Task
from assistant.web.downloads import Table
from assistant.web.frame import page
from assistant.web.plan_page import target_of
from assistant.web.templates import render
from assistant.web.wording import MARKS, PART_MEANINGS, PARTS
from corpus.grid import Value
from corpus.model import Clause, Plan, Role

MOST_SIGNS = 100  # of a name in an address
_DUTIES = ["单位", "角色", "条款编号", "条款", "名单有“等”", "原文", "原文起", "原文止"]
_SAID = {role: Markup("{}<span class=sr>{}</span>").format(MARKS[role], PARTS[role][1:]) for role in PARTS}


def bodies_html(plan: Plan, asked: Mapping[str, str], plans: Sequence[Plan] = ()) -> str:
    """Return the page; ``asked`` (the address's query) may name a ``body`` and an ``other`` one."""
    table = BodyList(plan)
    one, other = _names(asked)
    content = render(
        "bodies.html.j2",
        plan=plan,
        plans=plans,
        bodies=table.bodies,
        clauses=table.clauses,
        one=one,
        other=other,
        known=[name for name in (one, other) if name in table.bodies],
        unknown=[name for name in (one, other) if name and name not in table.bodies],
        tasks=_by_role(table.tasks(one)),
        shared=table.shared(one, other),
        roles=PARTS,
        meanings=PART_MEANINGS,
        told={row.indicator_id: target_of(plan, row) for row in plan.indicators},
        matrix=_matrix(table, (one, other)),
        files={
            kind: address(address("/bodies", plan.plan_id), kind, body=one, other=other) for kind in ("xlsx", "csv")
        },
    )
    return page(f"责任单位：{plan.title}", content, "/bodies", plan.plan_id)


def bodies_tables(plan: Plan, asked: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the duties as asked for, and the whole matrix."""
    return _duties(plan, asked), _matrix_table(plan)


def _duties(plan: Plan, asked: Mapping[str, str]) -> Table:
    """Return every duty, or those of the bodies that are asked for, each with the plan's words for it."""
    names = set(_names(asked)) - {""}
    labels = {clause.clause_id: clause.label for clause in plan.clauses}
    rows: list[tuple[Value, ...]] = []
    for row in plan.responsibilities:
        if not names or row.name in names:
            start, end = enclosing_span(plan, row.start, row.end)
            said = "有" if row.open_list else "", plan.text[start:end], start, end
            rows.append((row.name, PARTS[row.role], row.clause_id, labels[row.clause_id], *said))
    return Table("责任单位", _DUTIES, rows, (26, 8, 10, 34, 12, 60, 8, 8))


def _matrix_table(plan: Plan) -> Table:
    """Return the whole matrix: a row for each body, a column for each clause."""
    table = BodyList(plan)
    header = ["单位", *PARTS.values(), *(clause.label for clause in table.clauses)]
    rows: list[tuple[Value, ...]] = [
        (
            body.name,
            *body.counts.values(),
            *("、".join(PARTS[role] for role in body.roles(clause.clause_id)) for clause in table.clauses),
        )
        for body in table.bodies.values()
    ]
    return Table("单位与条款", header, rows, (26, *[7] * len(PARTS), *[16] * len(table.clauses)))


def _names(asked: Mapping[str, str]) -> tuple[str, str]:
    one, other = (asked.get(name, "").strip()[:MOST_SIGNS] for name in ("body", "other"))
    return (one, other) if one else (other, "")


def _by_role(tasks: Sequence[Task]) -> dict[Role, list[Task]]:
    groups = {role: [task for task in tasks if role in task.roles] for role in PARTS}
    return {role: group for role, group in groups.items() if group}


def _matrix(table: BodyList, chosen: Sequence[str]) -> Markup:
    """Return the rows of the matrix; made here, because a template takes long over ten thousand cells."""
    return Markup("\n").join(_row(table, body, body.name in chosen) for body in table.bodies.values())


def _row(table: BodyList, body: Body, chosen: bool) -> Markup:
    link = body_address(table.plan.plan_id, body.name)
    head = Markup('<tr{}><th scope="row"><a href="{}">{}</a></th>').format(
        Markup(' class="chosen"') if chosen else "", link, body.name
    )
    counts = "".join(f'<td class="count">{count or ""}</td>' for count in body.counts.values())
    cells = "".join(_cell(body, clause) for clause in table.clauses)
    return head + Markup(f"{counts}{cells}</tr>")  # noqa: S704 (figures, and cells whose every word is escaped)


def _cell(body: Body, clause: Clause) -> str:
    roles = body.roles(clause.clause_id)
    if not roles:
        return "<td></td>"
    return f'<td class="{roles[0]}">{"".join(_SAID[role] for role in roles)}</td>'
