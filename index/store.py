"""The vectors in Chroma: one collection a view, our own vectors, cosine space, no embedding function, no telemetry.

The only module that imports chromadb (it takes a second, so nobody imports this module at the top). Opening a Chroma
folder changes its files, so a finished one is only ever opened as a private copy; see decision 0002.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from index.bundled import Matrix

_TOLERANCE = 1e-5  # Chroma scales vectors to length 1 again: the last bit of a float32 may differ


class Store:
    """An open Chroma folder."""

    def __init__(self, client: Any) -> None:
        """Wrap a client; use ``open_store`` or ``read_store``."""
        self._client = client

    def add(
        self, view: str, vectors: Matrix, texts: Sequence[str], facts: Sequence[dict[str, Any]] | None = None
    ) -> None:
        """Add one collection: the n-th vector, text and facts belong together, their id is n."""
        collection = self._client.create_collection(
            view, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        step = self._client.get_max_batch_size()
        for at in range(0, len(texts), step):
            end = min(at + step, len(texts))
            collection.add(
                ids=[str(number) for number in range(at, end)],
                embeddings=vectors[at:end],
                documents=list(texts[at:end]),
                metadatas=None if facts is None else list(facts[at:end]),
            )

    def vectors(self, view: str) -> Matrix:
        """Return all vectors of a collection in the order of their ids."""
        collection = self._client.get_collection(view, embedding_function=None)
        total = collection.count()
        step = self._client.get_max_batch_size()
        parts = []
        for at in range(0, total, step):
            ids = [str(number) for number in range(at, min(at + step, total))]
            found = collection.get(ids=ids, include=["embeddings"])
            order = np.argsort([int(number) for number in found["ids"]])
            parts.append(np.asarray(found["embeddings"], dtype=np.float32)[order])
        return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float32)

    def nearest(self, view: str, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """Return ``(number, cosine)`` of the nearest passages, best first."""
        collection = self._client.get_collection(view, embedding_function=None)
        found = collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
        return [
            (int(number), 1 - float(gap)) for number, gap in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def holds(self, view: str, vectors: Matrix) -> bool:
        """Whether a collection holds these vectors, in this order."""
        stored = self.vectors(view)
        return len(stored) == len(vectors) == 0 or (
            stored.shape == vectors.shape and bool(np.allclose(stored, vectors, rtol=0, atol=_TOLERANCE))
        )


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Open a Chroma folder for writing, and close it so that every row is in its files."""
    client: Any = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    try:
        yield Store(client)
    finally:
        client.close()


@contextmanager
def read_store(folder: Path) -> Iterator[Store]:
    """Open a private copy of a finished Chroma folder; the copy is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="chroma-") as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        with open_store(Path(copy)) as store:
            yield store
