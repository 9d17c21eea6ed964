"""A language model's server on this machine: the OpenAI protocol over HTTP, with a small deterministic writer behind it.

It serves ``/v1/chat/completions``, whole and as a stream, keeps every request that reaches it, and fails in the way
that it is told to (``tests/model_faults.py``). A stream is cut into pieces of two characters, so that every handle,
number and word is torn apart somewhere.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PIECE = 2  # characters
NAME = "stub"

Message = Mapping[str, Any]
Write = Callable[[list[Message]], str]


@dataclass(frozen=True, slots=True)
class Request:
    """What reached the server: the path, the headers by their names in small letters, and the JSON body."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All that the request says to the model."""
        return "\n".join(str(message.get("content", "")) for message in self.body.get("messages", ()))


class Exchange:
    """One request on its way to an answer; what a fault does, it does with these."""

    def __init__(self, handler: BaseHTTPRequestHandler, stub: ModelStub, request: Request) -> None:
        self._handler, self.stub, self.request = handler, stub, request

    @property
    def is_streamed(self) -> bool:
        return bool(self.request.body.get("stream"))

    @property
    def key(self) -> str:
        """The key that the client sent: careless servers repeat it in their errors."""
        return self.request.headers.get("authorization", "").removeprefix("Bearer ")

    def wait(self, seconds: float) -> bool:
        """Wait; false where the server is being stopped, so that nobody waits for a hanging thread."""
        return not self.stub.over.wait(seconds)

    def fail(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Answer with an error as such servers word it."""
        body = {"error": {"message": f"{message} {self.key}", "type": "stub", "code": str(status)}}
        self.send(json.dumps(body).encode(), status, headers=headers)

    def send(
        self,
        body: bytes,
        status: int = 200,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a whole body."""
        handler = self._handler
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def answer(self, text: str, finish: str | None = "stop") -> None:
        """Answer with a text, as a stream where the client asked for one."""
        if self.is_streamed:
            self.stream(self.events(cut(text), finish))
        else:
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            self.send(json.dumps(self._frame("chat.completion", [choice]) | {"usage": self.usage(text)}).encode())

    def events(self, pieces: Iterable[str], finish: str | None = "stop") -> Iterator[bytes]:
        """Yield a stream's events; without ``finish`` it just ends."""
        said = ""
        for piece in pieces:
            said += piece
            yield self.event([{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}])
        if finish:
            yield self.event([{"index": 0, "delta": {}, "finish_reason": finish}])
            yield self.event([], usage=self.usage(said))
            yield b"data: [DONE]\n\n"

    def event(self, choices: list[dict[str, Any]], **more: Any) -> bytes:
        """Return one event."""
        frame = self._frame("chat.completion.chunk", choices) | more
        return b"data: " + json.dumps(frame, ensure_ascii=False).encode() + b"\n\n"

    def stream(self, events: Iterable[bytes], *, is_whole: bool = True) -> None:
        """Send events as they come; the connection breaks in the midst of the body where it is not whole."""
        handler = self._handler
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for event in events:
            handler.wfile.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            handler.wfile.flush()
        if is_whole:
            handler.wfile.write(b"0\r\n\r\n")
        else:
            handler.close_connection = True

    def usage(self, text: str) -> dict[str, int]:
        """Count tokens: here, a character is one."""
        read = len(self.request.text)
        return {"prompt_tokens": read, "completion_tokens": len(text), "total_tokens": read + len(text)}

    def _frame(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": "stub-1", "object": kind, "created": 0, "model": NAME, "choices": choices}


Serve = Callable[[Exchange], None]


class ModelStub:
    """A server on a port of its own. Use as a context manager; ``serve`` may be changed while it runs."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.requests: list[Request] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                request = self._kept(body)
                try:
                    stub.serve(Exchange(self, stub, request))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # the client has gone, as it should after its deadline

            def do_GET(self) -> None:
                Exchange(self, stub, self._kept({})).send(json.dumps({"data": [{"id": NAME}]}).encode())

            def _kept(self, body: Mapping[str, Any]) -> Request:
                headers = {name.lower(): value for name, value in self.headers.items()}
                stub.requests.append(Request(self.path, headers, body))
                return stub.requests[-1]

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class calls it so)
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that leaves in the midst is what half of the faults are about."""


def cut(text: str) -> list[str]:
    """Return a text in the pieces of a stream.

    >>> cut("力争[c1]")
    ['力争', '[c', '1]']
    """
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def speaking(write: Write) -> Serve:
    """Return a server that answers well, with what ``write`` makes of the messages."""
    return lambda exchange: exchange.answer(write(list(exchange.request.body["messages"])))
