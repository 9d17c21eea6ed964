"""Train the intent classifier: ``python -m assistant.train_intent``. Offline; the only module that imports scikit-learn.

Reads ``data/intent_questions.csv`` (``question, intent, domain, masked``), prints a cross-validation grouped by domain
and writes ``data/intent_model.npz``, which names the SHA-256 of the questions it was made from.

Rules for borderline questions; whoever adds a question keeps to them.

 1. A greeting or a command to ignore the rules before a real question does not count: the real question is labelled.
 2. A subject, target or clause and asks for bodies, or for one body's place in it (yes-no too): ``who``.
    A body is named and what it does is asked, even within a subject: ``tasks``.
 3. Both what one named body does and how many tasks it has: ``tasks``. No body named, or bodies compared by how many
    tasks they have, or bodies of a whole chapter or plan: ``register``. How many bodies take part in one clause: ``who``.
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

import csv
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.intent import INTENTS, MODEL_FILE, SLOTS, Intent, features

QUESTIONS_FILE = MODEL_FILE.with_name("intent_questions.csv")
BUCKETS = 1 << 15
STRENGTH = 30.0  # scikit-learn's C: the larger, the less the weights are held back
FOLDS = 5
_SLOT = re.compile("〈(" + "|".join(SLOTS) + ")〉")
_NUMBERED = re.compile(r"[第（(]|\d|^[一二三四五六七八九十]")

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One training question; ``masked`` is what a linker that knows everything would make of it."""

    question: str
    intent: Intent
    domain: str
    masked: str

    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """Return where the slots stand in the question: start, end, kind; ValueError where the columns disagree."""
        kinds = _SLOT.findall(self.masked)
        parts = [re.escape(part) for part in _SLOT.split(self.masked)[::2]]
        match = re.fullmatch("(.+?)".join(parts), self.question)
        if match is None:
            raise ValueError(self.question)
        return tuple((*match.span(number), kind) for number, kind in enumerate(kinds, 1))

    def variants(self) -> tuple[str, ...]:
        """Return what linkers of unequal skill see: all slots, those that have a form of their own, none."""
        formal = [span for span in self.spans() if span[2] != "指标" and not self._is_title(span)]
        return tuple(dict.fromkeys((self.masked, _mask(self.question, formal), self.question)))

    def _is_title(self, span: tuple[int, int, str]) -> bool:
        """Whether a 条款 slot is a heading in words and not a number."""
        return span[2] == "条款" and _NUMBERED.search(self.question[span[0] : span[1]]) is None


def _mask(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    for start, end, kind in sorted(spans, reverse=True):
        text = f"{text[:start]}〈{kind}〉{text[end:]}"
    return text


def read_examples(path: Path = QUESTIONS_FILE) -> tuple[Example, ...]:
    """Read the training questions."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Example(**row) for row in csv.DictReader(file))


def csv_hash(path: Path = QUESTIONS_FILE) -> str:
    """Return the SHA-256 by which a model names its questions."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def matrix(texts: Sequence[str], buckets: int = BUCKETS) -> csr_matrix:
    """Return the features of masked questions, one row of length 1 each."""
    rows = [features(text, buckets) for text in texts]
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(texts), buckets))


def fit(examples: Sequence[Example], buckets: int = BUCKETS, strength: float = STRENGTH) -> LogisticRegression:
    """Fit one regression on all variants of the questions; the variants of one question weigh 1 together."""
    texts, labels, weights = [], [], []
    for example in examples:
        variants = example.variants()
        texts += variants
        labels += [INTENTS.index(example.intent)] * len(variants)
        weights += [1 / len(variants)] * len(variants)
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix(texts, buckets), labels, sample_weight=weights)
    return model


def held_out(examples: Sequence[Example], view: int, folds: int = FOLDS) -> Shares:
    """Return each question's shares by models that saw no question of its domain.

    ``view``: 0 all slots masked, 1 those with a form of their own, -1 none.
    """
    domains = [example.domain for example in examples]
    shares = np.zeros((len(examples), len(INTENTS)))
    for known, unseen in GroupKFold(folds).split(examples, groups=domains):
        model = fit([examples[index] for index in known])
        texts = [
            (examples[index].variants() * 2)[view if view >= 0 else len(examples[index].variants()) - 1]
            for index in unseen
        ]
        shares[unseen] = model.predict_proba(matrix(texts))
    return shares


def main() -> int:
    """Cross-validate, train on everything, write the model."""
    examples = read_examples()
    truth = np.array([INTENTS.index(example.intent) for example in examples])
    for name, view in (("all slots", 0), ("formal slots", 1), ("no slots", -1)):
        shares = held_out(examples, view)
        print(f"{name:14} {np.mean(shares.argmax(1) == truth):.4f}")
    save(fit(examples), 1.0)
    return 0


def save(model: LogisticRegression, temperature: float, path: Path = MODEL_FILE) -> None:
    """Write the weights as bytes with one scale an intent."""
    weights = model.coef_.T
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        path,
        grams=np.rint(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        temperature=np.float32(temperature),
        csv_hash=np.array(csv_hash()),
    )


if __name__ == "__main__":
    sys.exit(main())
