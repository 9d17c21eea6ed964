"""The server of the chat: uvicorn with our application, and what happens when it starts and stops."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from assistant.records.recorder import Recorder, nothing_kept
from assistant.settings import Settings
from assistant.web.opening import Opening
from assistant.web.site import Site, behind_proxy, build_site

# An open page holds one connection; past this number the server says 503 at once instead of slowing down for all.
MAX_CONNECTIONS = 1000

log = logging.getLogger(__name__)


class ChatServer(uvicorn.Server):
    """Serves the page at once and opens the assistant behind it; stops by itself when that fails.

    ``fault`` is then what went wrong. ``on_started`` is called when the page can be opened.
    """

    def __init__(
        self, opening: Opening, settings: Settings, on_started: Callable[[], None], recorder: Recorder | None = None
    ) -> None:
        self.fault: BaseException | None = None
        self._opening = opening
        self._settings = settings
        self._recorder = recorder or nothing_kept()
        self._on_started = on_started
        self._site: Site | None = None
        super().__init__(
            uvicorn.Config(
                self._build,
                # Built inside the running loop: outside of one, Gradio makes loops of its own and never closes them.
                factory=True,
                lifespan="on",
                log_level="warning",
                access_log=False,
                server_header=False,
                limit_concurrency=MAX_CONNECTIONS,
                timeout_graceful_shutdown=1,
                # Without a proxy that the settings name, nobody is believed who says for whom he asks.
                proxy_headers=behind_proxy(settings),
                forwarded_allow_ips=settings.trusted_proxies.split(","),
            )
        )

    def _build(self) -> ASGIApp:
        self._site = build_site(self._opening, self._settings, self._recorder)
        return self._site.application

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, say so, and open the assistant."""
        await super().startup(sockets)
        if self.started:
            self._on_started()
            self._recorder.start()
            self._opening.start(self._give_up)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the open pages go and stop."""
        if self._site is not None:
            self._site.let_go()
        await super().shutdown(sockets)
        self._recorder.stop()

    def _give_up(self, error: BaseException) -> None:
        self.fault = error
        self.should_exit = True
