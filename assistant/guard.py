"""The last check before an answer leaves: every number, agency and quotation has a source, or the answer is withheld.

The guard reads the finished text again and trusts nothing that made it. Sources are the quotations of the citations
(which must stand in the plan at their offsets), the indicator rows used, and numbers that were declared as computed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from assistant.answer import Answer, AnswerIndicator
from corpus import Corpus, Plan
from corpus.quantities import find_quantities

log = logging.getLogger(__name__)

WITHHELD = "这个问题的答案没有通过出处核对，为避免误导，暂不显示。请换一种问法，或直接查看方案原文。"

_MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"(?<![\d.])\d+(?:[.,]\d+)*(?![\d.]*\d)\s*([%％a-zA-Z\u4e00-\u9fff]?)")
_LIST_NUMBER = re.compile(r"(?m)^\s*\d+[.、]\s")
_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」")
_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"[*_`|#]+")


def faults(answer: Answer, corpus: Corpus, computed: Collection[str] = ()) -> tuple[str, ...]:
    """Return what in ``answer`` has no source, as English sentences; empty where all is proved."""
    return tuple(_faults(answer, corpus, computed))


def guarded(answer: Answer, corpus: Corpus, computed: Collection[str] = ()) -> Answer:
    """Return ``answer``, or, where the check finds a fault, a short text that says it is withheld; logs the faults."""
    found = faults(answer, corpus, computed)
    if not found:
        return answer
    log.error("answer withheld: question=%r faults=%s", answer.question, "; ".join(found))
    return replace(
        answer, status="clarify", answer=WITHHELD, citations=(), agencies=(), indicators=(), reading="", suggestions=()
    )


def _faults(answer: Answer, corpus: Corpus, computed: Collection[str]) -> Iterator[str]:
    known = {plan.plan_id: plan for plan in corpus.plans}
    if strange := {row.plan_id for row in answer.citations} - set(known):
        yield f"plans {sorted(strange)} are not known"
        return
    plans = {row.plan_id: known[row.plan_id] for row in answer.citations}
    for row in answer.citations:
        if (
            not plans[row.plan_id].has_clause(row.clause_id)
            or plans[row.plan_id].clause(row.clause_id).label != row.label
        ):
            yield f"citation {row.marker} names another clause"
        if plans[row.plan_id].text[row.start : row.end] != row.quote or not row.quote:
            yield f"citation {row.marker} is not at its offsets"
    markers = {int(marker) for marker in _MARKER.findall(answer.answer)}
    if markers != {row.marker for row in answer.citations}:
        yield f"markers {sorted(markers)} do not match the citations"
    yield from _unproved_rows(answer, list(plans.values()))
    text = _MARKER.sub("", answer.answer)
    yield from _unproved_numbers(text, answer, computed)
    yield from _unproved_agencies(text, answer, corpus)
    yield from _unproved_quotations(text, list(plans.values()) or list(corpus.plans))


def _unproved_rows(answer: Answer, plans: list[Plan]) -> Iterator[str]:
    bodies = {(row.name, row.role, row.clause_id) for plan in plans for row in plan.responsibilities}
    for agency in answer.agencies:
        if (agency.name, agency.role, agency.clause_id) not in bodies:
            yield f"agency {agency.name} has no role {agency.role} in clause {agency.clause_id}"
        if agency.name not in answer.answer:
            yield f"agency {agency.name} is not named in the answer"
    rows = {AnswerIndicator.of(row) for plan in plans for row in plan.indicators}
    for indicator in answer.indicators:
        if indicator not in rows:
            yield f"indicator {indicator.indicator_id} is not a row of the plan"


def _unproved_numbers(text: str, answer: Answer, computed: Collection[str]) -> Iterator[str]:
    sources = [row.quote for row in answer.citations] + [row.label for row in answer.citations]
    for row in answer.indicators:
        sources.append(f"{row.value}{row.unit}")
        sources.extend(f"{year}年" for year in (row.target_year, row.base_year) if year)
    proved = {_number_key(match) for source in sources for match in _NUMBER.finditer(source)}
    bare = {number for number, _ in proved}
    text = _LIST_NUMBER.sub("", text)
    whole = {(quantity.value, quantity.unit) for source in sources for quantity in find_quantities(source)}
    unproved: list[tuple[int, int]] = []
    read: list[tuple[int, int]] = []
    for quantity in find_quantities(text):
        if not quantity.unit:
            continue
        read.append((quantity.start, quantity.end))
        if (quantity.value, quantity.unit) not in whole and format(quantity.value, "f") not in computed:
            unproved.append((quantity.start, quantity.end))
            yield f"quantity {quantity.value}{quantity.unit} has no source"
    for match in _NUMBER.finditer(text):
        number, unit = _number_key(match)
        if any(start <= match.start() < end for start, end in unproved):
            continue
        if any(start <= match.start() < end for start, end in read) and number in bare:
            continue  # read with its whole unit above; the digits are those of a source
        if number in computed or (number, unit) in proved or (not unit and number in bare):
            continue
        yield f"number {number}{unit} has no source"


def _number_key(match: re.Match[str]) -> tuple[str, str]:
    unit = match.group(1)
    return _SPACE.sub("", match.group(0)).removesuffix(unit).replace(",", ""), "%" if unit == "％" else unit


def _unproved_agencies(text: str, answer: Answer, corpus: Corpus) -> Iterator[str]:
    proved = {agency.name for agency in answer.agencies}
    quotes = "\n".join(row.quote for row in answer.citations)
    for name in sorted({row.name for plan in corpus.plans for row in plan.responsibilities}, key=len, reverse=True):
        if name in text:
            if name not in proved and name not in quotes:
                yield f"agency {name} has no source"
            text = text.replace(name, "")


def _unproved_quotations(text: str, plans: list[Plan]) -> Iterator[str]:
    sources = [_SPACE.sub("", plan.text) for plan in plans]
    quotations = [line.removeprefix(">") for line in text.splitlines() if line.startswith(">")]
    quotations += [first or second for first, second in _QUOTED.findall(text)]
    for quotation in quotations:
        words = _SPACE.sub("", _MARKDOWN.sub("", quotation))
        if words and not any(words in source for source in sources):
            yield f"quotation {quotation.strip()!r} is not in the plan"
