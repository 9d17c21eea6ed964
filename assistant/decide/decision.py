"""What is done with a question, and the shares from which it is done."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Status
from assistant.intent import Intent
from assistant.reading import Evidence, Series

# Thresholds on calibrated shares; see the curve in docs/decisions/0006-refusal.md.
ANSWERED = 0.2
SERIES = 0.35
SOME = 0.05  # share from which an indicator that is otherwise the only one to fit is meant
SURE = 0.8
Linked = tuple[tuple[Series, float], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question. ``reason`` is a key of the refusals, or the sentence that asks back."""

    status: Status
    intent: Intent
    evidence: Evidence
    reason: str = ""
    choices: tuple[str, ...] = ()
