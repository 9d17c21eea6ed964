"""By when a clause is to be done, where its bracket or a line of its own says so: （6月底完成，牵头单位：…）, 完成时限：2026年底."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.draft import Draft
from assistant.reading import Reading
from assistant.respond.phrasing import enclosing_span, is_bracket, one_line
from corpus.dates import find_dates
from corpus.model import Plan
from corpus.units import any_of

SAID = "方案写明的时限："
FILE = Path(__file__).parent.parent / "data" / "deadline.toml"
_WORDS = tomllib.loads(FILE.read_text("utf-8"))
_LABEL = re.compile(rf"{any_of(_WORDS['labels'])}[：:][^\n；。]+")
_STANDING = re.compile(any_of(_WORDS["standing"]))


_OFTEN = re.compile(
    r"每(?:半|个)?[一二两三四五六七八九十\d]*个?(?:年|季度|季|月|周|星期|日|天)|日产日清|实时|随时|定期"
)
_LENGTH = re.compile(r"[\d一二两三四五六七八九十百半]+个?(?:小时|工作日|自然日|日|天|月|年|周)(?!度)")


def tells_time(text: str) -> bool:
    """Whether words tell a day, a length of time or how often.

    >>> tells_time("每半年考评一次。"), tells_time("应当在24小时内清运。"), tells_time("加强考评。")
    (True, True, False)
    """
    return bool(find_dates(text) or _OFTEN.search(text) or _LENGTH.search(text))


def deadlines(plan: Plan, clause_id: str) -> tuple[tuple[int, int], ...]:
    """Return where a clause says by when it is to be done: its lines with such a label, else its brackets with a date."""
    clause = plan.clause(clause_id)
    lines = [found.span() for found in _LABEL.finditer(plan.text, clause.start, clause.end)]
    return tuple(lines or dict.fromkeys(_dated_brackets(plan, clause_id)))


def _dated_brackets(plan: Plan, clause_id: str) -> Iterator[tuple[int, int]]:
    for row in plan.bodies(clause_id):
        if plan.clause_at(row.start).clause_id != clause_id:
            continue
        start, end = enclosing_span(plan, row.start, row.end)
        told = plan.text[start : row.start]
        if is_bracket(plan, start, end) and (find_dates(told) or _STANDING.search(told)):
            yield start, end


def asks_when(reading: Reading) -> bool:
    """Whether a question wants to know by when, or in which month, something is to be done."""
    return reading.asks("year", "how_long")


def say_deadlines(reading: Reading, draft: Draft, clause_ids: Sequence[str]) -> bool:
    """Quote by when the clauses are to be done where that is asked for, and tell whether any of them says it."""
    if not asks_when(reading):
        return False
    spans = [(one, span) for one in clause_ids for span in deadlines(draft.plan, one)]
    if spans:
        draft.say(SAID)
        for clause_id, (start, end) in spans:
            draft.say(f"> {one_line(draft.plan.text[start:end])}{draft.cite(clause_id, start, end)}")
    return bool(spans)
