"""A clause that a question only describes: 省税务局参与的那条, 写着“绿岛”的那一条; it is found before the rest is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.lexicon import lexicon
from assistant.reading import Reading
from assistant.respond.claims import matches
from assistant.respond.who import counts_bodies
from assistant.roster import ClauseQuery
from assistant.roster_table import first_match, patterns
from assistant.roster_words import conditions_of, read_alone, read_size
from corpus.model import Clause

_ASKS_BODIES = frozenset(("who", "lead", "share", "sole", "part", "duty", "local", "body"))


@dataclass(frozen=True, slots=True)
class Described:
    """A question with the words that describe a clause: ``told`` stands between ``before`` and ``rest``."""

    before: str
    told: str
    rest: str
    found: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """What asks for the described clause alone."""
        return f"{self.told}由谁负责"

    def named(self, clause: Clause) -> str:
        """Return the question with the clause's printed number in the place of its description."""
        return f"{self.before}{clause.label.removesuffix(clause.title) or clause.label}{self.rest}"


def read_described(reading: Reading) -> Described | None:
    """Read a question over the bodies of a clause that it describes; None where it names the clause or asks else.

    ``found`` are the clauses that the bodies, figures and words of the description lead to.
    """
    match = first_match("clauses.described", reading.text)
    if match is None or reading.links.clauses or reading.titled or reading.english:
        return None
    told, rest = match["told"], match["rest"]
    inside = [one for one in reading.links.agencies if match.start("told") <= one.start < match.end("told")]
    behind = any(one.start >= match.start("rest") for one in reading.links.agencies)
    groups = lexicon().groups(rest)
    of_itself = groups & {"either", "verify"} or "角色" in rest  # 甲局参加的那条，是牵头还是配合
    asks = bool(groups & _ASKS_BODIES) and ("who" in groups or not of_itself)
    if not (behind or (inside and asks) or counts_bodies(rest)):
        return None
    if len({one.name for one in inside}) == 1:  # 除了它还有谁 asks with the body that tells the clause
        rest = _ITS.sub(inside[0].name, rest)
    return Described(reading.text[: match.start("told")], told, rest, _clauses(reading, told, match.start("told")))


_ITS = re.compile(r"(?<=[了和跟与])(?:它|他们?|这家|这个单位|本单位)(?!们?的)")


def _clauses(reading: Reading, told: str, begin: int) -> tuple[str, ...]:
    """Return the clauses that fit the whole of a description; empty where it says nothing that can be looked up."""
    end = begin + len(told)
    agencies = [
        replace(one, start=one.start - begin, end=one.end - begin)
        for one in reading.links.agencies
        if begin <= one.start < end
    ]
    figures = [one for one in reading.links.quantities if begin <= one.start < end and one.unit]
    telling = patterns()["clauses.telling"][0]
    words = [word for word in reading.subject.words if word in told and len(word) > 1 and not telling.fullmatch(word)]
    query = read_alone(told, agencies) or ClauseQuery(conditions_of(told, agencies))
    size = None if query.size else read_size(told)
    if not (agencies or figures or words or size):
        return ()
    plan = reading.plan
    held = [row.clause_id for row in plan.indicators if any(matches(one, row) for one in figures)]
    return tuple(
        one.clause_id
        for one in plan.clauses
        if query.admits(plan.bodies(one.clause_id))
        and (size is None or size.admits(plan.bodies(one.clause_id)))
        and (not figures or one.clause_id in held)
        and all(word in _plain(one.text) for word in words)
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
