"""The verb of a target with its adverbs: 累计新增, 提高到, 控制在."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Comparator
from corpus.quantities import read_comparators
from corpus.target_words import read_target_words


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its adverbs: ``text`` as the plan says it, ``kind`` the list it stands in."""

    word: str
    text: str
    kind: str
    strive: bool
    sign: Comparator | None
    start: int


def find_verb(before: str) -> Verb | None:
    """Find the verb at the end; in 开展职业技能培训 the last word belongs to the name, for a verb stands before it."""
    words = read_target_words()
    found = words.verb_at_end.search(before)
    if found is None:
        return None
    verb = read_verb(found)
    opening = words.count_at_start.match(before)
    if verb.kind == "count" and opening and opening.end() < found.start("verb"):
        return None
    return verb


def read_verb(found: re.Match[str]) -> Verb:
    """Return the verb that a pattern of :mod:`corpus.target_words` found."""
    lists = read_target_words().lists
    adverbs = re.findall(read_target_words().one_of("verbs", "adverbs"), found["adverbs"])
    spoken = "".join(adverb for adverb in adverbs if adverb not in lists["verbs"]["silent"])
    word = found["verb"] or ""
    kind = next((name for name in ("to", "by", "state") if word in lists["verbs"][name]), "count" if word else "")
    signs = read_comparators().signs
    return Verb(
        word=word,
        text=spoken + word,
        kind=kind,
        strive=any(adverb in lists["lead"]["strive"] for adverb in adverbs),
        sign=next((signs[adverb] for adverb in adverbs if adverb in signs), None),
        start=found.start(),
    )


def linked(words: str) -> str:
    """Return the verb among the words of comparison: 控制在, 至少达到."""
    lists = read_target_words().lists["verbs"]
    verbs = [verb for verb in (*lists["to"], *lists["state"]) if words.endswith(verb)]
    compared = read_comparators().signs
    return next((verb for verb in verbs if verb not in compared or verb == "控制在"), "") if verbs != ["为"] else ""
