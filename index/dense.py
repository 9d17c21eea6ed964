"""The likeness of a question to every passage, and what follows from it for headings and clauses.

Only passages and headings are encoded. The vector of a passage under its heading is taken as ``passage + A * heading``
and that of a clause as the mean of its passages by length, both scaled to length 1: what a question's dot product with
them is follows from its products with passages and headings, so one pass over one matrix serves three views.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bundled import Matrix
from index.catalog import Catalog
from index.source import read_source

Scores = NDArray[np.float32]

HEADING = np.float32(0.2)  # the share A of the heading; tuned with the weights of ``fuse``
_FOLDER = "dense"
_VIEWS = ("passages", "contexts")


@dataclass(frozen=True)
class Likeness:
    """Cosines of one question: with each passage alone, each passage under its heading, and each clause."""

    passage: Scores
    titled: Scores
    clause: Scores


class Dense:
    """The vectors of one catalog."""

    def __init__(self, catalog: Catalog, passages: Matrix, contexts: Matrix, scales: Matrix) -> None:
        """Take unit vectors of passages and headings, and the scales of ``measure``."""
        self._passages, self._contexts = passages, contexts
        self._titled, self._clause = scales[: len(passages)], scales[len(passages) :]
        self._heading_of = catalog.context_of_passage
        self._weights = _weights(catalog)
        self._firsts = catalog.firsts

    def likeness(self, vector: Matrix) -> Likeness:
        """Compare a question's unit vector with everything."""
        # einsum runs in one thread in one order: the same bits in every process, whatever its number of threads.
        passage: Scores = np.einsum("ij,j->i", self._passages, vector)
        heading: Scores = np.einsum("ij,j->i", self._contexts, vector)
        titled = (passage + HEADING * heading[self._heading_of]) * self._titled
        clause = np.add.reduceat(passage * self._weights, self._firsts) * self._clause
        return Likeness(passage, titled, clause)

    def likeness_to(self, number: int, vector: Matrix) -> float:
        """Return the cosine with one passage."""
        return float(self._passages[number] @ vector)

    def save(self, version: Path) -> None:
        """Write the vectors into a folder of their own under ``version``."""
        folder = version / _FOLDER
        folder.mkdir()
        np.save(folder / "passages.npy", self._passages)
        np.save(folder / "contexts.npy", self._contexts)
        np.save(folder / "scales.npy", np.concatenate([self._titled, self._clause]))

    @classmethod
    def load(cls, version: Path, catalog: Catalog) -> Dense:
        """Map the vectors of a version; raises ``ValueError`` where they are not those of ``catalog``."""
        passages, contexts = stored_vectors(version)
        scales = np.load(version / _FOLDER / "scales.npy")
        sizes = (len(passages), len(contexts), len(scales))
        if sizes != (len(catalog.passages), len(catalog.contexts), len(catalog.passages) + len(catalog.clauses)):
            raise ValueError("vectors of another catalog")
        return cls(catalog, passages, contexts, scales)


def measure(catalog: Catalog, passages: Matrix, contexts: Matrix) -> Dense:
    """Make the vectors of a catalog from those of its passages and headings."""
    likeness = np.concatenate(
        [
            np.einsum("ij,ij->i", passages[at : at + 4096], contexts[catalog.context_of_passage[at : at + 4096]])
            for at in range(0, max(len(passages), 1), 4096)
        ]
    )
    titled = 1 / np.sqrt(1 + HEADING * HEADING + 2 * HEADING * likeness)
    sums = np.add.reduceat(passages * _weights(catalog)[:, None], catalog.firsts, axis=0)
    clause = 1 / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    return Dense(catalog, passages, contexts, np.concatenate([titled, clause]).astype(np.float32))


def stored_vectors(version: Path) -> tuple[Matrix, Matrix]:
    """Return the vectors of passages and of headings that a verified version holds."""
    passages, contexts = (np.asarray(np.load(version / _FOLDER / f"{view}.npy", mmap_mode="r")) for view in _VIEWS)
    return passages, contexts


def known_vectors(version: Path) -> dict[str, Matrix]:
    """Return text and vector of everything that a verified version holds, to be used again."""
    catalog = read_source(version).catalog
    passages, contexts = stored_vectors(version)
    texts = [passage.text for passage in catalog.passages]
    return dict(zip([*texts, *catalog.contexts], [*passages, *contexts], strict=True))


def _weights(catalog: Catalog) -> Scores:
    """Return how much each passage counts in its clause: its length; nothing where it only names bodies."""
    return np.array(
        [len(row.text) if row.kind != "bodies" else 0.01 for row in catalog.passages],
        dtype=np.float32,
    )
