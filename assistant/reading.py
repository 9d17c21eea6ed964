"""What is known of a question after it was read, and of the evidence after it was looked up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.intent import Intent
from assistant.links import Links
from corpus import Indicator, Plan
from index import Passage


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about, without the words that only ask. ``official``: for each word what plans say instead."""

    text: str
    words: tuple[str, ...] = ()
    official: tuple[tuple[str, ...], ...] = ()

    def without(self, words: Collection[str]) -> Subject:
        """Return the subject without some words; its text stays."""
        kept = [at for at, word in enumerate(self.words) if word not in words]
        official = tuple(self.official[at] for at in kept) if self.official else ()
        return Subject(self.text, tuple(self.words[at] for at in kept), official)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left that could be looked up."""
        return not self.words


@dataclass(frozen=True, slots=True)
class Reading:
    """One question, read: ``text`` is normalised, ``groups`` are the cue groups it holds.

    ``off_topic`` is the classifier's share for a question that is not about a plan, ``ordered`` whether it also tried
    to give orders. ``titled`` are the clauses whose headings the question names, ``chapters`` the chapters of which it names a part. ``carried`` says in Chinese what was taken over from earlier turns; empty where nothing was.
    ``without`` are clauses that it leaves out (除了某某那条, 第三章以外).
    ``choices`` are the things of earlier turns that it may point at, where it is to say which; ``whole``: it was read
    together with the question before, and nothing more is to be carried over.
    """

    question: str
    text: str
    plan: Plan
    links: Links
    groups: frozenset[str]
    subject: Subject
    intent: Intent
    confidence: float
    off_topic: float = 0.0
    titled: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    english: bool = False
    ordered: bool = False
    carried: str = ""
    choices: tuple[str, ...] = ()
    whole: bool = False

    @property
    def searched(self) -> str:
        """The words that are searched for: beside a subject, the name of a body says nothing of what a clause is about.

        Who only carries out is no such body: plans speak of what local governments get and have to do.
        """
        if not any(len(word) > 1 for word in self.subject.words):
            return self.text
        own = {row.name for row in self.plan.responsibilities if row.role != "local"}
        text = self.text
        for start, end in sorted(
            {(one.start, one.end) for one in self.links.agencies if one.name in own}, reverse=True
        ):
            text = f"{text[:start]} {text[end:]}"
        return text

    def asks(self, *groups: str) -> bool:
        """Whether any of the cue groups is in the question."""
        return any(group in self.groups for group in groups)


@dataclass(frozen=True, slots=True)
class Series:
    """All targets of one indicator in one clause, the firm ones first."""

    name: str
    rows: tuple[Indicator, ...]

    def __hash__(self) -> int:
        """Hash what tells series apart: a question looks some hundred of them up, and each row has many fields."""
        return hash((self.name, self.rows[0].start))

    @property
    def clause_id(self) -> str:
        """The clause that holds the targets."""
        return self.rows[0].clause_id


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the plan holds on a question's subject, best first.

    ``confidence`` is the calibrated share (0 to 1) of such questions that the plan does answer; ``series`` are the
    indicators the question may mean, each with the same kind of share; ``covered`` those whose words hold the whole
    subject (水质: every target on the water of a river), ``claimed`` those with a figure that the question names.
    """

    clauses: tuple[str, ...] = ()
    confidence: float = 0.0
    passages: tuple[Passage, ...] = ()
    series: tuple[tuple[Series, float], ...] = ()
    covered: tuple[tuple[Series, float], ...] = ()
    claimed: tuple[tuple[Series, float], ...] = ()
    signals: dict[str, float] = field(default_factory=dict)


_STRENGTH_ORDER = {"firm": 0, "incentive": 1, "strive": 2}


@lru_cache(maxsize=64)
def series_of(plan: Plan) -> tuple[Series, ...]:
    """Return the plan's indicators, targets of one name in one clause together, in the plan's order."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for row in plan.indicators:
        groups.setdefault((row.clause_id, row.name), []).append(row)
    return tuple(
        Series(name, tuple(sorted(rows, key=lambda row: (_STRENGTH_ORDER[row.strength], row.start))))
        for (_, name), rows in groups.items()
    )


def series_in(plan: Plan, clause_id: str) -> tuple[Series, ...]:
    """Return the indicators of one clause."""
    return tuple(series for series in series_of(plan) if series.clause_id == clause_id)
