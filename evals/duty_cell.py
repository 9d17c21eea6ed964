"""The cell of responsible bodies: 3.4 牵头：甲、乙；按职责分工负责：丙, a line for each clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.duties import read_duties
from corpus.units import any_of
from evals.clause_cell import Complain, read_clauses
from evals.columns import section, words
from evals.leaves import read_leaf, write_leaf
from evals.question import AgencyGold
from evals.register import Register, nearest
from evals.score import ROLE_NAMES

Row = dict[str, str]

FORM = "写成“牵头：甲、乙；按职责分工负责：丙；落实：丁”"
_ROLE = re.compile(
    rf"(?P<clause>.*?)\s*(?P<role>{any_of(w for row in section('roles').values() for w in row)})\s*[：:]"
)
_COLON = re.compile(r"[：:]")
# Not within brackets: 各市（州、区）人民政府.
_COMMA = re.compile(r"[、，,](?![^（(]*[）)])")
_PARTING = "；;、，,：:（()）\n"


def read_agencies(text: str, register: Register, complain: Complain) -> list[Row]:
    """Return the bodies with role and clause, as a question has them; what cannot be read is complained of.

    A bracket as the plan prints it is read as well.

    >>> read_agencies("3.4 牵头：甲厅；落实：乙市", Register(), print)
    [{'name': '甲厅', 'role': 'lead', 'clause_id': '3.4'}, {'name': '乙市', 'role': 'local', 'clause_id': '3.4'}]
    >>> read_agencies("（省财政厅牵头，省税务局按职责分工负责）", Register(), print)
    [{'name': '省财政厅', 'role': 'lead'}, {'name': '省税务局', 'role': 'shared'}]
    """
    rows: list[Row] = []
    for line in text.split("\n"):
        clause_id = ""
        for part in filter(str.strip, re.split("[；;]", line)):
            given = _ROLE.match(part)
            if given is None:
                rows += _printed(part, clause_id, complain)
                continue
            clause_id = _clause(given["clause"], register, complain) or clause_id
            role = words("roles").value(given["role"]) or ""
            names = [read_leaf(name) for name in _COMMA.split(part[given.end() :]) if name.strip()]
            if not names:
                complain(f"“{given['role']}”后面没有单位", FORM)
            rows += [_row(name, role, clause_id) for name in names]
    return rows


def write_agencies(golds: Sequence[AgencyGold]) -> str:
    r"""Return the cell that :func:`read_agencies` reads.

    >>> write_agencies([AgencyGold(name="甲厅", role="lead", clause_id="3.4"), AgencyGold(name="乙市", role="local")])
    '3.4 牵头：甲厅\n落实：乙市'
    """
    lines = []
    for clause_id, bodies in groupby(golds, lambda gold: gold.clause_id):
        parts = (f"{ROLE_NAMES[role]}：{_joined(rows)}" for role, rows in groupby(bodies, lambda gold: gold.role))
        lines.append(f"{clause_id} {'；'.join(parts)}" if clause_id else "；".join(parts))
    return "\n".join(lines)


def _joined(rows: Iterable[AgencyGold]) -> str:
    # A comma within brackets parts nothing; everything else that would is written out.
    return "、".join(row.name if is_whole(row.name) else write_leaf(row.name, _PARTING) for row in rows)


def is_whole(name: str) -> bool:
    """Whether a name is read again as it stands.

    >>> is_whole("各市（州、区）人民政府"), is_whole("甲、乙")
    (True, False)
    """
    return len(_COMMA.split(name)) == 1 and not re.search("[；;：:\n]", name) and write_leaf(name) == name


def _printed(part: str, clause_id: str, complain: Complain) -> list[Row]:
    """Read a part without a role before a colon: as the plan prints it, or not at all."""
    label, colon, _ = part.partition("：" if "：" in part else ":")
    if colon:
        like = nearest(label.split()[-1] if label.strip() else "", list(words("roles").values))
        complain(f"“{label.strip()}”不是角色", f"应当是“{like[0]}”" if like else FORM)
        return []
    duties = read_duties(part.strip().strip("（）()"))
    if not duties:
        complain(f"“{part.strip()}”没有写角色", FORM)
    return [_row(duty.name, duty.role, clause_id) for duty in duties]


def _clause(words_before: str, register: Register, complain: Complain) -> str:
    text = _COLON.sub("", words_before).strip()
    if not text:
        return ""
    every, either = read_clauses(text, register, complain)
    if len(every) > 1 or either:
        complain(f"“{text}”是几个条款", "一行写一个条款")
    return every[0] if every else ""


def _row(name: str, role: str, clause_id: str) -> Row:
    return {"name": name, "role": role} | ({"clause_id": clause_id} if clause_id else {})
