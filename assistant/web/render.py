"""An answer → the HTML of its message. Every word from outside is escaped here or in :mod:`assistant.web.markdown`."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from secrets import token_hex
from urllib.parse import quote, urlencode

from assistant.answer import Agency, Answer, AnswerIndicator, Citation
from assistant.web.markdown import to_html, to_text
from corpus.model import Role

ROLE_NAMES: Mapping[Role, str] = {"lead": "牵头", "sole": "负责", "shared": "按职责分工负责", "local": "落实"}
COMPARATOR_NAMES = {"=": "{}", ">=": "{}以上", "<=": "不高于{}", ">": "超过{}", "<": "低于{}", "~": "{}左右"}
STRENGTH_NAMES = {"firm": "", "strive": "力争", "incentive": "激励目标"}
MAX_CHIPS = 4
LABEL = "由程序依据方案自动整理，以原文为准"


def place(citation: Citation) -> str:
    """Return the address of the cited words in the plan's own page.

    >>> place(Citation(1, "p", "3.4", "三、（四）", "引文", 10, 12))
    '/plan/p?clause=3.4&from=10&to=12#quote'
    """
    query = urlencode({"clause": citation.clause_id, "from": citation.start, "to": citation.end})
    return f"/plan/{quote(citation.plan_id)}?{query}#quote"


def answer_html(answer: Answer, titles: Mapping[str, str] | None = None, rating: str = "") -> str:
    """Render one answer; ``titles`` (plan id → title) are put before the labels, for a corpus of several plans.

    ``rating`` is the HTML of the buttons by which it can be rated.
    """
    titles = titles or {}
    parts = [
        f'<p class="reading">{escape(answer.reading)}</p>' if answer.reading else "",
        f'<div class="words">{to_html(answer.answer, {row.marker: place(row) for row in answer.citations})}</div>',
        f'<p class="reading">{escape(answer.label)}</p>' if answer.label else "",
        _folds(answer, titles),
        _foot(answer, titles),
        rating,
        _suggestions(answer.suggestions),
    ]
    return f'<article class="answer {answer.status}">{"".join(parts)}</article>'


def question_html(question: str) -> str:
    """Render what a reader typed, to the letter.

    >>> question_html("<img src=x onerror=alert(1)>")
    '<div class="question">&lt;img src=x onerror=alert(1)&gt;</div>'
    """
    return f'<div class="question">{escape(question)}</div>'


def notice_html(text: str, retry: str = "", kind: str = "notice") -> str:
    """Render a word of the page itself: an error, a limit, a stop. ``retry`` is the question to offer again."""
    again = f'<button type="button" class="act" data-ask="{escape(retry)}">重试</button>' if retry else ""
    return f'<div class="{escape(kind)}" role="status"><p>{escape(text)}</p>{again}</div>'


def waiting_html(text: str) -> str:
    """Render the place where the answer will stand."""
    return f'<p class="waiting" role="status">{escape(text)}</p>'


def greeting_html(examples: Iterable[str], waiting: bool, privacy: str = "") -> str:
    """Render the first message: what can be asked, what cannot, what is kept, and questions to click on."""
    rows = "".join(_ask_button(text) for text in examples)
    if waiting:
        rows = waiting_html("正在准备资料，通常只需几秒。可以先输入问题，准备好后自动回答。")
    asks = f'<div class="asks" role="group" aria-label="示例问题">{rows}</div>' if rows else ""
    return (
        '<div class="greeting"><h2>想了解方案里的什么？</h2>'
        "<dl><dt>可以问</dt><dd>目标和数字是多少、某项工作由哪个部门负责、某个部门负责哪些工作、某一条怎么规定。</dd>"
        "<dt>不能答</dt><dd>方案没有写的内容、完成情况、政策解读和办事咨询。没有写的，会直说没有写。</dd>"
        f"{f'<dt>隐私</dt><dd>{escape(privacy)}</dd>' if privacy else ''}</dl>"
        f"{asks}</div>"
    )


def plain_text(answer: Answer, titles: Mapping[str, str] | None = None) -> str:
    """Return the answer with its citations as text for a clipboard."""
    rows = [f"[{row.marker}] {cited(row, titles or {})}" for row in answer.citations]
    sources = ["依据：", *rows] if rows else []
    written = [f"（{answer.label}）"] if answer.label else []
    return "\n".join([to_text(answer.answer), *written, *sources, f"（{LABEL}）"])


def cited(citation: Citation, titles: Mapping[str, str]) -> str:
    """Return the label and the words of a citation.

    >>> cited(Citation(1, "p", "3.4", "三、（四）", "引文", 10, 12), {"p": "方案"})
    '《方案》三、（四）：“引文”'
    """
    return f"{_label(citation, titles)}：“{citation.quote}”"


def download_html(name: str, kind: str, content: bytes) -> str:
    """Return a link that holds a whole file; the page's script follows it at once, each stamp one time."""
    data = b64encode(content).decode()
    return (
        f'<a download="{escape(name)}" data-stamp="{token_hex(4)}" href="data:{kind};base64,{data}">{escape(name)}</a>'
    )


