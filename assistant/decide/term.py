"""A question for what a word means."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.content import decide_content
from assistant.decide.decision import ANSWERED, Decision
from assistant.decide.value import decide_value
from assistant.meaning import asks_foreign_word
from assistant.reading import Evidence, Reading
from assistant.reroute import COVERED
from assistant.respond.term import asks_meaning, find_definitions, undefined_words


def decide_term(reading: Reading, evidence: Evidence) -> Decision:
    """Answer with the definition, else with what the plan says where it uses the word."""
    if find_definitions(reading):
        return Decision("answered", "term", evidence)
    if reading.links.quantities and evidence.claimed:
        return decide_value(reading, evidence)
    if _is_foreign(reading, evidence):
        return Decision("not_stated", "term", evidence, "word")
    if evidence.confidence < ANSWERED and not (asks_meaning(reading) or undefined_words(reading)):
        return decide_content(reading, evidence)
    return Decision("answered", "term", replace(evidence, series=()))


def _is_foreign(reading: Reading, evidence: Evidence) -> bool:
    """Whether the meaning of a word is asked for that the plan does not use, nor anything that plans say instead."""
    if "carried" in evidence.signals or evidence.signals.get("bridged") or undefined_words(reading):
        return False
    covered = evidence.signals.get("coverage", 1.0) >= COVERED
    return not covered and asks_foreign_word(reading.text, reading.plan.text)
