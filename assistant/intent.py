"""What a question wants: a small logistic regression over hashed character n-grams, read with numpy alone.

The model is trained by ``python -m assistant.train_intent`` (which also holds the rules for borderline questions) and
lies in ``data/intent_model.npz``. Its input is the masked question: the linker has put 〈部门〉, 〈指标〉, 〈条款〉, 〈年份〉,
〈数值〉 or 〈地名〉 in the place of what it knows, so that the model sees the form of a question and not its subject.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
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
_LONGEST_GRAM = 4
# Long questions ask at their beginning or at their end; what lies between is a story or a pasted clause.
_HEAD = _TAIL = 120
_LENGTH_STEPS = (2, 4, 7, 11, 17, 28, 60)


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of one regression: hashed features ``(buckets, intents)``, vector ``(dimension, intents)``, bias."""

    grams: NDArray[np.float32]
    vector: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, buckets: NDArray[np.int64], vector: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """Return one score an intent; ``buckets`` are those of :func:`features`."""
        total: NDArray[np.float32] = self.grams[buckets].sum(axis=0) / np.float32(np.sqrt(len(buckets))) + self.bias
        return total if vector is None else total + vector @ self.vector


@dataclass(frozen=True, slots=True)
class IntentModel:
    """The trained classifier. ``csv_hash`` is the SHA-256 of the questions that it was trained on."""

    lexical: Head
    temperature: float
    csv_hash: str

    @classmethod
    def load(cls, path: Path = MODEL_FILE) -> IntentModel:
        """Read a stored model; raises ``OSError`` or ``KeyError`` where the file is missing or of another kind."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                lexical=Head(
                    grams=stored["grams"].astype(np.float32) * stored["scale"].astype(np.float32),
                    vector=np.zeros((0, len(INTENTS)), np.float32),
                    bias=stored["bias"].astype(np.float32),
                ),
                temperature=float(stored["temperature"]),
                csv_hash=str(stored["csv_hash"]),
            )

    def predict(self, masked_text: str, vector: NDArray[np.float32] | None = None) -> tuple[tuple[Intent, float], ...]:
        """Return every intent with its calibrated probability (0 to 1), the likeliest first.

        ``vector`` is the question's embedding, for models that were trained with one.

        >>> IntentModel.load().predict("〈条款〉由哪个部门牵头？")[0][0]
        'who'
        """
        head = self.lexical
        scores = head.scores(features(masked_text, len(head.grams)), None) / self.temperature
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        order = sorted(range(len(INTENTS)), key=lambda index: (-shares[index], index))
        return tuple((INTENTS[index], float(shares[index])) for index in order)


def features(masked_text: str, buckets: int) -> NDArray[np.int64]:
    """Return the buckets of a masked question's features, each once, in ascending order.

    >>> bool((features("〈部门〉管什么", 1024) == features(" 〈部门〉管什么", 1024)).all())
    True
    """
    text = _canonical(masked_text)
    names = {text[at : at + size] for size in range(1, _LONGEST_GRAM + 1) for at in range(len(text) - size + 1)}
    words = _LATIN_WORD.findall(text)
    names.update(f"word {word}" for word in words)
    names.update(f"pair {one} {two}" for one, two in itertools.pairwise(words))
    names.update(f"slot {mark} {min(text.count(mark), 2)}" for mark in _SLOT_MARKS.values())
    names.add(f"length {sum(len(text) - 2 > step for step in _LENGTH_STEPS)}")
    return np.array(sorted({crc32(name.encode()) % buckets for name in names}), dtype=np.int64)


def _canonical(masked_text: str) -> str:
    """Fold what does not change a question's intent: width, case, digits, kinds of quotes and breaks."""
    text = _SLOT.sub(lambda match: _SLOT_MARKS[match.group()], unicodedata.normalize("NFKC", masked_text).lower())
    text = _BREAKS.sub(" ", _DIGITS.sub("0", _QUOTES.sub('"', text))).strip()
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    return f"{_BEGIN}{text}{_END}"
