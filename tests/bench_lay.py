"""How often everyday questions find their clause, with each part of the ranking left out in turn.

    python -m tests.bench_lay [--index DIR]

The questions stand in ``tests/index/data/lay_questions.jsonl``: weights were tuned on ``tune``; ``held`` was set
aside, and ``fresh`` was written when all weights and word lists were fixed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus.plans import load_corpus
from index import Index, open_index
from index.fuse import WEIGHTS, fuse
from index.versions import DEFAULT_FOLDER

QUESTIONS = Path(__file__).parent / "index" / "data" / "lay_questions.jsonl"


def first_rate(index: Index, rows: list[dict[str, Any]], part: str) -> float:
    """Return the share of questions whose first hit is a right clause."""
    asked = [row for row in rows if row["set"] == part]
    right = sum(index.search(row["question"], k=1)[0].clause_id in row["clauses"] for row in asked)
    return right / len(asked)


def main() -> None:
    """Print one line a variant."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_lay", description="日常问法找到条款的比例")
    parser.add_argument("--index", type=Path, default=DEFAULT_FOLDER)
    index = open_index(parser.parse_args().index, load_corpus())
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]

    def show(name: str, weights: Mapping[str, float] = WEIGHTS) -> None:
        with patch("index.search.fuse", partial(fuse, weights=weights)):
            rates = (f"{part} {first_rate(index, rows, part):.3f}" for part in ("tune", "held", "fresh"))
            print(f"{name:24s}", *rates, sep="  ")

    show("all")
    for view in WEIGHTS:
        show(f"without {view}", {**WEIGHTS, view: 0.0})
    for view in WEIGHTS:
        show(f"{view} alone", {**dict.fromkeys(WEIGHTS, 0.0), view: 1.0})
    with patch("index.question.official_words", lambda *_: ()):
        show("without everyday words")
    with patch("index.segment.asking_words", frozenset):
        show("without asking words")


if __name__ == "__main__":
    main()
