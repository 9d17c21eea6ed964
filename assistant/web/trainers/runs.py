"""Runs on the shelf: begun, watched, compared, made a baseline, handed out, deleted."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import TrainerFault
from assistant.web.trainers.command import Evals, Said, word_of
from assistant.web.trainers.results import Result, answered, result
from assistant.web.trainers.runner import RESULT, Runner
from assistant.web.trainers.sets import Sets
from assistant.web.trainers.shelf import GONE, KeptRun, KeptSet, Shelf, local_time, now

FILES = ("report.html", "report.xlsx", "questions.csv")
BUSY = "这次评测还没有结束，请先停止。"
FAULTY_SET = "这个题集有错误，改正以后才能运行。"
NO_RESULT = "这次评测没有结果。"
BASELINE, RUN = "baseline:", "run:"
# A folder that the command would take for a baseline; checked again by the command itself.
_NAME = re.compile(r"[\w-][\w.-]*")


@dataclass(frozen=True, slots=True)
class Standing:
    """A run as it stands: answers so far, its place in line (0: it is going), its figures once it was judged."""

    run: KeptRun
    answered: int
    ahead: int | None
    result: Result | None

    @property
    def is_open(self) -> bool:
        """Whether it waits or is going."""
        return self.run.state in {"waiting", "running"}

    @property
    def can_resume(self) -> bool:
        """Whether questions are left that could still be asked."""
        return self.run.state in {"stopped", "failed"} and self.answered < max(self.run.questions, 1)

    @property
    def can_go_on(self) -> bool:
        """Whether what was answered need not be asked again."""
        return self.run.state == "stopped" and self.answered > 0


@dataclass(frozen=True)
class Runs:
    """The runs on the shelf and what can be done with them; what calls the command takes seconds and blocks."""

    shelf: Shelf[KeptRun]
    runner: Runner
    evals: Evals
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self, sets: Sets, kept: KeptSet, by: str) -> KeptRun:
        """Put a run of a set in line; raises :class:`TrainerFault`."""
        if kept.faults or not kept.questions:
            raise TrainerFault(FAULTY_SET)
        run = self.shelf.add(lambda key: KeptRun(key, kept.name, kept.suffix, by, now(), kept.questions))
        try:
            # A copy: the set may be deleted, or get more questions, while the run waits.
            sets.copy(kept, self.shelf.place(run.key))
            self.runner.add(run)
        except TrainerFault:
            self.shelf.drop(run.key)
            raise
        return run

    def resume(self, key: str) -> None:
        """Put a stopped run in line again, to ask what is left."""
        with self._lock:
            standing = self.standing(key)
            if standing.is_open:
                raise TrainerFault(BUSY)
            if not standing.can_resume:
                raise TrainerFault("这次评测已经答完。要再答一遍，请从题集重新开始。")
            before = {"state": standing.run.state, "said": standing.run.said}
            # One that failed begins anew, or it would only fail again where it did.
            resumed = standing.can_go_on
            run = self.shelf.change(key, state="waiting", resumed=resumed, said="")
            try:
                self.runner.add(run)
            except TrainerFault:
                self.shelf.change(key, **before)
                raise

    def standing(self, key: str) -> Standing:
        """Return how a run stands; raises :class:`TrainerFault` where it is gone."""
        return self._standing(self.shelf.get(key))

    def all(self) -> tuple[Standing, ...]:
        """Return all runs, the newest first."""
        return tuple(map(self._standing, self.shelf.all()))

    def delete(self, key: str) -> None:
        """Delete a run that has ended."""
        with self._lock:
            if self.runner.ahead(key) is not None:
                raise TrainerFault(BUSY)
            self.shelf.drop(key)

    def file(self, key: str, name: str) -> Path:
        """Return a file of a run's result; raises :class:`TrainerFault` where there is none."""
        path = self.folder(key) / name
        if name not in FILES or not path.is_file():
            raise TrainerFault(NO_RESULT)
        return path

    def bless(self, key: str, name: str, *, replaces: bool, anyway: bool) -> None:
        """Make a run a baseline; the command says what is wrong with the name or the run."""
        if self.standing(key).result is None:
            raise TrainerFault(NO_RESULT)
        flags = [flag for flag, on in (("--replace", replaces), ("--force", anyway)) if on]
        where = f"--baselines={self.evals.baselines}"
        said = self.evals.call("bless", self.folder(key), f"--name={name}", where, *flags)
        if said.code:
            raise TrainerFault(_for_the_page(said.err.strip()) or NO_RESULT)

    def baselines(self) -> list[str]:
        """Return the names of the baselines, those made on the command line too."""
        folder = self.evals.baselines
        names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
        return [name for name in names if _NAME.fullmatch(name) and (folder / name / "run.json").is_file()]

    def earlier(self, key: str) -> Sequence[Standing]:
        """Return the other judged runs that a run can be compared with."""
        return [one for one in self.all() if one.run.key != key and one.result is not None]

    def compared(self, key: str, other: str) -> Path:
        """Return the report of a run against a baseline or another run; raises :class:`TrainerFault`."""
        old = self._other(other)
        new = self.folder(key)
        if not (new / "summary.json").is_file() or not (old / "summary.json").is_file():
            raise TrainerFault(NO_RESULT)
        ages = "/".join(f"{(folder / 'summary.json').stat().st_mtime_ns}" for folder in (old, new))
        made = new / f"对比-{hashlib.sha256(f'{other}/{ages}'.encode()).hexdigest()[:16]}.html"
        with self._lock:
            if made.is_file():
                return made
            for stale in new.glob("对比-*.html"):
                stale.unlink(missing_ok=True)
            said = self._reported(old, new, made)
        if said.code or not made.is_file():
            raise TrainerFault(_for_the_page(said.err.strip().replace(word_of(new), "这一次")) or NO_RESULT)
        return made

    def _reported(self, old: Path, new: Path, made: Path) -> Said:
        """Write a report against an older run, which it calls by the name of its folder: a run's own says nothing."""
        if old.name != RESULT:
            return self.evals.call("report", new, f"--baseline={old}", f"--html={made}", "--plans", self.evals.plans)
        with TemporaryDirectory() as folder:
            named = Path(folder) / f"{local_time(self.shelf.get(old.parent.name).at)} 的评测"
            named.symlink_to(old.resolve())
            said = self._reported(named, new, made)
            return replace(said, err=said.err.replace(str(named), "那一次"))

    def folder(self, key: str) -> Path:
        """Return the folder of a run's result."""
        return self.shelf.place(key) / RESULT

    def _other(self, other: str) -> Path:
        name = other.removeprefix(BASELINE)
        if other.startswith(BASELINE) and name in self.baselines():
            return self.evals.baselines / name
        if other.startswith(RUN):
            return self.folder(self.shelf.get(other.removeprefix(RUN)).key)
        raise TrainerFault(GONE)

    def _standing(self, run: KeptRun) -> Standing:
        folder = self.shelf.place(run.key) / RESULT
        figures = result(folder) if run.state in {"done", "stopped"} else None
        # The answers of a large set are a large file, and all runs are listed at once: of one that is done none are left.
        count = run.questions if run.state == "done" else answered(folder)
        return Standing(run, count, self.runner.ahead(run.key), figures)


def _for_the_page(said: str) -> str:
    """Return what the command says in the words of the page, which has neither options nor paths.

    >>> _for_the_page("已有基线“甲”；要换成这次运行请加 --replace，否则请另取名字")
    '已有基线“甲”；要换成这次运行请勾选“换掉同名的”，否则请另取名字'
    """
    last = said.splitlines()[-1] if said else ""
    for option, words in (("请加 --replace", "请勾选“换掉同名的”"), ("请加 --force", "请勾选“仍然定为基线”")):
        last = last.replace(option, words)
    return re.sub(r"\S*/\S+", "那一次", last)
