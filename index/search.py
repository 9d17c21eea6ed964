"""Finds the clauses that a question is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.build import Plans
from index.bundled import Matrix
from index.catalog import Catalog
from index.encode import Encoder, open_encoder
from index.errors import IndexDamaged, IndexStale, ModelMismatch
from index.fuse import fuse
from index.keywords import Keywords
from index.manifest import FORMAT, Manifest
from index.passages import Passage
from index.segment import DEFAULT_CACHE, Segmenter, bigrams
from index.versions import DEFAULT_FOLDER, current_version

_SAME = 0.999  # cosine of a stored vector and the same text encoded anew; libraries may differ in the last bits
_LIMIT = 2_000  # characters of a question that are read; nobody's question is longer, a pasted clause is shorter


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that may answer, its best passages first, each with its likeness to the question (a cosine).

    ``score`` orders the hits of one question and means nothing across questions; ``similarity`` (the best cosine of
    a passage) and ``coverage`` (0 to 1: the weighted share of the question's words that stand in the clause) do.
    """

    plan_id: str
    clause_id: str
    score: float
    passages: tuple[tuple[Passage, float], ...]
    similarity: float
    coverage: float


class Index:
    """An opened version of an index; it stays the same whatever is built later. Threads may share it."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Encoder, cache_folder: Path) -> None:
        """Map the files of a verified version; use ``open_index``."""
        self.manifest = manifest
        self._encoder = encoder
        self._catalog = Catalog.load(folder / "passages.json")
        self._dense = {
            view: _matrix(folder / "dense" / f"{view}.npy", manifest.dimension)
            for view in ("sentence", "titled", "clause")
        }
        self._words = Keywords.load(folder / "words")
        self._bigrams = Keywords.load(folder / "bigrams")
        terms = (folder / "terms.txt").read_text(encoding="utf-8").splitlines()
        self._segmenter = Segmenter(terms, cache_folder)

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter that knows the corpus' terms."""
        return self._segmenter

    def check_itself(self) -> None:
        """Encode a stored passage anew and look for it; raises IndexDamaged where model or files give another answer."""
        if not self._catalog.passages:
            return
        number = min(range(len(self._catalog.passages)), key=lambda row: len(self._catalog.passages[row].text))
        passage = self._catalog.passages[number]
        vector = self._encoder.encode_passages([passage.text])[0]
        if float(self._dense["sentence"][number] @ vector) < _SAME:
            raise IndexDamaged("自查不符：模型给出的向量与存下的不同")
        found = self._bigrams.scores(bigrams(passage.text))
        clause = int(np.searchsorted(self._catalog.firsts, number, side="right")) - 1
        if bigrams(passage.text) and found[clause] <= 0:
            raise IndexDamaged("自查不符：关键词索引找不到已有的句子")

    def search(self, question: str, k: int = 10, plan_ids: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` best clauses for a question, best first; ties in the order of the plans' texts.

        ``plan_ids`` restricts the search to these plans. A question without any letter or digit finds nothing.
        """
        question = question[:_LIMIT]
        tokens = bigrams(question)
        allowed = self._allowed(plan_ids)
        if not tokens or not len(allowed):
            return []
        vector = self._encoder.encode_queries([question])[0]
        cosine = {view: np.einsum("ij,j->i", matrix, vector) for view, matrix in self._dense.items()}
        words = self._words.scores(self._segmenter.words(question))
        by_clause = {
            "sentence": np.maximum.reduceat(cosine["sentence"], self._catalog.firsts),
            "titled": np.maximum.reduceat(cosine["titled"], self._catalog.firsts),
            "clause": cosine["clause"],
            "words": words,
            "bigrams": self._bigrams.scores(tokens),
        }
        scores = fuse({name: values[allowed] for name, values in by_clause.items()})
        best = np.argsort(-scores.round(6), kind="stable")[:k]
        passage_scores = (cosine["sentence"] + cosine["titled"]) / 2
        return [self._hit(int(allowed[place]), float(scores[place]), passage_scores, question) for place in best]

    def _allowed(self, plan_ids: Collection[str] | None) -> NDArray[np.int64]:
        if plan_ids is None:
            return np.arange(len(self._catalog.clauses))
        return np.flatnonzero(np.isin(self._catalog.plan_of_clause, sorted(plan_ids)))

    def _hit(self, clause: int, score: float, passage_scores: Matrix, question: str) -> Hit:
        passages = self._catalog.clauses[clause]
        first = int(self._catalog.firsts[clause])
        own = passage_scores[first : first + len(passages)]
        order = np.argsort(-own.round(6), kind="stable")
        ranked = tuple((passages[place], round(float(own[place]), 6)) for place in order)
        return Hit(passages[0].plan_id, passages[0].clause_id, round(score, 6), ranked, ranked[0][1], 0.0)


def open_index(
    folder: Path = DEFAULT_FOLDER,
    corpus: Plans | None = None,
    *,
    model: str | None = None,
    encoder: Encoder | None = None,
    cache_folder: Path = DEFAULT_CACHE,
) -> Index:
    """Open the current version after comparing every file with its manifest and asking it a question to itself.

    Raises IndexMissing, IndexDamaged, IndexStale (``corpus`` is given and is not the one that was indexed) or
    ModelMismatch (``model`` or ``encoder`` is given and is not the one that made it).
    """
    version = current_version(folder)
    manifest = Manifest.load(version)
    manifest.verify(version)
    if manifest.format != FORMAT or (corpus is not None and corpus.digest != manifest.corpus):
        raise IndexStale
    wanted = encoder.name if encoder else model or manifest.model
    if wanted != manifest.model:
        raise ModelMismatch(manifest.model, wanted)
    encoder = encoder or open_encoder(manifest.model, for_questions=True)
    try:
        index = Index(version, manifest, encoder, cache_folder)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise IndexDamaged("文件互相不符") from fault
    index.check_itself()
    return index


def _matrix(path: Path, dimension: int) -> Matrix:
    matrix: Matrix = np.load(path, mmap_mode="r")
    if matrix.ndim != 2 or matrix.shape[1] != dimension:
        raise ValueError(path.name)
    return np.asarray(matrix)
