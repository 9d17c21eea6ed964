"""A running page with a fake assistant, on a free port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.records.recorder import Recorder
from assistant.settings import Settings
from assistant.web.opening import Answerer, Opening
from assistant.web.serve import address, listen
from assistant.web.server import ChatServer
from tests.fakes import FakeAssistant
from tests.web.trainer import Trainer, office

MAX_QUESTION = 2000


@contextmanager
def running(
    open_assistant: Callable[[], Answerer], settings: Settings | None = None, recorder: Recorder | None = None
) -> Iterator[str]:
    """Serve the page and give its address; stopped at the end. Without settings of its own a test may ask at will."""
    settings = settings or Settings(max_question=MAX_QUESTION, rate_limit="none")
    started = threading.Event()
    server = ChatServer(Opening(open_assistant), settings, started.set, recorder)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(20)
        yield address(listener)
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def page() -> Iterator[str]:
    with running(FakeAssistant) as where:
        yield where


@pytest.fixture(scope="session")
def client(page: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=page, timeout=20) as session:
        while session.get("/health").status_code != 200:
            time.sleep(0.02)
        yield session


@pytest.fixture(scope="module")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sets and runs of the module's trainer lie."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def trainer(office_folder: Path) -> Iterator[Trainer]:
    """One who has logged in."""
    with office(office_folder) as visitor:
        visitor.log_in()
        yield visitor
