"""The assistant as one object: opened once, asked from any thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.chain import AnswerChain
from assistant.desk import Desk
from assistant.errors import AssistantError, BadRequest
from assistant.examples import Examples, example_questions, examples_of
from assistant.model.check import Checker
from assistant.model.endpoint import Endpoint, endpoint_of
from assistant.model.prompts import load_prompts
from assistant.model.writer import Writer
from assistant.records.masking import mask
from assistant.replay import Replay
from assistant.settings import Settings, keep_to_this_machine
from assistant.understand import Reader
from corpus import Corpus, CorpusError, load_corpus
from index import Index, open_index

log = logging.getLogger(__name__)

FAILED = "抱歉，处理这个问题时出了差错，已记入日志。请换一种问法，或稍后再试。"


@dataclass(frozen=True)
class Assistant:
    """Answers questions about the plans of one corpus."""

    corpus: Corpus
    chain: AnswerChain
    settings: Settings
    replay: Replay
    writer: Writer | None = None

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Load plans and index; raises AssistantError or IndexFault with a Chinese text that says what to do."""
        keep_to_this_machine()
        endpoint = endpoint_of(settings)
        try:
            corpus = load_corpus(settings.plans)
        except CorpusError as error:
            raise AssistantError(str(error)) from error
        if not corpus.plans:
            raise AssistantError("还没有收录任何方案。请先运行 python -m corpus add 文件")
        index: Index = open_index(settings.index, corpus, model=settings.model, cache_folder=settings.cache)
        desks = {plan.plan_id: Desk(plan) for plan in corpus.plans}
        reader = Reader(index.segmenter, index.encoder)
        chain = AnswerChain(corpus, index, desks, reader, settings.max_question)
        writer = open_writer(endpoint, corpus, index) if endpoint else None
        replay = Replay(lambda question, state, plan_id: chain.answer(question, state, plan_id)[1])
        return cls(corpus, chain, settings, replay, writer)

    def ask(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Answer:
        """Answer ``question`` after replaying ``history`` (earlier user turns, oldest first) as one dialogue.

        Raises :class:`BadRequest` for a plan that is not there; any fault inside becomes an honest short answer.
        """
        *_, answer = self.stream(question, history, plan_id)
        return answer

    def stream(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Iterator[Answer]:
        """Yield the answer as far as it is there, then the finished one of :meth:`ask`; without a model only that.

        What is yielded before the last one is checked, and the last one may replace it. An asynchronous caller runs it
        in a thread.
        """
        if plan_id is not None and plan_id not in {plan.plan_id for plan in self.corpus.plans}:
            raise BadRequest(f"没有编号为 {plan_id} 的方案")
        started = time.perf_counter()
        for answer in self._answers(question, history, plan_id):
            yield replace(answer, timings_ms={"total": round((time.perf_counter() - started) * 1000, 1)})

    def _answers(self, question: str, history: Sequence[str], plan_id: str | None) -> Iterator[Answer]:
        began = time.monotonic()
        try:
            state = self.replay.state(history, plan_id)
            taken = self.chain.take(question, state, plan_id)
            self.replay.left((*history, question), plan_id, taken.left)
        except Exception:
            log.exception("question failed: %r", mask(question))
            yield Answer(question, "clarify", FAILED)
            return
        yield from self.writer.write(taken, began) if self.writer else (taken.finished,)

    def examples(self) -> tuple[str, ...]:
        """Return questions that the first plan answers."""
        return example_questions(self.corpus.plans[0])

    def examples_by_reader(self) -> tuple[Examples, ...]:
        """Return questions for each kind of reader, about all plans in turn."""
        return examples_of(self.corpus.plans)


def open_writer(endpoint: Endpoint, corpus: Corpus, index: Index) -> Writer:
    """Return what words answers by a model; its libraries are loaded behind it."""
    from assistant.model.client import Client  # noqa: PLC0415 (only where a model is switched on)

    client = Client(endpoint)
    client.warm()
    return Writer(client, load_prompts(), endpoint.deadline, corpus, Checker(corpus, index.segmenter))
