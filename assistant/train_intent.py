"""Train the intent classifier: ``python -m assistant.train_intent``. Offline; the only module that imports scikit-learn.

Reads ``data/intent_questions.csv`` (``question, intent, domain, masked``), prints a cross-validation grouped by domain
and writes ``data/intent_model.npz``, which names the SHA-256 of the questions it was made from.

Rules for borderline questions; whoever adds a question keeps to them.

 1. A greeting or a command to ignore the rules before a real question does not count: the real question is labelled.
 2. A subject, target or clause and asks for bodies, or for one body's place in it (yes-no too): ``who``.
    A body is named and what it does is asked, even within a subject: ``tasks``.
 3. Both what one named body does and how many tasks it has: ``tasks``. No body named, or bodies compared by how many
    tasks they have: ``register``. How many bodies take part in one clause: ``who``. The bodies of a named chapter:
    ``who`` (masked, it looks like a clause), but ``register`` where its tasks are told apart (各条, 最多, 没有牵头).
 4. One quantity (how many, how much, by when, since when, how much money), named or left out: ``value``. Two that are
    read off one after another: ``value``; set against each other, added or subtracted: ``table``.
 5. Targets picked by a property (value, unit, year, 力争, chapter, body, field of work): ``table``, also when only
    their number is asked. 主要目标有哪些 is ``table``, 重点任务有哪些 is ``outline`` (the headings answer it).
 6. "What does 30% refer to": ``value``. "What does 双碳 refer to" and "which three in 三改联动": ``term``.
    "Which measures does X hold": ``content``.
 7. Whether a figure is right or firm: ``value``. Whether a thing is mentioned, allowed, asked for: ``content``. Whether
    there is a target or a number for a thing: ``value``.
 8. How a target is to be reached: ``content``, though an indicator is named.
 9. What a clause or chapter is called or says as a whole: ``outline``. What it says on one matter: ``content``.
10. A fragment is read as it would be without any history: a body → ``tasks``, an indicator, a year or a figure →
    ``value``, a clause → ``outline``, any other noun → ``content``.
11. About the assistant, its answers or how to use it: ``smalltalk``. Anything else that is not about a plan, and
    orders to break the rules: ``other``.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack  # type: ignore[import-untyped]  # scipy ships no types
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.intent import INTENTS, MODEL_FILE, SLOTS, Intent, read_features
from assistant.intent_report import report, temperature_of
from assistant.links import mask
from assistant.normalize import normalize
from index import Encoder, open_encoder

QUESTIONS_FILE = MODEL_FILE.with_name("intent_questions.csv")
BUCKETS = 1 << 15
STRENGTH = 30.0  # scikit-learn's C: the larger, the less the weights are held back
VECTOR_SCALE = 2.0  # what a unit of the embedding weighs beside a unit of n-grams
FOLDS = 5
MANY = 1.25
_SLOT = re.compile("〈(" + "|".join(SLOTS) + ")〉")
_YEAR = r"(\d{4}(?:年底?)?)"  # a year may stand right before an indicator: 到2025年绿化率多少
_NUMBERED = re.compile(r"[第（(]|\d|^[一二三四五六七八九十]")

Shares = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """One training question; ``masked`` is what a linker that knows everything would make of it."""

    question: str
    intent: Intent
    domain: str
    masked: str

    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """Return where the slots stand in the question: start, end, kind; ValueError where the columns disagree.

        >>> Example("省水利厅管什么", "tasks", "water", "〈部门〉管什么").spans()
        ((0, 4, '部门'),)
        """
        kinds = _SLOT.findall(self.masked)
        parts = [re.escape(part) for part in _SLOT.split(self.masked)[::2]]
        gaps = [_YEAR if kind == "年份" else "(.+?)" for kind in kinds]
        match = re.fullmatch("".join(chain(*zip_longest(parts, gaps, fillvalue=""))), self.question)
        if match is None:
            raise ValueError(self.question)
        return tuple((*match.span(number), kind) for number, kind in enumerate(kinds, 1))

    def views(self) -> tuple[str, str, str]:
        """Return what linkers of unequal skill see: all slots, only those with a form of their own, none."""
        formal = [span for span in self.spans() if span[2] != "指标" and not self._is_title(span)]
        return self.masked, mask(self.question, formal), self.question

    def _is_title(self, span: tuple[int, int, str]) -> bool:
        """Whether a 条款 slot is a heading in words and not a number."""
        return span[2] == "条款" and _NUMBERED.search(self.question[span[0] : span[1]]) is None


@dataclass(frozen=True)
class Sample:
    """Questions made ready for fitting: n-grams and embeddings of each view, labels, domains.

    ``middle`` is the mean embedding. All vectors of this encoder lie near it; fitted without it taken off, the
    regression ends early and a point of accuracy lower.
    """

    views: tuple[csr_matrix, ...]
    vectors: tuple[Vectors, ...]
    middle: Vectors
    labels: NDArray[np.int64]
    domains: NDArray[np.str_]

    @classmethod
    def of(cls, examples: Sequence[Example], encoder: Encoder | None = None) -> Sample:
        """Read the features of the questions; without an encoder only ``lexical`` can be fitted."""
        views = [[normalize(text) for text in texts] for texts in zip(*map(Example.views, examples), strict=True)]
        vectors = tuple(encoder.encode_queries(texts) for texts in views) if encoder else ()
        middle = np.mean(np.concatenate(vectors), axis=0) if vectors else np.zeros(0, np.float32)
        return cls(
            views=tuple(map(_matrix, views)),
            vectors=tuple(rows - middle for rows in vectors),
            middle=middle,
            labels=np.array([INTENTS.index(example.intent) for example in examples]),
            domains=np.array([example.domain for example in examples]),
        )

    def matrix(self, view: int, rows: NDArray[np.int64], parts: str) -> csr_matrix:
        """Return the features of some questions: ``parts`` is ``lexical``, ``vector`` or ``joint``."""
        if parts == "lexical":
            return self.views[view][rows]
        vectors = csr_matrix(self.vectors[view][rows] * VECTOR_SCALE)
        return vectors if parts == "vector" else hstack([self.views[view][rows], vectors]).tocsr()


def read_examples(path: Path = QUESTIONS_FILE) -> tuple[Example, ...]:
    """Read the training questions."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Example(row["question"], cast("Intent", row["intent"]), row["domain"], row["masked"])
            for row in csv.DictReader(file)
        )


