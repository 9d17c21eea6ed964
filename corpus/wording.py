"""The wording rules of ``wording.toml`` as one frozen value."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("wording.toml")


@cache
def wording(section: str) -> dict[str, Any]:
    """Return one section of ``wording.toml``: lists of words by name. Raises ``KeyError`` for an unknown section.

    >>> "通知" in wording("lines")["title_endings"]
    True
    """
    return dict(_read()[section])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))
