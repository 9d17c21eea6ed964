"""A rated answer as the draft of a question for a set: what was asked and answered, for a person to correct."""

from __future__ import annotations

from typing import Any

from assistant.records.kept import KeptTurn, Rating


def draft(turn: KeptTurn, rating: Rating) -> dict[str, Any]:
    """Return a line of a question set (JSON Lines), marked as a draft.

    What an answer that was useful did becomes the expectation. Of one that was not, only the status is written down,
    for a question must have one; the note says that it is to be corrected, and why.

    >>> turn = KeptTurn("5f", "谁牵头？", (), "answered", "方案…", "demo", ("1.1",), "2026-01-31T08:00:00Z")
    >>> draft(turn, Rating("5f", True))["expect"]
    {'status': 'answered', 'clauses': ['1.1']}
    >>> draft(turn, Rating("5f", False, "答非所问"))["note"]
    '待改：读者认为没用（答非所问）。当时的回答：方案…'
    """
    expect: dict[str, Any] = {"status": turn.status}
    if rating.useful and turn.clauses:
        expect["clauses"] = list(turn.clauses)
    row: dict[str, Any] = {"id": f"feedback-{turn.turn_id}", "question": turn.question}
    if turn.history:
        row["history"] = list(turn.history)
    if turn.plan_id:
        row["plan_id"] = turn.plan_id
    reason = f"（{rating.reason}）" if rating.reason else ""
    said = "待核：读者认为有用" if rating.useful else f"待改：读者认为没用{reason}"
    return row | {"user": "public", "expect": expect, "note": f"{said}。当时的回答：{turn.answer}", "draft": True}
