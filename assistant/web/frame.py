"""What all pages share: head, header and footer around their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

STATIC = Path(__file__).resolve().parent / "static"
NAME = "政策问答助手"
SENTENCE = "依据方案原文回答问题，数字、单位和引文都能查到出处"
# Seen until Gradio's scripts have made the page; without scripts there is no chat, but the plans can be read.
_BOOT = (
    '<div id="boot" class="contain">{}<p class="box" role="status">正在打开输入框……</p></div>'
    '<noscript><p>问答需要浏览器启用 JavaScript。不启用时，可以直接查看<a href="/plan">方案原文</a>。</p></noscript>'
)
# Filled by the script with a clause that an answer cites.
_BESIDE = (
    '<dialog id="beside" aria-labelledby="clause-title"><form method="dialog"><button class="close" aria-label="关闭原文">'
    '<span aria-hidden="true">×</span></button></form><div id="clause" aria-live="off"></div></dialog>'
)
_PAGES = (("/", "问答"), ("/plan", "方案原文"), ("/targets", "目标指标"), ("/bodies", "责任单位"), ("/about", "关于"))
# For trainers alone: readers find the way to it on 关于.
_TRAINERS = ("/evals", "评测")
# Those of one plan: who goes from one to another stays with the plan.
_OF_A_PLAN = ("/plan", "/targets", "/bodies")


class FrameFault(RuntimeError):
    """Gradio's page does not have the form that it had; its version was changed without this module."""


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _scripts(*names: str) -> str:
    return "".join(f'<script src="/ui/{name}?v={_version(name)}" defer></script>' for name in names)


def _style(name: str) -> str:
    return f'<link rel="stylesheet" href="/ui/{name}?v={_version(name)}">'


def _head() -> str:
    return (
        f'<meta name="description" content="{SENTENCE}">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" type="image/svg+xml" href="/ui/icon.svg?v={_version("icon.svg")}">'
        f"{_style('page.css')}"
    )


def header(here: str, plan_id: str = "") -> str:
    """Return the header; ``here`` is the path of the page it stands on, ``plan_id`` the plan that the page is about."""
    of_plan = f"/{quote(plan_id)}" if plan_id else ""
    links = "".join(
        f'<a href="{path}{of_plan if path in _OF_A_PLAN else ""}"{" aria-current=page" if path == here else ""}>{name}</a>'
        for path, name in (*_PAGES, *([_TRAINERS] if here == _TRAINERS[0] else []))
    )
    # The chat has no other heading of the first level; a plan's page has the plan's title.
    name = f'<a class="name" href="/">{NAME}</a>'
    return (
        f'<header id="top">{f"<h1>{name}</h1>" if here == "/" else name}<p>{SENTENCE}</p>'
        f'<nav aria-label="页面">{links}</nav></header>'
    )


def page(title: str, content: str, here: str = "/plan", plan_id: str = "", head: str = "") -> str:
    """Return a whole page of our own around ``content`` (HTML); ``here`` and ``plan_id`` are those of :func:`header`.

    ``head`` (HTML) is what else belongs in the page's head.
    """
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - {NAME}</title>{_head()}"
        f"{_style('pages.css')}{_scripts('clipboard.js', 'pages.js')}{head}</head>"
        f'<body class="own"><a class="skip" href="#main">跳到正文</a>{header(here, plan_id)}'
        f'<main id="main" tabindex="-1">{content}</main></body></html>'
    )


def chat_page(gradio_page: str, nonce: str, first_words: str) -> str:
    """Turn Gradio's page into ours: Chinese, framed, without the names of other hosts; raises :class:`FrameFault`.

    ``first_words`` (HTML) are seen before any script has run.
    """
    boot = (
        # Gradio takes the language of its own labels from the browser; the page is Chinese for everyone.
        "Object.defineProperty(navigator,'language',{get:()=>'zh-CN'});"
        "Object.defineProperty(navigator,'languages',{get:()=>['zh-CN']});"
    )
    script = f"<script>{boot}</script>{_scripts('clipboard.js', 'page.js', 'clause.js')}"
    changes: tuple[tuple[str, str | Callable[[re.Match[str]], str], int], ...] = (
        (r'lang="en"', 'lang="zh-CN"', 1),
        (r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', "", 0),
        (r'<link rel="manifest"[^>]*>', "", 1),
        (r"<title>.*?</title>", "", 0),
        (r'(<meta charset="utf-8" />)', rf"\1<title>{NAME}</title>{_head()}{_style('clause.css')}{script}", 1),
        (r"(<gradio-app\b)", rf'{header("/")}<div id="shell">\1', 1),
        (r"(</gradio-app>)", lambda found: f"{found[1]}{_BOOT.format(first_words)}{_BESIDE}</div>", 1),
        (r"<script\b", f'<script nonce="{nonce}"', 0),
    )
    for pattern, replacement, count in changes:
        gradio_page, found = re.subn(pattern, replacement, gradio_page, count=count)
        if count and not found:
            raise FrameFault(pattern)
    return gradio_page
