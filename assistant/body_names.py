"""The words by which people call the bodies of a plan: short and old names, fields, suffixes of another level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.normalize import normalize
from corpus import Plan
from corpus.agencies import agency_aliases, split_name

_LEVEL = re.compile(r"^(?:省|市|自治区|区|县|州)(?=..)")


def alias_table(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Map the words people use for the plan's bodies to canonical names; words that fit several name them all."""
    table: dict[str, dict[str, None]] = {}
    for name in dict.fromkeys(row.name for row in plan.responsibilities):
        for words in map(normalize, (name, *(alias.text for alias in agency_aliases(name, plan.region)))):
            for form in (words, _LEVEL.sub("", words)):  # 省农委 is 农委 as well
                for spoken in (form, *_departments(form)):
                    table.setdefault(spoken.lower(), {})[name] = None
    exact = {normalize(name).lower() for name in {row.name for row in plan.responsibilities}}
    return {words: _words_owner(words, names, exact) for words, names in table.items() if len(words) > 1}


def fields_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the field of each body of a plan with its name: 生态环境 of 省生态环境厅."""
    names = dict.fromkeys(row.name for row in plan.responsibilities)
    kernels = [(split_name(normalize(name))[1], name) for name in names]
    return tuple((kernel.stem, name) for kernel, name in kernels if kernel is not None)


def of_another_suffix(
    plan: Plan, general_bodies: Mapping[str, str], known: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Map what people call a body of the plan with the suffix of another level: 环保局 and 水利局 for a province's 厅.

    The names of ministries stay theirs, and so do names that the plan's own bodies bear.
    """
    owners: dict[str, dict[str, None]] = {}
    for name in dict.fromkeys(row.name for row in plan.responsibilities):
        kernel = split_name(normalize(name))[1]
        if kernel is not None and kernel.suffix in _SUFFIXES:
            owners.setdefault(kernel.stem, {})[name] = None
    found: dict[str, tuple[str, ...]] = {}
    for words, name in general_bodies.items():
        kernel = split_name(name)[1]
        if kernel is None or words in known or not words.endswith(_SUFFIXES) or words.endswith("总局"):
            continue
        bodies = tuple(owners.get(kernel.stem, ()))
        if len(bodies) == 1 and len(words) > 2:
            found |= {words: bodies, f"省{words}": bodies} if bodies[0].startswith("省") else {words: bodies}
    return found


_SUFFIXES = ("厅", "局", "委")
_DEPARTMENT = re.compile(r"(?P<field>.{2,})(?:厅|局|委)$")


def _departments(name: str) -> tuple[str, ...]:
    """Return what a body is called by its field: 统计部门 for 统计局, 能源主管部门 for 能源局, 税务那边 for 税务局."""
    match = _DEPARTMENT.match(name)
    return tuple(f"{match['field']}{behind}" for behind in _BEHIND_FIELD) if match else ()


_BEHIND_FIELD = ("部门", "主管部门", "那边", "这边", "那头", "条线", "口子")


def _words_owner(words: str, names: Iterable[str], exact: set[str]) -> tuple[str, ...]:
    """Return the owners of an alias: the body itself where the words are its full name, else all that share them."""
    if words in exact:
        return tuple(name for name in names if normalize(name).lower() == words)
    return tuple(names)


def scanner(words: Iterable[str]) -> re.Pattern[str]:
    """Compile words into one pattern, longest first, so that 省生态环境厅 goes before 环境厅."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    # 自然资源部门 is not 自然资源部.
    parts = [re.escape(word) + ("(?!门)" if word.endswith("部") else "") for word in ordered]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
