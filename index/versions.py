"""Finished versions of an index, the pointer to the current one, and the right to write.

<folder>/CURRENT            the name of the version that readers open
<folder>/versions/0007/     one finished version; nobody writes into it any more
<folder>/building/          an unfinished one
<folder>/vectors/           encoded texts of an unfinished one, so that an interrupted build goes on
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexDamaged, IndexLocked, IndexMissing, IndexUnwritable

DEFAULT_FOLDER = Path("var/index")
_POINTER = "CURRENT"
_KEPT = 2  # the current version and the one before it, which a reader may just have opened
_UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EEXIST, errno.ENOTDIR, errno.EROFS, errno.ENOSPC, errno.EDQUOT}
_NAME = re.compile(r"[0-9]{4,}")


def current_version(folder: Path) -> Path:
    """Return the folder that readers open; raises IndexMissing, or IndexDamaged where the pointer leads nowhere."""
    try:
        name = (folder / _POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise IndexMissing(folder) from None
    except (OSError, ValueError) as fault:
        raise IndexDamaged(f"读不出 {_POINTER}") from fault
    version = folder / "versions" / name
    if not _NAME.fullmatch(name) or not version.is_dir():
        raise IndexDamaged(f"{_POINTER} 指向的版本不存在")
    return version


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Hold the right to write and give an empty folder to build in.

    Raises IndexLocked at once where another holds it, IndexUnwritable where the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "build.lock", timeout=0):
            building = folder / "building"
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir()
            yield building
            shutil.rmtree(building, ignore_errors=True)
    except Timeout:
        raise IndexLocked from None
    except OSError as fault:
        if fault.errno in _UNWRITABLE:
            raise IndexUnwritable(fault) from fault
        raise


def publish(folder: Path, building: Path) -> Path:
    """Make a finished folder the current version in one step, and remove all but the last two versions."""
    versions = folder / "versions"
    versions.mkdir(exist_ok=True)
    name = f"{max((int(path.name) for path in _all(versions)), default=0) + 1:04d}"
    building.replace(versions / name)
    pointer = folder / f"{_POINTER}.new"
    with pointer.open("w", encoding="ascii") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / _POINTER)
    for old in sorted(_all(versions), key=lambda path: int(path.name))[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return versions / name


def _all(versions: Path) -> list[Path]:
    return [path for path in versions.iterdir() if path.is_dir() and _NAME.fullmatch(path.name)]
