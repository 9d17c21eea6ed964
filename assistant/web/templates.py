"""The templates of our own pages (``templates/``), filled in. The one door to Jinja2 here; every value is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

FOLDER = Path(__file__).with_name("templates")


def render(name: str, **values: object) -> str:
    """Return the template of that name with ``values`` in it; what is HTML already comes as ``Markup``.

    >>> "&lt;b&gt;" in render("missing.html.j2", title="没有这个<b>")
    True
    """
    return _template(name).render(values)


def address(path: str, plan_id: str = "", fragment: str = "", **query: object) -> str:
    """Return an address within the site; empty values are left out, of a list each one is told.

    >>> address("/plan", "p", "quote", clause="3.4", q="")
    '/plan/p?clause=3.4#quote'
    """
    told = urlencode({name: value for name, value in query.items() if value not in ("", None)}, doseq=True)
    place = f"{path}/{quote(plan_id, safe='')}" if plan_id else path
    return place + (f"?{told}" if told else "") + (f"#{quote(fragment)}" if fragment else "")


@cache
def _template(name: str) -> Template:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["address"] = address
    return made.get_template(name)
