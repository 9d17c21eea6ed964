"""The door to the model's vendor libraries: LangChain's OpenAI client, bounded in time, size and reach.

Nothing here may hang a question: the vendor's call runs in a thread of its own, and whoever waits for it waits until the
deadline and no longer. The thread ends with the next byte, or with the read timeout.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import weakref
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.model.endpoint import Endpoint, Piece
from assistant.model.faults import ModelFault, Reason

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

MAX_BYTES = 1_000_000  # of a reply, events and all; the longest answer has some ten thousand
MAX_TOKENS = 400
ATTEMPTS = 3
FAILURES = 3  # in a row, after which the model is left alone …
REST = 30  # … for so many seconds
CONNECT_SECONDS = 5.0
_WAIT, _LONGEST_WAIT = 0.3, 2.0  # seconds before the first and the last retry, at most
_PASSING: frozenset[Reason] = frozenset(("unreachable", "busy", "failed"))

log = logging.getLogger(__name__)


@dataclass
class _Call:
    """One request: until when, whether anybody still waits for it, and how many bytes have come."""

    until: float
    left: threading.Event = field(default_factory=threading.Event)
    size: int = 0

    def check(self, more: int = 0) -> None:
        """Raise where the reply is too late, too large or no longer wanted."""
        self.size += more
        if self.left.is_set():
            raise _NobodyWaits
        if time.monotonic() > self.until:
            raise ModelFault("deadline")
        if self.size > MAX_BYTES:
            raise ModelFault("too_long", f"more than {MAX_BYTES} bytes")


class _NobodyWaits(Exception):
    """Who asked has gone; no fault of the model."""


_calls: ContextVar[_Call] = ContextVar("call")


class Client:
    """Writes by an OpenAI-compatible endpoint; threads may share it."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Import nothing yet: the vendor's libraries take seconds; :meth:`warm` loads them ahead."""
        import pybreaker  # noqa: PLC0415 (only where a model is switched on)

        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._opened: ChatOpenAI | None = None
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES, reset_timeout=REST, exclude=[_NobodyWaits], throw_new_error_on_trip=False
        )
        self._open_circuit = pybreaker.CircuitBreakerError

    @property
    def name(self) -> str:
        """The model's name."""
        return self._endpoint.model

    def warm(self) -> None:
        """Load the libraries in a thread, so that the first question does not wait for them."""
        threading.Thread(target=lambda: self._chat, name="model-import", daemon=True).start()

    def write(self, system: str, user: str, until: float) -> Iterator[Piece]:
        """Yield the reply as it comes; raises ModelFault, at the latest at ``until`` (``time.monotonic()``)."""
        call = _Call(until)
        came: queue.Queue[Piece | ModelFault | None] = queue.Queue()
        threading.Thread(target=self._run, args=(system, user, call, came), name="model", daemon=True).start()
        try:
            while True:
                try:
                    piece = came.get(timeout=max(0.0, until - time.monotonic()))
                except queue.Empty:
                    raise ModelFault("deadline") from None
                if piece is None:
                    return
                if isinstance(piece, ModelFault):
                    raise piece
                yield piece
        finally:
            call.left.set()

    def _run(self, system: str, user: str, call: _Call, came: queue.Queue[Piece | ModelFault | None]) -> None:
        _calls.set(call)
        try:
            with self._breaker.calling():
                for piece in self._pieces(system, user, call):
                    came.put(piece)
            came.put(None)
        except self._open_circuit:
            came.put(ModelFault("open_circuit"))
        except _NobodyWaits:
            pass
        except ModelFault as fault:
            came.put(fault)
        except Exception as error:  # noqa: BLE001 # whoever waits must hear of it; its text may hold the key
            came.put(ModelFault("error", type(error).__name__))

    def _pieces(self, system: str, user: str, call: _Call) -> Iterator[Piece]:
        """Ask, again where the fault may pass and nothing has come yet, and translate every fault."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential  # noqa: PLC0415
        from tenacity.nap import sleep_using_event  # noqa: PLC0415

        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_random_exponential(_WAIT, max=_LONGEST_WAIT),
            retry=retry_if_exception(lambda fault: isinstance(fault, ModelFault) and fault.reason in _PASSING),
            sleep=sleep_using_event(call.left),
            reraise=True,
        )
        chunks, first = attempts(self._begin, system, user, call)
        ended, empty = False, True
        try:
            while first is not None:
                call.check()
                ended = ended or bool(first.response_metadata.get("finish_reason"))
                usage = first.usage_metadata or {}
                text = str(first.text)
                empty = empty and not text.strip()
                yield Piece(text, int(usage.get("input_tokens", 0)), int(usage.get("output_tokens", 0)))
                first = next(chunks, None)
        except Exception as error:
            raise _translated(error, begun=True) from error
        if empty:
            raise ModelFault("empty")
        if not ended:
            raise ModelFault("cut", "no finish_reason")

    def _begin(self, system: str, user: str, call: _Call) -> tuple[Iterator[Any], Any]:
        """Return the chunks of the reply, and the first of them that says anything."""
        call.check()
        try:
            chunks = self._chat.stream([("system", system), ("human", user)], timeout=call.until - time.monotonic())
            return chunks, next(chunks, None)
        except Exception as error:
            raise _translated(error, begun=False) from error

    @property
    def _chat(self) -> ChatOpenAI:
        with self._lock:
            if self._opened is None:
                self._opened = _open_chat(self._endpoint)
                # the connections that are kept for the next question
                weakref.finalize(self, self._opened.root_client.close)
            return self._opened


def _open_chat(endpoint: Endpoint) -> ChatOpenAI:
    """Make the client; what the vendor's own variables of the environment say about keys and accounts is left out."""
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 (seconds)
    from openai import DefaultHttpxClient  # noqa: PLC0415

    http = DefaultHttpxClient(
        follow_redirects=False,
        event_hooks={"request": [_tell_nothing], "response": [_bound]},
        headers={"Accept-Encoding": "identity"},
    )
    chat = ChatOpenAI(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key=endpoint.key if endpoint.key.get_secret_value() else SecretStr("none"),
        temperature=0,
        extra_body={"max_tokens": MAX_TOKENS},  # by its old name, which every server knows
        stream_usage=True,
        max_retries=0,
        http_client=http,
        openai_proxy="",  # OPENAI_PROXY; the usual HTTPS_PROXY holds
        cache=False,
        use_responses_api=False,
    )
    chat.root_client.organization = chat.root_client.project = None
    return chat


