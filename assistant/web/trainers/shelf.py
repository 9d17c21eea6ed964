"""What the page 评测 keeps: question sets and runs, each in a folder of its own under a name that nobody outside chose."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.errors import TrainerFault

ABOUT = "about.json"
# Questions that name no category get the name of their file: let it be a word.
STEM = "题集"
Suffix = Literal[".xlsx", ".csv", ".yaml", ".jsonl"]
SUFFIXES: tuple[Suffix, ...] = (".xlsx", ".csv", ".yaml", ".jsonl")
State = Literal["waiting", "running", "done", "stopped", "failed"]
GONE = "没有找到，可能已经删除。请回到评测页看看。"
FULL = "已经存了 {} 个，请先删去不用的。"
NO_ROOM = "没能存下：服务器的磁盘满了，或目录不能写。请联系管理员。"
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class KeptSet:
    """A question set: its name as shown, its kind, who brought it and when; ``said``: what the check found.

    ``origin``: brought as a file, drafted from a plan, or made of answers that readers rated.
    """

    key: str
    name: str
    suffix: Suffix
    by: str
    at: str
    origin: Literal["upload", "draft", "answers"] = "upload"
    questions: int = 0
    faults: int = 0
    said: str = ""

    @property
    def file(self) -> str:
        """The name of its file in its folder."""
        return STEM + self.suffix


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run of a set: how far it is, and in ``said`` why it went wrong. It holds a copy of the set's file."""

    key: str
    name: str
    suffix: Suffix
    by: str
    at: str
    questions: int = 0
    state: State = "waiting"
    resumed: bool = False
    said: str = ""

    @property
    def file(self) -> str:
        """The name of the set's file in the run's folder."""
        return STEM + self.suffix


Kept = TypeVar("Kept", KeptSet, KeptRun)


class Shelf(Generic[Kept]):
    """A folder with a folder for each thing; at most ``most`` of them."""

    def __init__(self, folder: Path, form: type[Kept], most: int) -> None:
        self._folder, self._most = folder, most
        self._form: TypeAdapter[Kept] = TypeAdapter(form)

    def place(self, key: str) -> Path:
        """Return the folder of a thing; raises :class:`TrainerFault` where ``key`` is none that was given out here."""
        if not _ID.fullmatch(key):
            raise TrainerFault(GONE)
        return self._folder / key

    def add(self, make: Callable[[str], Kept]) -> Kept:
        """Keep what ``make`` makes of a new key; raises :class:`TrainerFault`."""
        if len(self.all()) >= self._most:
            raise TrainerFault(FULL.format(self._most))
        key = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        try:
            self.place(key).mkdir(parents=True, mode=0o700)
        except OSError:
            raise TrainerFault(NO_ROOM) from None
        made = make(key)
        try:
            self.put(made)
        except TrainerFault:
            self.drop(key)
            raise
        return made

    def put(self, kept: Kept) -> None:
        """Write what is known of a thing: all of it or nothing."""
        place = self.place(kept.key)
        try:
            write_whole(place / ABOUT, json.dumps(asdict(kept), ensure_ascii=False).encode())
        except OSError:
            raise TrainerFault(GONE if not place.exists() else NO_ROOM) from None

    def change(self, key: str, **changed: Any) -> Kept:
        """Write some fields anew, and return the whole."""
        kept: Kept = replace(self.get(key), **changed)
        self.put(kept)
        return kept

    def get(self, key: str) -> Kept:
        """Return what is known of a thing; raises :class:`TrainerFault` where it is gone."""
        try:
            return self._form.validate_json((self.place(key) / ABOUT).read_bytes())
        except (OSError, ValidationError):
            raise TrainerFault(GONE) from None

    def all(self) -> tuple[Kept, ...]:
        """Return all things, the newest first; what cannot be read is passed over."""
        names = sorted((one.name for one in self._folder.iterdir()), reverse=True) if self._folder.is_dir() else []
        found = []
        for name in filter(_ID.fullmatch, names):
            try:
                found.append(self.get(name))
            except TrainerFault:
                continue
        return tuple(found)

    def drop(self, key: str) -> None:
        """Delete a thing with all its files."""
        shutil.rmtree(self.place(key), ignore_errors=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: all of it, or nothing and what was there stays; raises ``OSError``."""
    fresh = path.with_name(f".{secrets.token_hex(4)}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def now() -> str:
    """Return the time in UTC as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def local_time(at: str) -> str:
    """Return a moment in UTC as the clock on the server's wall shows it; what is none, as it is.

    >>> local_time("昨天")
    '昨天'
    """
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at
