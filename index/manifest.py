"""What an index is made of: the SHA-256 of every file, and where it came from.

A reader compares all of it before the first question, so a damaged or missing file is never served.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encode import Backend
from index.errors import IndexDamaged
from index.units import Granularity

NAME = "manifest.json"
FORMAT = 2  # raised when the files of an index change their meaning


@dataclass(frozen=True)
class Manifest:
    """The contents of ``manifest.json``. ``files`` maps a path inside the folder to the SHA-256 of its bytes.

    ``cut``: the characters after which a text was cut before it was encoded, 0 where it was not.
    """

    format: int
    corpus: str
    model: str
    dimension: int
    passages: int
    clauses: int
    versions: dict[str, str]
    files: dict[str, str]
    backend: Backend = "torch"
    granularity: Granularity = "sentence"
    cut: int = 0

    def save(self, folder: Path) -> None:
        """Write the manifest, with its own checksum, into ``folder``."""
        body = asdict(self)
        text = json.dumps({**body, "self": _digest(body)}, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Read the manifest of a folder; raises IndexDamaged where it is missing, cut off or changed."""
        try:
            body = json.loads((folder / NAME).read_text(encoding="utf-8"))
            checksum = body.pop("self")
            manifest = cls(**body)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as fault:
            raise IndexDamaged(f"读不出 {NAME}") from fault
        if checksum != _digest(body):
            raise IndexDamaged(f"{NAME} 的内容被改动过")
        return manifest

    def verify(self, folder: Path) -> None:
        """Compare every file of ``folder`` with the manifest; raises IndexDamaged and names the first that differs."""
        present = set(_files(folder))
        for name in sorted(self.files.keys() | present):
            if name not in present:
                raise IndexDamaged(f"缺少文件 {name}")
            if name not in self.files:
                raise IndexDamaged(f"多出文件 {name}")
            if hash_file(folder / name) != self.files[name]:
                raise IndexDamaged(f"文件 {name} 的内容被改动过")


def hash_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file under ``folder`` except the manifest itself."""
    return {name: hash_file(folder / name) for name in _files(folder)}


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; raises IndexDamaged where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as fault:
        raise IndexDamaged(f"读不出文件 {path.name}") from fault


def _files(folder: Path) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name != NAME)


def _digest(body: dict[str, object]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
