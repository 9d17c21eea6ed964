"""A dialogue to take along: Markdown with every citation written out. :mod:`assistant.web.word` makes Word of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.answer import Answer
from assistant.web.frame import NAME
from assistant.web.proof import Plans
from assistant.web.render import cited, label_of


def turn_markdown(answer: Answer, plans: Plans) -> str:
    r"""Return a question with its answer, its citations written out, and the label that it has to carry.

    >>> print(turn_markdown(Answer("谁牵头<b>？", "not_stated", "方案没有写。"), {}))
    ## 谁牵头\<b>？
    <BLANKLINE>
    方案没有写。
    <BLANKLINE>
    （由程序依据方案自动整理，以原文为准）
    """
    parts = [f"## {_line(answer.question)}", _literal(answer.answer)]
    if answer.heard:
        parts.insert(1, f"（{_literal(answer.heard)}）")
    if answer.label:
        parts.append(f"（{_literal(answer.label)}）")
    if answer.citations:
        rows = (f"- [{row.marker}] {_line(cited(row, plans))}" for row in answer.citations)
        parts.append("依据：\n\n" + "\n".join(rows))
    parts.append(f"（{label_of(answer)}）")
    return "\n\n".join(parts)


def dialogue_markdown(turns: Iterable[str], day: date) -> str:
    """Return the whole dialogue, with the day."""
    head = f"# {NAME}：问答记录\n\n导出日期：{day.isoformat()}。每个回答都注明由什么写成，以方案原文为准。"
    return "\n\n".join([head, *turns]) + "\n"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", _literal(text)).strip()


def _literal(text: str) -> str:
    """Take the meaning from tags, links and pictures: a viewer of Markdown must neither run nor fetch what was typed."""
    return text.replace("<", "\\<").replace("](", "]\\(")
