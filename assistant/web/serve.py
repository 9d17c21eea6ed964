"""``python app.py``: take the port, serve the page, open the assistant behind it."""

from __future__ import annotations

import errno
import logging
import socket
import sys

from assistant.errors import AssistantError, SettingsFault
from assistant.records.opening import open_recorder
from assistant.settings import Settings, load_settings
from assistant.web.opening import Answerer, Opening
from assistant.web.quick_import import quickly
from corpus.errors import CorpusError
from index.errors import IndexFault

USAGE_FAULT = 2
FAILED = 1
MAX_PORT = 65535

log = logging.getLogger(__name__)


class PortTaken(AssistantError):
    """The port cannot be had."""


def main() -> None:
    """Serve until stopped. Exit codes: 0 stopped, 1 the server cannot run, 2 a setting cannot be used."""
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        sys.exit(serve(settings))
    except SettingsFault as error:
        sys.exit(_say(error, USAGE_FAULT))
    except AssistantError as error:
        sys.exit(_say(error, FAILED))
    except KeyboardInterrupt:
        print("\n已停止。")


def serve(settings: Settings) -> int:
    """Serve the page until stopped and return the exit code; raises :class:`PortTaken`."""
    listener = listen(settings.host, settings.port)
    print("正在启动网页问答 …", flush=True)
    # Imported late: Gradio takes seconds, and a taken port should be told at once.
    with quickly():
        from assistant.web.server import ChatServer  # noqa: PLC0415

    opening = Opening(lambda: open_assistant(settings))
    server = ChatServer(
        opening,
        settings,
        lambda: print(f"网页问答已启动：{address(listener)}", flush=True),
        open_recorder(settings),
    )
    server.run(sockets=[listener])
    return 0 if server.fault is None else _say(server.fault, FAILED)


def open_assistant(settings: Settings) -> Answerer:
    """Open the assistant; slow, it reads the index and its models."""
    from assistant.service import Assistant  # noqa: PLC0415

    assistant = Assistant.open(settings)
    # The first question loads what the later ones find loaded; let it be one that nobody waits for.
    for question in assistant.examples()[:1]:
        assistant.ask(question)
    return assistant


def listen(host: str, port: int) -> socket.socket:
    """Take the port (0: any free one); raises :class:`PortTaken` with a sentence that says what to do."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise PortTaken(_why(host, port, error)) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        # Listening before Gradio is there: who opens the page early waits some seconds instead of being refused.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTaken(_why(host, port, error)) from error
    return listener


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        reason = "已被占用，可能已经启动过一个"
    elif isinstance(error, PermissionError):
        reason = "没有使用权限"
    else:
        reason = "不能使用"
    return f"地址 {host} 的端口 {port} {reason}。请换一个端口，例如：POLICY_QA_PORT={port % MAX_PORT + 1} python app.py"


def address(listener: socket.socket) -> str:
    """Return the address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _say(error: BaseException, code: int) -> int:
    known = isinstance(error, AssistantError | IndexFault | CorpusError)
    print(str(error) if known else f"启动失败：{error}", file=sys.stderr)
    if not known:
        log.error("The assistant could not be opened", exc_info=error)
    return code
