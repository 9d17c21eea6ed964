"""Question sets on the shelf: brought, drafted or made of rated answers, checked, and handed out again."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.errors import TrainerFault
from assistant.records.drafts import draft
from assistant.records.kept import KeptTurn, Rating
from assistant.records.opening import open_database
from assistant.settings import Settings
from assistant.web.trainers.command import Evals, Said, word_of
from assistant.web.trainers.shelf import NO_ROOM, STEM, SUFFIXES, KeptSet, Shelf, Suffix, now, write_whole
from corpus.grid import uninert

MOST_SHOWN = 200  # faults on the page; the file holds all
MOST_RATED = 200  # rated answers on the page, the latest
LONGEST_NAME = 60
MOST_READ = 1_000_000  # characters of the list of faults
FAULTS = "错误.csv"
RATED = "读者评过的问题"
EMPTY = "没有收到文件，或文件是空的。请选一个文件再上传。"
NO_KIND = f"题集应当是 {'、'.join(SUFFIXES)} 文件。旧的 .xls、.et、.ods 请在表格软件里另存为 .xlsx。"
NOT_ITS_KIND = "文件的内容不是 {} 格式。请在表格软件里另存为 .xlsx 或 CSV 再上传，不要只改文件名。"
UNREADABLE = "这个文件无法核对，可能已损坏，或展开以后太大。请另存一份再试。"
_COUNT = re.compile(r"^(\d+) 道题", re.MULTILINE)
_FAULT_COUNT = re.compile(r"^共 (\d+) 处错误", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a set: where, what, and what would be right."""

    place: str
    question: str
    what: str
    fix: str


