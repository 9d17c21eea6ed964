"""An answer that grows: taken from a thread piece by piece, as fast as a page can show it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

from assistant.answer import Answer

# Shorter steps than these no eye follows; what comes in between is skipped. It also spares an answer that comes whole
# from being shown as a part first.
STEP_SECONDS = 0.05


async def growing(stream: Callable[[], Iterator[Answer]]) -> AsyncIterator[tuple[Answer, bool]]:
    """Yield what ``stream`` yields, each with whether it is the last one; who gives up closes the stream.

    Each piece is waited for in a thread.
    """
    pieces = stream()
    following = _next(pieces)
    try:
        answer = await asyncio.shield(following)
        while answer is not None:
            following = _next(pieces)
            await asyncio.wait({following}, timeout=STEP_SECONDS)
            if not following.done():
                yield answer, False
            later = await asyncio.shield(following)
            if later is None:
                yield answer, True
            answer = later
    finally:
        # A thread that is still at work cannot be interrupted; it closes the stream when its piece is there.
        if following.done():
            _close(pieces)
        else:
            following.add_done_callback(lambda _: _close(pieces))


def _next(pieces: Iterator[Answer]) -> asyncio.Task[Answer | None]:
    return asyncio.create_task(asyncio.to_thread(next, pieces, None))


def _close(pieces: Iterator[Answer]) -> None:
    with contextlib.suppress(AttributeError, ValueError):
        pieces.close()  # type: ignore[attr-defined] # a generator has it, another iterator need not
