"""The wordings of questions over the register (``data/roster.toml``), compiled once; a list is named ``section.name``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.lexicon import lexicon

FILE = Path(__file__).parent / "data" / "roster.toml"


def first_match(name: str, text: str) -> re.Match[str] | None:
    """Return the first place of a text that one list of the table fits; the list is named ``section.name``."""
    return next(matches(name, text), None)


def matches(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield every place of a text that a list of the table fits."""
    return (match for pattern in patterns()[name] for match in pattern.finditer(text))


def worded(name: str, text: str) -> bool:
    """Whether a list of the table fits any place of a text."""
    return any(pattern.search(text) for pattern in patterns()[name])


@cache
def table() -> Mapping[str, Any]:
    """Read the table once per process."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Compile every list of the table, the words in braces filled in."""
    listed_words, cues = table(), lexicon().cues
    words = {name: "|".join(listed) for name, listed in listed_words["words"].items()}
    words |= {
        "lead": cues["lead"].pattern,
        "sole": "|".join(listed_words["roles"]["sole"]),
        "part": f"{cues['share'].pattern}|{cues['part'].pattern}",
        "number": _NUMBER,
    }
    units = listed_words["units"]
    never = "".join(units["not_behind"])
    words["houses"] = _counted(units["houses"], never, listed_words["bounds"])
    words["times"] = _counted(units["times"], never + "".join(units["times_not_behind"]), listed_words["bounds"])
    words["rows"] = _counted(units["rows"], never, listed_words["bounds"])
    filler = "|".join(map(re.escape, sorted(listed_words["filler"]["words"], key=len, reverse=True)))
    compiled = {
        f"{section}.{name}": tuple(re.compile(_filled(one, words), re.IGNORECASE) for one in listed)
        for section in ("roles", "sizes", "extremes", "bodies", "clauses", "absent")
        for name, listed in listed_words[section].items()
    }
    return compiled | {"filler.words": (re.compile(f"(?:{filler})+"),)}


_NUMBER = "[0-9一二两三四五六七八九十]+"


def _counted(units: Sequence[str], never: str, bounds: Mapping[str, Any]) -> str:
    """Return the pattern of a number of things with the words that make a bound of it."""
    before, after = (
        "|".join(sorted((word for listed in bounds[side].values() for word in listed), key=len, reverse=True))
        for side in ("before", "after")
    )
    unit = "|".join(units)
    return rf"(?P<before>{before})?\s*(?<![{never}])(?P<number>{_NUMBER})\s*(?:{unit})(?P<after>{after})?"


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for _ in range(2):  # a number of bodies is told with the words for bodies
        for name, value in words.items():
            pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
