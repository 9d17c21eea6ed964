"""Plans become searchable: ``build_index`` writes an index, ``open_index`` reads it, ``Index.search`` asks it.

Importing this package costs nothing: every name is loaded at its first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import Built as Built
    from index.build import build_index as build_index
    from index.encode import Encoder as Encoder
    from index.encode import open_encoder as open_encoder
    from index.errors import IndexDamaged as IndexDamaged
    from index.errors import IndexFault as IndexFault
    from index.errors import IndexLocked as IndexLocked
    from index.errors import IndexMissing as IndexMissing
    from index.errors import IndexStale as IndexStale
    from index.errors import IndexUnwritable as IndexUnwritable
    from index.errors import ModelMismatch as ModelMismatch
    from index.errors import ModelMissing as ModelMissing
    from index.passages import Passage as Passage
    from index.retriever import ClauseRetriever as ClauseRetriever
    from index.search import Hit as Hit
    from index.search import Index as Index
    from index.search import open_index as open_index

_HOME = {
    "Built": "build",
    "Encoder": "encode",
    "Hit": "search",
    "Index": "search",
    "IndexDamaged": "errors",
    "IndexFault": "errors",
    "IndexLocked": "errors",
    "IndexMissing": "errors",
    "IndexStale": "errors",
    "IndexUnwritable": "errors",
    "ModelMismatch": "errors",
    "ModelMissing": "errors",
    "Passage": "passages",
    "ClauseRetriever": "retriever",
    "build_index": "build",
    "open_encoder": "encode",
    "open_index": "search",
}
__all__ = tuple(sorted(_HOME))


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
