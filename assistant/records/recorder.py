"""What is kept, and when: answers wait in memory, are written by a thread behind them, and are deleted in time."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal, Protocol

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.records.kept import MAX_REASON, KeptTurn, Rating, Record, moment

Keep = Literal["none", "rated", "all"]
# An answer can be rated while its page is likely to be open; memory for some ten megabytes at most.
MAX_RECENT = 2000
RECENT_SECONDS = 8 * 3600
MAX_WAITING = 1000
BATCH = 100
DAY = 24 * 3600
STOP_SECONDS = 3

log = logging.getLogger(__name__)


class Keeper(Protocol):
    """Where records go: :class:`assistant.records.database.Database`, or a stand-in."""

    def write(self, records: Sequence[Record]) -> None:
        """Write all of them or none."""
        ...

    def purge(self, before: str) -> int:
        """Delete what is older."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class Recorder:
    """Keeps what the setting ``keep`` allows. Its methods return at once and never fail, whatever the database does."""

    def __init__(self, keep: Keep, keep_days: int, open_keeper: Callable[[], Keeper]) -> None:
        self.keep = keep
        self.keep_days = keep_days
        self._open = open_keeper
        self._keeper: Keeper | None = None
        self._recent: OrderedDict[str, tuple[float, KeptTurn]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: queue.Queue[Record | None] = queue.Queue(MAX_WAITING)
        self._lost = 0
        self._failing = False
        self._purged: float | None = None
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Begin to write behind the answers; what is too old is deleted at once and then daily, whatever is kept now."""
        if self.keep_days and not self._thread.is_alive():
            self._thread.start()

    def answered(self, answer: Answer, history: Sequence[str] = ()) -> str:
        """Take an answer that was given and return the id under which it can be rated, empty where it cannot."""
        if self.keep == "none":
            return ""
        turn = KeptTurn.of(answer, history)
        now = time.monotonic()
        with self._lock:
            self._recent[turn.turn_id] = (now, turn)
            while len(self._recent) > MAX_RECENT or next(iter(self._recent.values()))[0] < now - RECENT_SECONDS:
                self._recent.popitem(last=False)
        if self.keep == "all":
            self._put(turn)
        return turn.turn_id

    def rate(self, turn_id: str, useful: bool, reason: str = "") -> bool:
        """Take what a reader says of an answer; ``False`` where the answer is gone or nothing is kept."""
        with self._lock:
            _, turn = self._recent.get(turn_id, (0.0, None))
        if turn is None:
            return False
        self._put(turn)
        self._put(Rating(turn_id, useful, reason[:MAX_REASON]))
        return True

    def stop(self) -> None:
        """Write what still waits, for a few seconds at most."""
        if not self._thread.is_alive():
            return
        try:
            self._waiting.put(None, timeout=STOP_SECONDS)
        except queue.Full:
            return
        self._thread.join(STOP_SECONDS)

    def _put(self, record: Record) -> None:
        try:
            self._waiting.put_nowait(record)
        except queue.Full:
            self._lost += 1

    def _run(self) -> None:
        going = True
        while going:
            if self._purged is None or time.monotonic() - self._purged > DAY:
                self._purged = time.monotonic()
                self._tried(lambda keeper: keeper.purge(moment(timedelta(days=self.keep_days))))
            batch, going = self._next()
            if batch and not self._tried(lambda keeper, batch=batch: keeper.write(batch)):  # type: ignore[misc]
                self._lost += len(batch)
        if self._keeper is not None:
            self._keeper.close()

    def _next(self) -> tuple[list[Record], bool]:
        """Wait for records, a while; return those that are there, and whether to go on."""
        batch: list[Record] = []
        try:
            record = self._waiting.get(timeout=DAY / 24)
            while record is not None:
                batch.append(record)
                if len(batch) == BATCH:
                    return batch, True
                record = self._waiting.get_nowait()
        except queue.Empty:
            return batch, True
        return batch, False

    def _tried(self, work: Callable[[Keeper], object]) -> bool:
        """Do it; a fault is one line in the log, and the next one as long as it lasts is none."""
        try:
            if self._keeper is None:
                self._keeper = self._open()
            work(self._keeper)
        except Exception as error:  # noqa: BLE001 # whatever it is, the answers must not hear of it
            if not self._failing:
                said = str(error) if isinstance(error, AssistantError) else type(error).__name__
                log.error("Dialogues are not being kept, answers go on: %s", said)  # noqa: TRY400 (one line, no values)
            self._failing = True
            return False
        if self._failing or self._lost:
            log.warning("Dialogues are being kept again; %d records were lost", self._lost)
        self._failing, self._lost = False, 0
        return True


def nothing_kept() -> Recorder:
    """Return a recorder that keeps nothing at all."""
    return Recorder("none", 0, _no_keeper)


def _no_keeper() -> Keeper:
    raise AssertionError("nothing is kept, so nothing is opened")
