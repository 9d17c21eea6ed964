"""What the tests of the index share: small plans, and one index of the shipped plans with the bundled model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.plans import Corpus, load_corpus
from index.build import build_index
from index.encode import open_encoder
from index.search import Index, open_index
from tests.fakes import BigramEncoder, FewPlans, plan_of


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private folder for jieba's parsed dictionary."""
    return tmp_path_factory.mktemp("words")


@pytest.fixture
def few_plans() -> FewPlans:
    """Two small plans, the second of which repeats a heading of the first."""
    farm = ("农村清洁取暖", "推广沼气和太阳能。到2025年，秸秆综合利用率达到86%。")
    water = ("城镇污水处理", "新建污水收集管网。城市污泥无害化处置率达到90%。")
    other = ("城镇污水处理", "建设污水厂网一体的智慧水务系统。")
    return FewPlans((plan_of("first", farm, water), plan_of("second", other, title="另一个方案")))


@pytest.fixture
def built(tmp_path: Path, few_plans: FewPlans, cache_folder: Path) -> Path:
    """The folder of an index of ``few_plans`` made by the fake encoder."""
    build_index(few_plans, tmp_path / "index", encoder=BigramEncoder(), cache_folder=cache_folder)
    return tmp_path / "index"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped plans."""
    return load_corpus()


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, cache_folder: Path) -> Path:
    """The folder of an index of the shipped plans made by the bundled model."""
    folder = tmp_path_factory.mktemp("real") / "index"
    build_index(corpus, folder, encoder=open_encoder(for_questions=True), cache_folder=cache_folder)
    return folder


@pytest.fixture(scope="session")
def real_index(real_folder: Path, corpus: Corpus, cache_folder: Path) -> Index:
    """The opened index of the shipped plans."""
    return open_index(real_folder, corpus, cache_folder=cache_folder)


@pytest.fixture(scope="session")
def python() -> str:
    """The interpreter for tests that need a process of their own."""
    return sys.executable
