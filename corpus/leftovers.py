"""What of a document could not be placed: told to whoever adds it, so that nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.brackets import find_brackets
from corpus.headings import find_candidates
from corpus.lines import DATE_LINE, SIGNATURE
from corpus.model import Plan
from corpus.wording import wording

DUTY_WORD = re.compile("|".join(wording("leftovers")["duty_words"]))
TABLE_LINE = re.compile(r"^\|.*\||\S+\t\S+\t\S+")
DOCUMENT_NUMBER = re.compile(r".*〔[0-9]{4}〕.*号）?")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A paragraph or bracket that could not be placed, with its offset and the reason."""

    text: str
    start: int
    reason: str


def find_leftovers(plan: Plan) -> tuple[Leftover, ...]:
    r"""Return what could not be placed, in the text's order.

    >>> from corpus.plans import read_plan
    >>> plan = read_plan("某县方案\n一、甲。\n（四）乙。（有关方面负责解释）\n二、丙。", "x")
    >>> [(row.text, row.reason) for row in find_leftovers(plan)]
    [('（四）乙。（有关方面负责解释）', '编号与前后不连续，没有作为条款'), ('（有关方面负责解释）', '括号里没有认出责任单位')]
    """
    found = [*_numbers(plan), *_brackets(plan), *_unnumbered(plan), *_tables(plan)]
    return tuple(sorted(found, key=lambda row: row.start))


def _numbers(plan: Plan) -> Iterator[Leftover]:
    starts = {clause.start for clause in plan.clauses}
    for candidate in find_candidates(plan.text):
        if candidate.start not in starts:
            yield Leftover(_line_at(plan.text, candidate.start), candidate.start, "编号与前后不连续，没有作为条款")


def _brackets(plan: Plan) -> Iterator[Leftover]:
    for bracket in find_brackets(plan.text):
        if bracket.kind == "other" and DUTY_WORD.search(bracket.content):
            yield Leftover(plan.text[bracket.start : bracket.end], bracket.start, "括号里没有认出责任单位")


def _unnumbered(plan: Plan) -> Iterator[Leftover]:
    """Yield the paragraphs of a document, or of an annex, that has no numbered heading at all."""
    for place, clause in enumerate(plan.clauses):
        following = plan.clauses[place + 1 : place + 2]
        if clause.level > 0 or (following and following[0].level > 0):
            continue
        start = clause.start
        for rank, line in enumerate(clause.text.split("\n")):
            is_head = rank < 3 and (line in plan.title or line in clause.label or len(line) < 10)
            formal = DATE_LINE.fullmatch(line) or SIGNATURE.fullmatch(line) or DOCUMENT_NUMBER.fullmatch(line)
            if line.strip() and not is_head and not formal:
                yield Leftover(line, start, "所在部分没有编号，未能归入条款")
            start += len(line) + 1


def _tables(plan: Plan) -> Iterator[Leftover]:
    start = 0
    for line in plan.text.split("\n"):
        if TABLE_LINE.match(line):
            yield Leftover(line, start, "像是表格，没有逐格读取")
        start += len(line) + 1


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]
