"""One run at a time: the others wait in line. A run can be stopped, gone on with, and never outlives the server."""

from __future__ import annotations

import logging
import subprocess
import threading
import time
from pathlib import Path

from assistant.errors import TrainerFault
from assistant.web.trainers.command import Evals, Said, end, interrupt
from assistant.web.trainers.shelf import KeptRun, Shelf

MOST_WAITING = 5
MOST_SECONDS = 2 * 3600.0
PATIENCE = 8.0  # seconds in which a stopped run keeps what it has
STEP = 0.2
RESULT = "结果"
LOG = "输出.txt"
LINE_FULL = f"已有 {MOST_WAITING} 次评测在等待，请等前面的完成以后再来。"
CUT_OFF = "服务停止时还没有答完。"
TOO_LONG = "用时超过 2 小时，已经停下。请把题集拆成几个。"
CHANGED = "题集、方案、程序或索引有改动，不能接着答，可以重新运行。"
FAULTY = "运行出错，没有结果。请重试；还不行，请联系管理员查看服务器的日志。"

log = logging.getLogger(__name__)


class Runner:
    """Runs question sets, one after another, in a thread of its own."""

    def __init__(self, shelf: Shelf[KeptRun], evals: Evals, most_seconds: float = MOST_SECONDS) -> None:
        """Take what is run from ``shelf``; ``most_seconds`` is what one run may take."""
        self._shelf, self._evals, self._most_seconds = shelf, evals, most_seconds
        self._line: list[str] = []
        self._stopped: set[str] = set()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="evals-runner", daemon=True)

    def take_over(self) -> None:
        """Mark as stopped what a former server left running or waiting."""
        for run in self._shelf.all():
            if run.state in {"waiting", "running"}:
                self._mark(run.key, "stopped", CUT_OFF)

    def add(self, run: KeptRun) -> None:
        """Put a run in line; raises :class:`TrainerFault` where the line is full."""
        with self._changed:
            if len(self._line) > MOST_WAITING:
                raise TrainerFault(LINE_FULL)
            self._line.append(run.key)
            if not self._thread.is_alive() and not self._closing:
                self._thread.start()
            self._changed.notify_all()

    def ahead(self, key: str) -> int | None:
        """Return how many runs go before this one: 0 for the one that is going; ``None`` for one not in line."""
        with self._changed:
            return self._line.index(key) if key in self._line else None

    @property
    def going(self) -> str:
        """Return the key of the run that is going, empty where none is."""
        with self._changed:
            return self._line[0] if self._line else ""

    def stop(self, key: str) -> None:
        """Stop a run that is going, or take one out of the line. What was answered is kept and judged."""
        with self._changed:
            if key in self._line:
                self._stopped.add(key)
                self._changed.notify_all()

    def close(self) -> None:
        """End everything at once, for the server stops."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._line)
                if self._closing:
                    return
                key = self._line[0]
            try:
                self._run(key)
            except TrainerFault as fault:  # the disk is full, or somebody deleted the folder
                log.warning("A run of the evaluation page was lost: %s", fault)
            except Exception:
                log.exception("A run of the evaluation page failed")
                self._mark(key, "failed", FAULTY)
            with self._changed:
                self._line.remove(key)
                self._stopped.discard(key)

    def _run(self, key: str) -> None:
        if key in self._stopped:
            self._shelf.change(key, state="stopped", said="还没有开始就停下了。")
            return
        run = self._shelf.change(key, state="running", said="")
        folder = self._shelf.place(key)
        going_on = "--resume" if run.resumed else "--restart"
        words: list[str | Path] = [
            "run",
            folder / run.file,
            "--out",
            folder / RESULT,
            going_on,
            "--in-process",
            "--quiet",
            "--tied",
        ]
        process = self._evals.start([*words, "--plans", self._evals.plans], folder / LOG)
        try:
            why = self._watched(key, process)
        finally:
            end(process)
        if self._closing:
            self._mark(key, "stopped", CUT_OFF)
        elif why:
            self._judge(key, folder, why)
        elif process.returncode in {0, 1} and (folder / RESULT / "summary.json").is_file():
            self._mark(key, "done", "")
        else:
            self._mark(key, "failed", _why(folder / LOG))

    def _watched(self, key: str, process: subprocess.Popen[bytes]) -> str:
        """Wait for a run; return why it was stopped, empty where it ended by itself."""
        until = time.monotonic() + self._most_seconds
        while process.poll() is None:
            if self._closing:
                return CUT_OFF
            if key in self._stopped or time.monotonic() > until:
                interrupt(process, PATIENCE)
                return "已停止。" if key in self._stopped else TOO_LONG
            with self._changed:
                self._changed.wait(STEP)
        return ""

    def _judge(self, key: str, folder: Path, why: str) -> None:
        """Judge what a stopped run has answered, so that it can be looked at."""
        answers = folder / RESULT / "answers.jsonl"
        if answers.is_file() and answers.stat().st_size:
            self._evals.call("score", folder / RESULT, "--quiet", "--plans", self._evals.plans)
        self._mark(key, "stopped", why)

    def _mark(self, key: str, state: str, said: str) -> None:
        try:
            self._shelf.change(key, state=state, said=said)
        except TrainerFault as fault:
            log.warning("The state of a run could not be kept: %s", fault)


def _why(file: Path) -> str:
    """Return what a run that failed said last; a traceback is for the server's log, not for a person."""
    said = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    if "Traceback" in said or not said.strip():
        log.error("A run of the evaluation page failed: %s", said[-4000:])
        return FAULTY
    last = Said(2, said, "").last
    return CHANGED if "--resume" in last else last
