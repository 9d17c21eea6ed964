"""``python app.py`` as a person runs it: a process of its own on a free port of this machine, stopped by its own id."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import httpx

from assistant.settings import PREFIX, Settings, variable_of

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120


class NotStarted(Exception):
    """The service did not start, or does not answer questions; the text says why."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running service; ``started`` and ``announced`` are the seconds of the system's clock at which it began and told its address."""

    process: subprocess.Popen[str]
    address: str
    started: float
    announced: float

    def wait(self) -> None:
        """Wait until questions are answered."""
        until = time.monotonic() + SECONDS_TO_START
        with httpx.Client(base_url=self.address, timeout=SECONDS_TO_START, trust_env=False) as client:
            while self.process.poll() is None and time.monotonic() < until:
                if client.get("/health").status_code == httpx.codes.OK:
                    return
                time.sleep(0.1)
        raise NotStarted("网页服务没有准备好回答")

    def memory(self) -> float:
        """Return the resident memory in MB."""
        return self._status("VmRSS:")

    def most_memory(self) -> float:
        """Return the most resident memory that it ever had, in MB."""
        return self._status("VmHWM:")

    def _status(self, name: str) -> float:
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def own_settings(**settings: str) -> dict[str, str]:
    """Return this process's environment with just these settings of the product in it."""
    own = {variable_of(one.name) for one in fields(Settings)}
    others = {name: value for name, value in os.environ.items() if name not in own and name != f"{PREFIX}SETTINGS"}
    return others | {variable_of(name): value for name, value in settings.items()}


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[Service]:
    """Run the service until it has told its address; stopped at the end. Raises :class:`NotStarted`."""
    started = time.time()
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**environment, "POLICY_QA_HOST": "127.0.0.1", "POLICY_QA_PORT": "0"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            lines = (line for line in process.stdout or () if "http://" in line)
            told = next(lines, "")
            if not told:
                raise NotStarted("网页服务没有启动")
            yield Service(process, told[told.index("http://") :].strip(), started, time.time())
        finally:
            process.terminate()
            process.communicate(timeout=SECONDS_TO_START)
