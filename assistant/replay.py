"""The questions of a dialogue → what it is about after them; where a dialogue was left is remembered for a while.

A follow-up is answered with all earlier questions replayed. The service of a page asks one after another, so that the
replay of each would answer everything before it once more: measured, four times the work of the question itself.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from assistant.state import NOTHING, State

# A state is a few kilobytes at most, and mostly references to the plan.
MAX_LEFT = 2000

Answers = Callable[[str, State, str | None], State]


class Replay:
    """Replays dialogues, from the last turn that is remembered; threads may share it."""

    def __init__(self, after: Answers, most: int = MAX_LEFT) -> None:
        """``after`` answers one turn and returns the state it leaves: the same for the same turn, state and plan."""
        self._after = after
        self._most = most
        self._left: OrderedDict[bytes, State] = OrderedDict()
        self._lock = threading.Lock()

    def state(self, questions: Sequence[str], plan_id: str | None) -> State:
        """Return the state after these questions, oldest first."""
        keys = [_key(questions[:end], plan_id) for end in range(1, len(questions) + 1)]
        with self._lock:
            done = next((end for end in range(len(keys), 0, -1) if keys[end - 1] in self._left), 0)
            state = self._left[keys[done - 1]] if done else NOTHING
        for at in range(done, len(keys)):
            state = self._after(questions[at], state, plan_id)
            self._put(keys[at], state)
        return state

    def left(self, questions: Sequence[str], plan_id: str | None, state: State) -> None:
        """Remember the state after these questions; of too many the one that was left first is forgotten."""
        self._put(_key(questions, plan_id), state)

    def _put(self, key: bytes, state: State) -> None:
        with self._lock:
            self._left[key] = state
            self._left.move_to_end(key)
            while len(self._left) > self._most:
                self._left.popitem(last=False)


def _key(questions: Sequence[str], plan_id: str | None) -> bytes:
    # Not the words themselves: those of a dialogue should not outlive it here, and may be long.
    return hashlib.sha256(json.dumps([plan_id, *questions]).encode()).digest()
