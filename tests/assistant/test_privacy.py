"""Nothing leaves the machine unless the product's own settings say so."""

from __future__ import annotations

import pytest
from langchain_core.tracers.context import _tracing_v2_is_enabled

from assistant.settings import keep_to_this_machine


def test_tracing_by_the_environment_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tracing variable that lies in the environment does not make LangChain report questions."""
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("ANONYMIZED_TELEMETRY", "True")
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "0")

    keep_to_this_machine()

    assert not _tracing_v2_is_enabled()
