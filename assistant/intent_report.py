"""How good the intent classifier is: figures from shares that held-out models gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.intent import INTENTS

Shares = NDArray[np.float64]
Labels = NDArray[np.int64]

VIEWS = ("all slots", "formal slots", "no slots")
THRESHOLDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_BINS = 10


def accuracy(shares: Shares, labels: Labels) -> float:
    """Return the share of questions whose likeliest intent is theirs.

    >>> accuracy(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 1]))
    0.5
    """
    return float(np.mean(shares.argmax(axis=1) == labels))


def sharpen(shares: Shares, temperature: float) -> Shares:
    """Return the shares as they are when the scores are divided by ``temperature``."""
    powers = np.exp(np.log(np.clip(shares, 1e-12, 1.0)) / temperature)
    sharpened: Shares = powers / powers.sum(axis=1, keepdims=True)
    return sharpened


def temperature_of(shares: Shares, labels: Labels) -> float:
    """Return the temperature with the least log loss (Guo et al. 2017, On Calibration of Modern Neural Networks)."""
    rows = np.arange(len(labels))
    candidates = np.arange(0.3, 2.01, 0.02)
    losses = [-np.log(sharpen(shares, one)[rows, labels] + 1e-12).mean() for one in candidates]
    return round(float(candidates[int(np.argmin(losses))]), 2)


def calibration_error(shares: Shares, labels: Labels) -> float:
    """Return the expected calibration error over ten equal bins of confidence (0 is best).

    >>> calibration_error(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0, 0]))
    0.0
    """
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
        for one in range(_BINS)
        if (bins == one).any()
    ]
    return float(sum(gaps))


def cascade(sure: Shares, unsure: Shares, threshold: float) -> tuple[Shares, float]:
    """Return ``sure`` where its confidence reaches ``threshold``, else ``unsure``, and the share of questions that got it."""
    asks = sure.max(axis=1) < threshold
    return np.where(asks[:, None], unsure, sure), float(asks.mean())


def report(shares: Mapping[str, Sequence[Shares]], labels: Labels) -> str:
    """Return the tables that a training prints."""
    return "\n".join(_lines(shares, labels))


def _lines(shares: Mapping[str, Sequence[Shares]], labels: Labels) -> Iterator[str]:
    yield f"{len(labels)} questions; accuracy, held out by domain"
    yield f"{'':10}" + "".join(f"{view:>14}" for view in VIEWS)
    for parts, views in shares.items():
        yield f"{parts:10}" + "".join(f"{accuracy(rows, labels):14.4f}" for rows in views)
    cooled = {parts: sharpen(views[1], temperature_of(views[1], labels)) for parts, views in shares.items()}
    yield "\nformal slots: temperature, calibration error before and after"
    for parts, views in shares.items():
        before, after = calibration_error(views[1], labels), calibration_error(cooled[parts], labels)
        yield f"{parts:10} {temperature_of(views[1], labels):.2f} {before:.4f} {after:.4f}"
    yield from _by_intent(cooled, labels)
    yield from _coverage(cooled, labels)
    yield "\nwords first, embedding below a confidence: accuracy, share of questions embedded"
    for threshold in THRESHOLDS[2:]:
        mixed, asked = cascade(cooled["lexical"], cooled["joint"], threshold)
        yield f"{threshold:.2f} {accuracy(mixed, labels):.4f} {asked:.3f}"


def _by_intent(cooled: Mapping[str, Shares], labels: Labels) -> Iterator[str]:
    yield f"\n{'F1':10}" + "".join(f"{parts:>10}" for parts in cooled) + "   confusion of joint (rows: truth)"
    chosen = {parts: rows.argmax(axis=1) for parts, rows in cooled.items()}
    for number, intent in enumerate(INTENTS):
        scores = "".join(f"{_f1(labels == number, rows == number):10.3f}" for rows in chosen.values())
        counts = np.bincount(chosen["joint"][labels == number], minlength=len(INTENTS))
        yield f"{intent:10}{scores}   " + "".join(f"{count:5}" for count in counts)


def _f1(truth: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> float:
    return float(2 * (truth & chosen).sum() / max((truth.sum() + chosen.sum()), 1))


def _coverage(cooled: Mapping[str, Shares], labels: Labels) -> Iterator[str]:
    yield "\nconfidence at least: " + ", ".join(f"{parts} coverage and accuracy" for parts in cooled)
    for threshold in THRESHOLDS:
        cells = []
        for rows in cooled.values():
            kept = rows.max(axis=1) >= threshold
            cells.append(f"{kept.mean():.3f} {accuracy(rows[kept], labels[kept]):.4f}")
        yield f"{threshold:.2f}  " + "   ".join(cells)
