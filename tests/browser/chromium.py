"""A real browser without a window: the ``chromium`` that the system has, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_IT = "没有找到浏览器 chromium，装上以后再运行；在 Debian 和 Ubuntu 上：sudo apt-get install chromium"
_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    # Containers have neither the rights for its sandbox nor a large /dev/shm; it opens nothing but our own pages.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # Whatever a page might ask elsewhere leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def installed() -> str | None:
    """Return the path of the browser, ``None`` where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Run the browser; closed at the end.

    Until then Playwright's loop counts as running in this thread, so nothing else may run one of its own here.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()
