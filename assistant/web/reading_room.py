"""The pages for reading beside the chat: plans, targets, bodies, about. Each is made from the plans on request."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.web.frame import page
from assistant.web.opening import Opening
from assistant.web.plan_page import facts, plan_html
from assistant.web.templates import address, render
from corpus.model import Plan

# A page changes with the plans and the program alone: a browser may keep it, and asks whether it is still the same.
_CACHING = "private, no-cache"


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
