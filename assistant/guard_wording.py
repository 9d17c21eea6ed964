"""The word lists by which the guard reads an answer's own sentences (``data/guard.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.units import any_of

FILE = Path(__file__).parent / "data" / "guard.toml"


@dataclass(frozen=True)
class GuardWords:
    """The lists, and the patterns made of them.

    ``roles`` maps what is said of a body to the roles that make it true; the role ``open`` stands for a share in what
    several bodies, or the plan's own words, call 负责. ``turns`` maps a verb of change to its kind (``down by``).
    """

    roles: dict[str, frozenset[str]]
    role: re.Pattern[str]
    title: re.Pattern[str]
    any_role: frozenset[str]
    told_apart: frozenset[str]
    denial: re.Pattern[str]
    absences: dict[str, frozenset[str]]
    body_like: re.Pattern[str]
    weak_body: re.Pattern[str]
    generic: re.Pattern[str]
    body_breaks: frozenset[str]
    strive: re.Pattern[str]
    incentive: re.Pattern[str]
    firm: re.Pattern[str]
    turn: re.Pattern[str]
    turn_run: re.Pattern[str]
    turns: dict[str, str]
    hedge: re.Pattern[str]
    base_before: re.Pattern[str]
    base_after: re.Pattern[str]
    counts: frozenset[str]
    both: re.Pattern[str]
    followers: tuple[str, ...]


@cache
def guard_words() -> GuardWords:
    """Read the lists.

    >>> guard_words().roles["牵头"], guard_words().turns["下降到"]
    (frozenset({'lead'}), 'down to')
    """
    table = tomllib.loads(FILE.read_text("utf-8"))
    words, bodies, strengths = table["role_words"], table["bodies"], table["strengths"]
    turns = {word: kind for kind, listed in table["turns"].items() for word in listed}
    blocked: dict[str, str] = table["turns_not_before"]
    turn = any_of(turns, lambda word: word + (f"(?![{blocked[word]}])" if word in blocked else ""))
    every = frozenset(("lead", "sole", "shared", "local"))
    roles = {word: frozenset(listed) for word, listed in table["roles"].items()} | dict.fromkeys(words["any"], every)
    role = f"{any_of(roles)}(?![{words['not_before']}])"
    titles = any_of(word for word in roles if word not in words["not_titles"])
    return GuardWords(
        roles=roles,
        role=re.compile(role),
        title=re.compile(
            f"(?P<verb>{titles})的?(?:单位|部门|机构|方|工作|任务|责任)?(?:还有|包括|是|为|有|由|共|：|:|\\||\\s)*$"
        ),
        any_role=frozenset(words["any"]),
        told_apart=frozenset(words["told_apart"]),
        denial=re.compile(any_of(words["denials"])),
        absences={word: frozenset(roles) for word, roles in table["absences"].items()},
        body_like=re.compile(rf"[\u4e00-\u9fff]{{1,3}}?{any_of(bodies['endings'])}(?![{bodies['not_before']}])"),
        weak_body=re.compile(
            rf"\s*(?P<name>[\u4e00-\u9fff]{{2,12}}?{any_of([*bodies['endings'], *bodies['weak_endings']])})"
            rf"(?=$|\s|等|共|分别|联合|单独|在|的|{role})"
        ),
        generic=re.compile(f"{any_of(bodies['generic'])}$"),
        body_breaks=frozenset(bodies["breaks"]),
        strive=re.compile(any_of(strengths["strive"])),
        incentive=re.compile(any_of(strengths["incentive"])),
        firm=re.compile(any_of(strengths["firm"])),
        turn=re.compile(turn),
        turn_run=re.compile(f"{turn}(?:[和与及并、]{turn})*"),
        turns=turns,
        hedge=re.compile(rf"{any_of(table['hedges']['words'])}(?:达到|达|为|在)?\s*$"),
        base_before=re.compile(rf"{any_of(table['years']['base'])}\s*$"),
        base_after=re.compile(rf"年?\s*(?:底|末)?\s*{any_of(table['years']['base_after'])}"),
        counts=frozenset(table["counts"]["words"]),
        both=re.compile(any_of(table["counts"]["both"])),
        followers=tuple(table["clauses"]["followers"]),
    )
