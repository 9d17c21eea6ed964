"""Notes that bind bodies to many clauses at once: 以下均需各市（州）人民政府落实，不再列出.

A note that begins with 以下 speaks of every later clause of its series, one with 以上 of the clauses above it that name
responsible bodies, one with 本章 of its chapter, one with 本方案 of the whole series.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.bodies import (
    COLLECTIVE_STARTS,
    ENDINGS,
    WEAK_ENDINGS,
    explicit_prefix,
    is_named_body,
    restore_names,
    split_items,
)
from corpus.duties import OPEN_END, any_of
from corpus.model import Clause, Responsibility
from corpus.wording import wording

WORDS = wording("duties")["note"]
ABOVE = any_of(WORDS["above"])
CHAPTER = any_of(WORDS["chapter"])
WHOLE = any_of(WORDS["whole"])
ALL_OF_THEM = any_of(WORDS["all_of_them"])
DUTY = any_of(WORDS["duty"])
# 各区县均需落实: what says that all of them must is no part of the name
NOTE = re.compile(
    rf"(?:(?<![0-9%家个吨元米级岁]){WORDS['below']}|(?<![^。；！？：（【\n])(?:{ABOVE}|{CHAPTER}|{WHOLE}))"
    rf"(?:{any_of(WORDS['subjects'])})*，?"
    rf"(?P<all>{ALL_OF_THEM})?(?:{DUTY})?"
    rf"(?P<names>(?:(?!均|由)[^，。；：！？\n]){{2,80}}?)(?P<each>{ALL_OF_THEM})?(?:{DUTY})?(?:{any_of(WORDS['verbs'])})"
    rf"(?=[，,。；）)】\]\n]|$)(?P<closing>[，,；。](?:{any_of(WORDS['closers'])})[^，。；：！？（）\n]{{0,12}})?"
)
IS_ABOVE, IS_CHAPTER, IS_WHOLE = (re.compile(words) for words in (ABOVE, CHAPTER, WHOLE))


@dataclass(frozen=True, slots=True)
class Note:
    """Words that bind bodies to clauses beside their own. ``open_list``: the note says 等."""

    names: tuple[str, ...]
    start: int
    end: int
    open_list: bool = False


def find_notes(text: str) -> tuple[Note, ...]:
    """Return the notes that bind bodies to other clauses.

    >>> [note.names for note in find_notes("（以下各项任务均由各市州人民政府负责落实，不再逐一列出）5家以下均由县局审批，")]
    [('各市州人民政府',)]
    >>> [note.names for note in find_notes("以上各项任务均需各设区市人民政府、城东新区管委会落实，不再逐一列出。")]
    [('各设区市人民政府', '城东新区管委会')]
    >>> [note.names for note in find_notes("以下任务各区县均需落实，不再列出")]
    [('各区县',)]
    """
    notes = []
    for found in NOTE.finditer(text):
        if not (found["all"] or found["each"] or found["closing"]):
            continue
        items = [item.text for item in split_items(found["names"])]
        names = [OPEN_END.sub("", item) for item in items]
        if names and all(map(_is_body, names)):
            note = Note(tuple(restore_names(names)), found.start(), found.end(), names != items)
            notes.append(note)
    return tuple(notes)


def bound_rows(
    text: str, clauses: Sequence[Clause], notes: Sequence[Note], own: Mapping[str, Sequence[Responsibility]]
) -> dict[str, list[Responsibility]]:
    """Return what the notes add to each clause, by its id; ``own`` are the rows of each clause's own words."""
    tasks = _tasks(clauses, own) if notes else {}
    starts = [clause.start for clause in clauses]
    rows: dict[str, list[Responsibility]] = {}
    for note in notes:
        holder = clauses[bisect_right(starts, note.start) - 1]
        for clause in _bound(text, note, holder, tasks.get(_series(holder), []), own):
            added = rows.setdefault(clause.clause_id, [])
            named = {row.name for row in (*own[clause.clause_id], *added) if row.role == "local"}
            added += [
                Responsibility(clause.clause_id, name, "local", note.open_list, note.start, note.end)
                for name in note.names
                if name not in named
            ]
    return rows


def _tasks(clauses: Sequence[Clause], own: Mapping[str, Sequence[Responsibility]]) -> dict[str, list[Clause]]:
    """Return the clauses that someone carries out, by their series: those without parts, or with bodies of their own."""
    parents = {clause.parent_id for clause in clauses}
    tasks: dict[str, list[Clause]] = {}
    for clause in clauses:
        is_leaf = clause.level > 0 and clause.clause_id not in parents and clause.title not in WORDS["no_task"]
        if is_leaf or own[clause.clause_id]:
            tasks.setdefault(_series(clause), []).append(clause)
    return tasks


def _bound(
    text: str, note: Note, holder: Clause, tasks: Sequence[Clause], own: Mapping[str, Sequence[Responsibility]]
) -> list[Clause]:
    """Return the clauses that a note speaks of, among the tasks of its series."""
    if IS_WHOLE.match(text, note.start):
        return list(tasks)
    chapter = [clause for clause in tasks if _chapter(clause) == _chapter(holder)]
    if IS_CHAPTER.match(text, note.start):
        return chapter
    if IS_ABOVE.match(text, note.start):
        above = [clause for clause in tasks if clause.start < note.start]
        named = [clause for clause in above if own[clause.clause_id]]
        return named or [clause for clause in chapter if clause.start < note.start]
    return [clause for clause in tasks if clause.start >= note.end]


def _is_body(name: str) -> bool:
    known = name.startswith(COLLECTIVE_STARTS) or explicit_prefix(name) is not None
    return is_named_body(name) or (known and len(name) > 1) or name.endswith((*ENDINGS, *WEAK_ENDINGS))


def _series(clause: Clause) -> str:
    first, dot, _ = clause.clause_id.partition(".")
    return first if dot and first.startswith("p") else ""


def _chapter(clause: Clause) -> str:
    return clause.clause_id.removeprefix(f"{_series(clause)}.").partition(".")[0]
