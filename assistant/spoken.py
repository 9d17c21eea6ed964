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
    >>> put_plainly("管土地的那个部门有份吗"), put_plainly("管快递的部门是哪家")
    ('自然资源局有份吗', '管快递的部门是哪家')
    """
    fields, bodies = _fields()
    text = fields.sub(lambda match: bodies[match["field"] or match["part"]], text)
    for wording in wordings():
        text = wording.put(text)
    return text


@lru_cache(maxsize=1)
def _fields() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return what tells a body by its field alone, and the body of each field.

    管快递的部门是哪家 asks which body it is, and is left as it stands.
    """
    table = _table()
    bodies = {field: body for body, fields in table["fields"].items() for field in fields}
    listed = "|".join(sorted(bodies, key=len, reverse=True))
    office = "|".join(table["slots"]["office"])
    told = rf"(?:主管|分管|管理?|负责|抓|搞|做|收)着?(?P<field>{listed})(?:工作|事务|的事|方面|这一?块)?的"
    part = rf"(?P<part>{listed})(?:所?归|所?属)的"
    asked = r"(?:都|分别)?(?:是|有|叫|为)?(?:谁|哪|什么|啥|几|多少)"
    return re.compile(rf"(?:{told}|{part})(?:{office})(?!{asked})"), bodies


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """Read the table once per process."""
    table = _table()
    slots = table["slots"]
    return tuple(_wording(row, slots) for row in table["wordings"])


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _wording(row: Mapping[str, Any], slots: Mapping[str, Iterable[str]]) -> Wording:
    pattern = row["spoken"]
    for name, words in slots.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(words)})")
    return Wording(re.compile(pattern), row["said"], row["question"], row["reads"])
