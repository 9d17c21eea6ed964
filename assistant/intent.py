"""What a question wants: a small logistic regression over hashed character n-grams, read with numpy alone.

The model is trained by ``python -m assistant.train_intent`` (which also holds the rules for borderline questions) and
lies in ``data/intent_model.npz``. Its input is the masked question: the linker has put 〈部门〉, 〈指标〉, 〈条款〉, 〈年份〉,
〈数值〉 or 〈地名〉 in the place of what it knows, so that the model sees the form of a question and not its subject.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Intent = Literal["who", "tasks", "value", "table", "register", "content", "term", "outline", "smalltalk", "other"]
INTENTS: tuple[Intent, ...] = get_args(Intent)
SLOTS = ("部门", "指标", "条款", "年份", "数值", "地名")
MODEL_FILE = Path(__file__).parent / "data" / "intent_model.npz"

# A slot becomes one private character, so that an n-gram reaches across it as across any other character.
_SLOT_MARKS = {f"〈{slot}〉": chr(0xE000 + number) for number, slot in enumerate(SLOTS)}
_SLOT = re.compile("|".join(map(re.escape, _SLOT_MARKS)))
_QUOTES = re.compile("[“”\"「」『』《》‘’'`]")
_DIGITS = re.compile(r"\d+")
_BREAKS = re.compile(r"[\s,.;:!?。…~·、—-]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_BEGIN, _END = "\x02", "\x03"
# One weight an n-gram length: without it the many long, rare n-grams drown 谁 and 吗 (docs/decisions/0005).
_GRAM_WEIGHTS = (1.5, 1.0, 0.6, 0.3)
# Long questions ask at their beginning or at their end; what lies between is a story or a pasted clause.
_HEAD = _TAIL = 80
_LENGTH_STEPS = (2, 4, 7, 11, 17, 28, 60)

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """A masked question as a sparse unit vector: ``buckets`` ascending, ``weights`` beside them."""

    buckets: NDArray[np.int64]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """One regression: weights of buckets ``(buckets, intents)``, of the vector ``(dimension, intents)``, bias.

    ``temperature`` divides the scores, so that the shares say how often such an answer is right.
    """

    grams: Scores
    vector: Scores
    bias: Scores
    temperature: float

    def shares(self, features: Features, vector: Scores | None) -> Scores:
        """Return one probability an intent."""
        scores: Scores = features.weights @ self.grams[features.buckets] + self.bias
        if vector is not None:
            scores = scores + vector @ self.vector
        powers = np.exp((scores - scores.max()) / np.float32(self.temperature))
        shares: Scores = powers / powers.sum()
        return shares


@dataclass(frozen=True, slots=True)
class IntentModel:
    """The trained classifier: one regression on the words alone, one on words and embedding.

    ``csv_hash`` is the SHA-256 of the questions that it was trained on.
    """

    lexical: Head
    joint: Head
    csv_hash: str

    @classmethod
    def load(cls, path: Path = MODEL_FILE) -> IntentModel:
        """Read a stored model; raises ``OSError`` or ``KeyError`` where the file is missing or of another kind."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                lexical=_read_head(stored, "lexical"),
                joint=_read_head(stored, "joint"),
                csv_hash=str(stored["csv_hash"]),
            )

    def predict(self, masked_text: str, vector: Scores | None = None) -> tuple[tuple[Intent, float], ...]:
        """Return every intent with its calibrated probability (0 to 1), the likeliest first.

        ``vector`` is the bundled encoder's unit vector of the same masked text; without it the words decide alone.

        >>> IntentModel.load().predict("〈条款〉由哪个部门牵头？")[0][0]
        'who'
        """
        head = self.lexical if vector is None else self.joint
        shares = head.shares(read_features(masked_text, len(head.grams)), vector)
        order = sorted(range(len(INTENTS)), key=lambda number: (-shares[number], number))
        return tuple((INTENTS[number], float(shares[number])) for number in order)


def _read_head(stored: np.lib.npyio.NpzFile, name: str) -> Head:
    """Read one regression; the weights of buckets are bytes with one scale an intent."""
    return Head(
        grams=stored[f"{name}_grams"].astype(np.float32) * stored[f"{name}_scale"],
        vector=stored[f"{name}_vector"],
        bias=stored[f"{name}_bias"],
        temperature=float(stored[f"{name}_temperature"]),
    )


def read_features(masked_text: str, buckets: int) -> Features:
    """Return the hashed features of a masked question, the same in every process.

    >>> one, other = read_features("〈部门〉管什么？", 1024), read_features(" 〈部门〉管什么", 1024)
    >>> one.buckets.tolist() == other.buckets.tolist()
    True
    """
    weights: dict[int, float] = {}
    for name, weight in _named_features(_canonical(masked_text)):
        bucket = crc32(name.encode("utf-8", "replace")) % buckets
        weights[bucket] = max(weights.get(bucket, 0.0), weight)
    order = sorted(weights)
    values = np.array([weights[bucket] for bucket in order], dtype=np.float32)
    return Features(np.array(order, dtype=np.int64), values / np.sqrt(values @ values))


def _named_features(text: str) -> Iterator[tuple[str, float]]:
    for size, weight in enumerate(_GRAM_WEIGHTS, 1):
        for at in range(len(text) - size + 1):
            yield text[at : at + size], weight
    words = _LATIN_WORD.findall(text)
    yield from ((f"word {word}", 1.0) for word in words)
    yield from ((f"pair {one} {two}", 1.0) for one, two in pairwise(words))
    yield from ((f"slot {mark} {min(text.count(mark), 2)}", 1.0) for mark in _SLOT_MARKS.values())
    yield f"length {sum(len(text) - 2 > step for step in _LENGTH_STEPS)}", 1.0


def _canonical(masked_text: str) -> str:
    """Fold what does not change a question's intent: width, case, digits, kinds of quotes and breaks."""
    text = _SLOT.sub(lambda match: _SLOT_MARKS[match.group()], unicodedata.normalize("NFKC", masked_text).lower())
    text = _BREAKS.sub(" ", _DIGITS.sub("0", _QUOTES.sub('"', text))).strip()
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    return f"{_BEGIN}{text}{_END}"
