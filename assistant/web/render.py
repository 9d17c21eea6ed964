"""An answer → the HTML of its message. Every word from outside is escaped by the templates or in :mod:`markdown`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from secrets import token_hex

from markupsafe import Markup

from assistant.answer import Answer, Citation
from assistant.examples import Examples
from assistant.web.addresses import plan_address
from assistant.web.markdown import to_html, to_text
from assistant.web.proof import Plans, proof_of
from assistant.web.templates import render

LABEL = "由程序依据方案自动整理，以原文为准"
LABEL_WITH_MODEL = "由程序和语言模型依据方案自动整理，以原文为准"


def label_of(answer: Answer) -> str:
    """Return what every answer has to carry: that it was made automatically, and by what.

    >>> label_of(Answer("谁牵头？", "answered", "…"))
    '由程序依据方案自动整理，以原文为准'
    """
    return LABEL if answer.mode == "extractive" else LABEL_WITH_MODEL


def place(citation: Citation) -> str:
    """Return the address of the cited words in the plan's own page.

    >>> place(Citation(1, "p", "3.4", "三、（四）", "引文", 10, 12))
    '/plan/p?clause=3.4&from=10&to=12#quote'
    """
    return plan_address(citation.plan_id, citation.clause_id, citation.start, citation.end)


def answer_html(answer: Answer, plans: Plans, rating: str = "", *, growing: bool = False) -> str:
    """Render one answer; ``plans`` are those that it may come from, by id.

    ``rating`` is the HTML of the buttons by which it can be rated. Of an answer that is still ``growing`` only the words
    are shown; what stands below them keeps its place until then.
    """
    proof = proof_of(answer, plans)
    words = to_html(proof.untold(answer.answer), {row.marker: place(row) for row in answer.citations})
    return render(
        "answer.html.j2",
        answer=answer,
        words=Markup(words),  # noqa: S704 (escaped there)
        proof=proof,
        # What an answer lists as a table need not stand below it once more.
        targets_folded=proof.targets_folded or "<table>" in words,
        sources=_sources(answer, plans),
        label=label_of(answer),
        to_copy="" if growing else plain_text(answer, plans),
        rating=Markup(rating),  # noqa: S704 (our own buttons)
        growing=growing,
    )


def question_html(question: str) -> str:
    """Render what a reader typed, to the letter.

    >>> question_html("<img src=x onerror=alert(1)>")
    '<div class="question">&lt;img src=x onerror=alert(1)&gt;</div>'
    """
    return f'<div class="question">{escape(question)}</div>'


def notice_html(text: str, retry: str = "", kind: str = "notice") -> str:
    """Render a word of the page itself: an error, a limit, a stop. ``retry`` is the question to offer again."""
    again = f'<button type="button" class="act retry" data-ask="{escape(retry)}">重试</button>' if retry else ""
    return f'<div class="{escape(kind)}" role="status"><p>{escape(text)}</p>{again}</div>'


def waiting_html(text: str) -> str:
    """Render the place where the answer will stand."""
    return f'<p class="waiting" role="status">{escape(text)}</p>'


def greeting_html(groups: Sequence[Examples] = (), *, waiting: bool, privacy: str = "") -> str:
    """Render the first message: what can be asked, what cannot, what is kept, and questions to click on."""
    return render("greeting.html.j2", groups=groups, waiting=waiting, privacy=privacy)


def plain_text(answer: Answer, plans: Plans) -> str:
    """Return the question and its answer with the citations, as text for a clipboard."""
    sources = ["依据：", *_sources(answer, plans)] if answer.citations else []
    reading = [f"（{answer.heard}）"] if answer.heard else []
    written = [f"（{answer.label}）"] if answer.label else []
    words = [f"问：{answer.question}", *reading, to_text(answer.answer), *written]
    return "\n".join([*words, *sources, f"（{label_of(answer)}）"])


def _sources(answer: Answer, plans: Plans) -> list[str]:
    return [f"[{row.marker}] {cited(row, plans)}" for row in answer.citations]


def cited(citation: Citation, plans: Plans) -> str:
    r"""Return a citation as it is given elsewhere: title, issuer, clause and words.

    >>> from corpus import read_plan
    >>> plan = read_plan("某市节水方案\n一、节水\n推进节水。", "p")
    >>> cited(Citation(1, "p", "1", "一、节水", "推进节水。", 10, 12), {"p": plan})
    '《某市节水方案》一、节水：“推进节水。”'
    """
    plan = plans.get(citation.plan_id)
    issuer = f"（{plan.issuer}）" if plan and plan.issuer else ""
    return f"{f'《{plan.title}》{issuer}' if plan else ''}{citation.label}：“{citation.quote}”"


def download_html(name: str, kind: str, content: bytes) -> str:
    """Return a link that holds a whole file; the page's script follows it at once, each stamp one time."""
    data = b64encode(content).decode()
    return (
        f'<a download="{escape(name)}" data-stamp="{token_hex(4)}" href="data:{kind};base64,{data}">{escape(name)}</a>'
    )
