"""``python -m evals`` as a process of its own: nothing here imports it, and what it does cannot hold up the chat."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from assistant.errors import TrainerFault
from assistant.settings import ROOT

COMMAND = (sys.executable, "-m", "evals")
SECONDS = 120  # for what is no run
# For what reads a file that somebody brought: bytes of addresses, and of any file that it writes.
MOST_MEMORY = 3_000_000_000
MOST_WRITTEN = 50_000_000
MOST_SAID = 200_000  # bytes that are read of what a command says
BACK = 10  # of the 19 steps by which a process can stand back
STOPPING = "服务正在停止，没有做完。请等服务重新启动后再试。"
TOO_LONG = "核对或整理这个文件用的时间太长，已经停下。请看文件是不是太大，拆成几个再试。"


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended: its exit code (0 done, 1 faults or gates, 2 bad input), and what it said."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line that says something, for a person to read."""
        lines = [line for line in f"{self.out}\n{self.err}".splitlines() if line.strip()]
        return lines[-1] if lines else ""


@dataclass(frozen=True, slots=True)
class Evals:
    """The command with the folders that it works with. Its words are never read by a shell."""

    plans: Path
    baselines: Path
    command: Sequence[str] = COMMAND
    _going: set[subprocess.Popen[bytes]] = field(default_factory=set, repr=False, compare=False)
    _closed: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def call(self, *words: str | Path, seconds: float = SECONDS) -> Said:
        """Run a short command to its end; raises :class:`TrainerFault` where it takes too long, or the server stops."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = self._begin(words, out, err)
            self._going.add(process)
            for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_FSIZE, MOST_WRITTEN)):
                with suppress(ProcessLookupError, PermissionError):
                    resource.prlimit(process.pid, kind, (most, most))
            try:
                code = process.wait(0 if self._closed.is_set() else seconds)
            except subprocess.TimeoutExpired:
                raise TrainerFault(STOPPING if self._closed.is_set() else TOO_LONG) from None
            finally:
                end(process)
                self._going.discard(process)
            if self._closed.is_set() and code < 0:
                raise TrainerFault(STOPPING)
            return Said(code, _read(out), _read(err))

    def close(self) -> None:
        """End the short commands that are going, for the server stops and would wait for them."""
        self._closed.set()
        for process in tuple(self._going):
            end(process)

    def start(self, words: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
        """Start a long command, which says what it says into ``log``.

        Its standard input stays open as long as this process lives, so that ``--tied`` ends it with a server that is killed.
        """
        with log.open("wb") as said:
            return self._begin(words, said, said, stdin=subprocess.PIPE)

    def _begin(
        self, words: Sequence[str | Path], out: IO[bytes], err: IO[bytes], stdin: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 (our own command, no shell; every word is ours or a value behind "=")
            [*self.command, *map(word_of, words)],
            stdin=stdin,
            stdout=out,
            stderr=err,
            cwd=ROOT,
            start_new_session=True,
        )
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, process.pid, BACK)
        return process


def interrupt(process: subprocess.Popen[bytes], patience: float) -> None:
    """Ask a process to stop as Ctrl+C does, and end it if it has not after ``patience`` seconds."""
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started; nothing happens to one that has ended."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def word_of(word: str | Path) -> str:
    """Return a word of the command; a place within the product without where that lies, for messages repeat it."""
    return str(word.relative_to(ROOT) if isinstance(word, Path) and word.is_relative_to(ROOT) else word)


def _read(file: IO[bytes]) -> str:
    file.seek(0, os.SEEK_END)
    file.seek(max(file.tell() - MOST_SAID, 0))
    return file.read().decode("utf-8", "replace")
