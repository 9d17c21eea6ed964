"""What the report's terms mean in plain words (``explanations.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("explanations.toml")


def reason_meaning(kind: str) -> str:
    """Say in one plain sentence what a kind of fault means.

    >>> reason_meaning("wrong_unit")
    '数值对，计量单位不对。'
    """
    return str(_table()["reasons"][kind])


def measure_meaning(name: str) -> str:
    """Say in one plain sentence what a measure of :data:`evals.measures.MEASURES` tells.

    >>> measure_meaning("quote_fidelity")
    '引文与方案原文一字不差的，占全部引文的多少。应为 100%。'
    """
    return str(_table()["measures"][name])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))
