"""What was read from a plan, in plain Chinese for people."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.leftovers import find_leftovers
from corpus.model import Clause, Comparator, Indicator, Plan, Responsibility, Role, Strength
from corpus.responsibilities import responsibility_brackets

ROLES: dict[Role, str] = {"lead": "牵头", "sole": "负责", "shared": "按职责分工负责或配合", "local": "落实"}
COMPARATORS: dict[Comparator, str] = {
    "=": "{}",
    ">=": "{}以上",
    "<=": "{}以下",
    ">": "{}以上（不含）",
    "<": "{}以下（不含）",
    "~": "{}左右",
}
STRENGTHS: dict[Strength, str] = {"firm": "", "strive": "力争", "incentive": "激励目标："}
LONGEST = 60


def overview(plan: Plan, *, titled_by_file: bool = False) -> str:
    """Return what was found: chapters, clauses, brackets, indicators, and every paragraph that could not be placed.

    ``titled_by_file``: the text has no title, and the file's name took its place.
    """
    lines = list(_overview_lines(plan))
    if titled_by_file:
        lines[0] += "（文件里没有找到标题，用的是文件名；可以用 --title 写明）"
    return "\n".join(lines)


def show_plan(plan: Plan) -> str:
    r"""Return the plan clause by clause, with the bodies, terms and targets of each.

    >>> from corpus.plans import read_plan
    >>> print(show_plan(read_plan("某县方案\n一、节水。推进节水。（县水务局负责）", "x")).split("\n\n")[-1])
    一、节水（1）
      责任单位：县水务局（负责）
    """
    blocks = ["\n".join(_head_lines(plan))]
    blocks += ["\n".join(_clause_lines(plan, clause)) for clause in plan.clauses if clause.level > 0]
    return "\n\n".join(blocks)


def _head_lines(plan: Plan) -> Iterator[str]:
    yield f"标题：{plan.title}"
    for label, words in (("发文机关", plan.issuer), ("地区", plan.region), ("时期", plan.period)):
        if words:
            yield f"{label}：{words}"
    yield f"正文：{len(plan.text)} 字，{len(plan.clauses)} 个条款"


def _overview_lines(plan: Plan) -> Iterator[str]:
    yield from _head_lines(plan)
    chapters = [clause for clause in plan.clauses if clause.level == 1]
    yield f"章：{len(chapters)} 个"
    for chapter in chapters:
        below = sum(clause.clause_id.startswith(f"{chapter.clause_id}.") for clause in plan.clauses)
        yield f"  {chapter.label}" + (f"（{below} 条）" if below else "")
    brackets = responsibility_brackets(plan.text)
    bodies = {row.name for row in plan.responsibilities}
    bound = {row.clause_id for row in plan.responsibilities}
    yield f"责任括号：{len(brackets)} 处，涉及 {len(bound)} 个条款、{len(bodies)} 家责任单位"
    kind = "已人工核对" if plan.reviewed else "由规则抽取，未经人工核对"
    yield f"目标：{len(plan.indicators)} 项" + (f"（{kind}）" if plan.indicators else "")
    yield from (f"  {_target(row)}" for row in plan.indicators)
    leftovers = find_leftovers(plan)
    yield f"未能归位的段落：{len(leftovers)} 处"
    yield from (f"  {_short(row.text)}（{row.reason}）" for row in leftovers)


def _clause_lines(plan: Plan, clause: Clause) -> Iterator[str]:
    yield f"{clause.label}（{clause.clause_id}）"
    bodies = plan.bodies(clause.clause_id)
    if bodies:
        yield "  责任单位：" + "；".join(_by_role(bodies))
    for term in plan.definitions:
        if term.clause_id == clause.clause_id:
            yield f"  {'简称' if term.kind == 'short' else '释义'}：{term.term} = {term.meaning}"
    yield from (f"  目标：{_target(row)}" for row in plan.targets(clause.clause_id))


def _by_role(bodies: tuple[Responsibility, ...]) -> Iterator[str]:
    for role, words in ROLES.items():
        rows = [row for row in bodies if row.role == role]
        if rows:
            yield f"{'、'.join(row.name for row in rows)}{'等' if any(row.open_list for row in rows) else ''}（{words}）"


def _target(row: Indicator) -> str:
    year = f"到 {row.target_year} 年，" if row.target_year else ""
    value = (
        f"{row.direction} {COMPARATORS[row.comparator].format(row.value + row.unit)}" if row.is_numeric else row.value
    )
    return f"{year}{row.name}：{STRENGTHS[row.strength]}{value.strip()}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
