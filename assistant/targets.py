"""Which indicators of a plan a question means: those that it names, and how likely each of the others is.

The share of a likely one is a logistic regression over ten signals (``data/target_model.json``, made by ``fit_targets``):
words that the question shares with an indicator's names and words, how like its meaning is to them, and by how much
more than to those of any other indicator. What a word means alone decides nothing: 再生水利用率 shares 利用率 with others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.asked import asked_units, fits_unit
from assistant.desk import Desk, names_of, plain
from assistant.lexicon import lexicon
from assistant.measures import other_measure
from assistant.reading import Reading, Series, Subject
from index import Passage
from index.lay_words import is_policy

FILE = Path(__file__).parent / "data" / "target_model.json"
SIGNALS = (
    "recall",  # share of an indicator's name that the question holds
    "precision",  # share of the question's subject that the indicator's names and words hold
    "passage",  # cosine with the sentence it stands in
    "other measure",  # a rate is asked for, and it is none
    "worst word",  # share of the subject's word that it holds least of
    "quote",  # cosine with its own words
    "unit",  # 1 told in the unit that is asked for, -1 in another, 0 none is asked for
    "numeric",  # has a figure
    "name lead",  # by how much its name is more like the question than that of any other indicator
    "quote lead",  # the same for its words
)
LIKENESS_MIDDLE = 0.83  # cosine of the bundled model at which a text is as likely on the subject as not
_NOTHING_LIKE = 0.75  # cosine for what was not looked at
_ALONE = 0.03  # lead of the only indicator of a plan
_FOREIGN = 0.5  # share below which a word of the question has nothing to do with an indicator
_SHARE_WORDS = "比例 比重 占比 比率"  # what a target in per cent is, whatever it is called
_SHORT = 2  # characters of a word that may be part of many things
_MOST = 8

Shares = tuple[tuple[Series, float], ...]
Signals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TargetModel:
    """Weights of the signals, after each was shifted by ``middle`` and divided by ``scale``."""

    middle: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def shares(self, signals: Signals) -> NDArray[np.float64]:
        """Return the share (0 to 1) of each row of signals, ``(n,)``."""
        scaled = (signals - np.array(self.middle)) / np.array(self.scale)
        # einsum adds up in one order: the same bits in every process.
        shares: NDArray[np.float64] = 1 / (
            1 + np.exp(-(np.einsum("ij,j->i", scaled, np.array(self.weights)) + self.bias))
        )
        return shares


@lru_cache(maxsize=1)
def target_model() -> TargetModel:
    """Read the weights once per process."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    middle, scale, weights = (tuple(stored[part]) for part in ("middle", "scale", "weights"))
    return TargetModel(middle, scale, weights, stored["bias"])


def meant_series(
    reading: Reading, desk: Desk, passages: Sequence[tuple[Passage, float]], phrases: Mapping[str, float]
) -> Shares:
    """Return the indicators that the question means, with a calibrated share each, best first; named ones have 1.

    ``passages`` are sentences, ``phrases`` names and words of indicators, each with its cosine to the question.
    """
    named = tuple(
        one
        for one in desk.named_series(reading.text)
        if not _narrowed(reading, desk, one) and not is_opposite(reading, desk, one) and not _is_whole(reading, one)
    )
    if not desk.series:
        return ()
    shares = target_model().shares(signals_of(reading, desk, passages, phrases))
    others = sorted(
        (
            (one, 0.0 if _is_other(reading, desk, one) else min(0.99, float(share)))
            for one, share in zip(desk.series, shares, strict=True)
            if one not in named
        ),
        key=lambda pair: (-round(pair[1], 6), pair[0].rows[0].start),
    )
    return (*((one, 1.0) for one in named), *others[:_MOST])


def signals_of(
    reading: Reading, desk: Desk, passages: Sequence[tuple[Passage, float]], phrases: Mapping[str, float]
) -> Signals:
    """Return the signals of every indicator of the plan, ``(indicators, len(SIGNALS))``."""
    rows = np.array([_own_signals(reading, desk, one, passages, phrases) for one in desk.series])
    names = [phrases.get(one.name, _NOTHING_LIKE) for one in desk.series]
    quotes = [max(phrases.get(row.quote, _NOTHING_LIKE) for row in one.rows) for one in desk.series]
    return np.column_stack([rows, _leads(names), _leads(quotes)])


