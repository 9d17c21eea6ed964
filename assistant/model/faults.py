"""What can go wrong with a language model; each fault ends in the answer that needs no model."""

from __future__ import annotations

from typing import Literal

from assistant.errors import AssistantError

Reason = Literal[
    "deadline",  # not done in time
    "unreachable",  # no connection, or it broke before an answer
    "refused",  # the key or the model's name is not accepted (401, 403, 404 …)
    "busy",  # too many requests (429)
    "failed",  # the server's own fault (5xx)
    "redirected",  # sends us to another address, which is not followed
    "cut",  # the answer broke off
    "garbled",  # the reply is not of the agreed form
    "too_long",  # the reply is larger than any answer
    "empty",  # there is no answer in the reply
    "open_circuit",  # failed so often that it is left alone for a while
    "unproved",  # no sentence of the answer passed the check
    "guard",  # the answer as a whole did not pass the guard
    "error",  # a fault of ours
]
# What a reader is told; the log says more.
TOLD: dict[Reason, str] = {
    "deadline": "语言模型没有按时答完",
    "unproved": "语言模型写的内容没有通过出处核对",
    "guard": "语言模型写的内容没有通过出处核对",
    "open_circuit": "语言模型暂时不可用",
}
TOLD_ELSE = "语言模型这次没有给出可用的回答"


class ModelFault(AssistantError):
    """The model gave nothing that can be used. ``reason`` is a word for programs, ``detail`` English for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(TOLD.get(reason, TOLD_ELSE))
        self.reason: Reason = reason
        self.detail = detail
