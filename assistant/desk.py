"""Everything prepared for reading questions about one plan: its links, its indicator names, its word weights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.agencies import general_bodies

from assistant.links import Linker, Links
from assistant.normalize import normalize
from assistant.reading import Series, series_of
from assistant.subject import Coverage
from corpus import Plan

_PLAIN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return letters, digits and characters alone, as names are compared.

    >>> plain("秸秆 综合利用率（%）")
    '秸秆综合利用率'
    """
    return _PLAIN.sub("", normalize(text).lower())


@dataclass(frozen=True)
class Desk:
    """One plan, made ready once; threads may share it."""

    plan: Plan

    @cached_property
    def linker(self) -> Linker:
        """Finds what a question names in this plan."""
        return Linker(self.plan, general_bodies())

    @cached_property
    def coverage(self) -> Coverage:
        """Weighs the words of this plan."""
        return Coverage(self.plan)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The plan's indicators, all targets of one together."""
        return series_of(self.plan)

    @cached_property
    def names(self) -> tuple[tuple[str, Series], ...]:
        """Every name and alias of an indicator in plain form, longest first."""
        pairs = {(plain(name), series) for series in self.series for name in names_of(series)}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0], pair[1].rows[0].start)))

    @cached_property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Plain title and id of every clause with a heading of its own."""
        return tuple((plain(clause.title), clause.clause_id) for clause in self.plan.clauses if clause.title)

    def named_series(self, text: str) -> tuple[Series, ...]:
        """Return the indicators whose whole name or alias stands in the question; inside a longer name it does not count."""
        rest = plain(text)
        found: dict[Series, None] = {}
        for name, series in self.names:
            if len(name) > 2 and name in rest:
                found[series] = None
        longest = {name for name, series in self.names if series in found and name in rest}
        return tuple(
            series
            for series in found
            if any(
                name in longest and not any(name != other and name in other for other in longest)
                for name, owner in self.names
                if owner == series
            )
        )

    def mask_names(self, text: str, links: Links) -> tuple[tuple[int, int, str], ...]:
        """Return the spans of a question with the names of indicators added, for the intent classifier."""
        spans = list(links.spans)
        for name, _ in self.names:
            at = text.find(name)
            if len(name) > 2 and at >= 0 and not any(at < end and start < at + len(name) for start, end, _ in spans):
                spans.append((at, at + len(name), "指标"))
        return tuple(spans)


def names_of(series: Series) -> Iterable[str]:
    """Yield the name of an indicator and every alias of its rows."""
    yield series.name
    for row in series.rows:
        yield from row.aliases
