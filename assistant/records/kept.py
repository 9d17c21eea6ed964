"""What may be kept, as values: a question with its answer, and what a reader thought of it. Nothing tells who asked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assistant.answer import Answer

# What a reader may say of an answer that was of no use; 其他 has room for words of one's own.
REASONS = ("答非所问", "数字或单位名称不对", "出处不对", "没有答全", "看不懂", "其他")
MAX_REASON = 200


def moment(ago: timedelta = timedelta()) -> str:
    """Return the time that long ago, in UTC, as text that sorts: ``2026-01-31T08:00:00Z``."""
    return (datetime.now(UTC) - ago).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question, the questions before it (oldest first), and the answer with the clauses that it cites."""

    turn_id: str
    question: str
    history: tuple[str, ...]
    status: str
    answer: str
    plan_id: str = ""
    clauses: tuple[str, ...] = ()
    at: str = field(default_factory=moment)

    @classmethod
    def of(cls, answer: Answer, history: Sequence[str] = ()) -> KeptTurn:
        """Take what may be kept of an answer; its id can be neither guessed nor traced to a reader.

        >>> KeptTurn.of(Answer("谁牵头？", "not_stated", "方案没有写。")).question
        '谁牵头？'
        """
        plan_id = answer.citations[0].plan_id if answer.citations else ""
        clauses = tuple(dict.fromkeys(row.clause_id for row in answer.citations if row.plan_id == plan_id))
        text = (answer.question, tuple(history), answer.status, answer.answer)
        return cls(secrets.token_hex(12), *text, plan_id, clauses)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader said of an answer; ``reason`` is empty where it was useful."""

    turn_id: str
    useful: bool
    reason: str = ""
    at: str = field(default_factory=moment)


Record = KeptTurn | Rating
