"""The two things that a question sets against each other: 秸秆的利用率比化肥农药的利用率高多少.

A question that names both in full needs none of this. Where it names them in words of its own, it is cut at the word
that joins them, and each side is looked up alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.reading import Reading, Series

# Longest first: 相比 before 比. What stands between two things that are set against each other or added up.
_JOINTS = re.compile(
    r"顶得上|抵得上|相当于|相对于|减去|除以|加上|相比|还是|[,、]|比|和|与|跟|同|减|加|是(?=[\u4e00-\u9fff]{2,}几倍|[\u4e00-\u9fff]{2,}的?几)"
)
_LEAST = 3  # characters of a side
_TRIED = 4  # joints that are tried
_MEANT = 0.4  # share from which a side means an indicator
CALCULATES = ("difference", "compare", "ratio", "sum")

LookUp = Callable[[str], tuple[tuple[Series, float], ...]]


def operands(reading: Reading, look_up: LookUp) -> tuple[Series, ...]:
    """Return the two indicators that a question reckons with; empty where its sides do not mean two different ones.

    ``look_up`` returns the indicators that a text means, best first, each with its share.
    """
    if not reading.asks(*CALCULATES) or reading.links.names:
        return ()
    for left, right in sides(reading.text):
        first, second = _best(look_up(left)), _best(look_up(right))
        if first and second and first != second:
            return first, second
    return ()


def sides(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each joint of a question.

    >>> list(sides("秸秆利用率比化肥利用率高多少"))
    [('秸秆利用率', '化肥利用率高多少')]
    """
    tried = 0
    for joint in _JOINTS.finditer(text):
        left, right = text[: joint.start()].strip(), text[joint.end() :].strip()
        if len(left) >= _LEAST and len(right) >= _LEAST and tried < _TRIED:
            tried += 1
            yield left, right


def _best(found: tuple[tuple[Series, float], ...]) -> Series | None:
    numeric = [(one, share) for one, share in found if any(row.is_numeric for row in one.rows)]
    return numeric[0][0] if numeric and numeric[0][1] >= _MEANT else None
