"""The quantities of a phrase that may be targets, in groups (分别达到 55%、45%), with the words around each group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.leads import Lead
from corpus.names import clean_name
from corpus.quantities import Quantity, find_quantities
from corpus.target_words import read_target_words
from corpus.thresholds import is_threshold

MARKS = "、，和及与"
JOINT = re.compile(r"以及|[、和及与]")
ONLY_MARKS = re.compile(r"(?:以及|[、，和及与])+")
NOTE = re.compile(r"[（(][^（）()]*[）)]")
SET_APART = re.compile(r"《[^《》]*》|“[^“”]*”|[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Group:
    """Quantities said side by side. ``before`` begins at ``start``, ``after`` ends at ``end``; ``last`` in the phrase."""

    quantities: tuple[Quantity, ...]
    before: str
    after: str
    start: int
    end: int
    last: bool

    @property
    def first(self) -> Quantity:
        """The first quantity of the group."""
        return self.quantities[0]


def find_groups(text: str, lead: Lead, *, framed: bool = True) -> Iterator[Group]:
    """Yield the groups of a phrase behind its lead; ``framed`` tells that targets follow.

    >>> [(group.before, group.after) for group in find_groups("建成10个园区、新建200家工厂", Lead())]
    [('建成', '园区'), ('、新建', '工厂')]
    """
    quantities = _candidates(text, lead, framed=framed)
    at = lead.end
    index = 0
    while index < len(quantities):
        stop = index + 1
        while stop < len(quantities) and ONLY_MARKS.fullmatch(text, quantities[stop - 1].end, quantities[stop].start):
            stop += 1
        group = tuple(quantities[index:stop])
        before, end = text[at : group[0].start], group[-1].end
        last = stop == len(quantities)
        cut = len(text) if last else _divide(text, end, quantities[stop].start, before)
        yield Group(group, before, text[end:cut], at, cut, last)
        at, index = cut, stop


def _divide(text: str, start: int, end: int, before: str) -> int:
    """Return where the words between two groups pass from the one to the other.

    建成10个园区、新建200家工厂: 园区 | 、新建. 收集率达到70%、处理率达到95%: | 、处理率达到.
    """
    words = read_target_words()
    # 开通通往海岛的2—3条客运航线
    whither = before.endswith("的") and words.count_at_start.match(before)
    counted = words.count_at_end.search(before) or whither or not clean_name(before)
    if not counted or text[start] in MARKS or text.startswith(("并", "且"), start):
        return start
    open_text = NOTE.sub(lambda note: " " * len(note[0]), text[start:end])
    return start + max((found.start() for found in JOINT.finditer(open_text)), default=end - start)


def _candidates(text: str, lead: Lead, *, framed: bool) -> list[Quantity]:
    """Return the quantities that are not in brackets, titles or quotation marks, and no size, condition or term."""
    hidden = [found.span() for found in SET_APART.finditer(text)]
    quantities = [
        quantity
        for quantity in (_shift(found, lead.end) for found in find_quantities(text[lead.end :], bare=True))
        if not any(start <= quantity.number_start < end for start, end in hidden)
    ]
    kept = []
    at = lead.end
    for index, quantity in enumerate(quantities):
        limit = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
        if not is_threshold(quantity, text[at : quantity.start], text[quantity.end : limit], framed=framed):
            kept.append(quantity)
            at = quantity.end
    return kept


def _shift(quantity: Quantity, by: int) -> Quantity:
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        number_start=quantity.number_start + by,
        number_end=quantity.number_end + by,
    )
