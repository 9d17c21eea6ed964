"""One service for all browser tests, a browser for each module, a fresh reader for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.chromium import HOW_TO_GET_IT, installed, launched
from tests.browser.reader import Reader
from tests.served import own_settings, served

SECONDS = 15


@pytest.fixture(scope="session")
def site(commands: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service with the shipped plans."""
    _browser_path()  # without a browser nothing needs to be started
    kept = tmp_path_factory.mktemp("kept") / "dialogues.db"
    with served(own_settings(rate_limit="none", database=f"sqlite:///{kept}") | commands) as service:
        service.wait()
        yield service.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; not for the whole session, because the tests after it run loops of their own."""
    with launched(_browser_path()) as opened:
        expect.set_options(timeout=SECONDS * 1000)
        yield opened


def _browser_path() -> str:
    path = installed()
    if path is None:
        pytest.skip(HOW_TO_GET_IT)
    return path


@pytest.fixture
def reader(browser: Browser, site: str) -> Iterator[Reader]:
    """Somebody at a desk."""
    with reading(browser, site) as someone:
        yield someone


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Reader]:
    """Somebody with a phone of 375 pixels."""
    with reading(browser, site, viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True) as someone:
        yield someone


@pytest.fixture
def at_night(browser: Browser, site: str) -> Iterator[Reader]:
    """Somebody whose machine is set to dark."""
    with reading(browser, site, color_scheme="dark") as someone:
        yield someone


@contextmanager
def reading(browser: Browser, site: str, **options: Any) -> Iterator[Reader]:
    """Open a page for one reader. Whatever he does, nothing is asked of another host, no dialog opens, no script fails."""
    context = browser.new_context(base_url=site, locale="zh-CN", accept_downloads=True, **options)
    context.set_default_timeout(SECONDS * 1000)
    asked: list[str] = []
    failed: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: _watch(page, failed))
    try:
        yield Reader(context.new_page())
    finally:
        context.close()
    assert asked
    assert not [
        url for url in asked if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != urlsplit(site).netloc
    ]
    assert not failed


def _watch(page: Page, failed: list[str]) -> None:
    def dismiss(dialog: Dialog) -> None:
        failed.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: failed.append(f"script: {error}"))
