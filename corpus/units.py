"""Units: which words are one, and what each is in its base unit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("units.toml")
PER = re.compile(r"[/／每]")


@dataclass(frozen=True, slots=True)
class Units:
    """The table of units. ``pattern`` matches one printed unit, with its multiplier and its denominator."""

    multipliers: dict[str, Fraction]
    bases: dict[str, tuple[str, Fraction]]
    materials: tuple[str, ...]
    counters: frozenset[str]
    pattern: re.Pattern[str]

    def base(self, unit: str) -> tuple[Fraction, str] | None:
        """Return what one ``unit`` is in its base unit, ``None`` for a word that is no unit.

        >>> read_units().base("万立方米/日"), read_units().base("亿"), read_units().base("克标准煤/千瓦时")
        ((Fraction(10000, 1), '立方米/日'), (Fraction(100000000, 1), ''), (Fraction(1, 1000), '千克标准煤/千瓦时'))
        """
        if not unit:
            return Fraction(1), ""
        over, *under = PER.split(unit, maxsplit=1)
        above = self._simple(over)
        if above is None or not under:
            return above
        below = self._simple(under[0])
        if below is None:
            return None
        return above[0] / below[0], f"{above[1]}/{below[1]}"

    def _simple(self, unit: str) -> tuple[Fraction, str] | None:
        for multiplier in ("", *self.multipliers):
            if not unit.startswith(multiplier):
                continue
            rest = unit[len(multiplier) :]
            material = next((word for word in self.materials if rest.endswith(word) and rest != word), "")
            found = self.bases.get(rest.removesuffix(material))
            if found or not rest:
                name, factor = found or ("", Fraction(1))
                return self.multipliers.get(multiplier, Fraction(1)) * factor, name + material
        return None


@cache
def read_units() -> Units:
    """Read the table of units (``units.toml``)."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    multipliers = {word: Fraction(value) for word, value in table["multipliers"].items()}
    bases = {word: (base, Fraction(factor)) for word, (base, factor) in table["measures"].items()}
    counters = frozenset(table["counters"]["words"])
    bases |= {word: (word, Fraction(1)) for word in [*counters, *table["denominators"]["words"]] if word not in bases}
    materials = tuple(sorted(table["materials"]["words"], key=len, reverse=True))
    pattern = _unit_pattern(table, multipliers, materials)
    return Units(multipliers, bases, materials, counters, pattern)


def any_of(words: Iterable[str], spelled: Callable[[str], str] = re.escape) -> str:
    """Return a pattern that matches one of ``words``, the longest that fits.

    >>> any_of(["达", "达到"])
    '(?:达到|达)'
    """
    return "(?:" + "|".join(spelled(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def _unit_pattern(table: dict[str, Any], multipliers: Iterable[str], materials: Iterable[str]) -> re.Pattern[str]:
    blocked: dict[str, str] = table["not_before"]

    def spelled(name: str) -> str:
        if name in blocked:
            return f"{re.escape(name)}(?![{blocked[name]}])"
        # 5G is a name, 5 GB is not 5 G: a unit in letters ends where the letters end.
        return re.escape(name) + ("(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else "")

    measures: dict[str, list[str]] = table["measures"]
    # What has a weight is of a material (吨标准煤); 到2030年碳达峰 counts no years of carbon.
    weights = {name for name, (base, _) in measures.items() if base == measures["吨"][0]}
    weight = f"{any_of(weights, spelled)}{any_of(materials)}?"
    unit = any_of({*measures, *table["counters"]["words"]} - weights, spelled)
    per = any_of({*table["denominators"]["words"]}, spelled)
    multiplier = any_of(multipliers, spelled)
    # Without a multiplier first: 千瓦时 is no thousand 瓦.
    return re.compile(f"{multiplier}??(?:{weight}|{unit})(?:[/／每]{per})?|{multiplier}")
