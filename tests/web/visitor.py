"""A visitor of the page: joins the queue as Gradio's own script does and reads what the page would show."""

from __future__ import annotations

import json
import secrets
from typing import Any

import httpx


class Visitor:
    """One open page."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._session = secrets.token_hex(6)
        self._events = {
            target[1]: row
            for row in client.get("/config").json()["dependencies"]
            for target in row["targets"]
            if target[1] in {"submit", "stop"}
        }

    def ask(self, question: str) -> list[str]:
        """Ask, and return the HTML of all messages that are shown at the end."""
        body = {"data": [question, None], "fn_index": self._events["submit"]["id"], "session_hash": self._session}
        self._client.post("/gradio_api/queue/join", json=body).raise_for_status()
        return messages(self._last()["data"][0])

    def press_directly(self) -> httpx.Response:
        """Call the event of the send button beside the queue."""
        body = {"data": ["问", None], "fn_index": self._events["submit"]["id"], "session_hash": self._session}
        return self._client.post("/gradio_api/run/predict", json=body)

    def _last(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"data": [[], None, None]}
        with self._client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                if message["msg"] == "process_completed":
                    assert message["success"], message
                    return {"data": message["output"]["data"]} if message["output"].get("data") else shown
        raise AssertionError("the stream ended without an answer")


def messages(value: list[dict[str, Any]]) -> list[str]:
    """Return the HTML of each message of a chat log."""
    return [part["value"] for message in value for part in message["content"]]
