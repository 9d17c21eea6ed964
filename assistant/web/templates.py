"""The templates of our own pages (``templates/``), filled in. The one door to Jinja2 here; every value is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.addresses import address, plan_address

FOLDER = Path(__file__).with_name("templates")


def render(name: str, **values: object) -> str:
    """Return the template of that name with ``values`` in it; what is HTML already comes as ``Markup``.

    >>> "&lt;b&gt;" in render("missing.html.j2", title="没有这个<b>")
    True
    """
    return _templates().get_template(name).render(values)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"address": address, "plan_address": plan_address}
    return made
