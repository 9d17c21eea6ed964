"""The pages for reading beside the chat: plans, targets, bodies, about. Each is made from the plans on request."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.records.opening import privacy_sentence
from assistant.settings import product_version
from assistant.web.about_page import Running, about_html
from assistant.web.addresses import address, read_quoted
from assistant.web.body_page import bodies_html, bodies_tables
from assistant.web.clause_view import clause_html
from assistant.web.downloads import FILES, Table, csv_bytes, file_response, xlsx_bytes
from assistant.web.frame import page
from assistant.web.opening import Opening
from assistant.web.plan_page import facts, plan_html
from assistant.web.target_page import targets_html, targets_tables
from assistant.web.templates import render
from corpus.model import Plan

# A page changes with the plans and the program alone: a browser may keep it, and asks whether it is still the same.
_CACHING = "private, no-cache"
_Page = Callable[[Plan, Mapping[str, str], Sequence[Plan]], str]
_Tables = Callable[[Plan, Mapping[str, str]], Sequence[Table]]


class ReadingRoom:
    """What the routes answer with, for the plans of one assistant."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    async def choose(self, path: str, title: str, request: Request) -> Response:
        """Lead to the only plan, or to the one chosen in a form; otherwise let the reader choose."""
        plans = await self._plans()
        query = {name: value for name, value in request.query_params.items() if name != "plan"}
        chosen = request.query_params.get("plan", plans[0].plan_id if len(plans) == 1 else "")
        if any(plan.plan_id == chosen for plan in plans):
            return RedirectResponse(address(path, chosen, **query), 303)
        return _answer(request, plans_html(path, title, plans, query))

    async def plan(self, plan_id: str, request: Request) -> Response:
        """Return the text of one plan."""
        plans = await self._plans()
        plan = _named(plans, plan_id)
        if plan is None:
            return missing()
        asked = request.query_params
        start, end = _offset(asked, "from"), _offset(asked, "to")
        return _answer(request, plan_html(plan, asked.get("clause", ""), start, end, asked.get("q", ""), plans=plans))

    async def clause(self, plan_id: str, clause_id: str, request: Request) -> Response:
        """Return one clause of a plan, to be shown beside an answer."""
        plan = _named(await self._plans(), plan_id)
        if plan is None or not plan.has_clause(clause_id):
            return missing()
        return _answer(request, clause_html(plan, clause_id, read_quoted(request.query_params.getlist("quote"))))

    async def table(self, make: _Page, plan_id: str, request: Request) -> Response:
        """Return the page that ``make`` makes of one plan."""
        plans = await self._plans()
        plan = _named(plans, plan_id)
        return _answer(request, make(plan, request.query_params, plans)) if plan else missing()

    async def file(self, make: _Tables, plan_id: str, kind: str, request: Request) -> Response:
        """Return the tables that ``make`` makes of one plan; CSV holds the first of them."""
        plan = _named(await self._plans(), plan_id)
        if plan is None or kind not in FILES:
            return missing()
        tables = make(plan, request.query_params)
        content = csv_bytes(tables[0]) if kind == "csv" else await asyncio.to_thread(xlsx_bytes, tables)
        return file_response(kind, f"{plan.title}-{tables[0].name}", content)

    async def about(self, request: Request) -> Response:
        """Return what the assistant is."""
        assistant = await self._opening.ready()
        settings, corpus = assistant.settings, assistant.corpus
        privacy = privacy_sentence(settings.keep, settings.keep_days, settings.llm_model)
        writer = settings.llm_model if settings.llm_base_url else ""
        running = Running(product_version(), settings.model, corpus.digest, settings.contact, privacy, writer)
        return _answer(request, about_html(running, corpus.plans))

    async def _plans(self) -> tuple[Plan, ...]:
        return (await self._opening.ready()).corpus.plans


def reading_router(opening: Opening) -> APIRouter:
    """Return the routes of the pages for reading."""
    router, room = APIRouter(), ReadingRoom(opening)

    @router.get("/plan")
    async def plans(request: Request) -> Response:
        return await room.choose("/plan", "方案原文", request)

    @router.get("/plan/{plan_id}")
    async def plan(plan_id: str, request: Request) -> Response:
        return await room.plan(plan_id, request)

    @router.get("/clause/{plan_id}/{clause_id}")
    async def clause(plan_id: str, clause_id: str, request: Request) -> Response:
        return await room.clause(plan_id, clause_id, request)

    @router.get("/targets")
    async def choose_targets(request: Request) -> Response:
        return await room.choose("/targets", "目标指标", request)

    @router.get("/targets/{plan_id}")
    async def targets(plan_id: str, request: Request) -> Response:
        return await room.table(targets_html, plan_id, request)

    @router.get("/targets/{plan_id}/{kind}")
    async def targets_file(plan_id: str, kind: str, request: Request) -> Response:
        return await room.file(targets_tables, plan_id, kind, request)

    @router.get("/bodies")
    async def choose_bodies(request: Request) -> Response:
        return await room.choose("/bodies", "责任单位", request)

    @router.get("/bodies/{plan_id}")
    async def bodies(plan_id: str, request: Request) -> Response:
        return await room.table(bodies_html, plan_id, request)

    @router.get("/bodies/{plan_id}/{kind}")
    async def bodies_file(plan_id: str, kind: str, request: Request) -> Response:
        return await room.file(bodies_tables, plan_id, kind, request)

    @router.get("/about")
    async def about(request: Request) -> Response:
        return await room.about(request)

    return router


def plans_html(path: str, title: str, plans: tuple[Plan, ...], query: dict[str, str]) -> str:
    """Return the page on which a plan is chosen."""
    rows = [
        {
            "title": plan.title,
            "link": address(path, plan.plan_id, **query),
            "facts": " · ".join(
                filter(
                    None,
                    (
                        facts(plan),
                        f"{sum(1 for clause in plan.clauses if clause.title)} 个条款",
                        f"{len(plan.indicators)} 项指标",
                        f"{len({row.name for row in plan.responsibilities})} 家责任单位",
                    ),
                )
            ),
        }
        for plan in plans
    ]
    return page(title, render("plans.html.j2", title=title, rows=rows), path)


def missing() -> Response:
    """Return the page for a plan that is not there."""
    return HTMLResponse(page("没有这个方案", render("missing.html.j2", title="没有这个方案")), 404)


def _named(plans: tuple[Plan, ...], plan_id: str) -> Plan | None:
    return next((plan for plan in plans if plan.plan_id == plan_id), None)


def _answer(request: Request, html: str) -> Response:
    """Return a page, or the word that the browser's copy is still good."""
    body = html.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": _CACHING}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(body, headers=headers)


def _offset(asked: QueryParams, name: str) -> int:
    text = asked.get(name, "")
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
