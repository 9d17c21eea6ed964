"""The report as one HTML file that needs nothing else: no network, no other file. The one door to Jinja2."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.web.markdown import to_html
from evals.cards import CHANGES, Card, status_name
from evals.dossier import Dossier, categories_of, local
from evals.reply import Reply
from evals.report import visible

PAGE = Path(__file__).with_name("page")
# So many questions stand in the page as they are, for previews that run no script; the others are kept compressed.
AT_ONCE = 60
BROKEN = "broken"


def report_html(dossier: Dossier) -> str:
    """Return the whole page. Everything that comes from questions, answers and plans is escaped."""
    environment = _environment()
    style, script = ((PAGE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    inside = environment.get_template("question.html.j2").make_module().inside  # type: ignore[attr-defined]
    insides = [inside(card, dossier.several) for card in dossier.cards]
    slots = {name: str(at) for at, name in enumerate(categories_of(dossier.cards))}
    return environment.get_template(
        "page.html.j2"
    ).render(
        d=dossier,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=_hash(style),
        script=Markup(script),  # noqa: S704 (our own file)
        script_hash=_hash(script),
        at_once=AT_ONCE,
        insides=insides,
        kept=_packed(
            {
                "insides": insides[AT_ONCE:],
                "clauses": {one.key: one.text for card in dossier.cards for one in card.excerpts if one.spans},
            }
        ),
        slots=slots,
        categories=[(at, name) for name, at in slots.items()],
        changes=_changes(dossier),
        names={change: name for change, name in CHANGES.items() if change != "same"},
        causes=[(cause.kind, cause.label) for cause in dossier.causes],
        statuses=list(dict.fromkeys(map(_status, dossier.cards))),
    )


def _status(card: Card) -> tuple[str, str]:
    return card.outcome.reply.status if card.outcome.reply else BROKEN, status_name(card.outcome)


def _changes(dossier: Dossier) -> list[tuple[str, str]]:
    there = {card.change for card in dossier.cards}
    return [(change, name) for change, name in CHANGES.items() if change in there]


def _hash(text: str) -> str:
    """Return what the page's own policy knows its style and script by; nothing else may run or be drawn."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    made.filters |= {
        "basename": lambda path: PurePath(path).name,
        "local": local,
        "number": lambda value: f"{value:.1f}",
        "percent": lambda value: f"{value:.1%}",
        "pretty": lambda answer: json.dumps(dict(answer), ensure_ascii=False, indent=1),
        "rendered": _rendered,
        "status_name": status_name,
        "span": lambda bounds: f"{bounds[0]:.1%}–{bounds[1]:.1%}",
        "lines": partial(visible, kept="\n"),
        "visible": visible,
    }
    return made


def _packed(value: Any) -> str:
    """Return a JSON value compressed, in letters and digits: a tenth of its size, and nothing in it is read as markup."""
    return base64.b64encode(zlib.compress(json.dumps(value, ensure_ascii=False).encode(), 9)).decode()


def _rendered(reply: Reply, anchor: str) -> Markup:
    """Render an answer as the chat does; its marks lead to the excerpts under it, where it has an ``anchor``."""
    places: Mapping[int, str] = {row.marker: f"#{quote(anchor)}-{row.marker}" for row in reply.citations if anchor}
    return Markup(to_html(reply.answer, places))  # noqa: S704 (the renderer escapes every word)
