"""What the assistant can and cannot do, how its answers are made, whom to write to, and what is running."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.web.frame import page
from assistant.web.render import LABEL
from assistant.web.templates import render
from corpus.model import Plan


@dataclass(frozen=True, slots=True)
class Running:
    """What is running: versions and names, and the ``contact`` that complaints go to (empty: none was set).

    ``privacy`` says what of the dialogues is kept. ``writer`` is the language model that words answers, empty where none does.
    """

    version: str
    model: str
    digest: str
    contact: str
    privacy: str
    writer: str = ""


def about_html(running: Running, plans: Sequence[Plan]) -> str:
    """Return the page."""
    return page("关于", render("about.html.j2", running=running, plans=plans, label=LABEL), "/about")
