"""A dialogue to take along: Markdown with every citation written out. :mod:`assistant.web.word` makes Word of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.answer import Answer
from assistant.web.frame import NAME
from assistant.web.render import LABEL, cited


def turn_markdown(answer: Answer, titles: Mapping[str, str] | None = None) -> str:
    r"""Return a question with its answer; ``titles`` (plan id → title) go before the labels, for a corpus of several plans.

    >>> print(turn_markdown(Answer("谁牵头<b>？", "not_stated", "方案没有写。")))
    ## 谁牵头\<b>？
    <BLANKLINE>
    方案没有写。
    """
    parts = [f"## {_line(answer.question)}", _literal(answer.answer)]
    if answer.reading:
        parts.insert(1, f"（{_literal(answer.reading)}）")
    if answer.label:
        parts.append(f"（{_literal(answer.label)}）")
    if answer.citations:
        rows = (f"- [{row.marker}] {_line(cited(row, titles or {}))}" for row in answer.citations)
        parts.append("依据：\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def dialogue_markdown(turns: Iterable[str], day: date) -> str:
    """Return the whole dialogue, with the day and the label that an automatic answer has to carry."""
    head = f"# {NAME}：问答记录\n\n导出日期：{day.isoformat()}。{LABEL}。"
    return "\n\n".join([head, *turns]) + "\n"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", _literal(text)).strip()


def _literal(text: str) -> str:
    """Take the meaning from tags, links and pictures: a viewer of Markdown must neither run nor fetch what was typed."""
    return text.replace("<", "\\<").replace("](", "]\\(")
