"""The same search as a LangChain retriever, for chains that put a model at its end.

Only this module of the index imports LangChain.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Hit, Index


class ClauseRetriever(BaseRetriever):
    """Returns one ``Document`` a clause, best first.

    The text is that of the clause's passages in the plan's order; ``metadata`` holds ``plan_id``, ``clause_id``,
    ``label``, ``score``, ``similarity``, ``coverage``, ``spans``, the offsets of the passages, best first, and ``hit``, the
    :class:`Hit` itself.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 10
    plan_ids: tuple[str, ...] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(hit) for hit in self.index.search(query, self.k, self.plan_ids)]


def as_document(hit: Hit) -> Document:
    """Return a hit as LangChain's ``Document``."""
    in_order = sorted(hit.passages, key=lambda row: row[0].start)
    metadata: dict[str, Any] = {
        "plan_id": hit.plan_id,
        "clause_id": hit.clause_id,
        "label": in_order[0][0].label,
        "score": hit.score,
        "similarity": hit.similarity,
        "coverage": hit.coverage,
        "hit": hit,
        "spans": [(passage.start, passage.end) for passage, _ in hit.passages],
    }
    return Document(page_content="\n".join(passage.text for passage, _ in in_order), metadata=metadata)
