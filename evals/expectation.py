"""What a question expects, in words for people who are no programmers: a line for each thing that is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evals.number_cell import write_numbers
from evals.question import Expect
from evals.score import ROLE_NAMES, STATUS_NAMES

Line = tuple[str, str]
Name = Callable[[str], str]


def expectation(expect: Expect, clause: Name = str) -> tuple[Line, ...]:
    """Return lines of (what is checked, what is right); ``clause`` turns a clause's id into its printed label.

    >>> expectation(Expect(status="answered", clauses=["3.5"], numbers=[{"value": "86", "unit": "%"}]))
    (('答复类型', '已回答'), ('必须引用', '3.5'), ('必须有的数', '86%'))
    """
    return tuple(_lines(expect, clause))


def _lines(expect: Expect, clause: Name) -> Iterator[Line]:
    yield "答复类型", " 或 ".join(STATUS_NAMES[status] for status in expect.status)
    only = "（不许引用别的）" if expect.clauses_exact else ""
    if expect.clauses:
        yield "必须引用" + only, "；".join(map(clause, expect.clauses))
    if expect.clauses_any:
        yield "至少引用其中一条" + only, "；".join(map(clause, expect.clauses_any))
    yield from _bodies(expect, clause)
    if expect.numbers:
        yield "必须有的数", write_numbers(expect.numbers)
    if expect.must:
        yield "必须出现的词句", _quoted(expect.must, "、")
    for group in expect.must_any:
        yield "至少出现其中一个", _quoted(group, " 或 ")
    if expect.must_not:
        yield "不许出现的词句", _quoted(expect.must_not, "、")
    if expect.reference:
        yield "参考答案（只算相似度，不影响对错）", expect.reference


def _bodies(expect: Expect, clause: Name) -> Iterator[Line]:
    """Name the bodies by role and clause, each role once."""
    if not expect.agencies and not expect.agencies_exact:
        return
    groups: dict[tuple[str, str], list[str]] = {}
    for one in expect.agencies:
        where = f"（{clause(one.clause_id)}）" if one.clause_id else ""
        groups.setdefault((ROLE_NAMES[one.role], where), []).append(one.name)
    told = "\n".join(f"{role}{where}：{'、'.join(names)}" for (role, where), names in groups.items())
    yield "责任单位（不多不少）" if expect.agencies_exact else "责任单位（至少有）", told or "一个也没有"


def _quoted(phrases: tuple[str, ...], between: str) -> str:
    return between.join(f"“{phrase}”" for phrase in phrases)