def csv_hash(path: Path = QUESTIONS_FILE) -> str:
    """Return the SHA-256 by which a model names its questions."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _matrix(texts: Sequence[str]) -> csr_matrix:
    rows = [read_features(text, BUCKETS) for text in texts]
    ends = np.cumsum([0, *(len(row.buckets) for row in rows)])
    values = np.concatenate([row.weights for row in rows])
    return csr_matrix((values, np.concatenate([row.buckets for row in rows]), ends), shape=(len(texts), BUCKETS))


def fit(sample: Sample, rows: NDArray[np.int64], parts: str) -> Any:
    """Fit one regression on every view of the questions; the views of one question weigh 1 together."""
    count = len(sample.views)
    seen = vstack([sample.matrix(view, rows, parts) for view in range(count)])
    labels = sample.labels[rows]
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    return model.fit(seen, np.tile(labels, count), sample_weight=np.tile(_weights(labels) / count, count))


def _weights(labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what each question weighs: an intent with more than MANY times the usual number weighs no more than that.

    What is asked besides plans is endless and needs many examples; it is not asked more often for that.
    """
    counts = np.bincount(labels, minlength=len(INTENTS))
    most = MANY * np.median(counts)
    weights: NDArray[np.float64] = np.minimum(1.0, most / np.maximum(counts, 1))[labels]
    return weights


def held_out(sample: Sample, parts: str, folds: int = FOLDS) -> list[Shares]:
    """Return each question's shares, view by view, from models that saw no question of its domain."""
    shares = [np.zeros((len(sample.labels), len(INTENTS))) for _ in sample.views]
    for known, unseen in GroupKFold(folds).split(sample.labels, groups=sample.domains):
        model = fit(sample, known, parts)
        for view, rows in enumerate(shares):
            rows[unseen] = model.predict_proba(sample.matrix(view, unseen, parts))
    return shares


def head_arrays(name: str, model: Any, temperature: float, middle: Vectors) -> dict[str, NDArray[Any]]:
    """Return one regression as it is stored: bucket weights as bytes with one scale an intent."""
    grams, vector = model.coef_.T[:BUCKETS], model.coef_.T[BUCKETS:] * VECTOR_SCALE
    bias = model.intercept_ - (middle @ vector if len(vector) else 0)
    scale = np.abs(grams).max(axis=0) / 127
    return {
        f"{name}_grams": np.rint(grams / scale).astype(np.int8),
        f"{name}_scale": scale.astype(np.float32),
        f"{name}_vector": vector.astype(np.float32),
        f"{name}_bias": bias.astype(np.float32),
        f"{name}_temperature": np.array(temperature, np.float32),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Cross-validate, train on everything, write the model."""
    parser = argparse.ArgumentParser(prog="python -m assistant.train_intent", description="训练意图分类器")
    parser.add_argument("--out", type=Path, default=MODEL_FILE, help="模型写到哪个文件")
    out: Path = parser.parse_args(arguments).out
    examples = read_examples()
    sample = Sample.of(examples, open_encoder(for_questions=True))
    shares = {parts: held_out(sample, parts) for parts in ("lexical", "vector", "joint")}
    print(report(shares, sample.labels))
    arrays: dict[str, NDArray[Any]] = {"csv_hash": np.array(csv_hash())}
    for parts in ("lexical", "joint"):
        model = fit(sample, np.arange(len(examples)), parts)
        arrays |= head_arrays(parts, model, temperature_of(shares[parts][1], sample.labels), sample.middle)
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return 0


if __name__ == "__main__":
    sys.exit(main())
