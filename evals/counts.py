"""Numbers that an answer counts out: 共 7 条, where seven clauses are listed, or where the plan has seven of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Plan
from corpus.units import any_of
from evals.figures import Figure
from evals.fold import fold
from evals.lines import Line
from evals.reply import Reply
from evals.wording import read_wording

_PART = re.compile("[，。:;]")


@dataclass(frozen=True, slots=True)
class Counted:
    """What an answer may count: its rows, the plans it cites; ``names`` are the folded names of all bodies."""

    reply: Reply
    plans: tuple[Plan, ...]
    names: tuple[str, ...]

    def proves(self, figure: Figure, line: Line, items: Sequence[Line]) -> bool:
        """Whether a number of ``line`` counts what is there to be counted: 共 7 条 over seven items, not 7 家以上.

        ``items`` is the list that the line introduces, if it does.
        """
        if figure.comparator != "=" or figure.unit not in read_wording().counted:
            return False
        sizes = self._in_list(figure, line, items) if items else self._at_large(line)
        return figure.value in sizes

    def _in_list(self, figure: Figure, line: Line, items: Sequence[Line]) -> set[int]:
        """Count a list: its items, those of one depth, those with the verb that stands before the number (牵头 6 项)."""
        verb = re.search(f"{_verbs()}$", line.text[: figure.start])
        if verb:
            return {sum(1 for item in items if verb[0] in re.findall(_verbs(), item.text))}
        sizes = {len(items), *Counter(item.depth for item in items).values()}
        here = [name for name in self.names if name in line.text]
        if figure.unit in read_wording().heads:
            sizes |= {sum(1 for name in self.names if name in item.text) for item in items} | {len(here)}
        sizes |= {sum(1 for item in items if name in item.text) for name in here}
        return sizes - {0}

    def _at_large(self, line: Line) -> set[int]:
        """Count what no list shows: the duties of the one body that the line names, else the parts of line and plan."""
        rows = {(row.name, row.role, row.clause_id) for row in self.reply.agencies}
        here = [name for name in self.names if name in line.text]
        sizes = {len(part.split("、")) for part in _PART.split(line.text)} | {len(line.text.split(";")), len(here)} - {
            1
        }
        if len(here) == 1:
            own = [row for row in rows if fold(row[0]) == here[0]]
            others = {row[0] for row in rows} - {row[0] for row in own}
            sizes |= {len({clause_id for _, _, clause_id in own}), *Counter(role for _, role, _ in own).values()}
            return sizes | {len(others)}  # 共 12 家（各市（州）人民政府不计在内）
        sizes |= {len(self.reply.indicators), len({row.clause_id for row in self.reply.citations})}
        sizes |= {len({name for name, _, _ in rows}), *Counter(role for _, role, _ in rows).values()}
        sizes |= {len({name for name, role, _ in rows if role != "local"})}
        return sizes | {size for plan in self.plans for size in _parts(plan, line)}


def _verbs() -> str:
    return any_of(read_wording().verbs)


def _parts(plan: Plan, line: Line) -> set[int]:
    """Count what the clauses that the line names have: sections, targets, bodies; without a name, the plan's parts."""
    below = Counter(clause.parent_id for clause in plan.clauses if clause.parent_id)
    named = [clause.clause_id for clause in plan.clauses if fold(clause.label) in line.text]
    if not named:
        chapters = sum(1 for clause in plan.clauses if clause.parent_id is None and clause.clause_id != "0")
        return {chapters, *below.values()}
    sizes = {below[one] for one in named} | {len(plan.targets(one)) for one in named}
    for one in named:
        bodies = plan.bodies(one)
        sizes |= {
            len(bodies),
            sum(1 for row in bodies if row.role != "local"),
            *Counter(row.role for row in bodies).values(),
        }
    return sizes - {0}
