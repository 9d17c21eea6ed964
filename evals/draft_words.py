"""A drafted question before it has a number, and the words that drafts are made of (``drafts.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.model import Clause, Indicator, Plan
from corpus.numbering import read_mark

SOURCE = Path(__file__).with_name("drafts.toml")
SHORTEST_SUBJECT = 4  # characters of a heading that names something by itself
LONGEST_SUBJECT = 30
OPENING_PARTS = 3  # between the first pauses
_PAUSE = re.compile(r"[，。；：（(\n]")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A question of one kind with what counts as right, as the fields of ``Expect``."""

    kind: str
    question: str
    expect: dict[str, Any]
    note: str = ""
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What the questions of one kind have in common."""

    name: str
    category: str
    user: str
    note: str


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of drafts in the order in which they are written.

    >>> list(kinds())[:3], kinds()["who"].category
    (['who', 'part', 'tasks'], '谁负责')
    """
    return {name: Kind(name, **row) for name, row in _table()["kinds"].items()}


def ask(wording: str, /, **slots: object) -> str:
    """Return a question in words.

    >>> ask("leads", body="市水务局")
    '市水务局牵头的任务有哪些？'
    """
    return str(_table()["questions"][wording]).format(**slots)


def sketch(
    kind: str, question: str, expect: dict[str, Any], /, *, history: Sequence[str] = (), **slots: object
) -> Sketch:
    """Return a draft with its note; an answer is expected unless ``expect`` says otherwise."""
    note = kinds()[kind].note.format(**slots)
    return Sketch(kind, question, {"status": "answered"} | expect, note, tuple(history))


def phrases(name: str) -> list[str]:
    """Return a list of words. Raises ``KeyError`` for an unknown one."""
    return list(_table()["phrases"][name])


def listed(name: str) -> list[str]:
    """Return the questions that are the same for every plan."""
    return list(_table()["questions"][name])


def passed_over(term: str) -> bool:
    """Whether a word is explained in every plan and means the plan itself.

    >>> passed_over("《方案》"), passed_over("两高")
    (True, False)
    """
    return term.strip("《》“”") in _table()["passed_over"]["terms"]


def counted(number: int, units: Sequence[str]) -> list[str]:
    """Return how a number of things may be said, in digits and in characters.

    >>> counted(12, ["项"])
    ['12项', '十二项']
    """
    return [f"{one}{unit}" for unit in units for one in (number, spelled(number))]


def spelled(number: int) -> str:
    """Write a number from 1 to 99 in characters.

    >>> spelled(2), spelled(10), spelled(12), spelled(30), spelled(45)
    ('两', '十', '十二', '三十', '四十五')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return "两" if ones == 2 else _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def subject_of(clause: Clause, plan: Plan) -> str:
    """Return what a question calls a clause, empty where nobody would know which one is meant.

    That is its heading or the words that it begins with, where they name it alone; else its printed number.
    """
    titles = Counter(one.title for one in plan.clauses)
    opening = _opening(clause)
    for words, times in ((clause.title, titles[clause.title]), (opening, plan.text.count(opening))):
        if SHORTEST_SUBJECT <= len(words) <= LONGEST_SUBJECT and times == 1:
            return words
    number = clause.label.removesuffix(clause.title).strip(" 、")
    # In an annex the number comes behind the annex's name, and is too much to say.
    return number if clause.clause_id[:1].isdecimal() else ""


def _opening(clause: Clause) -> str:
    """Return the first words of a clause, up to a pause, that say what is to be done: not how (依托…) and not how many."""
    mark = read_mark(clause.text)
    parts = _PAUSE.split(clause.text[mark.length if mark else 0 :].strip())[:OPENING_PARTS]
    aside = tuple(_table()["passed_over"]["openings"])
    return next((one for one in parts if not one.startswith(aside) and not any(map(str.isdigit, one))), "")


def number_of(row: Indicator) -> dict[str, Any]:
    """Return a target's number as a question expects it."""
    gold: dict[str, Any] = {"value": row.value, "unit": row.unit}
    gold |= {"comparator": row.comparator} if row.comparator != "=" else {}
    return gold | ({"strength": row.strength} if row.strength != "firm" else {})


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))
