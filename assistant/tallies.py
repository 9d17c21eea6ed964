"""Over what a question counts targets one by one: clause by clause, chapter by chapter, clauses with so many of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from assistant.forms import FILE
from assistant.roster import Bound
from assistant.roster_table import first_match
from assistant.roster_words import bound_of

Tally = Literal["", "clause", "chapter"]


def read_tally(text: str) -> Tally:
    """Return over what a question counts targets one by one: 哪一条的数字目标最多, 各章各有几个目标.

    >>> read_tally("哪一条的数字目标最多,有几个?"), read_tally("各章各有几个目标"), read_tally("哪一条的目标值最高")
    ('clause', 'chapter', '')
    """
    words = _words()
    if not words["counted"].search(text):
        return ""
    if words["chapter"].search(text):
        return "chapter"
    return "clause" if words["clause"].search(text) else ""


def read_target_size(text: str) -> tuple[Bound, int, int] | None:
    """Return how many targets a clause is to have, with where the question says so: 数字目标不少于四个的条款.

    >>> read_target_size("数字目标不少于四个的条款"), read_target_size("有哪四个数字目标")
    ((Bound(least=4, most=99), 2, 12), None)
    """
    found = first_match("sizes.targets", text)
    return (bound_of(found), found.start(), found.end()) if found else None


@cache
def _words() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    goal = "|".join(table["words"]["goal"])
    return {name: re.compile("|".join(listed).replace("{goal}", goal)) for name, listed in table["tallies"].items()}
