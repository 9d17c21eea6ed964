"""Which indicators the words of a question's subject cover, and which have a figure that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.desk import Desk
from assistant.reading import Reading
from assistant.respond.claims import matches
from assistant.targets import Shares, is_opposite

_COVERED = 0.9
_WHOLE = 0.99  # share of a subject's words from which they count as all
_JOINT = re.compile(r"[、,和与及跟或]")


def covered_series(reading: Reading, desk: Desk) -> Shares:
    """Return the indicators whose names and words hold every word of the subject; of a list, those of each item.

    Of 垃圾、污水方面的目标 no indicator holds both words, and each of the two has some.
    """
    words = [word for word in reading.subject.words if len(word) > 1] or list(reading.subject.words)
    if not words:
        return ()
    whole = _holding(words, reading, desk)
    if whole and not (reading.intent == "table" and reading.asks("list")):
        return whole
    parts = [_holding(item, reading, desk) for item in _items(reading.text, words)]
    if len(parts) < 2 or not all(parts):
        return whole
    found = {series for part in parts for series, _ in part}
    return tuple((series, _COVERED) for series in desk.series if series in found)


def _holding(words: Sequence[str], reading: Reading, desk: Desk) -> Shares:
    return tuple(
        (series, _COVERED)
        for series in desk.series
        if not is_opposite(reading, desk, series) and desk.coverage.share(words, desk.told[series]) > _WHOLE
    )


def _items(text: str, words: Sequence[str]) -> list[list[str]]:
    """Return the words of a subject by the items of the list in which they stand; one item where there is no list."""
    items: list[list[str]] = []
    end = 0
    for word in words:
        start = text.find(word, end)
        if start < 0:
            return []
        if not items or _JOINT.search(text, end, start):
            items.append([])
        items[-1].append(word)
        end = start + len(word)
    return items


def claimed_series(reading: Reading, desk: Desk) -> Shares:
    """Return the indicators one of whose targets is a figure of the question, told with its unit."""
    claims = [claim for claim in reading.links.quantities if claim.unit]
    return tuple(
        (series, _COVERED)
        for series in desk.series
        if any(matches(claim, row) for claim in claims for row in series.rows)
    )
