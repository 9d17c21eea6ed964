"""A figure, an amount or a length of time that a sentence tells although it is no target: a grant, a fine, how often.

A plan that writes 给予一次性奖补 100 万元 or 每半年考评一次 may not be said to write no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.asked import asked_units
from assistant.measures import asks_measure, is_money
from assistant.reading import Evidence, Reading
from assistant.respond.deadline import tells_time
from assistant.slots import wants_money
from assistant.targets import tells_opposite
from corpus.quantities import find_quantities
from index import Passage
from index.segment import bigrams

_HELD = 0.6  # share of a subject that a sentence must hold to be on it
_CLOSE = 0.1
_SUMS = ("资金", "经费", "费用", "补贴", "补助", "奖补", "奖励", "奖金", "罚款")
_TIMES = re.compile(r"[一每半][年月季周天日次]度?|时间|次数|.钱")  # say what is asked for, not of what


@dataclass(frozen=True, slots=True)
class _Asked:
    """What kind of figure a question wants."""

    money: bool
    time: bool
    units: tuple[str, ...]
    share: bool


def stated(reading: Reading, evidence: Evidence) -> tuple[Passage, ...]:
    """Return the sentences of the evidence on the subject that tell a figure of the kind that is asked for."""
    asked = _Asked(
        money=wants_money(reading) or any(word.endswith(_SUMS) for word in reading.subject.words),
        time=reading.asks("year", "how_long"),
        units=asked_units(reading.text),
        share=reading.asks("portion"),
    )
    held = {one: _held(reading, one.text) for one in evidence.passages if one.kind == "content"}
    on_it = [one for one, share in held.items() if share >= max(_HELD, max(held.values()) - _CLOSE)]
    return tuple(
        one
        for one in on_it
        if _tells(asked, one.text) and not _lacks_measure(reading, one.text) and not tells_opposite(reading, one.text)
    )


def answered_by(evidence: Evidence, passages: tuple[Passage, ...]) -> Evidence:
    """Return the evidence with these sentences alone."""
    return replace(
        evidence, passages=passages, clauses=tuple(dict.fromkeys(one.clause_id for one in passages)), series=()
    )


def _tells(asked: _Asked, text: str) -> bool:
    quantities = find_quantities(text)
    if asked.time:
        return tells_time(text)
    if asked.money:
        return any(is_money(one.unit) for one in quantities)
    if asked.units:
        return any(
            unit in one.unit or one.unit.endswith(unit) for unit in asked.units for one in quantities if one.unit
        )
    if asked.share:
        return any(one.unit == "%" for one in quantities)
    return False


def _lacks_measure(reading: Reading, text: str) -> bool:
    """Whether a rate or the like is asked for of which the sentence does not speak."""
    return asks_measure(reading.text) and not asks_measure(text) and not reading.asks("portion")


def _held(reading: Reading, text: str) -> float:
    """Return how much of a subject's words a sentence holds, in pairs of characters."""
    subject = reading.subject
    official = subject.official or ((),) * len(subject.words)
    total = found = 0.0
    for word, others in zip(subject.words, official, strict=True):
        if len(word) > 1 and not _TIMES.fullmatch(word):
            total += len(word)
            found += len(word) * max(_share(one, text) for one in (word, *others))
    return found / total if total else 0.0


def _share(word: str, text: str) -> float:
    pairs = bigrams(word)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
