"""Addresses within the site: a plan's pages, a clause or quoted words in its text, a clause beside an answer, a body's tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

_QUOTED = re.compile(r"(\d{1,3})-(\d{1,9})-(\d{1,9})", re.ASCII)
MOST_QUOTED = 100


class Quoted(NamedTuple):
    """A quotation of an answer: its marker, and its range in the plan's text."""

    marker: int
    start: int
    end: int


def address(path: str, plan_id: str = "", fragment: str = "", **query: object) -> str:
    """Return an address within the site; empty values are left out, of a list each one is told.

    >>> address("/plan", "p", "quote", clause="3.4", q="")
    '/plan/p?clause=3.4#quote'
    """
    told = urlencode({name: value for name, value in query.items() if value not in ("", None)}, doseq=True)
    place = f"{path}/{quote(plan_id, safe='')}" if plan_id else path
    return place + (f"?{told}" if told else "") + (f"#{quote(fragment)}" if fragment else "")


def plan_address(plan_id: str, clause_id: str, start: int = 0, end: int = 0) -> str:
    """Return the address of a clause in the plan's own page, or of some words of it.

    >>> plan_address("p", "3.4"), plan_address("p", "3.4", 10, 12)
    ('/plan/p?clause=3.4', '/plan/p?clause=3.4&from=10&to=12#quote')
    """
    if start >= end:
        return address("/plan", plan_id, clause=clause_id)
    return address("/plan", plan_id, "quote", clause=clause_id, **{"from": start, "to": end})


def clause_address(plan_id: str, clause_id: str, quoted: Iterable[Quoted]) -> str:
    """Return where a clause is found, to be shown beside an answer, with these quotations marked.

    >>> clause_address("p", "3.4", [Quoted(1, 10, 12), Quoted(3, 14, 18)])
    '/clause/p/3.4?quote=1-10-12&quote=3-14-18'
    """
    told = [f"{one.marker}-{one.start}-{one.end}" for one in quoted]
    return address(f"{address('/clause', plan_id)}/{quote(clause_id, safe='')}", quote=told)


def read_quoted(told: Sequence[str]) -> list[Quoted]:
    """Read what :func:`clause_address` wrote; anything else is passed over.

    >>> read_quoted(["1-10-12", "2-5", "x", "3-9-4"])
    [Quoted(marker=1, start=10, end=12)]
    """
    found = (_QUOTED.fullmatch(text) for text in told[:MOST_QUOTED])
    rows = (Quoted(*map(int, one.groups())) for one in found if one)
    return [row for row in rows if row.start < row.end]


def body_address(plan_id: str, name: str) -> str:
    """Return the address of a body's tasks.

    >>> body_address("p", "a b")
    '/bodies/p?body=a+b#picked'
    """
    return address("/bodies", plan_id, "picked", body=name)
