"""Opening: what is damaged, stale or of another model is refused, never served."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import IndexDamaged, IndexMissing, IndexStale, ModelMismatch, open_index
from index.manifest import NAME, Manifest, hash_files
from index.versions import current_version
from tests.fakes import BigramEncoder, FewPlans, plan_of


def opened(folder: Path, plans: FewPlans | None, cache_folder: Path, model: str = "bigrams") -> object:
    return open_index(folder, plans, encoder=BigramEncoder(model), cache_folder=cache_folder)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in current_version(folder).rglob("*") if path.is_file())


def test_missing_index_says_what_to_do(tmp_path: Path, cache_folder: Path) -> None:
    """Before the first build a reader is told the command."""
    with pytest.raises(IndexMissing, match=r"请先运行 python -m index build"):
        opened(tmp_path, None, cache_folder)


def test_every_flipped_bit_is_noticed(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """One changed bit in any file is noticed before a question is answered."""
    for path in files_of(built):
        content = path.read_bytes()
        if not content:
            continue
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
        with pytest.raises(IndexDamaged):
            opened(built, few_plans, cache_folder)
        path.write_bytes(content)
    opened(built, few_plans, cache_folder)


def test_every_missing_file_is_noticed(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """So is a file that is gone."""
    for path in files_of(built):
        content = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexDamaged):
            opened(built, few_plans, cache_folder)
        path.write_bytes(content)


def test_cut_off_and_added_files_are_noticed(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A manifest that ends in the middle and a file that nobody wrote are faults too."""
    version = current_version(built)
    manifest = (version / NAME).read_bytes()
    (version / NAME).write_bytes(manifest[: len(manifest) // 2])
    with pytest.raises(IndexDamaged, match=NAME):
        opened(built, few_plans, cache_folder)
    (version / NAME).write_bytes(manifest)
    (version / "more.npy").write_bytes(b"")
    with pytest.raises(IndexDamaged, match=r"more\.npy"):
        opened(built, few_plans, cache_folder)


@pytest.mark.parametrize("pointer", ["", "0009\n", "../../elsewhere", "\0", "é"])
def test_pointer_to_nowhere_is_noticed(built: Path, few_plans: FewPlans, cache_folder: Path, pointer: str) -> None:
    """A pointer that names no version of this index is not followed."""
    (built / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        opened(built, few_plans, cache_folder)


def test_vectors_of_something_else_fail_the_self_query(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Files that agree with their manifest and still hold other vectors are found out by the self-query."""
    version = current_version(built)
    vectors = np.load(version / "dense" / "passages.npy")
    np.save(version / "dense" / "passages.npy", np.roll(vectors, 1, axis=0))
    replace(Manifest.load(version), files=hash_files(version)).save(version)
    with pytest.raises(IndexDamaged, match="自查"):
        opened(built, few_plans, cache_folder)


def test_changed_plans_make_it_stale(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Offsets of an older text are never quoted from a newer one."""
    changed = replace(few_plans, plans=(few_plans.plans[0], plan_of("second", ("城镇污水处理", "不建厂。"))))
    with pytest.raises(IndexStale, match="过期"):
        opened(built, changed, cache_folder)


def test_other_rules_make_it_stale(
    built: Path, few_plans: FewPlans, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files read by changed rules give other passages, and that counts, whatever the digest says."""
    monkeypatch.setattr("index.passages.LONG", 10)
    monkeypatch.setattr("index.passages.LONGEST", 12)
    with pytest.raises(IndexStale):
        opened(built, few_plans, cache_folder)


def test_other_model_is_named(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """The message names the model that made the index and the one asked for."""
    with pytest.raises(ModelMismatch, match=r"bigrams.*local/other"):
        opened(built, few_plans, cache_folder, "local/other")


def test_without_plans_the_index_stands_alone(built: Path, cache_folder: Path) -> None:
    """An index can be opened without the plans that it was made of."""
    assert opened(built, None, cache_folder)
