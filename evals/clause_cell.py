"""The cell of clauses: 3.4；三、（五） are both wanted, 3.4或3.5 is either."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evals.register import Register

Complain = Callable[[str, str], None]

_PARTING = re.compile(r"[\s；;，,、。和及与]*")
_OR = re.compile(r"\s*[或/]者?\s*")
_ZERO_LOST = re.compile(r"[\d.]*\.[1-9]")
_SHORTENED = re.compile(r"\d+\.\d*0")
_DATE = re.compile(
    r"(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}([-/])\d{1,2}\1\d{1,2}|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2}"
)
FORM = "条款写成 3.4 或 三、（四），几条之间用分号隔开"


def read_clauses(text: str, register: Register, complain: Complain) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the clauses that must all be cited, and those of which one must; what cannot be read is complained of.

    >>> read_clauses("3.4；三、（五）；六或七", Register(), print)
    (('3.4', '3.5'), ('6', '7'))
    """
    groups: list[list[str]] = []
    rest, joined = text[_end(_PARTING, text) :], False
    while rest:
        clause_id, behind = register.clause(rest)
        if clause_id is None:
            complain(f"看不懂“{rest.strip()}”", FORM)
            break
        if joined:
            groups[-1].append(clause_id)
        else:
            groups.append([clause_id])
        joined = _end(_OR, behind) > 0
        rest = behind[_end(_OR if joined else _PARTING, behind) :]
    either = [group for group in groups if len(group) > 1]
    if len(either) > 1:
        complain("用“或”的条款有两组", "只留一组，其余的写成必须引用的条款")
    return tuple(group[0] for group in groups if len(group) == 1), tuple(either[0]) if either else ()


def write_clauses(clauses: Sequence[str], either: Sequence[str]) -> str:
    """Return the cell that :func:`read_clauses` reads; never one that a spreadsheet takes for a number and shortens.

    >>> write_clauses(["3.4"], ["6", "7"]), write_clauses(["3.10"], [])
    ('3.4；6或7', '3.10；')
    """
    cell = "；".join([*clauses, *(["或".join(either)] if either else [])])
    return f"{cell}；" if _SHORTENED.fullmatch(cell) else cell


def lost_a_zero(text: str, register: Register) -> bool:
    """Whether a cell that holds a number may have been typed 3.10: a spreadsheet makes 3.1 of it.

    >>> lost_a_zero("3.4", Register())
    False
    """
    return bool(_ZERO_LOST.fullmatch(text)) and register.has_clause(f"{text}0")


def became_a_date(text: str) -> bool:
    """Whether a cell holds what a spreadsheet makes of 3-10 or 3/10: a date, which CSV keeps as plain text.

    >>> [became_a_date(text) for text in ("3月10日", "2026/3/10", "10-Mar", "3-10", "3.10", "三、（四）")]
    [True, True, True, False, False, False]
    """
    return _DATE.fullmatch(text.strip()) is not None


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
