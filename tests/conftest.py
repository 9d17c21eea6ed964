"""What all tests share: the shipped plans, an index of them made by the bundled model, and an assistant opened on it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import hypothesis
import pytest

# Packages are imported by the fixture that needs them: a test of one package does not wait for the others.
if TYPE_CHECKING:
    from pathlib import Path

    from assistant.service import Assistant
    from assistant.settings import Settings
    from corpus import Corpus, Plan

hypothesis.settings.register_profile("thorough", max_examples=5000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let ``pytest --thorough`` ask thousands of made questions where a usual run asks hundreds."""
    parser.addoption("--thorough", action="store_true", help="ask 5,000 made questions, compare all answers' bytes")


def pytest_configure(config: pytest.Config) -> None:
    """Give every property that sets no number of its own as many examples as were asked for."""
    if config.getoption("--thorough"):
        hypothesis.settings.load_profile("thorough")


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether the run may take its time."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The shipped plans."""
    from corpus import load_corpus

    return load_corpus()


@pytest.fixture(scope="session")
def plan(corpus: Corpus) -> Plan:
    """The first shipped plan."""
    return corpus.plan("guizhou-145-energy")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Settings:
    """The settings of an assistant whose index was just built: that under ``var/`` may be old, or not be there.

    A copy of it saves encoding the same sentences again; one that is half there or damaged is built anew.
    """
    from assistant.settings import Settings
    from index.build import build_index
    from index.encode import open_encoder

    settings = Settings(index=tmp_path_factory.mktemp("assistant") / "index")
    with suppress(OSError):
        shutil.copytree(Settings().index, settings.index)
    build_index(corpus, settings.index, encoder=open_encoder(for_questions=True), cache_folder=settings.cache)
    return settings


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    """The assistant on the shipped plans."""
    from assistant.service import Assistant

    return Assistant.open(settings)


@pytest.fixture(scope="session")
def commands(settings: Settings) -> dict[str, str]:
    """The variables that let a command of the product use the same index."""
    folders: dict[str, Path] = {"INDEX": settings.index, "CACHE": settings.cache}
    return {f"POLICY_QA_{name}": str(folder) for name, folder in folders.items()}
