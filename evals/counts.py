"""Numbers that an answer counts out: 共 7 条, where seven clauses are listed, or where the plan has seven of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.model import Plan
from evals.fold import fold
from evals.reply import Reply

_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*•]|\d+[.、)]|（[一二三四五六七八九十]+）)\s*\S")
_ROW = re.compile(r"\s*\|(?![\s:|-]*\|\s*$)")
_ENUMERATION = re.compile(r"[;；]")


def countable(reply: Reply, plans: Sequence[Plan]) -> frozenset[int]:
    """Return how many there are of each thing that the answer lists, names or holds, and of the plan's own parts."""
    names = {fold(row.name) for plan in plans for row in plan.responsibilities}
    sizes = _listed(reply.answer) | _joined(reply) | _parts(plans)
    for line in reply.answer.splitlines():
        folded = fold(line)
        sizes.add(sum(1 for name in names if name in folded))
        sizes |= {len(_ENUMERATION.findall(line)) + 1, *(part.count("、") + 1 for part in re.split("[，。：；]", line))}
    return frozenset(size for size in sizes if size > 1) | {0, 1}


def _listed(answer: str) -> set[int]:
    """Count bullets: those of each run of lines, all of one depth, and the rows of each table."""
    sizes: set[int] = set()
    depths: Counter[int] = Counter()
    run: Counter[int] = Counter()
    rows = 0
    for line in [*answer.splitlines(), ""]:
        bullet = _BULLET.match(line)
        if bullet:
            depths[len(bullet["indent"])] += 1
            run[len(bullet["indent"])] += 1
        else:
            sizes |= set(run.values())
            run.clear()
        if _ROW.match(line):
            rows += 1
        else:
            sizes.add(max(0, rows - 1))
            rows = 0
    return sizes | set(depths.values())


def _joined(reply: Reply) -> set[int]:
    """Count the rows of the answer: bodies by name, role and clause, clauses of each body, indicators, citations."""
    rows = [(row.name, row.role, row.clause_id) for row in reply.agencies]
    sizes = {len(reply.indicators), len({row.clause_id for row in reply.citations})}
    sizes |= {len({name for name, _, _ in rows}), len({clause_id for _, _, clause_id in rows})}
    sizes |= set(Counter(role for _, role, _ in set(rows)).values())
    sizes |= set(Counter(clause_id for _, _, clause_id in set(rows)).values())
    sizes |= set(Counter(name for name, _, _ in set(rows)).values())
    sizes |= set(Counter((name, role) for name, role, _ in set(rows)).values())
    return sizes | set(Counter((role, clause_id) for _, role, clause_id in set(rows)).values())


def _parts(plans: Sequence[Plan]) -> set[int]:
    """Count each plan's chapters and the sections under each clause."""
    sizes: set[int] = set()
    for plan in plans:
        sizes.add(sum(1 for clause in plan.clauses if clause.parent_id is None and clause.clause_id != "0"))
        sizes |= set(Counter(clause.parent_id for clause in plan.clauses if clause.parent_id).values())
    return sizes
