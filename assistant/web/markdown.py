"""The Markdown of an answer → HTML that holds nothing but text, emphasis, lists, tables and citation marks.

Whatever looks like HTML, a link or a picture is shown as the characters it is made of: the words come from documents
and, with a model, from a model, and neither may reach another host or run in a reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_MARK = re.compile(r"\[(\d{1,3})\]")
_STRONG = re.compile(r"\*\*(\S|\S.*?\S)\*\*")
_LITERAL = [
    "link",
    "image",
    "autolink",
    "html_inline",
    "html_block",
    "emphasis",
    "entity",
    "code",
    "reference",
    "lheading",
]


def to_html(text: str, places: Mapping[int, str]) -> str:
    """Render ``text``; ``[n]`` becomes a link to ``places[n]`` and stays as it is where ``places`` has no ``n``.

    >>> print(to_html("下降**13%**以上[1]。<b>[2]", {1: "/plan/x#quote"}))
    <p>下降<strong>13%</strong>以上<a class="mark" href="/plan/x#quote" data-cite="1"
      aria-label="依据1">[1]</a>。&lt;b&gt;[2]</p>
    """
    return str(_MARKDOWN.render(text, {"places": places}))


def tokens_of(text: str) -> list[Token]:
    """Return what ``text`` consists of, read as :func:`to_html` reads it, without places to cite.

    >>> [token.type for token in tokens_of("下降13%")]
    ['paragraph_open', 'inline', 'paragraph_close']
    """
    return _MARKDOWN.parse(text, {"places": {}})


def to_text(text: str) -> str:
    """Take the marks of emphasis away, for a clipboard.

    >>> to_text("下降**13%**[1]")
    '下降13%[1]'
    """
    return _STRONG.sub(r"\1", text)


def _strong(state: StateInline, silent: bool) -> bool:
    # CommonMark does not close the emphasis of 「**13%**以上」: between a sign and a Chinese character it sees no border.
    # Here two stars that touch their words are emphasis, and a single star or an underscore is itself.
    found = _STRONG.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        state.push("strong_open", "strong", 1)
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("strong_close", "strong", -1)
    state.pos = found.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos, state.posMax)
    if found is None or int(found[1]) not in state.env["places"]:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _citation_html(
    _renderer: RendererProtocol, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    number = tokens[idx].content
    href = escape(env["places"][int(number)])
    return f'<a class="mark" href="{href}" data-cite="{number}" aria-label="依据{number}">[{number}]</a>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_LITERAL)
    parser.inline.ruler.before("backticks", "strong", _strong)
    parser.inline.ruler.before("backticks", "citation", _citation)
    parser.add_render_rule("citation", _citation_html)
    # A table wider than a telephone scrolls by itself, not with the words around it.
    parser.add_render_rule("table_open", lambda *_: '<div class="wide"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


_MARKDOWN = _parser()
