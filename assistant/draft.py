"""An answer in the making: text, and beside it the proof of everything that the text says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Agency, Answer, AnswerIndicator, Citation, Status
from corpus.model import Clause, Indicator, Plan, Responsibility

MARKER = re.compile(r"\[(\d+)\]")


@dataclass
class Draft:
    """Collects the parts of one answer about one plan.

    Every statement is written together with the citation that proves it; numbers that were computed (counts, sums,
    differences) are declared in ``computed``, so that the guard can tell them from invented ones. ``computed`` holds
    them as they stand in the text. ``counted`` are targets that the answer only counts and names. ``asides`` are those of the lines that nobody asked for: by
    clause, who is responsible for it.
    """

    plan: Plan
    status: Status = "answered"
    lines: list[str] = field(default_factory=list)
    asides: dict[str, str] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)
    rows: list[Indicator] = field(default_factory=list)
    counted: list[Indicator] = field(default_factory=list)
    computed: set[str] = field(default_factory=set)
    suggestions: tuple[str, ...] = ()

    def say(self, *lines: str) -> None:
        """Add paragraphs or lists of Markdown."""
        self.lines.extend(lines)

    def say_aside(self, clause_id: str, line: str) -> None:
        """Say who is responsible for a clause, unasked; where several answers become one, it stands once, at the end."""
        self.lines.append(line)
        self.asides[clause_id] = line

    def cite(self, clause_id: str, start: int, end: int) -> str:
        """Cite ``plan.text[start:end]`` and return its marker (``"[1]"``); the same place keeps its marker."""
        for known in self.citations:
            if (known.plan_id, known.start, known.end) == (self.plan.plan_id, start, end):
                return f"[{known.marker}]"
        marker = len(self.citations) + 1
        clause = self.plan.clause(clause_id)
        quote = self.plan.text[start:end]
        self.citations.append(Citation(marker, self.plan.plan_id, clause_id, clause.label, quote, start, end))
        return f"[{marker}]"

    def cite_heading(self, clause: Clause) -> str:
        """Cite a clause by its printed number and heading, or by its first sentence where it has no heading."""
        return self.cite(clause.clause_id, clause.start, clause.start + heading_length(clause))

    def cite_row(self, row: Indicator) -> str:
        """Cite the words that hold one target, and count the row among those used."""
        self.use_rows([row])
        return self.cite(row.clause_id, row.start, row.end)

    def use_rows(self, rows: Iterable[Indicator]) -> None:
        """Add indicator rows to the answer, each once."""
        self.rows.extend(row for row in rows if row not in self.rows)

    def use_bodies(self, bodies: Iterable[Responsibility]) -> None:
        """Add responsible bodies to the answer, each once per role and clause."""
        for body in bodies:
            agency = Agency(body.name, body.role, body.clause_id)
            if agency not in self.agencies:
                self.agencies.append(agency)

    def take_over(self, part: Draft, lines: Sequence[str]) -> None:
        """Say lines of another draft of the same plan, with markers of this one."""
        of_marker: dict[str, Citation] = {str(row.marker): row for row in part.citations}

        def cited_again(match: re.Match[str]) -> str:
            row = of_marker[match.group(1)]
            return self.cite(row.clause_id, row.start, row.end)

        self.say(*(MARKER.sub(cited_again, line) for line in lines))

    def compute(self, number: object) -> str:
        """Declare a computed number and return it as text."""
        text = str(number)
        self.computed.add(text)
        return text

    def finish(self, question: str) -> Answer:
        """Return the answer as a value."""
        return Answer(
            question=question,
            status=self.status,
            answer="\n\n".join(self.lines),
            citations=tuple(self.citations),
            agencies=tuple(self.agencies),
            indicators=tuple(AnswerIndicator.of(row) for row in self.rows),
            suggestions=self.suggestions,
        )


def heading_length(clause: Clause) -> int:
    """Return how many characters of a clause's text are its printed number and heading.

    >>> heading_length(Clause("3.1", "三、（一）节能工程", "节能工程", "（一）节能工程。以钢铁为重点。", 0, 15, 2))
    7
    """
    at = clause.text.find(clause.title) if clause.title else -1
    if at >= 0:
        return at + len(clause.title)
    stops = [place + 1 for stop in "。；\n" if (place := clause.text.find(stop)) > 0]
    return min(stops, default=len(clause.text.rstrip()))


def name_list(names: Sequence[str]) -> str:
    """Join names as the plans do, each once: 甲、乙、丙.

    >>> name_list(["省水利厅", "省能源局"])
    '省水利厅、省能源局'
    """
    return "、".join(dict.fromkeys(names))
