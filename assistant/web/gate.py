"""The door of the server (ASGI): what is not open is refused, bodies are bounded, every answer carries its headers."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.frame import page
from assistant.web.rates import Rates
from assistant.web.routes import is_counted, is_open, is_roomy

# A question of 2,000 characters has at most 12,000 bytes as escaped JSON. Room above that, so that who pastes a whole
# chapter is told in words how long a question may be.
MAX_BODY = 256 * 1024
MEGABYTES = 5  # of a question set of a trainer …
MAX_UPLOAD = MEGABYTES * 1_000_000 + 10_000  # … with what a form puts around it
BUSY = "现在提问的人较多，请稍后再试。"
TOO_OFTEN = "您所在的网络提问太频繁，请在 {} 秒后再试。"
NOT_HERE = "没有这个页面。"
TOO_LARGE = "发送的内容太大。"
TOO_LARGE_A_SET = f"文件超过 {MEGABYTES} MB，没有上传。请拆成几个题集。"
LOGIN_FIRST = "登录已过期，没有上传。请到评测页重新登录。"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_OWN = ("Content-Security-Policy", "Cross-Origin-Opener-Policy")
# 'unsafe-eval': Gradio's HTML component compiles its template in the browser. Inline scripts run only with the nonce,
# so that a handler smuggled into a message (onerror=…) would not run even if it got through.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


log = logging.getLogger(__name__)


class Gate:
    """Wraps the whole application; ``rewrite`` turns Gradio's page and a nonce into ours, ``rates`` bounds each client.

    The client is whom the server in front has made out; ``behind_proxy`` says that it was told which proxies to believe.
    ``may_upload`` tells who may bring a file where files are taken at all.
    """

    def __init__(
        self,
        app: ASGIApp,
        rewrite: Callable[[str, str], str],
        rates: Rates,
        *,
        may_upload: Callable[[Scope], bool] = lambda _: False,
        behind_proxy: bool = False,
    ) -> None:
        self._app = app
        self._may_upload = may_upload
        self._rewrite = rewrite
        self._rates = rates
        self._told = behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        send = _with_headers(send, scope["path"] if scope["type"] == "http" else "", nonce)
        if scope["type"] != "http" or not is_open(scope["method"], scope["path"]):
            await _refuse(scope, receive, send, 404, NOT_HERE)
            return
        if is_counted(scope["method"], scope["path"]) and (wait := self._rates.wait(self._client(scope))):
            await _refuse(scope, receive, send, 429, TOO_OFTEN.format(wait), wait=wait)
            return
        roomy = is_roomy(scope["method"], scope["path"])
        if roomy and not self._may_upload(scope):  # before a byte of it is read
            await _refuse(scope, receive, send, 403, LOGIN_FIRST)
            return
        body = await _read(receive, MAX_UPLOAD if roomy else MAX_BODY)
        if body is None:
            await _refuse(scope, receive, send, 413, TOO_LARGE_A_SET if roomy else TOO_LARGE)
            return
        if scope["path"] == "/":
            scope = {**scope, "headers": [row for row in scope["headers"] if row[0] != b"accept-encoding"]}
            send = _rewriting(send, lambda whole: self._rewrite(whole, nonce))
        elif scope["path"].endswith("/queue/join") or "/call/" in scope["path"]:
            send = _rewriting(send, lambda _: json.dumps({"detail": BUSY}, ensure_ascii=False), status=503)
        await self._app(scope, _replaying(body, receive), send)

    def _client(self, scope: Scope) -> str:
        if not self._told and any(name == b"x-forwarded-for" for name, _ in scope["headers"]):
            self._told = True
            log.warning("X-Forwarded-For is not believed: set trusted_proxies, or all readers count as one client")
        return scope["client"][0] if scope.get("client") else ""


async def _read(receive: Receive, most: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replaying(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send, path: str, nonce: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # A page that is closed off from the others, as a report of a run is, brings stricter ones of its own.
            own = {name: headers[name] for name in _OWN if path.startswith("/evals/") and name in headers}
            headers.update(_HEADERS | {"Content-Security-Policy": _POLICY.format(nonce=nonce)} | own)
            if path.startswith("/assets/") and message["status"] == 200:
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
        await send(message)

    return wrapped


def _rewriting(send: Send, rewrite: Callable[[str], str], status: int = 200) -> Send:
    """Hold a response of that status back until it is whole, and send it rewritten; others pass."""
    start: Message = {}
    parts: list[bytes] = []

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == status:
            start.update(message)
            return
        if not start:
            await send(message)
            return
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            whole = b"".join(parts)
            body = rewrite(whole.decode()).encode() if whole else b""
            MutableHeaders(scope=start)["Content-Length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

    return wrapped


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str, *, wait: int = 0) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    # A person who follows a link gets words to read; a script, ours and Gradio's included, an object.
    kind = b"application/json"
    body = json.dumps({"detail": text} | ({"retry_after": wait} if wait else {}), ensure_ascii=False).encode()
    if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
        kind, body = b"text/html", page(text, f'<article class="plan"><h1>{escape(text)}</h1></article>').encode()
    headers = [(b"content-type", kind + b"; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
