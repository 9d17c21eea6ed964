"""The answer in pieces: what a face shows while it is being written."""

from __future__ import annotations

from dataclasses import replace

from assistant.service import Assistant


def test_without_a_model_the_stream_is_the_answer(assistant: Assistant) -> None:
    """Shows that without a language model a stream has one piece, the very answer that asking gives."""
    asked = "能耗强度的目标是多少"
    (only,) = assistant.stream(asked)
    assert replace(only, timings_ms={}) == replace(assistant.ask(asked), timings_ms={})