def _label(citation: Citation, titles: Mapping[str, str]) -> str:
    title = titles.get(citation.plan_id)
    return f"《{title}》{citation.label}" if title else citation.label


def _folds(answer: Answer, titles: Mapping[str, str]) -> str:
    chips = _citations(answer.citations, titles) + _agencies(answer.agencies) + _indicators(answer.indicators)
    return f'<div class="folds">{chips}</div>' if chips else ""


def _citations(rows: Sequence[Citation], titles: Mapping[str, str]) -> str:
    """Render a chip for each clause with all its quotations; of many clauses the later ones lie under one fold."""
    clauses: dict[tuple[str, str], list[Citation]] = {}
    for row in rows:
        clauses.setdefault((row.plan_id, row.clause_id), []).append(row)
    chips = [_chip(group, titles) for group in clauses.values()]
    first = len(chips) if len(chips) <= MAX_CHIPS + 1 else MAX_CHIPS
    rest = "".join(chips[first:])
    more = _folded("rest", f"其余 {len(chips) - first} 条依据", f'<div class="folds">{rest}</div>') if rest else ""
    return "".join(chips[:first]) + more


def _chip(rows: Sequence[Citation], titles: Mapping[str, str]) -> str:
    marks = "".join(f"[{row.marker}]" for row in rows)
    quotes = "".join(
        f'<blockquote data-marker="{row.marker}" tabindex="-1"><b>[{row.marker}]</b> {escape(row.quote)} '
        f'<a href="{escape(place(row))}" target="_blank" rel="noopener">在原文中查看</a></blockquote>'
        for row in rows
    )
    return _folded("cite", f"<b>{marks}</b> {escape(_label(rows[0], titles))}", quotes)


def _agencies(rows: Sequence[Agency]) -> str:
    lines = "".join(
        f"<li><span>{ROLE_NAMES[role]}</span>{escape('、'.join(dict.fromkeys(row.name for row in group)))}</li>"
        for (_, role), group in groupby(rows, key=lambda row: (row.clause_id, row.role))
    )
    count = len({row.name for row in rows})
    return _folded("bodies", f"责任单位（{count}）", f"<ul>{lines}</ul>") if rows else ""


def _indicators(rows: Sequence[AnswerIndicator]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th><td>{escape(target(row))}</td>'
        f"<td>{row.target_year or '—'}</td><td>{row.base_year or '—'}</td></tr>"
        for row in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("指标", "目标值", "目标年", "基准年"))
    table = f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return _folded("targets", f"目标指标（{len(rows)}）", table) if rows else ""


def target(row: AnswerIndicator) -> str:
    """Say a target in words.

    >>> target(AnswerIndicator("x", "占比", ">=", "20", "%", 2025, None, "strive", "2", "…"))
    '力争20%以上'
    """
    return STRENGTH_NAMES[row.strength] + COMPARATOR_NAMES[row.comparator].format(row.value + row.unit)


def _foot(answer: Answer, titles: Mapping[str, str]) -> str:
    return (
        f'<footer><small>{LABEL}</small><span class="acts"><button type="button" class="act" data-copy>复制</button>'
        f'<button type="button" class="act" data-share="{escape(answer.question)}">分享</button>'
        '<button type="button" class="act again" data-press="again">重新回答</button></span>'
        f'<textarea hidden readonly aria-hidden="true">{escape(plain_text(answer, titles))}</textarea></footer>'
    )


def _suggestions(rows: Iterable[str]) -> str:
    buttons = "".join(map(_ask_button, rows))
    return f'<div class="asks" role="group" aria-label="还可以问">{buttons}</div>' if buttons else ""


def _ask_button(question: str) -> str:
    return f'<button type="button" class="ask" data-ask="{escape(question)}">{escape(question)}</button>'


def _folded(kind: str, title: str, body: str) -> str:
    return f'<details class="{kind}"><summary>{title}</summary>{body}</details>'
