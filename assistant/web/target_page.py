"""The page of a plan's targets, and the same table as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.web.addresses import address
from assistant.web.downloads import Table
from assistant.web.frame import page
from assistant.web.target_list import SORTS, Row, TargetList, Wish
from assistant.web.target_plot import groups
from assistant.web.templates import render
from assistant.web.wording import COMPARATORS
from corpus.grid import Value
from corpus.model import Plan

_COLUMNS = (("name", "指标"), ("value", "目标"), ("year", "时间"), ("strength", "力度"), ("", "条款"), (None, "原文"))
_HEADER = [
    "指标",
    "目标",
    "比较",
    "数值",
    "单位",
    "变化",
    "目标年",
    "时期",
    "基准年",
    "力度",
    "章",
    "条款编号",
    "条款",
    "责任单位",
    "原文",
    "原文起",
    "原文止",
]
_WIDTHS = (30, 28, 10, 12, 14, 10, 9, 12, 9, 10, 24, 10, 30, 40, 60, 8, 8)


def targets_html(plan: Plan, asked: Mapping[str, str], plans: Sequence[Plan] = ()) -> str:
    """Return the page with the targets that ``asked`` (the address's query) wants."""
    table, wish = TargetList(plan), Wish.of(asked)
    rows = table.wanted(wish)
    drawn, alone = groups(rows)
    content = render(
        "targets.html.j2",
        plan=plan,
        plans=plans,
        total=len(table.rows),
        rows=rows,
        wish=wish,
        choices=table.choices(wish),
        sorts=SORTS,
        columns=[(name, *_sorting(plan, wish, key)) for key, name in _COLUMNS],
        groups=drawn,
        alone=alone,
        undrawn=sum(not row.indicator.is_numeric for row in rows),
        files={kind: address(address("/targets", plan.plan_id), kind, **wish.query()) for kind in ("xlsx", "csv")},
    )
    return page(f"目标指标：{plan.title}", content, "/targets", plan.plan_id)


def targets_tables(plan: Plan, asked: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the same rows for a spreadsheet: numbers as numbers, every word where it can be checked."""
    rows = TargetList(plan).wanted(Wish.of(asked))
    return (Table("目标指标", _HEADER, tuple(_cells(row) for row in rows), _WIDTHS),)


def _cells(row: Row) -> tuple[Value, ...]:
    one = row.indicator
    return (
        one.name,
        row.words,
        COMPARATORS[one.comparator] if one.is_numeric else "",
        Decimal(one.value) if one.is_numeric else one.value,
        one.unit,
        one.direction,
        one.target_year,
        one.period or "",
        one.base_year,
        row.strength,
        row.chapter,
        one.clause_id,
        row.clause.label,
        "、".join(row.bodies),
        one.quote,
        one.start,
        one.end,
    )


def _sorting(plan: Plan, wish: Wish, key: str | None) -> tuple[str, str]:
    """Return where a column's head leads, and the order that the column is in now."""
    if key is None:
        return "", ""
    now = wish.sort == key, wish.sort == f"-{key}" and bool(key)
    after = f"-{key}" if now[0] and key else key
    order = "ascending" if now[0] else "descending" if now[1] else ""
    return address("/targets", plan.plan_id, "table", **wish.query(sort=after)), order
