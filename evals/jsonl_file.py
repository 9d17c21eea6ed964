"""JSON Lines: a question on each line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.errors import FileFault
from evals.items import Item


def read_items(path: Path) -> list[Item]:
    """Return the questions of a file, a line each; raises :class:`FileFault` or ``OSError``."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise FileFault("不是 UTF-8 编码的文本，请另存为 UTF-8") from None
    return [_item(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def write_items(path: Path, values: Sequence[Any]) -> None:
    """Write plain values, one on each line."""
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8")


def _item(line: str, number: int) -> Item:
    try:
        return Item(json.loads(line, object_pairs_hook=_once), number)
    except ValueError as fault:
        said = f"：{fault}" if isinstance(fault, _Twice) else ""
        raise FileFault(f"这一行不是合格的 JSON{said}", number) from None
    except RecursionError:
        raise FileFault("这一行不是合格的 JSON", number) from None


class _Twice(ValueError):
    """The same key twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _Twice(f"“{key}”写了两遍")
        seen[key] = value
    return seen
