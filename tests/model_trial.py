"""One question put to an assistant whose model has a fault: how long it takes, where the answer comes from, and whether it is true."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from pydantic import SecretStr

from assistant.answer import Answer
from assistant.model.endpoint import Endpoint
from assistant.service import FAILED, Assistant, open_writer
from evals.proof import prove
from evals.reply import read_reply
from tests.model_faults import FAULTS, redirecting
from tests.model_stub import NAME, ModelStub, Serve, speaking
from tests.model_writer import write

DEADLINE = 2.0  # seconds
GRACE = 1.0  # seconds after the deadline in which the answer must be there
CANARY = "sk-canary-4f1d9b7e20"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question. ``faults``: what no source proves; ``requests``: how often the model was asked."""

    answer: Answer
    deadline: float
    seconds: float
    faults: tuple[str, ...]
    requests: int

    @property
    def is_true(self) -> bool:
        """Whether there is an answer, and all that it says is proved."""
        return not self.faults and self.answer.answer != FAILED

    @property
    def is_in_time(self) -> bool:
        return self.seconds <= self.deadline + GRACE

    @property
    def origin(self) -> str:
        """Where the words that a reader sees come from, in Chinese."""
        told = self.answer.written
        if told is None:
            return "原文（没有问模型）"
        if told.fallback:
            return f"原文（{told.fallback}）"
        counts = {"改写": told.repaired, "换成原文": told.replaced, "略去": told.dropped}
        more = "，".join(f"{name} {count}" for name, count in counts.items() if count)
        return f"模型 {told.kept} 句" + (f"，{more}" if more else "")


@contextmanager
def with_model(assistant: Assistant, serve: Serve, deadline: float = DEADLINE) -> Iterator[tuple[Assistant, ModelStub]]:
    """Run a model's server; yields the assistant with this model, of which it has learned nothing yet, and the server."""
    with ModelStub(serve) as stub:
        asking = at_address(assistant, stub.url, deadline)
        yield asking, stub
    close(asking)


def at_address(assistant: Assistant, url: str, deadline: float = DEADLINE) -> Assistant:
    """Return the assistant with a model at an address; :func:`close` it afterwards."""
    endpoint = Endpoint(url, NAME, SecretStr(CANARY), deadline)
    return replace(assistant, writer=open_writer(endpoint, assistant.corpus, assistant.chain._index))


def close(asking: Assistant) -> None:
    """Close the connections that the client keeps for the next question."""
    if asking.writer:
        asking.writer._model._chat.root_client.close()  # type: ignore[attr-defined]  # the client's, not the protocol's


def ask(assistant: Assistant, question: str, stub: ModelStub | None = None) -> Trial:
    """Ask and prove."""
    before = len(stub.requests) if stub else 0
    started = time.perf_counter()
    answer = assistant.ask(question)
    seconds = time.perf_counter() - started
    reply = read_reply(answer.to_json())
    plans = {plan.plan_id: plan for plan in assistant.corpus.plans}
    faults = (reply,) if isinstance(reply, str) else tuple(map(str, prove(reply, plans)))
    deadline = assistant.writer._deadline if assistant.writer else 0.0
    return Trial(answer, deadline, seconds, faults, len(stub.requests) - before if stub else 0)


def try_serve(assistant: Assistant, serve: Serve, question: str, deadline: float = DEADLINE) -> Trial:
    """Ask one question of a model's server."""
    with with_model(assistant, serve, deadline) as (asking, stub):
        return ask(asking, question, stub)


def try_redirect(assistant: Assistant, question: str, deadline: float = DEADLINE) -> tuple[Trial, int]:
    """Ask while the model's address sends its clients elsewhere; returns how many came there, too."""
    with ModelStub(speaking(write)) as other:
        trial = try_serve(assistant, redirecting(other.url), question, deadline)
        return trial, len(other.requests)


def try_absence(assistant: Assistant, question: str, deadline: float = DEADLINE) -> Trial:
    """Ask while nothing listens at the model's address."""
    with ModelStub(speaking(write)) as stub:
        asking = at_address(assistant, stub.url, deadline)
    trial = ask(asking, question)
    close(asking)
    return trial


def all_trials(assistant: Assistant, question: str, deadline: float) -> Iterator[tuple[str, str, Callable[[], Trial]]]:
    """Yield the name of every fault, what it is, and how to try it."""
    good = speaking(write)
    close(at_address(assistant, "http://127.0.0.1:9/v1"))  # loads the vendor's libraries before the clock starts
    yield "none", "没有故障", partial(try_serve, assistant, good, question, deadline)
    for fault in FAULTS:
        yield (
            fault.name,
            fault.about,
            partial(try_serve, assistant, fault.serve(write), question + fault.asked, deadline),
        )
    yield "redirect", "307，转往另一个地址", lambda: try_redirect(assistant, question, deadline)[0]
    yield "absent", "地址上没有服务", partial(try_absence, assistant, question, deadline)
