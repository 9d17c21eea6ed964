"""What the index finds for a question: the answer's JSON does not tell, so it is searched for here, as the assistant does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.settings import Settings, load_settings
from evals.outcome import Place
from evals.question import Question
from index.errors import IndexFault

if TYPE_CHECKING:
    from index.search import Index

FIRST = 10  # clauses that are kept for each question

Find = Callable[[Question], tuple[Place, ...]]


class Finder:
    """Searches the index that the settings name. It is opened at the first question, when the assistant has it open."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or load_settings()
        self._index: Index | None = None

    def __call__(self, question: Question) -> tuple[Place, ...]:
        """Return the first ten clauses, best first; raises IndexFault.

        A question that follows others is searched for together with the one before it; what the assistant made of the
        two is not known here.
        """
        if self._index is None:
            from index.search import open_index  # noqa: PLC0415 (a second that recorded answers do without)

            settings = self._settings
            self._index = open_index(settings.index, model=settings.model, cache_folder=settings.cache)
        text = " ".join([*question.history[-1:], question.question])
        plans = [question.plan_id] if question.plan_id else None
        return tuple((hit.plan_id, hit.clause_id) for hit in self._index.search(text, FIRST, plans))


def index_facts(settings: Settings | None = None) -> dict[str, str | int]:
    """Return what the index was made with (model, encoder, form), nothing where there is none."""
    from index.manifest import Manifest  # noqa: PLC0415
    from index.versions import current_version  # noqa: PLC0415

    settings = settings or load_settings()
    try:
        manifest = Manifest.load(current_version(settings.index))
    except IndexFault:
        return {}
    names = ("model", "backend", "granularity", "dimension", "passages", "clauses", "format", "corpus")
    return {name: getattr(manifest, name) for name in names}
