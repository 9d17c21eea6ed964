"""The whole application: the chat, the pages beside it, and the gate in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp

from assistant.records.recorder import Recorder
from assistant.settings import Settings
from assistant.web.blocks import build
from assistant.web.chat import Chat
from assistant.web.frame import STATIC, chat_page
from assistant.web.gate import Gate
from assistant.web.opening import Opening
from assistant.web.rates import Rates
from assistant.web.rating import rating_router
from assistant.web.reading_room import reading_router
from assistant.web.sessions import sessions_of
from assistant.web.theme import theme
from assistant.web.trainers.desk import Desk, desk_router


@dataclass(frozen=True, slots=True)
class Site:
    """The application, and how to let its open connections go before the server stops."""

    application: ASGIApp
    let_go: Callable[[], None]


def build_site(opening: Opening, settings: Settings, recorder: Recorder) -> Site:
    """Put the application together; it answers before ``opening`` is done."""
    app, chat = FastAPI(openapi_url=None), Chat(opening, settings.max_question, recorder, settings.llm_model)

    @app.get("/health")
    @app.head("/health")
    async def health() -> Response:
        return PlainTextResponse("ok" if opening.answers else "opening", 200 if opening.answers else 503)

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(STATIC / "icon.svg")

    @app.get("/ui/{name}")
    async def own_file(name: str) -> Response:
        return FileResponse(STATIC / name, headers={"Cache-Control": "public, max-age=86400"})

    app.include_router(reading_router(opening))
    app.include_router(rating_router(recorder))
    desk = Desk(opening, settings)
    app.include_router(desk_router(desk))
    gr.mount_gradio_app(
        app,
        build(chat),
        path="/",
        theme=theme(),
        ssr_mode=False,
        pwa=False,
        run_history=False,
        mcp_server=False,
        enable_monitoring=False,
        footer_links=[],
        max_file_size=1,
        show_error=False,
        favicon_path=None,
    )
    mounted = next(route.app for route in app.routes if isinstance(route, Mount) and isinstance(route.app, App))
    mounted.state_holder = sessions_of(mounted.get_blocks())
    gate = Gate(
        app,
        lambda whole, nonce: chat_page(whole, nonce, chat.first_words()),
        Rates(settings.rate_limit),
        may_upload=desk.knows,
        behind_proxy=behind_proxy(settings),
    )

    def let_go() -> None:
        # Every open page holds a heartbeat; until told, it would outlast the server's stop and end in a traceback.
        mounted.stop_event.set()
        desk.close()

    return Site(gate, let_go)


def behind_proxy(settings: Settings) -> bool:
    """Tell whether a proxy in front is to be believed whom it asks for.

    >>> behind_proxy(Settings()), behind_proxy(Settings(trusted_proxies="127.0.0.1"))
    (False, True)
    """
    return settings.trusted_proxies != "none"
