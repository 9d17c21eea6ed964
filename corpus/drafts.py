"""A target as it is read, before it has an id, and what the sentence has said so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.dates import Date
from corpus.model import Comparator, Strength


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed target; ``start`` and ``end`` are the quote's offsets in the plan's text."""

    name: str
    comparator: Comparator
    value: str
    unit: str
    direction: str
    strength: Strength
    date: Date | None
    base_year: int | None
    start: int
    end: int

    @property
    def target_year(self) -> int | None:
        """The year by which the target is to be reached, where the text says one."""
        return self.date.year if self.date else None

    @property
    def period(self) -> str | None:
        """The five-year period or the span of years (2021—2023) that the text names."""
        if self.date is None or self.date.first_year is None:
            return None
        return self.date.period or f"{self.date.first_year}—{self.date.year}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a group. ``start`` is where the quote must begin, when that is before the group's own phrase.

    ``dates`` are several terms after the name (使用率2026年、2028年), ``source`` the year that a change starts from.
    """

    name: str
    direction: str
    date: Date | None = None
    versus: int | None = None
    strive: bool = False
    sign: Comparator | None = None
    start: int | None = None
    dates: tuple[Date, ...] = ()
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentence has said before the phrase in hand.

    ``framed``: a term or the heading tells that targets follow. ``strive``: 力争 at the head of the list governs all of
    it, ``governed``: the line that introduces the list says so. ``label`` is what stood before a colon (独角兽企业：2家以上), from ``label_start`` on. ``earlier`` are the targets of
    the clause's sentences before, for a pronoun alone (该比例). ``verb`` is the verb of the phrase before, which its neighbours share (培育 A 3 家，B 20 家).
    """

    dates: tuple[Date, ...] = ()
    versus: int | None = None
    framed: bool = False
    strive: bool = False
    governed: bool = False
    past: bool = False
    benefit: bool = False
    verb: str = ""
    label: str = ""
    label_start: int = 0
    earlier: tuple[Draft, ...] = ()
    said: tuple[Draft, ...] = ()

    @property
    def last(self) -> Draft | None:
        """The target last read."""
        return self.said[-1] if self.said else None

    def after(self, drafts: tuple[Draft, ...]) -> Context:
        """Return what has been said when these targets have been read too."""
        return replace(
            self, said=(*self.said, *drafts), verb="" if drafts[-1].direction == "每年" else drafts[-1].direction
        )
