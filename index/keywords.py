"""Keyword search: BM25 over the tokens of every clause, computed by bm25s when the index is built.

The only module that imports bm25s (Lù, "BM25S: Orders of magnitude faster lexical search via eager sparse scoring",
2024). It computes every score in advance, a column a token, and a question only adds up columns: that is done here, from
the files that bm25s wrote, because importing it (and scipy with it) takes 0.3 s of a cold process. A test compares.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_COLUMNS = ("data", "indices", "indptr")  # as scipy names the parts of a sparse matrix
_VOCABULARY = "vocab.index.json"
_SIZE = "size"


class Keywords:
    """The BM25 scores of numbered texts; the n-th text is number n."""

    def __init__(self, size: int, vocabulary: Mapping[str, int], columns: Sequence[NDArray[np.generic]]) -> None:
        """Take the number of texts, the tokens' columns and the sparse matrix of ``load``."""
        self._size = size
        self._vocabulary = vocabulary
        self._data, self._texts, self._starts = columns

    def scores(self, query: Sequence[str]) -> Scores:
        """Return one score a text, each token of the query counting as often as it stands there."""
        total = np.zeros(self._size, dtype=np.float32)
        for token in query:
            column = self._column(token)
            total[self._texts[column]] += self._data[column]  # a column names no text twice
        return total

    def coverage(self, query: Sequence[str]) -> Scores:
        """Return how much of a query each text has: 0 to 1, rare tokens weigh more, unknown ones most."""
        found = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for token in dict.fromkeys(query):
            texts = self._texts[self._column(token)]
            weight = math.log(1 + (self._size - len(texts) + 0.5) / (len(texts) + 0.5))
            found[texts] += np.float32(weight)
            total += weight
        return found / np.float32(total) if total else found

    def _column(self, token: str) -> slice:
        number = self._vocabulary.get(token)
        return slice(0, 0) if number is None else slice(int(self._starts[number]), int(self._starts[number + 1]))

    @classmethod
    def load(cls, folder: Path) -> Keywords:
        """Map the scores of a folder; only the columns that a question needs are read.

        Raises ``OSError`` or ``ValueError`` where the files are not those of ``write_keywords``.
        """
        size = int((folder / _SIZE).read_text(encoding="ascii"))
        if not (folder / _VOCABULARY).exists():  # no text had a token
            return cls(size, {}, [np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64)])
        vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        files = (folder / f"{name}.csc.index.npy" for name in _COLUMNS)
        return cls(size, vocabulary, [np.asarray(np.load(file, mmap_mode="r")) for file in files])


def write_keywords(tokens: Sequence[Sequence[str]], folder: Path) -> None:
    """Index texts given as tokens (BM25 in Lucene's variant, k1 1.5, b 0.75) into a folder of its own.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_keywords([["沼气"], ["污水", "治理"], []], Path(folder))
    ...     Keywords.load(Path(folder)).scores(["污水"]).nonzero()[0].tolist()
    [1]
    """
    import bm25s  # noqa: PLC0415 (imports scipy: 0.3 s that a question need not pay)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / _SIZE).write_text(str(len(tokens)), encoding="ascii")
    # Token numbers in order of first appearance: bm25s itself would number them in the order of a set.
    vocabulary: dict[str, int] = {}
    numbered = [[vocabulary.setdefault(token, len(vocabulary)) for token in text] for text in tokens]
    if vocabulary:
        scorer = bm25s.BM25(method="lucene", k1=1.5, b=0.75, backend="numpy")
        scorer.index((numbered, vocabulary), show_progress=False)
        scorer.save(folder, show_progress=False)
