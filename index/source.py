"""What an index is made of: the passages of the plans, and the terms that their words are made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import corpus
from corpus.model import Plan
from index.catalog import Catalog

CATALOG = "passages.json"
TERMS = "terms.txt"
_GENRE = Path(corpus.__file__).parent / "terms.txt"


class Plans(Protocol):
    """What is indexed: ``corpus.plans.Corpus``, or anything else that has plans and a digest of its sources."""

    @property
    def plans(self) -> Sequence[Plan]:
        """The documents."""

    @property
    def digest(self) -> str:
        """A hash that changes with any of them."""


@dataclass(frozen=True)
class Source:
    """The passages and terms of some plans, as today's rules read them."""

    catalog: Catalog
    terms: tuple[str, ...]

    @classmethod
    def of(cls, plans: Sequence[Plan]) -> Source:
        """Read the passages and terms of plans."""
        return cls(Catalog.of(plans), _terms(plans))

    def files(self) -> dict[str, bytes]:
        """Return the files of an index that hold them."""
        return {CATALOG: self.catalog.dump(), TERMS: "".join(f"{term}\n" for term in self.terms).encode()}

    def is_in(self, hashes: dict[str, str]) -> bool:
        """Whether files with these SHA-256 hashes (name to hex digits) hold the same."""
        return all(hashlib.sha256(content).hexdigest() == hashes.get(name) for name, content in self.files().items())


def read_source(folder: Path) -> Source:
    """Read the files that ``Source.files`` made."""
    terms = (folder / TERMS).read_text(encoding="utf-8").splitlines()
    return Source(Catalog.parse((folder / CATALOG).read_bytes()), tuple(terms))


def _terms(plans: Iterable[Plan]) -> tuple[str, ...]:
    """Return the words that jieba should know: the genre's, and the names of bodies, indicators and short forms."""
    genre = _GENRE.read_text(encoding="utf-8").splitlines() if _GENRE.exists() else []
    terms = {line.split("#")[0].strip() for line in genre}
    for plan in plans:
        terms.update(row.name for row in plan.responsibilities)
        terms.update(name for row in plan.indicators for name in (row.name, *row.aliases))
        terms.update(row.term for row in plan.definitions)
    return tuple(sorted(term for term in terms if term))