@dataclass(frozen=True)
class Sets:
    """The sets on the shelf and what can be done with them; every method may take seconds and blocks."""

    shelf: Shelf[KeptSet]
    evals: Evals
    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def bring(self, name: str, content: bytes, by: str) -> KeptSet:
        """Keep a file that was brought, and check it; raises :class:`TrainerFault`. Its name is only ever shown."""
        shown = shown_name(name)
        suffix = kind_of(shown, content)
        kept = self.shelf.add(lambda key: KeptSet(key, shown, suffix, by, now()))
        self._write(kept, content)
        return self.check(kept)

    def propose(self, plan_id: str, title: str, by: str) -> KeptSet:
        """Draft a set from a plan's structure."""
        kept = self.shelf.add(lambda key: KeptSet(key, f"草稿：{title}"[:LONGEST_NAME], ".xlsx", by, now(), "draft"))
        said = self._called("draft", f"--plan={plan_id}", "--out", self.file(kept))
        if not self.file(kept).is_file():
            self.shelf.drop(kept.key)
            raise TrainerFault(said.last or UNREADABLE)
        return self.check(kept)

    def take(self, turn_id: str, by: str) -> KeptSet:
        """Put a rated answer as a draft into the set that such answers go to, which is made where there is none."""
        row = next((draft(turn, rating) for turn, rating in self.rated() if turn.turn_id == turn_id), None)
        if row is None:
            raise TrainerFault("这条评价已经不在了，可能已过保存期限。")
        with self._lock:
            kept = next((one for one in self.shelf.all() if one.origin == "answers"), None)
            if kept is None:
                kept = self.shelf.add(lambda key: KeptSet(key, RATED, ".jsonl", by, now(), "answers"))
            rows = self._rows(kept)
            if row["id"] not in {one.get("id") for one in rows}:
                lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in [*rows, row])
                self._write(kept, "".join(lines).encode())
            return self.check(kept)

    def taken(self) -> dict[str, str]:
        """Return which rated answers are in a set already: the turn's id, and the set's key."""
        sets = [one for one in self.shelf.all() if one.origin == "answers"]
        return {
            str(row.get("id", "")).removeprefix("feedback-"): one.key
            for one in reversed(sets)
            for row in self._rows(one)
        }

    def rated(self) -> list[tuple[KeptTurn, Rating]]:
        """Return the rated answers, the latest first; raises :class:`assistant.errors.RecordsFault`."""
        with closing(open_database(self.settings)) as database:
            return database.rated()[: -MOST_RATED - 1 : -1]

    def check(self, kept: KeptSet) -> KeptSet:
        """Check a set and write down what was found."""
        faults = self.shelf.place(kept.key) / FAULTS
        faults.unlink(missing_ok=True)
        try:
            said = self._called("check", self.file(kept), "--out", faults)
        except TrainerFault as fault:
            return self.shelf.change(kept.key, questions=0, faults=1, said=str(fault))
        count, wrong = _COUNT.search(said.out), _FAULT_COUNT.search(said.out)
        found = int(wrong[1]) if wrong else int(said.code != 0)
        hints = "\n".join(line for line in said.out.splitlines() if line.startswith("提示：") or "待审" in line)
        told = hints if not found else "" if wrong else self._named(said.last, kept)
        return self.shelf.change(kept.key, questions=int(count[1]) if count else 0, faults=found, said=told)

    def faults(self, kept: KeptSet) -> tuple[Fault, ...]:
        """Return the first faults of a set."""
        try:
            with (self.shelf.place(kept.key) / FAULTS).open(encoding="utf-8-sig", newline="") as file:
                text = file.read(MOST_READ)
        except OSError:
            return ()
        rows = list(islice(csv.reader(io.StringIO(text, newline="")), 1, MOST_SHOWN + 1))
        if len(text) == MOST_READ and len(rows) < MOST_SHOWN:
            rows = rows[:-1]  # cut somewhere within
        named = ([self._named(uninert(cell), kept) for cell in row] for row in rows)
        return tuple(_fault(row) for row in named if len(row) == 8)

    def marked(self, kept: KeptSet) -> bytes:
        """Return the list of faults as a workbook, with a copy of the sheets in which the faulty cells are marked."""
        return self._made("check", self.file(kept), "--out", suffix=".xlsx")

    def as_workbook(self, kept: KeptSet) -> bytes:
        """Return a set without faults as .xlsx, whatever it is kept as."""
        return self._made("convert", self.file(kept), suffix=".xlsx")

    def template(self, suffix: str) -> bytes:
        """Return an empty set to fill in."""
        return self._made("template", suffix=suffix)

    def file(self, kept: KeptSet) -> Path:
        """Return the place of a set's file."""
        return self.shelf.place(kept.key) / kept.file

    def copy(self, kept: KeptSet, folder: Path) -> None:
        """Put a copy of a set's file into a run's folder."""
        try:
            shutil.copyfile(self.file(kept), folder / kept.file)
        except OSError:
            raise TrainerFault(NO_ROOM) from None

    def _made(self, *words: str | Path, suffix: str) -> bytes:
        """Run a command whose last word is the file that it writes, and return that."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / f"{STEM}{suffix}"
            said = self._called(*words, out)
            if not out.is_file() or said.code == 2:
                raise TrainerFault(said.last or UNREADABLE)
            return out.read_bytes()

    def _named(self, said: str, kept: KeptSet) -> str:
        """Return what the command said of a file with the name that its trainer knows."""
        file = self.file(kept)
        return said.replace(str(file), kept.name).replace(word_of(file), kept.name)

    def _called(self, *words: str | Path) -> Said:
        said = self.evals.call(*words, "--plans", self.evals.plans)
        if said.code not in {0, 1, 2} or "Traceback" in said.err:
            raise TrainerFault(UNREADABLE)
        return said

    def _write(self, kept: KeptSet, content: bytes) -> None:
        """Write a set's file. Where there is no room, one that was there stays, and a set without one is dropped."""
        try:
            write_whole(self.file(kept), content)
        except OSError:
            if not self.file(kept).exists():
                self.shelf.drop(kept.key)
            raise TrainerFault(NO_ROOM) from None

    def _rows(self, kept: KeptSet) -> list[dict[str, Any]]:
        try:
            lines = self.file(kept).read_text(encoding="utf-8").split("\n")
        except OSError:
            return []
        return [json.loads(line) for line in lines if line.strip()]


def shown_name(name: str) -> str:
    r"""Return the name of a file that was brought as it is shown: the last part of it, without what cannot be seen.

    >>> shown_name("..\\..\\园林/题 集.xlsx\x00"), shown_name("")
    ('题 集.xlsx', '题集')
    """
    plain = _CONTROL.sub("", PurePosixPath(name.replace("\\", "/")).name).strip(" .") or STEM
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 12]}…{plain[-10:]}"


def kind_of(name: str, content: bytes) -> Suffix:
    """Return what a file is, by its name and by how it begins; raises :class:`TrainerFault`."""
    if not content.strip():
        raise TrainerFault(EMPTY)
    told = "." + name.rpartition(".")[2].lower()
    suffix: Suffix | None = next((one for one in SUFFIXES if one == (".yaml" if told == ".yml" else told)), None)
    if suffix is None:
        raise TrainerFault(NO_KIND)
    is_workbook = content.startswith(b"PK\x03\x04")
    is_text = content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" not in content
    if is_workbook != (suffix == ".xlsx") or not (is_workbook or is_text):
        raise TrainerFault(NOT_ITS_KIND.format(suffix))
    return suffix


def _fault(row: Sequence[str]) -> Fault:
    _, sheet, line, column, header, question, what, fix = row
    parts = (sheet, f"第 {line} 行" if line else "", f"{column} 列" if column else "", f"“{header}”" if header else "")
    return Fault(" ".join(filter(None, parts)), question, what, fix)
