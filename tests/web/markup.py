"""A page of HTML as the tests look at it: its tags, its text, what a table holds."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

EVIL = """"'><img src=x onerror=alert(1)><script>alert(1)</script>"""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Return every tag with its attributes."""
    parser = _Tags()
    parser.feed(html)
    return parser.seen


def plain(html: str) -> str:
    """Return the text without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def body_rows(html: str) -> list[list[str]]:
    """Return the cells of each row of the first table's body, as text."""
    body = re.search(r"<tbody[^>]*>(.*?)</tbody>", html, re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [
        [" ".join(plain(cell).split()) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def faults(html: str) -> list[str]:
    """Return what a page must not have: doubled ids, fields without labels, headings that skip a level, handlers."""
    seen = tags(html)
    ids = [str(attributes["id"]) for _, attributes in seen if "id" in attributes]
    found = [f"id {one} twice" for one in set(ids) if ids.count(one) > 1]
    labelled = {attributes.get("for") for tag, attributes in seen if tag == "label"}
    found += [
        f"no label: {attributes}"
        for tag, attributes in seen
        if tag in {"input", "select"} and attributes.get("type") != "hidden" and attributes.get("id") not in labelled
    ]
    levels = [int(tag[1]) for tag, _ in seen if re.fullmatch(r"h[1-6]", tag)]
    found += [f"h{after} behind h{before}" for before, after in pairwise(levels) if after > before + 1]
    if levels.count(1) != 1:
        found.append("not one h1")
    found += [name for _, attributes in seen for name in attributes if name.startswith("on")]
    return found + [tag for tag, _ in seen if tag == "img"]
