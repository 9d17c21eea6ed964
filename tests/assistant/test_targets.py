"""Which indicators a question means: named, likely, told by a figure; and which only share its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.covered import claimed_series, covered_series
from assistant.desk import Desk
from assistant.reading import Series
from assistant.targets import TargetModel, meant_series
from assistant.understand import Reader
from corpus import load_corpus

if TYPE_CHECKING:
    from assistant.settings import Settings
    from corpus import Corpus
    from index import Index

PLAN = load_corpus().plan("guizhou-145-energy")
DESK = Desk(PLAN)
MEANT = 0.35


@pytest.fixture(scope="module")
def index(settings: Settings, corpus: Corpus) -> Index:
    """The index of the shipped plans."""
    from index import open_index

    return open_index(settings.index, corpus)


@pytest.fixture(scope="module")
def reader(index: Index) -> Reader:
    """Reads questions."""
    return Reader(index.segmenter, index.encoder)


def meant(question: str, reader: Reader, index: Index) -> tuple[tuple[Series, float], ...]:
    from assistant.retrieve import score_passages

    reading = reader.read(question, DESK)
    scored = score_passages(reading, DESK, index.search(reading.text, 60, (PLAN.plan_id,)))
    passages = [(one.passage, one.likeness) for one in scored]
    return meant_series(reading, DESK, passages, index.phrases(reading.text))


@pytest.mark.parametrize("series", DESK.series, ids=lambda one: one.rows[0].indicator_id)
def test_a_full_name_is_meant(series: Series, reader: Reader, index: Index) -> None:
    """An indicator that is named in full comes first, for certain."""
    assert meant(f"{series.name}的目标是多少？", reader, index)[0] == (series, 1.0)


LIKELY = [
    ("生活垃圾变废为宝的比例定了多少？", "waste-recycling"),
    ("规上企业耗能强度五年降多少？", "industrial-energy-intensity"),
    ("猪粪牛粪要利用到什么份上？", "manure-use"),
    ("田里秸秆到时候用掉多大比例？", "straw-use"),
    ("烧煤发一度电最多用多少克煤？", "coal-per-kwh"),
]


@pytest.mark.parametrize(("question", "expected"), LIKELY, ids=[question for question, _ in LIKELY])
def test_everyday_words_mean_a_target(question: str, expected: str, reader: Reader, index: Index) -> None:
    """An indicator told in everyday words comes first, likely enough to be answered with."""
    first, share = meant(question, reader, index)[0]
    assert first.rows[0].indicator_id == expected
    assert share >= MEANT


OTHERS = [
    ("化石能源占能源消费总量的比重是多少？", "non-fossil-share"),
    ("化石能源占能源消费总量的比重是多少？", "energy-consumption-total"),
    ("化石能源消费占比目标", "non-fossil-share"),
    ("二氧化碳排放强度要降多少？", "gdp-energy-intensity"),
]


@pytest.mark.parametrize(("question", "other"), OTHERS, ids=[f"{question} {other}" for question, other in OTHERS])
def test_shared_words_mean_nothing(question: str, other: str, reader: Reader, index: Index) -> None:
    """The opposite of a thing, the whole of a share and another measure of the same field are not meant."""
    shares = {one.rows[0].indicator_id: share for one, share in meant(question, reader, index)}
    assert shares.get(other, 0.0) < MEANT


def test_a_name_behind_a_foreign_word_is_not_certain(reader: Reader, index: Index) -> None:
    """城市 before the short name of a rural target makes another thing of it; its own word does not."""
    rural = next(one for one in DESK.series if one.rows[0].indicator_id == "rural-black-water")
    assert (rural, 1.0) not in meant("城市黑臭水体消除多少", reader, index)
    assert (rural, 1.0) in meant("农村黑臭水体消除多少", reader, index)


def test_shares_are_ordered_and_bounded(reader: Reader, index: Index) -> None:
    """Named indicators come first in the question's order, the others by falling share, none of them certain."""
    found = meant("秸秆综合利用率和统防统治覆盖率相比，哪个高？", reader, index)
    assert [one.name for one, share in found if share == 1.0] == ["秸秆综合利用率", "统防统治覆盖率"]
    shares = [share for _, share in found]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share < 1 for share in shares[2:])


def test_told_by_figure_or_by_words(reader: Reader) -> None:
    """A figure with its unit tells every target that has it; words alone tell those that hold all of them."""
    reading = reader.read("哪些目标是45%？", DESK)
    assert {one.rows[0].indicator_id for one, _ in claimed_series(reading, DESK)} == {
        "public-transport-share",
        "unified-pest-control",
    }
    reading = reader.read("总磷呢", DESK)
    assert [one.rows[0].clause_id for one, _ in covered_series(reading, DESK)] == ["3.7"]


def test_shares_by_hand() -> None:
    """The share is the logistic function of the weighted signals after shift and scale."""
    model = TargetModel(middle=(1.0, 0.0), scale=(2.0, 1.0), weights=(2.0, -1.0), bias=0.5)
    expected = 1 / (1 + np.exp(-(2.0 * (3.0 - 1.0) / 2.0 - 4.0 + 0.5)))
    assert model.shares(np.array([[3.0, 4.0]])) == pytest.approx(expected)
