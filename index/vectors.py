"""Texts are encoded in shards that are kept on disk until the index is finished: an interrupted build goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.bundled import Matrix
from index.encode import Encoder

_SHARD = 256  # texts; about 5 s of work on two cores


def encode_all(encoder: Encoder, texts: Sequence[str], folder: Path, progress: Callable[[int], None]) -> Matrix:
    """Return the vectors of ``texts``, reading those shards that an earlier, interrupted call left in ``folder``.

    A shard's name is a hash of the model and of its texts: it is never used for anything else. The caller removes
    the folder when the index is finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = [np.zeros((0, encoder.dimension), dtype=np.float32)]
    for at in range(0, len(texts), _SHARD):
        shard = texts[at : at + _SHARD]
        path = folder / f"{_key(encoder.name, shard)}.npy"
        vectors = _read(path, len(shard), encoder.dimension)
        if vectors is None:
            vectors = encoder.encode_passages(shard, progress)
            _write(path, vectors)
        else:
            progress(len(shard))
        parts.append(vectors)
    return np.concatenate(parts)


def _key(model: str, texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join([model, *texts]).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(path: Path, rows: int, dimension: int) -> Matrix | None:
    try:
        vectors: Matrix = np.load(path)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == (rows, dimension) and vectors.dtype == np.float32 else None


def _write(path: Path, vectors: Matrix) -> None:
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.save(file, vectors)
    unfinished.replace(path)
