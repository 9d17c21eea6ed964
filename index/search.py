"""Finds the clauses that a question is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bundled import Matrix
from index.dense import Scores, load_dense
from index.encode import Encoder, open_encoder
from index.errors import IndexDamaged, IndexStale, ModelMismatch
from index.fuse import fuse
from index.keywords import Keywords
from index.manifest import FORMAT, Manifest
from index.passages import Passage
from index.question import Tokens, read_question
from index.segment import DEFAULT_CACHE, Segmenter, bigrams
from index.source import Plans, Source, read_source
from index.units import texts_of
from index.versions import DEFAULT_FOLDER, current_version

_REMEMBERED = 16  # questions whose vectors are kept
_SAME = 0.999  # cosine of a stored vector and the same text encoded anew; libraries may differ in the last bits
# What words count in keyword search beside those of the subject (1), tuned with the weights of ``fuse``:
_ASKING = np.float32(0.35)  # words that seem only to ask; 责任 asks about a plan, and is a subject in law
_OFFICIAL = np.float32(0.4)  # official words that stand for everyday ones of the question


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
        source = read_source(folder)
        self._catalog = source.catalog
        self._dense = load_dense(folder, self._catalog, manifest.granularity)
        self._words = Keywords.load(folder / "words")
        self._bigrams = Keywords.load(folder / "bigrams")
        self._segmenter = Segmenter(source.terms, cache_folder)
        self._vector = lru_cache(maxsize=_REMEMBERED)(self._encode)
        # What names the bodies is not what a clause says: it counts only where a clause says nothing else.
        self._content = np.array([row.kind != "bodies" for row in self._catalog.passages], dtype=np.bool_)

    def search(self, question: str, k: int = 10, plan_ids: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` best clauses for a question, best first; ties in the order of the plans' texts.

        ``plan_ids`` restricts the search to these plans. A question without any letter or digit finds nothing.
        """
        asked = read_question(question, self._segmenter)
        allowed = self._allowed(plan_ids)
        if not asked.pairs.asked or not len(allowed):
            return []
        likeness = self._dense.likeness(self._vector(asked.text))
        scores = fuse(
            {
                "titled": self._best(likeness.titled)[allowed],
                "clause": likeness.clause[allowed],
                "words": _score(self._words, asked.words)[allowed],
                "bigrams": _score(self._bigrams, asked.pairs)[allowed],
            }
        )
        best = _best_first(scores.round(6), k)
        coverage = self._words.coverage(asked.words.subject)[allowed]
        return [self._hit(int(allowed[n]), float(scores[n]), likeness.passage, float(coverage[n])) for n in best]

    def phrases(self, question: str) -> dict[str, float]:
        """Return how like a question every name and quotation of an indicator is (cosines); empty where none has a vector.

        The question is encoded once for this and for ``search``.
        """
        likeness = self._dense.phrases(self._vector(read_question(question, self._segmenter).text))
        return {text: round(float(value), 6) for text, value in zip(self._catalog.phrases, likeness, strict=False)}

    def _encode(self, text: str) -> Matrix:
        vector: Matrix = self._encoder.encode_queries([text])[0]
        return vector

    @property
    def encoder(self) -> Encoder:
        """What turns questions into vectors."""
        return self._encoder

    @property
    def segmenter(self) -> Segmenter:
        """The segmenter that knows the corpus' terms."""
        return self._segmenter

    def check_itself(self) -> None:
        """Encode a stored text anew and look for it; raises IndexDamaged where model or files answer differently."""
        if not self._catalog.passages:
            return
        granularity = self.manifest.granularity
        texts = next(iter(texts_of(self._catalog, granularity, self.manifest.cut).values()))
        number = min(range(len(texts)), key=lambda row: len(texts[row]))
        if self._dense.likeness_to(number, self._encoder.encode_passages([texts[number]])[0]) < _SAME:
            raise IndexDamaged("自查不符：模型给出的向量与存下的不同", "--force")
        of_passage = int(np.searchsorted(self._catalog.firsts, number, side="right")) - 1
        clause = number if granularity == "clause" else of_passage
        for keywords, tokens in (
            (self._bigrams, bigrams(texts[number])),
            (self._words, self._segmenter.words(texts[number])),
        ):
            if tokens and keywords.scores(tokens)[clause] <= 0:
                raise IndexDamaged("自查不符：关键词索引找不到已有的句子")

    def _best(self, of_passages: Scores) -> Scores:
        """Return the best passage's score of each clause."""
        best: Scores = np.maximum.reduceat(np.where(self._content, of_passages, np.float32(-1)), self._catalog.firsts)
        return best

    def _allowed(self, plan_ids: Collection[str] | None) -> NDArray[np.int64]:
        if plan_ids is None:
            return np.arange(len(self._catalog.clauses))
        return np.flatnonzero(np.isin(self._catalog.plan_of_clause, sorted(plan_ids)))

    def _hit(self, clause: int, score: float, likeness: Scores, coverage: float) -> Hit:
        passages = self._catalog.clauses[clause]
        first = int(self._catalog.firsts[clause])
        own = [round(float(value), 6) for value in likeness[first : first + len(passages)]]
        order = sorted(range(len(own)), key=lambda place: (-own[place], place))
        said = [value for value, passage in zip(own, passages, strict=True) if passage.kind != "bodies"]
        return Hit(
            plan_id=passages[0].plan_id,
            clause_id=passages[0].clause_id,
            score=round(score, 6),
            passages=tuple((passages[place], own[place]) for place in order),
            similarity=max(said or own),
            coverage=round(coverage, 6),
        )


