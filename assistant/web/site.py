"""The whole application: the chat, the pages beside it, and the gate in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr
from fastapi import FastAPI
from gradio.routes import App
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp

from assistant.web.chat import build
from assistant.web.frame import STATIC, chat_page
from assistant.web.gate import Gate
from assistant.web.opening import Opening
from assistant.web.plan_page import list_html, missing_html, plan_html
from assistant.web.theme import theme


@dataclass(frozen=True, slots=True)
class Site:
    """The application, and how to let its open connections go before the server stops."""

    application: ASGIApp
    let_go: Callable[[], None]


def build_site(opening: Opening, max_question: int) -> Site:
    """Put the application together; it answers before ``opening`` is done."""
    app = FastAPI(openapi_url=None)

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

    @app.get("/plan")
    async def plans() -> Response:
        found = (await opening.ready()).corpus.plans
        return RedirectResponse(f"/plan/{found[0].plan_id}") if len(found) == 1 else HTMLResponse(list_html(found))

    @app.get("/plan/{plan_id}")
    async def plan(plan_id: str, request: Request) -> Response:
        assistant = await opening.ready()
        found = next((row for row in assistant.corpus.plans if row.plan_id == plan_id), None)
        if found is None:
            return HTMLResponse(missing_html(), 404)
        query = request.query_params
        start, end = _offset(query.get("from")), _offset(query.get("to"))
        return HTMLResponse(plan_html(found, query.get("clause", ""), start, end))

    gr.mount_gradio_app(
        app,
        build(opening, max_question),
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
    chat = next(route.app for route in app.routes if isinstance(route, Mount) and isinstance(route.app, App))
    # Every open page holds a heartbeat; until told, it would outlast the server's stop and end in a traceback.
    return Site(Gate(app, chat_page), chat.stop_event.set)


def _offset(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
