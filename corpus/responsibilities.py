"""Who does what in each clause: from brackets, from 责任单位： lines, and from notes that bind a body to other clauses.

Where a clause has neither bracket nor line, its sentences are read: 市住建局负责甲；市公安局负责乙. What a body ought to do
(省发展改革委、省生态环境厅要加强统筹协调) is what the clause says, not its responsible bodies.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from corpus.brackets import Bracket, find_brackets
from corpus.duties import LABEL, LABELS, Duty, read_duties
from corpus.model import Clause, Responsibility
from corpus.notes import Note, bound_rows, find_notes
from corpus.sentences import told_duties

LABEL_LINE = re.compile(rf"(?:^|(?<=[。；！）\n])) *{LABEL.pattern}")
LINE_END = re.compile(r"[。\n]")


def find_responsibilities(
    text: str, clauses: Sequence[Clause], notes: Iterable[Note] | None = None
) -> tuple[Responsibility, ...]:
    r"""Return the responsibilities of all clauses in the text's order, each clause's notes last.

    ``notes``: what a person read; without it the notes are found by rule.

    >>> from corpus.outline import parse_outline
    >>> text = "一、甲。（省能源局负责，各市人民政府负责落实。以下均需各市人民政府落实，不再列出）\n二、乙。（省水利厅负责）"
    >>> [(row.clause_id, row.name, row.role) for row in find_responsibilities(text, parse_outline(text))]
    [('1', '省能源局', 'sole'), ('1', '各市人民政府', 'local'), ('2', '省水利厅', 'sole'), ('2', '各市人民政府', 'local')]
    """
    notes = find_notes(text) if notes is None else tuple(sorted(notes, key=lambda note: note.start))
    starts = [clause.start for clause in clauses]
    rows: dict[str, list[Responsibility]] = {clause.clause_id: [] for clause in clauses}
    for start, content, bare in _passages(text):
        clause = clauses[bisect_right(starts, start) - 1]
        for duty in read_duties(_without_notes(content, start, notes), bare=bare):
            rows[clause.clause_id].append(_row(clause, duty, start))
    for clause in clauses:
        if clause.level > 0 and not rows[clause.clause_id]:
            rows[clause.clause_id] = [
                _row(clause, duty, clause.start)
                for duty in told_duties(_without_notes(clause.text, clause.start, notes))
            ]
    bound = bound_rows(text, clauses, notes, rows)
    return tuple(row for clause_id, own in rows.items() for row in (*own, *bound.get(clause_id, ())))


def _row(clause: Clause, duty: Duty, offset: int) -> Responsibility:
    return Responsibility(
        clause.clause_id, duty.name, duty.role, duty.open_list, offset + duty.start, offset + duty.end
    )


def responsibility_brackets(text: str) -> tuple[Bracket, ...]:
    """Return the brackets that name responsible bodies."""
    return tuple(bracket for bracket in find_brackets(text) if bracket.kind == "responsibility")


def _passages(text: str) -> list[tuple[int, str, bool]]:
    """Return where bodies are listed: offset, words, and whether a bare list counts; in the text's order."""
    brackets = find_brackets(text)
    passages = [(bracket.start + 1, bracket.content, True) for bracket in brackets if bracket.kind == "responsibility"]
    spans = [(bracket.start, bracket.end) for bracket in brackets]
    passages += [(start, text[start:end], False) for start, end in _label_lines(text, spans)]
    return sorted(passages)


def _label_lines(text: str, brackets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines that a label opens (责任单位：省财政厅、省税务局); neighbours are one passage."""
    spans: list[tuple[int, int]] = []
    starts = [start for start, _ in brackets]
    for found in LABEL_LINE.finditer(text):
        start = found.start("label")
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < brackets[at][1]:
            continue
        if spans and start < spans[-1][1]:
            continue
        end = LINE_END.search(text, start)
        stop = end.start() if end else len(text)
        if spans and not text[spans[-1][1] : start].strip("。；\n "):
            spans[-1] = (spans[-1][0], stop)
        elif LABELS[found["label"]] != "other" or _has_other_label(text, start, stop):
            spans.append((start, stop))
    return spans


def _has_other_label(text: str, start: int, stop: int) -> bool:
    return any(LABELS[found["label"]] != "other" for found in LABEL.finditer(text, start, stop))


def _without_notes(content: str, start: int, notes: Sequence[Note]) -> str:
    """Blank out the words of notes, so that offsets stay."""
    for note in notes[bisect_left(notes, start, key=lambda note: note.start) :]:
        if note.end > start + len(content):
            break
        first, last = note.start - start, note.end - start
        content = f"{content[:first]}{'。' * (last - first)}{content[last:]}"
    return content
