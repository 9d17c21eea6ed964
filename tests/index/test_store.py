"""Chroma holds what was encoded, finds what is near, and is never opened in place again."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.manifest import hash_files
from index.store import open_store, read_store
from index.versions import current_version


def test_nearest_agrees_with_exact_search(tmp_path: Path) -> None:
    """In a collection of this size Chroma's neighbours are the true ones."""
    random = np.random.default_rng(7)
    vectors = random.normal(size=(500, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with open_store(tmp_path) as store:
        store.add("passages", vectors, [str(number) for number in range(500)])
        for vector in vectors[:20] + np.float32(0.1):
            cosines = vectors @ vector / np.linalg.norm(vector)
            found = store.nearest("passages", vector, 5)
            assert [number for number, _ in found] == np.argsort(-cosines)[:5].tolist()
            assert np.allclose([cosine for _, cosine in found], np.sort(cosines)[::-1][:5], atol=1e-4)


def test_finished_store_is_read_from_a_copy(built: Path) -> None:
    """Opening a Chroma folder changes it, so a finished one is copied first and stays what its hashes say."""
    folder = current_version(built) / "chroma"
    before = hash_files(folder)
    vectors = np.load(folder.parent / "dense" / "passages.npy")
    with read_store(folder) as store:
        assert store.holds("passages", vectors)
        assert not store.holds("passages", vectors[::-1])
        assert store.nearest("passages", vectors[0], 1)[0][0] == 0
    assert hash_files(folder) == before
