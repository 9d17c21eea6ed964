"""The likeness of a question to every passage and every clause.

Where sentences were encoded, passages, headings and phrases have vectors. The vector of a passage under its heading is
taken as ``passage + A * heading`` and that of a clause as the mean of its passages by length, both scaled to length 1:
what a question's dot product with them is follows from its products with passages and headings, so one pass over one
matrix serves three views.
Where clauses were encoded whole, every passage is as like a question as its clause is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import Matrix
from index.catalog import Catalog
from index.source import read_source
from index.units import VIEWS, Granularity, texts_of

Scores = NDArray[np.float32]

HEADING = np.float32(0.2)  # the share A of the heading; tuned with the weights of ``fuse``
_FOLDER = "dense"

Vectors = Mapping[str, Matrix]  # by view, see ``units``


@dataclass(frozen=True)
class Likeness:
    """Cosines of one question: with each passage alone, each passage under its heading, and each clause."""

    passage: Scores
    titled: Scores
    clause: Scores


class Dense(Protocol):
    """The vectors of one catalog."""

    def likeness(self, vector: Matrix) -> Likeness:
        """Compare a question's unit vector with everything."""

    def likeness_to(self, number: int, vector: Matrix) -> float:
        """Return the cosine with one text of the first view."""

    def phrases(self, vector: Matrix) -> Scores:
        """Return the cosine with every phrase of the catalog; none where phrases have no vectors."""


class SentenceVectors:
    """The vectors of passages and headings."""

    def __init__(self, catalog: Catalog, vectors: Vectors, scales: Scores) -> None:
        """Take unit vectors and the scales of ``measure``."""
        self._passages, self._contexts, self._phrases = (vectors[view] for view in ("passages", "contexts", "phrases"))
        self._titled, self._clause = scales[: len(self._passages)], scales[len(self._passages) :]
        self._heading_of = catalog.context_of_passage
        self._weights = _weights(catalog)
        self._firsts = catalog.firsts

    def likeness(self, vector: Matrix) -> Likeness:
        """Compare a question's unit vector with everything."""
        passage, heading = _cosines(self._passages, vector), _cosines(self._contexts, vector)
        titled = (passage + HEADING * heading[self._heading_of]) * self._titled
        clause = np.add.reduceat(passage * self._weights, self._firsts) * self._clause
        return Likeness(passage, titled, clause)

    def likeness_to(self, number: int, vector: Matrix) -> float:
        """Return the cosine with one passage."""
        return float(self._passages[number] @ vector)

    def phrases(self, vector: Matrix) -> Scores:
        """Return the cosine with every phrase."""
        return _cosines(self._phrases, vector)


class ClauseVectors:
    """One vector a clause."""

    def __init__(self, catalog: Catalog, vectors: Vectors) -> None:
        """Take unit vectors."""
        self._clauses = vectors["clauses"]
        self._sizes = np.diff(catalog.firsts, append=len(catalog.passages))

    def likeness(self, vector: Matrix) -> Likeness:
        """Compare a question's unit vector with everything."""
        clause = _cosines(self._clauses, vector)
        passage = np.repeat(clause, self._sizes)
        return Likeness(passage, passage, clause)

    def likeness_to(self, number: int, vector: Matrix) -> float:
        """Return the cosine with one clause."""
        return float(self._clauses[number] @ vector)

    def phrases(self, vector: Matrix) -> Scores:
        """Return nothing: a code of law has no targets."""
        return np.zeros(0, dtype=np.float32)


def _cosines(vectors: Matrix, vector: Matrix) -> Scores:
    # einsum runs in one thread in one order: the same bits in every process, whatever its number of threads.
    cosines: Scores = np.einsum("ij,j->i", vectors, vector)
    return cosines


def save_dense(version: Path, catalog: Catalog, vectors: Vectors) -> None:
    """Write vectors, and what ``load_dense`` needs beside them, into a folder of their own under ``version``."""
    folder = version / _FOLDER
    folder.mkdir()
    for view, matrix in vectors.items():
        np.save(folder / f"{view}.npy", matrix)
    if "passages" in vectors:
        np.save(folder / "scales.npy", _scales(catalog, vectors["passages"], vectors["contexts"]))


def load_dense(version: Path, catalog: Catalog, granularity: Granularity) -> Dense:
    """Map the vectors of a version; raises ``ValueError`` where they are not those of ``catalog``."""
    vectors = stored_vectors(version, granularity)
    numbers = {
        "passages": len(catalog.passages),
        "contexts": len(catalog.contexts),
        "clauses": len(catalog.clauses),
        "phrases": len(catalog.phrases),
    }
    if any(len(matrix) != numbers[view] for view, matrix in vectors.items()):
        raise ValueError("vectors of another catalog")
    if granularity == "clause":
        return ClauseVectors(catalog, vectors)
    scales = np.load(version / _FOLDER / "scales.npy")
    if len(scales) != len(catalog.passages) + len(catalog.clauses):
        raise ValueError("scales of another catalog")
    return SentenceVectors(catalog, vectors, scales)


def _scales(catalog: Catalog, passages: Matrix, contexts: Matrix) -> Scores:
    """Return what brings passages under their headings, then clauses, to length 1."""
    likeness = np.concatenate(
        [
            np.einsum("ij,ij->i", passages[at : at + 4096], contexts[catalog.context_of_passage[at : at + 4096]])
            for at in range(0, max(len(passages), 1), 4096)
        ]
    )
    titled = 1 / np.sqrt(1 + HEADING * HEADING + 2 * HEADING * likeness)
    sums = np.add.reduceat(passages * _weights(catalog)[:, None], catalog.firsts, axis=0)
    clause = 1 / np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    return np.concatenate([titled, clause]).astype(np.float32)


def stored_vectors(version: Path, granularity: Granularity) -> dict[str, Matrix]:
    """Return the vectors that a verified version holds, by view."""
    folder = version / _FOLDER
    return {view: np.asarray(np.load(folder / f"{view}.npy", mmap_mode="r")) for view in VIEWS[granularity]}


def known_vectors(version: Path, granularity: Granularity, cut: int) -> dict[str, Matrix]:
    """Return text and vector of everything that a verified version holds, to be used again."""
    texts, vectors = texts_of(read_source(version).catalog, granularity, cut), stored_vectors(version, granularity)
    return {text: row for view in texts for text, row in zip(texts[view], vectors[view], strict=True)}


def _weights(catalog: Catalog) -> Scores:
    """Return how much each passage counts in its clause: its length; nothing where it only names bodies."""
    return np.array(
        [len(row.text) if row.kind != "bodies" else 0.01 for row in catalog.passages],
        dtype=np.float32,
    )
