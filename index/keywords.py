"""Keyword search: BM25 over the tokens of every clause or passage, saved to files.

The only module that imports bm25s (Lù, "BM25S: Orders of magnitude faster lexical search via eager sparse scoring",
2024). Scores are those of BM25's Lucene variant.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


class Keywords:
    """One BM25 index over numbered texts."""

    def __init__(self, scorer: Any, size: int) -> None:
        """Wrap a bm25s index (None where no text has a token) over ``size`` texts."""
        self._scorer = scorer
        self._size = size

    @classmethod
    def build(cls, tokens: Sequence[Sequence[str]], *, k1: float = 1.5, b: float = 0.75) -> Keywords:
        """Index texts given as tokens; the n-th text is number n.

        >>> Keywords.build([["沼气"], ["污水", "治理"], []]).scores(["污水"]).nonzero()[0].tolist()
        [1]
        """
        import bm25s  # noqa: PLC0415 (imports scipy: 0.3 s that `import index` need not pay)

        # Token numbers in order of first appearance: bm25s itself would number them in the order of a set.
        vocabulary: dict[str, int] = {}
        numbered = [[vocabulary.setdefault(token, len(vocabulary)) for token in text] for text in tokens]
        if not vocabulary:
            return cls(None, len(tokens))
        scorer = bm25s.BM25(method="lucene", k1=k1, b=b, backend="numpy")
        scorer.index((numbered, vocabulary), show_progress=False)
        return cls(scorer, len(tokens))

    def scores(self, query: Sequence[str]) -> Scores:
        """Return one score a text; zero where no token is shared."""
        known = [] if self._scorer is None else self._scorer.get_tokens_ids(list(query))
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: Scores = self._scorer.get_scores_from_ids(known)
        return scores

    def coverage(self, query: Sequence[str]) -> Scores:
        """Return how much of a query each text has: 0 to 1, rare tokens weigh more, unknown ones most.

        >>> [f"{share:.2f}" for share in Keywords.build([["沼气"], ["污水", "治理"]]).coverage(["污水", "垃圾"])]
        ['0.00', '0.28']
        """
        found = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for token in dict.fromkeys(query):
            texts = self._texts_with(token)
            weight = math.log(1 + (self._size - len(texts) + 0.5) / (len(texts) + 0.5))
            found[texts] += np.float32(weight)
            total += weight
        return found / np.float32(total) if total else found

    def _texts_with(self, token: str) -> NDArray[np.int64]:
        number = None if self._scorer is None else self._scorer.vocab_dict.get(token)
        if number is None:
            return np.zeros(0, dtype=np.int64)
        first, last = self._scorer.scores["indptr"][number : number + 2]
        return np.asarray(self._scorer.scores["indices"][first:last], dtype=np.int64)

    def save(self, folder: Path) -> None:
        """Write the index to a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "size").write_text(str(self._size), encoding="ascii")
        if self._scorer is not None:
            self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Keywords:
        """Map the index of a folder; only the parts that a question needs are read."""
        size = int((folder / "size").read_text(encoding="ascii"))
        if not (folder / "params.index.json").exists():
            return cls(None, size)
        import bm25s  # noqa: PLC0415

        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False), size)
