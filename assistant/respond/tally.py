"""Targets counted clause by clause, or chapter by chapter: 哪一条的数字目标最多, 各章各有几个目标."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.draft import Draft
from assistant.query import IndicatorQuery
from assistant.respond.phrasing import target, when
from assistant.respond.tasks import in_scope
from assistant.respond.value import say_bodies
from assistant.roster import Bound
from assistant.tallies import Tally
from corpus import Indicator


def say_tally(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator]) -> Draft:
    """Say how many of the rows each clause (or chapter) has; for the most or the fewest, which one, with its rows."""
    groups = _by_owner(rows, query.tally)
    if query.size:
        return _say_sized(query.size, draft, groups)
    kind = "符合条件的目标" if query.is_narrow else "目标指标"
    if query.operation not in ("most", "least"):
        draft.say(f"{kind}共 {draft.compute(len(rows))} 项：")
        for owner, group in groups.items():
            clause = draft.plan.clause(owner)
            marker = draft.cite_heading(clause)
            draft.say(f"**{clause.label}**{marker}，共 {draft.compute(len(group))} 项：", listing(draft, group))
        return draft
    pick = max if query.operation == "most" else min
    size = pick(len(group) for group in groups.values())
    word = "最多" if query.operation == "most" else "最少"
    for owner, group in groups.items():
        if len(group) == size:
            clause = draft.plan.clause(owner)
            marker = draft.cite_heading(clause)
            draft.say(
                f"{kind}{word}的是**{clause.label}**{marker}，共 {draft.compute(size)} 项：", listing(draft, group)
            )
            say_bodies(draft, list(dict.fromkeys(row.clause_id for row in group)))
    return draft


MANY = 30  # targets; more are counted by name, without a line for each
_NAMED = 60  # targets that are named at most
_TIERS = {"firm": "", "strive": "（力争目标）", "incentive": "（激励目标）"}


def say_many(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator]) -> Draft:
    """Say how many targets there are, and name them clause by clause; how to see their figures stands behind."""
    kind = "符合条件的目标" if query.is_narrow else "方案的目标指标"
    groups = _by_owner(rows, "clause")
    named: list[str] = []
    left = len(rows)
    for owner, group in groups.items():
        if len(rows) - left + len(group) > _NAMED:
            break
        clause = draft.plan.clause(owner)
        names = "；".join(f"{row.name}{_TIERS[row.strength] if _has_tiers(row, group) else ''}" for row in group)
        named.append(f"- {clause.label}{draft.cite_heading(clause)}（{draft.compute(len(group))} 项）：{names}")
        left -= len(group)
    draft.counted += rows
    total = draft.compute(len(rows))
    draft.say(
        f"{kind}共 {total} 项：" if not left else f"{kind}共 {total} 项，这里只列出前面几条的：", "\n".join(named)
    )
    if left:
        draft.say(f"还有 {total} − {len(rows) - left} = {draft.compute(left)} 项在其后各条，可以按章或条款再问。")
    draft.say("这里只列名称。要看数值和时间，可以接着问某一条有哪些目标，或者请我把它们全部列出。")
    return draft


def _has_tiers(row: Indicator, group: Sequence[Indicator]) -> bool:
    """Whether another target of a clause has the same name, so that its strength tells the two apart."""
    return any(other is not row and other.name == row.name for other in group)


def _by_owner(rows: Sequence[Indicator], tally: Tally) -> dict[str, list[Indicator]]:
    """Return targets by clause (or chapter), in the plan's order."""
    groups: dict[str, list[Indicator]] = {}
    for row in sorted(rows, key=lambda row: row.start):
        groups.setdefault(_owner(row, tally), []).append(row)
    return groups


def _say_sized(size: Bound, draft: Draft, groups: Mapping[str, Sequence[Indicator]]) -> Draft:
    """Say which clauses have so many targets, each with its targets."""
    found = {owner: group for owner, group in groups.items() if size.admits(len(group))}
    if not found:
        draft.status = "not_stated"
        draft.say("没有一个条款有这么多（或这么少）的目标指标。")
        return draft
    draft.say(f"符合条件的条款共 {draft.compute(len(found))} 条。")
    for owner, group in found.items():
        clause = draft.plan.clause(owner)
        marker = draft.cite_heading(clause)
        draft.say(f"**{clause.label}**{marker}，共 {draft.compute(len(group))} 项：", listing(draft, group))
    say_bodies(draft, list(found))
    return draft


def say_scopes(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator]) -> Draft:
    """Count the rows of each of several clauses or chapters, and add or subtract the counts in plain sight."""
    sizes = []
    for owner in query.scope:
        group = [row for row in rows if in_scope(row.clause_id, [owner])]
        clause = draft.plan.clause(owner)
        marker = draft.cite_heading(clause)
        if group:
            sizes.append(len(group))
            draft.say(f"**{clause.label}**{marker}，共 {draft.compute(len(group))} 项：", listing(draft, group))
        else:
            draft.say(f"**{clause.label}**{marker}没有这样的目标。")
    draft.say(weighed_counts(draft, sizes, "项", adds=query.operation == "sum"))
    return draft


def weighed_counts(draft: Draft, sizes: Sequence[int], unit: str, *, adds: bool = False) -> str:
    """Return the sentence that adds up counts, or subtracts the smallest from the largest; empty for fewer than two."""
    if len(sizes) < 2:
        return ""
    high, low = max(sizes), min(sizes)
    if adds:
        return f"合计：{' + '.join(map(str, sizes))} = {draft.compute(sum(sizes))} {unit}。"
    return f"相差：{high} − {low} = {draft.compute(high - low)} {unit}。" if high > low else "两边一样多。"


def _owner(row: Indicator, tally: str) -> str:
    return row.clause_id.partition(".")[0] if tally == "chapter" else row.clause_id


def listing(draft: Draft, rows: Sequence[Indicator]) -> str:
    """Return a table of targets, each with its time and its source."""
    lines = ["| 指标 | 目标 | 时间 | 出处 |", "| --- | --- | --- | --- |"]
    for row in rows:
        marker = draft.cite_row(row)
        label = draft.plan.clause(row.clause_id).label
        lines.append(f"| {row.name} | {target(row)} | {when(row) or '未写明'} | {label}{marker} |")
    return "\n".join(lines)
