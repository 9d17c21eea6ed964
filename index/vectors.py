"""The vectors of many texts: taken over from the current index, from an interrupted build, or encoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

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
    folder = shards / _digest(encoder.name).hex()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    left = _read(folder, encoder.dimension)
    waiting = []
    for text in texts:
        vector = left.get(_digest(text))
        if vector is None:
            waiting.append(text)
        else:
            yield text, vector
    progress(len(texts) - len(waiting))
    for at in range(0, len(waiting), _SHARD):
        shard = waiting[at : at + _SHARD]
        vectors = encoder.encode_passages(shard, progress)
        _write(folder, shard, vectors)
        yield from zip(shard, vectors, strict=True)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _read(folder: Path, dimension: int) -> dict[bytes, Matrix]:
    """Return the vectors of all whole shards by the digest of their texts; a broken shard is as good as none."""
    found: dict[bytes, Matrix] = {}
    for path in sorted(folder.glob("*.npz")):
        try:
            with np.load(path) as shard:
                digests, vectors = shard["digests"], shard["vectors"]
        except (OSError, ValueError, EOFError, KeyError, BadZipFile):
            continue
        if vectors.shape == (len(digests), dimension) and vectors.dtype == np.float32:
            found.update(zip((digest.tobytes() for digest in digests), vectors, strict=True))
    return found


def _write(folder: Path, texts: Sequence[str], vectors: Matrix) -> None:
    digests = [_digest(text) for text in texts]
    path = folder / f"{_digest(texts[0]).hex()[:32]}.npz"
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, digests=np.array([list(digest) for digest in digests], dtype=np.uint8), vectors=vectors)
    unfinished.replace(path)
