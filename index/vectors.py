"""The vectors of many texts: taken over from the current index, from an interrupted build, or encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.bundled import Matrix
from index.encode import Encoder

_SHARD = 256  # texts; about 5 s of work on two cores

Known = Mapping[str, Matrix]


def vectors_of(
    texts: Sequence[str], known: Known, encoder: Callable[[], Encoder], shards: Path, progress: Callable[[int], None]
) -> Matrix:
    """Return one vector a text; those not ``known`` are encoded, each distinct text once.

    What is encoded is kept in ``shards`` (a file each 256 texts) until the caller removes it, so that an interrupted
    build goes on where it stopped. ``encoder`` is not called where nothing is left to encode.
    """
    distinct = list(dict.fromkeys(texts))
    missing = [text for text in distinct if text not in known]
    progress(len(distinct) - len(missing))
    vectors = dict(known)
    if missing:
        vectors.update(_encode(encoder(), missing, shards, progress))
    return np.stack([vectors[text] for text in texts]) if texts else np.zeros((0, 0), dtype=np.float32)


def _encode(
    encoder: Encoder, texts: Sequence[str], shards: Path, progress: Callable[[int], None]
) -> Iterator[tuple[str, Matrix]]:
    shards.mkdir(parents=True, exist_ok=True)
    for at in range(0, len(texts), _SHARD):
        shard = texts[at : at + _SHARD]
        path = shards / f"{_key(encoder.name, shard)}.npy"
        vectors = _read(path, len(shard), encoder.dimension)
        if vectors is None:
            vectors = encoder.encode_passages(shard, progress)
            _write(path, vectors)
        else:
            progress(len(shard))
        yield from zip(shard, vectors, strict=True)


def _key(model: str, texts: Iterable[str]) -> str:
    """Return the name of a shard: a hash of the model and the texts, so that it never serves anything else."""
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