def _best_first(scores: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """Return the places of the ``k`` best scores, equal ones in their order."""
    if k <= 0:
        return np.zeros(0, dtype=np.int64)
    worst = np.partition(scores, -k)[-k] if k < len(scores) else -np.inf
    places = np.flatnonzero(scores >= worst)
    return places[np.argsort(-scores[places], kind="stable")][:k]


def _score(index: Keywords, tokens: Tokens) -> Scores:
    scores: Scores = (
        _ASKING * index.scores(tokens.asked)
        + (1 - _ASKING) * index.scores(tokens.subject)
        + _OFFICIAL * index.scores(tokens.official)
    )
    return scores


def open_index(
    folder: Path = DEFAULT_FOLDER,
    corpus: Plans | None = None,
    *,
    model: str | None = None,
    encoder: Encoder | None = None,
    cache_folder: Path = DEFAULT_CACHE,
) -> Index:
    """Open the current version after comparing every file with its manifest and asking it about itself.

    Raises IndexMissing, IndexDamaged, IndexStale (``corpus`` is given and is not what was indexed, passage by
    passage) or ModelMismatch (``model`` or ``encoder`` is given and is not the one that made it).
    """
    wanted = encoder.name if encoder else model
    version = current_version(folder)
    try:
        return _open(version, corpus, wanted, encoder, cache_folder)
    except IndexDamaged:
        latest = current_version(folder)
        if latest == version:
            raise
        # Two builds ended while this one was being read: it was removed, not damaged.
        return _open(latest, corpus, wanted, encoder, cache_folder)


def _open(
    version: Path, corpus: Plans | None, wanted: str | None, encoder: Encoder | None, cache_folder: Path
) -> Index:
    manifest = Manifest.load(version)
    manifest.verify(version)
    if manifest.format != FORMAT or (corpus is not None and not Source.of(corpus.plans).is_in(manifest.files)):
        raise IndexStale
    if wanted not in (None, manifest.model):
        raise ModelMismatch(manifest.model, str(wanted))
    encoder = encoder or open_encoder(manifest.model, backend=manifest.backend, for_questions=True)
    try:
        index = Index(version, manifest, encoder, cache_folder)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise IndexDamaged("文件互相不符") from fault
    index.check_itself()
    return index
