"""The text of a plan as a page: a table of contents, an anchor for every clause, the cited words marked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from urllib.parse import quote

from assistant.web.frame import page
from corpus.model import Clause, Plan


def list_html(plans: tuple[Plan, ...]) -> str:
    """Return the page that lists the plans."""
    rows = "".join(f'<li><a href="/plan/{quote(plan.plan_id)}">{escape(plan.title)}</a></li>' for plan in plans)
    return page("方案原文", f'<article class="plan"><h1>方案原文</h1><ul class="plans">{rows}</ul></article>')


def missing_html() -> str:
    """Return the page for a plan that is not there."""
    return page(
        "没有这个方案", '<article class="plan"><h1>没有这个方案</h1><p><a href="/plan">查看全部方案</a></p></article>'
    )


def plan_html(plan: Plan, clause_id: str = "", start: int = 0, end: int = 0) -> str:
    """Return the page of one plan; the characters from ``start`` to ``end`` are marked, as is the clause."""
    facts = " · ".join(filter(None, (plan.issuer, plan.region, plan.period)))
    contents = "".join(
        f'<li class="level{clause.level}"><a href="#{anchor(clause)}">{escape(clause.text[: _heading_length(clause)].strip())}</a></li>'
        for clause in plan.clauses
        if clause.title and clause.level <= 2
    )
    mark = _Mark(start, end)
    clauses = "".join(
        f'<section id="{anchor(clause)}"{" class=here" if clause.clause_id == clause_id else ""}>'
        f"{''.join(_paragraphs(clause, mark))}</section>"
        for clause in plan.clauses
    )
    note = "" if plan.reviewed else '<p class="note">本方案的指标由程序提取，尚未经人工核对。</p>'
    return page(
        plan.title,
        f'<article class="plan"><h1>{escape(plan.title)}</h1><p class="facts">{escape(facts)}</p>{note}'
        f'<details class="contents" open><summary>目录</summary><ol>{contents}</ol></details>{clauses}</article>',
    )


def anchor(clause: Clause) -> str:
    """Return the id of a clause in its page.

    >>> anchor(Clause("3.4", "三、（四）", "", "", 0, 0, 2))
    'clause-3.4'
    """
    return f"clause-{clause.clause_id}"


class _Mark:
    """The marked range; only the first piece of it bears the id that the citation's address points to."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end, self._named = start, end, False

    def wrap(self, piece: str) -> str:
        name = "" if self._named else ' id="quote"'
        self._named = True
        return f"<mark{name}>{escape(piece)}</mark>"


def _heading_length(clause: Clause) -> int:
    return clause.text.find(clause.title) + len(clause.title) if clause.title else 0


def _paragraphs(clause: Clause, mark: _Mark) -> Iterator[str]:
    heading_end = clause.start + _heading_length(clause)
    offset = clause.start
    for line in clause.text.split("\n"):
        if line.strip():
            yield f"<p>{''.join(_pieces(line, offset, heading_end, mark))}</p>"
        offset += len(line) + 1


def _pieces(line: str, offset: int, heading_end: int, mark: _Mark) -> Iterator[str]:
    """Cut a line at the heading's end and at the marked range; every character is shown once, in order."""
    borders = sorted(
        {0, len(line), *(at - offset for at in (heading_end, mark.start, mark.end) if 0 < at - offset < len(line))}
    )
    for left, right in pairwise(borders):
        piece = line[left:right]
        marked = mark.start <= offset + left < mark.end
        html = mark.wrap(piece) if marked else escape(piece)
        yield f"<strong>{html}</strong>" if offset + left < heading_end else html
