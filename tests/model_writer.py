"""A small language model for tests: it copies the beginning of each sentence of the evidence, with its handle."""

from __future__ import annotations

import re

from tests.model_stub import Message

MOST = 3  # sentences
SHORT = 60  # characters after which a sentence ends with the next comma

_EVIDENCE = re.compile(r"^\[(?P<handle>[a-z]\d+)\](?:（(?:[^（）\n]|（[^（）\n]*）)*）)?(?P<words>.+)$", re.MULTILINE)
_STOP = re.compile(r"[。；;]")
_ANY = re.compile(r"[。；;，,]")


def write(messages: list[Message]) -> str:
    r"""Return what a careful model would say: words of the evidence, each sentence with its handle.

    >>> write([{"role": "user", "content": "原文：\n[c1]（二、节水）推进管网改造。加快建设。\n\n问题：管网？"}])
    '推进管网改造。[c1]'
    """
    said = str(messages[-1]["content"])
    rows = list(_EVIDENCE.finditer(said))[:MOST]
    return "\n".join(f"{_first(row['words'])}。[{row['handle']}]" for row in rows) or "没有可以概括的内容。"


def _first(words: str) -> str:
    end = _STOP.search(words)
    first = words[: end.start()] if end else words
    comma = _ANY.search(first, SHORT)
    return first[: comma.start()] if comma else first