def _leads(values: Sequence[float]) -> list[float]:
    """Return by how much each value exceeds the best of the others.

    >>> [round(lead, 2) for lead in _leads([0.9, 0.8, 0.85])]
    [0.05, -0.1, -0.05]
    """
    if len(values) < 2:
        return [_ALONE] * len(values)
    first, second = sorted(values, reverse=True)[:2]
    return [value - (second if value == first else first) for value in values]


def _own_signals(
    reading: Reading,
    desk: Desk,
    series: Series,
    passages: Sequence[tuple[Passage, float]],
    phrases: Mapping[str, float],
) -> tuple[float, ...]:
    row = series.rows[0]
    question = plain("，".join((reading.text, *(one for official in reading.subject.official for one in official))))
    names = tuple(names_of(series))
    quotes = tuple(one.quote for one in series.rows)
    shares = _SHARE_WORDS if any(one.unit == "%" for one in series.rows) else ""
    evidence = f"{desk.told[series]} {shares}"
    units = asked_units(reading.text)
    fits = 0 if not units else (1 if any(fits_unit(one, units) for one in series.rows) else -1)
    likeness = max(
        (like for passage, like in passages if passage.start <= row.start < passage.end), default=_NOTHING_LIKE
    )
    return (
        max(desk.coverage.share([plain(name)], question) for name in names),
        desk.coverage.covers(reading.subject, evidence),
        likeness - LIKENESS_MIDDLE,
        float(other_measure(reading.text, (*names, *quotes))),
        desk.coverage.worst(reading.subject, evidence),
        max(phrases.get(quote, _NOTHING_LIKE) for quote in quotes) - LIKENESS_MIDDLE,
        float(fits),
        float(any(one.is_numeric for one in series.rows)),
    )


def _is_other(reading: Reading, desk: Desk, series: Series) -> bool:
    return is_opposite(reading, desk, series) or _is_whole(reading, series) or _formally_other(reading, desk, series)


def _is_whole(reading: Reading, series: Series) -> bool:
    """Whether a question names an indicator only as the whole that something is a share of: 甲占乙的比重 asks nothing of 乙."""
    question = plain(reading.text)
    starts = [at.start() for name in names_of(series) for at in re.finditer(re.escape(plain(name)), question)]
    return bool(starts) and all(question[:at].endswith("占") for at in starts)


def is_opposite(reading: Reading, desk: Desk, series: Series) -> bool:
    """Whether an indicator only holds the opposite of a word of the question."""
    return tells_opposite(reading, desk.told[series])


def tells_opposite(reading: Reading, text: str) -> bool:
    """Whether a text only holds the opposite of a word of the question: 非化石能源 for 化石能源."""
    told, question = plain(text), plain(reading.text)
    words = [plain(word) for word in reading.subject.words if len(word) > 1]
    return any(
        f"非{word}" in told and f"非{word}" not in question and word not in told.replace(f"非{word}", "")
        for word in words
    )


def _narrowed(reading: Reading, desk: Desk, series: Series) -> bool:
    """Whether the word before an indicator's short name makes another thing of it: 城市 + 黑臭水体 for the rural ones."""
    question = plain(reading.text)
    if reading.ordered or plain(series.name) in question:
        return False
    starts = [question.find(plain(name)) for name in names_of(series) if plain(name) in question]
    before = question[: min(starts, default=0)]
    evidence = desk.headed(series)
    words = [
        word
        for word in reading.subject.words
        if len(word) > 1
        and before.endswith(plain(word))
        and not re.search(rf"{re.escape(word)}\s*[、,;]", reading.text)
    ]  # 污水处理能力、垃圾焚烧规模 is a list: the one does not narrow the other
    return any(desk.coverage.worst(Subject(word, (word,)), evidence) < _FOREIGN for word in words)


def holds_subject(reading: Reading, desk: Desk, series: Series) -> bool:
    """Whether an indicator's names, words and heading hold something of every word of the subject."""
    return desk.coverage.worst(reading.subject, desk.headed(series)) >= _FOREIGN


def _formally_other(reading: Reading, desk: Desk, series: Series) -> bool:
    """Whether the question holds a word of official language that an indicator knows nothing of: 二氧化碳排放 beside 能耗."""
    evidence = desk.headed(series)
    official = reading.subject.official or ((),) * len(reading.subject.words)
    return any(
        len(word) > _SHORT
        and not lexicon().has("firm", word)  # 硬指标 says how a target is meant
        and is_policy([word])
        and max(desk.coverage.share([one], evidence) for one in (word, *instead)) < _FOREIGN
        for word, instead in zip(reading.subject.words, official, strict=True)
    )
