"""Numbers that an answer counts out: 共 7 条, where seven clauses are listed, or where the plan has seven of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.model import Plan
from corpus.units import any_of
from evals.figures import Figure
from evals.fold import fold
from evals.lines import Line, listed_in_groups, listed_under
from evals.reply import Reply
from evals.wording import read_wording

_PART = re.compile("[，。:;]")


@dataclass(frozen=True, slots=True)
class Counted:
    """What an answer may count: its rows, the plans it cites; ``names`` are the folded names of all bodies."""

    reply: Reply
    plans: tuple[Plan, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]

    def proves(self, figure: Figure, at: int) -> bool:
        """Whether a number of line ``at`` counts what is there to be counted: 共 7 条 over seven items, not 7 家以上."""
        if figure.comparator != "=" or figure.unit not in read_wording().counted:
            return False
        items = listed_under(self.lines, at)
        grouped = {len(listed_in_groups(self.lines, at))} - {0}  # 共 22 项 over a table for each clause
        sizes = self._in_list(figure, self.lines[at], items) if items else self._at_large(figure, at) | grouped
        return figure.value in sizes

    def _in_list(self, figure: Figure, line: Line, items: Sequence[Line]) -> set[int]:
        """Count a list: its items, those of one depth, those with the verb that stands before the number (牵头 6 项)."""
        verb = re.search(f"{_verbs()}$", line.text[: figure.start])
        if verb:
            return {sum(1 for item in items if verb[0] in re.findall(_verbs(), item.text))}
        sizes = {len(items), *Counter(item.depth for item in items).values()}
        # 甲；乙 in an item are two things named, and all items together name so many.
        sizes.add(sum(len(item.text.split(";")) for item in items))
        here = [name for name in self.names if name in line.text]
        if figure.unit in read_wording().heads:
            sizes |= {sum(1 for name in self.names if name in item.text) for item in items} | {len(here)}
        sizes |= {sum(1 for item in items if name in item.text) for name in here}
        return sizes - {0}

    def _at_large(self, figure: Figure, at: int) -> set[int]:
        """Count what no list shows: quoted places, duties of the one body that the line names, parts of line and plan."""
        line = self.lines[at]
        if figure.unit == "处":
            quoted = [one for one in self.lines if one.is_quotation]
            markers = {marker for one in quoted for marker in one.markers}
            return {len(quoted), len({row.clause_id for row in self.reply.citations if row.marker in markers})}
        rows = {(row.name, row.role, row.clause_id) for row in self.reply.agencies}
        said = _said_role().search(self._without_labels(line), 0, figure.start)
        if said and rows:
            of_role = [row for row in rows if row[1] in read_wording().verbs[said["verb"]]]
            return {len({name for name, _, _ in of_role}), *Counter(clause_id for _, _, clause_id in of_role).values()}
        here = [name for name in self.names if name in line.text]
        sizes = {len(part.split("、")) for part in _PART.split(line.text)} | {len(line.text.split(";")), len(here)} - {
            1
        }
        if figure.unit in read_wording().heads and at:
            before = {name for name in self.names if name in self.lines[at - 1].text}
            sizes |= {len(before), len(before.difference(here))} - {0}
        sizes |= {size for plan in self.plans for size in _of_named(plan, line)}
        own = [row for row in rows if len(here) == 1 and fold(row[0]) == here[0]]
        if own:
            others = {name for name, _, _ in rows} - {name for name, _, _ in own}
            sizes |= {len({clause_id for _, _, clause_id in own}), *Counter(role for _, role, _ in own).values()}
            return sizes | {len(others)}  # 共 12 家（各市（州）人民政府不计在内）
        cited = {row.clause_id for row in self.reply.citations}
        joined = {len(self.reply.indicators), len(cited), len({name for name, _, _ in rows})} - {0}
        return sizes | joined | set(Counter(role for _, role, _ in rows).values())

    def _without_labels(self, line: Line) -> str:
        """Return a line with blanks for what clauses are called: 五、强化工作落实有 3 条 tells of no 落实."""
        text = line.text
        for label in (fold(clause.label) for plan in self.plans for clause in plan.clauses):
            text = text.replace(label, " " * len(label)) if label else text
        return text


@cache
def _verbs() -> str:
    return any_of(read_wording().verbs)


@cache
def _said_role() -> re.Pattern[str]:
    """What says of whom a number counts: 牵头单位共 4 家, 配合的有 6 家."""
    return re.compile(f"(?P<verb>{_verbs()})的?(?:单位|部门|机构)?(?:一共|共|有)*$")


def _of_named(plan: Plan, line: Line) -> set[int]:
    """Count what the clauses that the line names have: sections, targets, bodies; without a name, the plan's parts."""
    below = Counter(clause.parent_id for clause in plan.clauses if clause.parent_id)
    named = [clause.clause_id for clause in plan.clauses if fold(clause.label) in line.text]
    if not named:
        chapters = sum(1 for clause in plan.clauses if clause.parent_id is None and clause.clause_id != "0")
        return {chapters, *below.values()}
    sizes = {len(plan.targets(one)) for one in named}
    for one in named:
        roles = [row.role for row in plan.bodies(one)]
        sizes |= {len(roles), len(roles) - roles.count("local"), *Counter(roles).values()}
    # A clause may rightly have 0 sections; nobody counts out 0 bodies where some are listed.
    return sizes - {0} | {below[one] for one in named}
