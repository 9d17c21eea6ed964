"""Looks an index over from end to end: more than a reader does before the first question."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.dense import stored_vectors
from index.encode import Encoder
from index.errors import IndexDamaged
from index.manifest import Manifest
from index.search import open_index
from index.segment import DEFAULT_CACHE
from index.source import Plans
from index.versions import DEFAULT_FOLDER, current_version

_SAMPLE = 50  # texts whose neighbours are looked up
_NEAREST = 10


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound index. ``recall``: the share of the true nearest texts that Chroma's graph finds (1.0 in small ones)."""

    manifest: Manifest
    recall: float


def check_index(
    folder: Path = DEFAULT_FOLDER,
    corpus: Plans | None = None,
    *,
    encoder: Encoder | None = None,
    cache_folder: Path = DEFAULT_CACHE,
) -> Checked:
    """Open the index as a reader does, then compare Chroma with the vectors that questions are answered from.

    Raises what ``open_index`` raises, and IndexDamaged where Chroma holds something else.
    """
    from index.store import read_store  # noqa: PLC0415 (a second to import)

    index = open_index(folder, corpus, encoder=encoder, cache_folder=cache_folder)
    version = current_version(folder)
    vectors = stored_vectors(version, index.manifest.granularity)
    view, rows = next(iter(vectors.items()))
    with read_store(version / "chroma") as store:
        if not all(store.holds(name, matrix) for name, matrix in vectors.items()):
            raise IndexDamaged("Chroma 里的向量与检索所用的不同")
        found = wanted = 0
        for number in range(0, len(rows), max(len(rows) // _SAMPLE, 1)):
            cosines = np.einsum("ij,j->i", rows, rows[number])
            limit = np.sort(cosines)[-_NEAREST:][0]  # equal texts may stand in for one another
            near = store.nearest(view, rows[number], _NEAREST)
            wanted += len(near)
            found += sum(float(cosines[row]) >= limit - 1e-5 for row, _ in near)
    return Checked(index.manifest, found / wanted if wanted else 1.0)
