"""Spoken wordings of questions about duties, put into the words of the register: 谁挂帅 is 谁牵头 (``data/spoken.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "spoken.toml"
_GROUP = re.compile(r"\\g<(\w+)>")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of speaking. ``question`` is an example of it, ``reads`` what becomes of that."""

    spoken: re.Pattern[str]
    said: str
    question: str
    reads: str

    def put(self, text: str) -> str:
        """Return ``text`` with every place that is worded so put plainly; groups that took no part are empty."""
        return self.spoken.sub(lambda match: _GROUP.sub(lambda group: match[group[1]] or "", self.said), text)


def put_plainly(text: str) -> str:
    """Return a normalised question in the words of the register.

    >>> put_plainly("打包票的是哪几家"), put_plainly("不归水利厅管的任务")
    ('负责的是哪几家', '没有水利厅参与的任务')
    """
    for wording in wordings():
        text = wording.put(text)
    return text


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """Read the table once per process."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    slots = table["slots"]
    return tuple(_wording(row, slots) for row in table["wordings"])


def _wording(row: Mapping[str, Any], slots: Mapping[str, Iterable[str]]) -> Wording:
    pattern = row["spoken"]
    for name, words in slots.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return Wording(re.compile(pattern), row["said"], row["question"], row["reads"])