def _tell_nothing(request: Any) -> None:
    """Leave out what the vendor's library tells of this machine."""
    for name in [name for name in request.headers if name.lower().startswith(("x-stainless", "openai-"))]:
        del request.headers[name]
    request.headers["User-Agent"] = "policy-qa"


def _bound(response: Any) -> None:
    """Let a reply through no longer and no larger than the call allows, whatever its pieces are."""
    import httpx2  # noqa: PLC0415

    call = _calls.get()
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ModelFault("garbled", "compressed without being asked")

    class Bounded(httpx2.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            for part in self._stream:
                call.check(len(part))
                yield part

        def close(self) -> None:
            self._stream.close()

    response.stream = Bounded(response.stream)


def _translated(error: Exception, *, begun: bool) -> Exception:
    """Return the fault that an exception of the vendors means; details hold neither the key nor the question."""
    import openai  # noqa: PLC0415

    chain: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in chain:
        if isinstance(one, ModelFault | _NobodyWaits):
            return one
        chain.append(one)
        one = one.__cause__ or one.__context__
    kind = type(error).__name__
    if isinstance(error, openai.APITimeoutError):
        return ModelFault("deadline", kind)
    if isinstance(error, openai.APIStatusError):
        return ModelFault(_reason(error.status_code), f"HTTP {error.status_code}")
    if isinstance(error, openai.APIConnectionError):
        return ModelFault("cut" if begun else "unreachable", kind)
    if any("httpx" in type(one).__module__ or "httpcore" in type(one).__module__ for one in chain):
        return ModelFault("deadline" if "Timeout" in kind else "cut" if begun else "unreachable", kind)
    return ModelFault("garbled", kind)


def _reason(status: int) -> Reason:
    if 300 <= status < 400:
        return "redirected"
    if status == 429:
        return "busy"
    return "failed" if status >= 500 else "refused"
