"""The wording of targets (``targets.toml``), compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.units import any_of

TABLE = Path(__file__).with_name("targets.toml")
SLOT = re.compile(r"\{(\w+)(?::(\w+))?(\?)?\}|([<>()])")
MARKS = {"<": "[“”]?(?P<value>", ">": ")[“”]?", "(": "(?P<direction>", ")": ")"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to word a target without a number. ``framed``: only where a term or a heading tells of targets."""

    pattern: re.Pattern[str]
    framed: bool
    example: dict[str, str]


@dataclass(frozen=True)
class TargetWords:
    """Lists of words by section and name, and the patterns made of them."""

    lists: dict[str, dict[str, tuple[str, ...]]]
    not_before: dict[str, str]
    frames: tuple[Frame, ...]
    counting: re.Pattern[str]
    verb_at_end: re.Pattern[str]
    count_at_start: re.Pattern[str]
    count_at_end: re.Pattern[str]
    head_at_end: re.Pattern[str]
    shared_tail: re.Pattern[str]

    def one_of(self, section: str, *names: str) -> str:
        """Return a pattern for any word of the named lists."""
        return _one_of(tuple(self.lists[section][name] for name in names))


@cache
def _one_of(lists: tuple[tuple[str, ...], ...]) -> str:
    return any_of(word for words in lists for word in words)


@cache
def read_target_words() -> TargetWords:
    """Read and compile the wording of targets."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    frames = table.pop("frame")
    not_before = table["lead"].pop("not_before")
    lists = {section: {name: tuple(words) for name, words in group.items()} for section, group in table.items()}
    verbs = lists["verbs"]
    # Repetition is bounded, for words run into each other (基本 稳定, 基本稳定) and an open end would try every way.
    adverbs = f"{any_of(verbs['adverbs'])}{{0,4}}"
    count = f"{any_of(verbs['count'])}(?:{any_of(verbs['joiners'])}{any_of(verbs['count'])}){{0,3}}"
    any_verb = any_of([*verbs["to"], *verbs["by"], *verbs["state"]])
    head = any_of(lists["heads"]["words"])
    return TargetWords(
        lists=lists,
        not_before=not_before,
        frames=tuple(_frame(frame, lists["words"]) for frame in frames),
        counting=re.compile(count),
        verb_at_end=re.compile(f"(?P<adverbs>{adverbs})(?P<verb>{any_verb}|{count})?$"),
        count_at_start=re.compile(f"(?P<adverbs>{adverbs})(?P<verb>{count})了?"),
        count_at_end=re.compile(f"(?P<adverbs>{adverbs})(?P<verb>{count})$"),
        head_at_end=re.compile(f"{head}$"),
        shared_tail=re.compile(f"{any_of(lists['heads']['modifiers'])}{{0,8}}{head}"),
    )


def _frame(frame: dict[str, Any], words: dict[str, tuple[str, ...]]) -> Frame:
    """Compile a frame: {list}, {list?}, {name}, {name:list} (a name that ends so), {any}, < > the value, ( ) the verb."""

    def slot(found: re.Match[str]) -> str:
        name, ending, optional, mark = found.groups()
        if mark:
            return MARKS[mark]
        if name == "name":
            return f"(?P<name>.{{2,80}}?{any_of(words[ending]) if ending else ''})"
        if name == "any":
            return ".{0,24}?"
        return any_of(words[name]) + (optional or "")

    return Frame(re.compile(SLOT.sub(slot, frame["form"])), frame["framed"], frame["example"])
