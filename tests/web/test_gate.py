from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Mount

from assistant.records.recorder import nothing_kept
from assistant.settings import Settings
from assistant.web.gate import MAX_BODY
from assistant.web.opening import Opening
from assistant.web.routes import OPEN, is_open
from assistant.web.site import build_site
from tests.fakes import FakeAssistant
from tests.web.visitor import Visitor


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://127.0.0.1:9/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1:9/",
        "/file=http://127.0.0.1:9/",
        "/file=/etc/passwd",
        "/gradio_api/openapi.json",
        "/docs",
        "/openapi.json",
        "/monitoring",
        "/gradio_api/runs",
        "/ui/../routes.py",
        "/ui/%2e%2e/routes.py",
        "/static/../../../../etc/passwd",
    ],
)
def test_files_proxies_and_inner_pages_are_closed(client: httpx.Client, path: str) -> None:
    """Nothing is read from the disk or fetched from an address that a visitor names."""
    response = client.get(path)
    assert response.status_code == 404
    assert "root:" not in response.text


def test_uploads_are_refused(client: httpx.Client) -> None:
    """Gradio takes files from anyone, with or without an upload field; the gate does not."""
    response = client.post("/gradio_api/upload", files={"files": ("a.txt", b"text")})
    assert response.status_code == 404
    assert "没有这个页面" in response.text


def test_the_queue_cannot_be_passed_by(client: httpx.Client) -> None:
    """A question sent straight to the function is refused, so that the queue's limit holds."""
    assert Visitor(client).press_directly().status_code == 404


def test_a_huge_body_is_refused(client: httpx.Client) -> None:
    """The server stops reading past its limit, with or without a declared length."""
    assert client.post("/gradio_api/queue/join", content=b"x" * (MAX_BODY + 1)).status_code == 413
    parts = (b"x" * 65536 for _ in range(MAX_BODY // 65536 + 2))
    assert client.post("/gradio_api/queue/join", content=parts).status_code == 413


def test_only_listed_routes_are_open() -> None:
    """Of all routes of the running application only those are open that the table names, each with its reason."""
    routes = asyncio.run(_all_routes())
    assert ("POST", "/gradio_api/upload") in routes
    opened = {path for method, path in routes if is_open(method, path)}
    assert opened == {
        "/",
        "/about",
        "/assets/x",
        "/bodies",
        "/bodies/x",
        "/clause/x/x",
        "/config",
        "/evals",
        "/evals/answers",
        "/evals/draft",
        "/evals/login",
        "/evals/logout",
        "/evals/sets",
        "/favicon.ico",
        "/feedback",
        "/gradio_api/app_id",
        "/gradio_api/cancel",
        "/gradio_api/heartbeat/x",
        "/gradio_api/info",
        "/gradio_api/queue/data",
        "/gradio_api/queue/join",
        "/gradio_api/reset",
        "/gradio_api/startup-events",
        "/gradio_api/theme.css",
        "/health",
        "/plan",
        "/plan/x",
        "/robots.txt",
        "/targets",
        "/targets/x",
        "/theme.css",
    }
    assert all(route.why for route in OPEN)
    assert all(is_open("GET", f"/{table}/x/{kind}") for table in ("targets", "bodies") for kind in ("csv", "xlsx"))
    assert not is_open("GET", "/targets/x/html")
    key = "20260102-030405-0a1b2c3d"
    for_trainers = {(method, path) for method, path in routes if path.startswith("/evals") and "x" in path}
    assert for_trainers == {
        ("GET", "/evals/runs/x"),
        ("GET", "/evals/runs/x/file/x"),
        ("GET", "/evals/runs/x/report"),
        ("GET", "/evals/sets/x"),
        ("GET", "/evals/sets/x/file/x"),
        ("GET", "/evals/template/x"),
        ("HEAD", "/evals/runs/x"),
        ("HEAD", "/evals/runs/x/file/x"),
        ("HEAD", "/evals/runs/x/report"),
        ("HEAD", "/evals/sets/x"),
        ("HEAD", "/evals/sets/x/file/x"),
        ("HEAD", "/evals/template/x"),
        ("POST", "/evals/runs/x/x"),
        ("POST", "/evals/sets/x/x"),
    }
    assert all(is_open("GET", f"/evals/{kind}/{key}") for kind in ("sets", "runs"))
    assert not any(
        is_open(method, path)
        for method, path in (
            ("GET", "/evals/sets/.."),
            ("GET", f"/evals/runs/{key}/file/run.json"),
            ("GET", f"/evals/runs/{key}/file/../about.json"),
            ("GET", f"/evals/sets/{key}/delete"),
            ("POST", f"/evals/sets/{key}/own"),
            ("POST", f"/evals/runs/{key}"),
        )
    )


async def _all_routes() -> set[tuple[str, str]]:
    site = build_site(Opening(FakeAssistant), Settings(), nothing_kept())
    return set(_walk(site.application._app.routes))


def _walk(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for route in routes:
        inner = route.app if isinstance(route, Mount) else getattr(route, "original_router", None)
        if inner is not None:
            yield from _walk(inner.routes)
        else:
            yield from ((method, re.sub(r"{[^}]*}", "x", route.path)) for method in route.methods)
