"""A question for what a word means."""

from __future__ import annotations

from dataclasses import replace

from assistant.decide.content import decide_content
from assistant.decide.decision import ANSWERED, Decision
from assistant.decide.value import decide_value
from assistant.reading import Evidence, Reading
from assistant.respond.term import asks_meaning, find_definitions


def decide_term(reading: Reading, evidence: Evidence) -> Decision:
    """Answer with the definition, else with what the plan says where it uses the word."""
    if find_definitions(reading):
        return Decision("answered", "term", evidence)
    if reading.links.quantities and evidence.claimed:
        return decide_value(reading, evidence)
    if evidence.confidence < ANSWERED and not asks_meaning(reading):
        return decide_content(reading, evidence)
    return Decision("answered", "term", replace(evidence, series=()))
