"""Fit what tells the indicator that a question means: ``python -m tests.fit_targets``. Offline.

Questions of the tuning sets that expect a figure say which indicator they mean; those that expect ``not_stated``, and the
value questions of other domains among the training questions of the intents, mean none. Prints how many are found and
how many are wrongly given a target, in a cross-validation grouped by question, and writes ``data/target_model.json``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.desk import Desk
from assistant.reading import Reading, Series
from assistant.retrieve import score_passages
from assistant.service import Assistant
from assistant.settings import load_settings
from assistant.targets import FILE, SIGNALS, Signals, signals_of
from assistant.train_intent import read_examples
from assistant.understand import Reader
from evals.question import Question
from evals.sets import load_sets
from index import Index, open_index

SETS = Path("evals/sets/tune")
# Categories of questions that ask for one indicator.
CATEGORIES = (
    "abbreviations_old_names",
    "english",
    "everyday_wording",
    "false_premise",
    "indicator_value",
    "noisy",
    "subject_content",
)
FAR = 260  # questions of other domains
NEAR = "energy"  # the domain that is too near to the plan to know that it has no such target
NAMED = 0.6  # recall from which a question of another domain names a target of the plan all the same
FOLDS = 10
STRENGTH = 1.0  # scikit-learn's C
CLAUSES = 60
LIKELY = 0.4  # share from which an example is shown as found
SLOTS = ("money", "person", "contact", "actual", "per_year")


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the signals of every indicator, and which of them it means; none where the plan does not say."""

    question: str
    signals: Signals
    meant: NDArray[np.bool_]


def examples(questions: Iterable[Question], far: Iterable[str], read: Asker) -> Iterator[Example]:
    """Yield what is learned from: questions with a figure of one indicator, and questions without any."""
    for one in questions:
        meant = np.array([_is_expected(one, series) for series in read.desk.series])
        reading, signals = read(one.question)
        unstated = one.expect.status == ("not_stated",) and not _fails_elsewhere(reading)
        wanted = one.id.split("-")[0] in CATEGORIES and 0 < meant.sum() <= 2 and len(one.expect.numbers) <= 2
        if not one.history and (wanted or unstated):
            yield Example(one.question, signals, meant & wanted)
    for question in far:
        reading, signals = read(question)
        if signals[:, SIGNALS.index("recall")].max() < NAMED:
            yield Example(question, signals, np.zeros(len(signals), dtype=np.bool_))


def _is_expected(question: Question, series: Series) -> bool:
    return any(
        row.is_numeric
        and (row.value, row.unit) == (number.value, number.unit)
        and (not question.expect.clauses or row.clause_id in question.expect.clauses)
        for row in series.rows
        for number in question.expect.numbers
    )


def _fails_elsewhere(reading: Reading) -> bool:
    """Whether a question is refused for what it names (another year, a place, money), whatever indicator it means."""
    links = reading.links
    return bool(links.years or links.places or links.other_periods) or reading.asks(*SLOTS)


@dataclass(frozen=True)
class Asker:
    """Reads and looks up questions about one plan."""

    desk: Desk
    reader: Reader
    index: Index

    def __call__(self, question: str) -> tuple[Reading, Signals]:
        """Return the reading of a question and the signals of every indicator."""
        reading = self.reader.read(question, self.desk)
        hits = self.index.search(reading.text, CLAUSES, (self.desk.plan.plan_id,))
        scored = score_passages(reading, self.desk, hits)
        passages = [(one.passage, one.likeness) for one in scored]
        return reading, signals_of(reading, self.desk, passages, self.index.phrases(reading.text))


def fit(found: Sequence[Example]) -> tuple[Any, NDArray[np.float64], NDArray[np.float64]]:
    """Return the regression, and what signals are shifted and divided by."""
    rows = np.concatenate([one.signals for one in found])
    middle, scale = rows.mean(axis=0), rows.std(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit((rows - middle) / scale, np.concatenate([one.meant for one in found]))
    return model, middle, scale


def cross_validation(found: Sequence[Example]) -> list[tuple[float, bool, bool]]:
    """Return for each question the best share, whether it is of an indicator meant, and whether any is meant."""
    results: dict[int, tuple[float, bool, bool]] = {}
    for known, asked in GroupKFold(FOLDS).split(found, groups=np.arange(len(found))):
        model, middle, scale = fit([found[at] for at in known])
        for at in asked:
            shares = model.predict_proba((found[at].signals - middle) / scale)[:, 1]
            best = int(shares.argmax())
            results[int(at)] = (float(shares[best]), bool(found[at].meant[best]), bool(found[at].meant.any()))
    return [results[at] for at in range(len(found))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cross-validation and write the weights; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fit_targets", description="训练“问的是哪个指标”的判断")
    parser.add_argument("--show", action="store_true", help="列出找错和漏掉的问题")
    options = parser.parse_args(arguments)
    settings = load_settings()
    corpus = Assistant.open(settings).corpus
    index = open_index(settings.index, corpus)
    read = Asker(Desk(corpus.plans[0]), Reader(index.segmenter, index.encoder), index)
    others = [one.question for one in read_examples() if one.intent == "value" and one.domain != NEAR]
    far = random.Random(1).sample(others, FAR)  # noqa: S311 (the same sample every time)
    found = list(examples(load_sets([SETS]), far, read))
    told = cross_validation(found)
    print(f"{sum(meant for *_, meant in told)} 个问题问到指标，{sum(not meant for *_, meant in told)} 个没有")
    for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        right = sum(1 for best, good, _ in told if good and best >= share)
        false = sum(1 for best, good, _ in told if not good and best >= share)
        print(f"可能性不低于 {share:.1f}：找对 {right}，找错 {false}")
    if options.show:
        for one, (best, good, meant) in zip(found, told, strict=True):
            if good != meant or (best >= LIKELY) != meant:
                print(f"{best:.2f} {'对' if good else '错'} {one.question}")
    model, middle, scale = fit(found)
    stored = {"signals": SIGNALS, "middle": middle, "scale": scale, "weights": model.coef_[0]}
    rounded = {
        name: [value if isinstance(value, str) else round(float(value), 6) for value in row]
        for name, row in stored.items()
    }
    FILE.write_text(
        json.dumps({**rounded, "bias": round(float(model.intercept_[0]), 6)}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"已写入 {FILE.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
