"""What a model had to do with an answer: for the reader a label, for programs the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.model.faults import TOLD, TOLD_ELSE, Reason


@dataclass(frozen=True, slots=True)
class Written:
    """``kept``, ``repaired``, ``replaced`` (by the plan's own sentence) and ``dropped`` count sentences.

    ``prompts`` maps a prompt's name to the hash of its text; ``read`` and ``written`` are tokens as the server counts
    them, 0 where it does not tell; ``faults`` say in English what the check found. With a ``fallback`` the answer is the
    extractive one, and the word says why.
    """

    model: str
    prompts: Mapping[str, str] = field(default_factory=dict)
    kept: int = 0
    repaired: int = 0
    replaced: int = 0
    dropped: int = 0
    fallback: Reason | None = None
    faults: tuple[str, ...] = ()
    read: int = 0
    written: int = 0

    @property
    def label(self) -> str:
        """What stands beside the answer.

        >>> Written("m", kept=2, replaced=1).label
        '“概括起来”下面的文字由语言模型（m）撰写，每句都核对过出处；另有 1 句没有通过核对，已换成方案原文或略去。'
        >>> Written("m", fallback="deadline").label
        '语言模型没有按时答完，以上直接引用方案原文。'
        """
        if self.fallback:
            return f"{TOLD.get(self.fallback, TOLD_ELSE)}，以上直接引用方案原文。"
        failed = self.replaced + self.dropped
        marked = f"；另有 {failed} 句没有通过核对，已换成方案原文或略去" if failed else ""
        return f"“概括起来”下面的文字由语言模型（{self.model}）撰写，每句都核对过出处{marked}。"

    def to_json(self) -> dict[str, Any]:
        """Return the object that stands under ``model`` in an answer."""
        return {name: value for name, value in asdict(self).items() if value is not None}
