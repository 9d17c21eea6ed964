"""Many readers at once, each as its browser would ask: into Gradio's queue, the answer back as a stream of events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from secrets import token_hex

import httpx

# Nobody waits longer for an answer, and a measurement should not hang.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one question after so many seconds: answered, refused for now, or a ``fault``, which says more."""

    seconds: float
    refused: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many ``readers``, each with so many ``turns``, one every ``pause`` seconds, the readers evenly spread over it.

    Whose answer takes longer than the pause asks again at once.
    """

    readers: int
    pause: float
    turns: int

    def ask(self, address: str, questions: Sequence[str]) -> list[Reply]:
        """Let them ask and return what became of each question."""
        return asyncio.run(self._ask(address, questions))

    async def _ask(self, address: str, questions: Sequence[str]) -> list[Reply]:
        replies: list[Reply] = []
        bounds = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False, limits=bounds) as client:
            event = await _event(client)
            pages = [_Page(client, event) for _ in range(self.readers)]
            # Each begins elsewhere in the list.
            await asyncio.gather(
                *(
                    self._reader(page, at, list(islice(cycle(questions), at * 7, at * 7 + self.turns)), replies)
                    for at, page in enumerate(pages)
                )
            )
        return replies

    async def _reader(self, page: _Page, place: int, questions: Sequence[str], replies: list[Reply]) -> None:
        begin = time.monotonic() + self.pause * place / self.readers
        staying = asyncio.create_task(page.stay())
        for turn, question in enumerate(questions):
            await asyncio.sleep(max(0.0, begin + turn * self.pause - time.monotonic()))
            replies.append(await page.ask(question))
        staying.cancel()
        with suppress(asyncio.CancelledError):
            await staying


async def _event(client: httpx.AsyncClient) -> int:
    """Return the number of the event that sends a question."""
    parts = (await client.get("/config")).raise_for_status().json()["dependencies"]
    return next(int(part["id"]) for part in parts if any(target[1] == "submit" for target in part["targets"]))


class _Page:
    """One open page: its session, the connection that keeps it alive, its questions."""

    def __init__(self, client: httpx.AsyncClient, event: int) -> None:
        self._client = client
        self._event = event
        self._session = token_hex(6)

    async def stay(self) -> None:
        """Hold the connection by which the server knows that the page is open."""
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", f"/gradio_api/heartbeat/{self._session}", timeout=None) as beats:
                async for _ in beats.aiter_raw():
                    pass

    async def ask(self, question: str) -> Reply:
        """Ask and wait for the whole answer."""
        body = {"data": [question, None], "fn_index": self._event, "session_hash": self._session}
        began = time.perf_counter()
        try:
            joined = await self._client.post("/gradio_api/queue/join", json=body)
            took = time.perf_counter() - began
            if joined.status_code in {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}:
                return Reply(took, refused=True)
            if not joined.is_success:
                return Reply(took, fault=f"{joined.status_code} {joined.text[:200]}")
            fault, ended = await self._answer()
        except httpx.HTTPError as error:
            fault, ended = f"{type(error).__name__} {error}", time.perf_counter()
        return Reply(ended - began, fault=fault)

    async def _answer(self) -> tuple[str, float]:
        """Read the events of the answer; return what is wrong with it, nothing where it is whole, and when it was."""
        shown, found, ended = "", "the stream ended without an answer", 0.0
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address) as events:
            async for line in events.aiter_lines():
                if "process_completed" in line:
                    whole = '"success":true' in line.replace(" ", "") and "<article" in shown + line
                    found, ended = "" if whole else line[:300], time.perf_counter()
                shown = line if "<article" in line else shown
        return found, ended or time.perf_counter()
