"""The assistant on its way: it opens in the background, and whoever needs it waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Protocol

from assistant.answer import Answer
from assistant.examples import Examples
from assistant.settings import Settings
from corpus.model import Plan


class Plans(Protocol):
    """What the pages need of the corpus."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Return all plans."""
        ...

    @property
    def digest(self) -> str:
        """Return what changes with any file that the plans came from."""
        ...


class Answerer(Protocol):
    """What the pages need of the assistant; ``ask`` is called from several threads at once."""

    @property
    def corpus(self) -> Plans:
        """Return the plans that answers come from."""
        ...

    @property
    def settings(self) -> Settings:
        """Return the settings it was opened with."""
        ...

    def ask(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Answer:
        """Answer one question; ``history`` holds the earlier questions, oldest first."""
        ...

    def stream(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Iterator[Answer]:
        """Yield the answer as far as it is there, the finished one last."""
        ...

    def examples(self) -> tuple[str, ...]:
        """Return questions that this corpus answers."""
        ...

    def examples_by_reader(self) -> tuple[Examples, ...]:
        """Return such questions for each kind of reader."""
        ...


class Opening:
    """An assistant that is being opened. The page is served meanwhile, and a question that comes early waits."""

    def __init__(self, open_assistant: Callable[[], Answerer]) -> None:
        self._open = open_assistant
        self._future: Future[Answerer] = Future()

    def start(self, on_failure: Callable[[BaseException], None] | None = None) -> None:
        """Open in a thread of its own; ``on_failure`` is called there with whatever went wrong."""
        threading.Thread(target=self._run, args=(on_failure,), name="open-assistant", daemon=True).start()

    def _run(self, on_failure: Callable[[BaseException], None] | None) -> None:
        try:
            self._future.set_result(self._open())
        except Exception as error:  # noqa: BLE001 # whatever it was, those who wait must hear of it
            self._future.set_exception(error)
            if on_failure is not None:
                on_failure(error)

    @property
    def answers(self) -> bool:
        """Whether the assistant is open, so that a question would be answered now."""
        return self._future.done() and self._future.exception() is None

    @property
    def opened(self) -> Answerer | None:
        """The assistant if it is open."""
        return self._future.result() if self.answers else None

    async def ready(self) -> Answerer:
        """Wait for the assistant; raises what opening it raised. Giving up waiting does not stop the opening."""
        return await asyncio.shield(asyncio.wrap_future(self._future))
