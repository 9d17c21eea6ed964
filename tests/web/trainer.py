"""A trainer at the page 评测: the page with its gate, without a network, and who uses it as a browser does."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.gate import Gate
from assistant.web.opening import Opening
from assistant.web.rates import Rates
from assistant.web.trainers.command import SECONDS, Evals, Said
from assistant.web.trainers.desk import Desk, desk_router
from evals.cli import main
from tests.fakes import FakeAssistant
from tests.web.markup import plain

SITE = "http://testserver"
NAME, PASSWORD = "小李", "园林步道一百二十公里"
# The hash of that password, cheap to verify.
HASH = "$argon2id$v=19$m=1024,t=1,p=1$5945ugN4a7Ti08MB0D7Y8w$haJqGVTeHpDH52cSkgqTdHNqbMqz94fOS/jr9ru4BRw"
STAND_IN = (sys.executable, str(Path(__file__).with_name("evals_stand_in.py")))
SET = "题号,问题,应答类型\n甲-01,停车收费多少？,方案未写\n"


@dataclass(frozen=True, slots=True)
class Near(Evals):
    """The command in this process, which spares each call the start of another; runs are processes all the same."""

    def call(self, *words: str | Path, seconds: float = SECONDS) -> Said:
        """Run a command to its end."""
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = main([*map(str, words)])
        return Said(code, out.getvalue(), err.getvalue())


class Trainer:
    """One browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.token = ""

    def log_in(self, name: str = NAME, password: str = PASSWORD) -> httpx.Response:
        """Log in, and look up the token of the forms."""
        answer = self.post("/evals/login", name=name, password=password)
        found = re.search(r'name="token" value="(\w+)"', self.get("/evals").text)
        self.token = found[1] if found else ""
        return answer

    def get(self, path: str, **query: str) -> httpx.Response:
        """Open a page; a redirection is not followed."""
        return self.client.get(path, params=query or None, follow_redirects=False)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of the page."""
        return self.client.post(
            path, data={"token": self.token} | fields, headers={"Origin": SITE}, follow_redirects=False
        )

    def bring(self, name: str = "题.csv", content: str | bytes = SET) -> httpx.Response:
        """Upload a file."""
        sent = content.encode() if isinstance(content, str) else content
        return self.client.post(
            "/evals/sets",
            data={"token": self.token},
            files={"file": (name, sent)},
            headers={"Origin": SITE},
            follow_redirects=False,
        )

    def set(self, name: str = "题.csv", content: str | bytes = SET) -> str:
        """Upload a file and return the address of its page."""
        answer = self.bring(name, content)
        assert answer.status_code == 303, plain(answer.text)
        return answer.headers["location"]

    def run(self, content: str = SET) -> str:
        """Upload a set, run it, and return the address of the run."""
        answer = self.post(f"{self.set(content=content)}/run")
        assert answer.status_code == 303, plain(answer.text)
        return answer.headers["location"]

    def words(self, path: str) -> str:
        """Return what a page says."""
        return unescape(" ".join(plain(self.get(path).text).split()))

    def until(self, path: str, word: str, seconds: float = 180) -> str:
        """Look at a page until it says a word, and return what it says then."""
        return wait_for(lambda: said if word in (said := self.words(path)) else "", f"{word} on {path}", seconds)


def wait_for(look: Callable[[], str], what: str, seconds: float = 180) -> str:
    """Look until there is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never: {what}")


@contextmanager
def office(folder: Path, trainers: str = f"{NAME}:{HASH}", evals: type[Evals] = Near) -> Iterator[Trainer]:
    """Serve the page 评测 behind its gate; everything that it keeps lies in ``folder``."""
    settings = Settings(
        trainers=trainers,
        trainers_folder=folder / "kept",
        database=f"sqlite:///{folder / 'dialogues.db'}",
        rate_limit="none",
    )
    opening = Opening(FakeAssistant)
    opening.start()
    desk = Desk(opening, settings, evals(settings.plans, folder / "baselines", STAND_IN))
    app = FastAPI(openapi_url=None)
    app.include_router(desk_router(desk))
    gate = Gate(app, lambda whole, _: whole, Rates("none"), may_upload=desk.knows)
    with TestClient(gate, base_url=SITE) as client:
        try:
            yield Trainer(client)
        finally:
            desk.close()
