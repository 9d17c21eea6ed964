"""The one door to PyYAML: a file of items becomes plain values with the line each item begins on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML ships no types; this module is its only user

from evals.errors import FileFault
from evals.items import Item


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]  # an untyped base class
    """Safe loading that refuses a key given twice (PyYAML keeps the last one silently)."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise FileFault(f"“{key}”写了两遍", key_node.start_mark.line + 1)
            if isinstance(key, str):
                seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_items(path: Path) -> list[Item]:
    """Return the entries of the list that a YAML file holds; raises :class:`FileFault` or ``OSError``."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return []
            if not isinstance(node, yaml.SequenceNode):
                raise FileFault("应当是一个列表，每道题以“- id:”开头", node.start_mark.line + 1)
            return [Item(loader.construct_object(one, deep=True), one.start_mark.line + 1) for one in node.value]
        finally:
            loader.dispose()
    except UnicodeDecodeError:
        raise FileFault("不是 UTF-8 编码的文本，请另存为 UTF-8") from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        problem = getattr(fault, "problem", None) or str(fault)
        raise FileFault(
            f"不是合格的 YAML（{problem}）；请看缩进、冒号和引号", mark.line + 1 if mark else None
        ) from None


def write_items(path: Path, values: Sequence[Any]) -> None:
    """Write a list of plain values; lists and mappings that hold no other stand on one line each."""
    style: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 120, "default_flow_style": None}
    path.write_text("\n".join(yaml.dump([value], Dumper=_Dumper, **style) for value in values), encoding="utf-8")


class _Dumper(yaml.CSafeDumper):  # type: ignore[misc]  # an untyped base class
    """Writes a value out wherever it stands, even where it is the same as an earlier one."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
