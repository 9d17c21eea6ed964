"""How well proposed targets agree with reviewed ones: precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.indicator_table import plain
from corpus.model import Indicator

ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which rows found a partner. Both shares are 1 where there is nothing to find or to propose."""

    matched: tuple[tuple[Indicator, Indicator], ...]
    missed: tuple[Indicator, ...]
    surplus: tuple[Indicator, ...]

    @property
    def precision(self) -> float:
        """The share of the proposed rows that are right."""
        proposed = len(self.matched) + len(self.surplus)
        return len(self.matched) / proposed if proposed else 1.0

    @property
    def recall(self) -> float:
        """The share of the reviewed rows that were proposed."""
        reviewed = len(self.matched) + len(self.missed)
        return len(self.matched) / reviewed if reviewed else 1.0

    def only(self, kind: Callable[[Indicator], bool]) -> Agreement:
        """Return the agreement on the rows of one kind."""
        return Agreement(
            tuple(pair for pair in self.matched if kind(pair[0])),
            tuple(filter(kind, self.missed)),
            tuple(filter(kind, self.surplus)),
        )


def compare(reviewed: Iterable[Indicator], proposed: Iterable[Indicator]) -> Agreement:
    """Pair each reviewed row with at most one proposed row that says the same (:func:`says_the_same`)."""
    left = list(proposed)
    matched, missed = [], []
    for row in reviewed:
        partners = [other for other in left if says_the_same(row, other)]
        if not partners:
            missed.append(row)
            continue
        best = max(partners, key=lambda other: name_overlap(row.name, other.name))
        left.remove(best)
        matched.append((row, best))
    return Agreement(tuple(matched), tuple(missed), tuple(left))


def says_the_same(one: Indicator, other: Indicator) -> bool:
    """Whether two rows are the same target.

    Equal: clause, unit, comparator, strength, target year, period, base year and value (numbers as numbers; words without
    spaces and quotation marks). The names overlap by at least 0.6 (:func:`name_overlap`). Ids, aliases, the verb and the
    extent of the quote do not count.
    """
    facts = ("clause_id", "unit", "comparator", "strength", "target_year", "period", "base_year", "is_numeric")
    if any(getattr(one, fact) != getattr(other, fact) for fact in facts):
        return False
    same = Decimal(one.value) == Decimal(other.value) if one.is_numeric else plain(one.value) == plain(other.value)
    return same and name_overlap(one.name, other.name) >= ENOUGH


def name_overlap(one: str, other: str) -> float:
    """Return the Dice coefficient of the names' character pairs, 0 to 1.

    >>> name_overlap("污水处理率", "县城污水处理率")
    0.8
    """
    first, second = _pairs(plain(one)), _pairs(plain(other))
    if not first or not second:
        return float(plain(one) == plain(other))
    shared = sum(min(first.count(pair), second.count(pair)) for pair in set(first))
    return 2 * shared / (len(first) + len(second))


def _pairs(name: str) -> Sequence[str]:
    return [name[at : at + 2] for at in range(len(name) - 1)]
