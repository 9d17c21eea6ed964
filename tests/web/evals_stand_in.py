"""``python -m evals`` with an assistant that knows one answer: run as a script, with the same words.

A question with 慢 in it takes a minute, one with 坏 ends the run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evals import run
from evals.cli import main
from evals.errors import GenerationFailed
from evals.question import Question


def ask(questions: Sequence[Question]) -> Iterator[dict[str, Any]]:
    """Yield the same answer to each question."""
    for one in questions:
        if "慢" in one.question:
            time.sleep(60)
        if "坏" in one.question:
            raise GenerationFailed("助手没有回答")
        empty: dict[str, Any] = {"citations": [], "agencies": [], "indicators": [], "timings_ms": {"total": 1.0}}
        said = {"question": one.question, "status": "not_stated", "answer": "方案没有写。", "mode": "extractive"}
        yield {"version": 1, "id": one.id} | said | empty


if __name__ == "__main__":
    run.ask_in_process = ask
    run.Finder = lambda: lambda _: ()  # type: ignore[assignment, misc]
    run.index_facts = dict  # type: ignore[assignment]
    sys.exit(main())
