"""How characters sound: readings without tones, sounds that people confuse, syllables in Latin letters."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FILE = DATA / "readings.txt"


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            syllable, characters = line.split()
            for character in characters:
                found[character] = (*found.get(character, ()), syllable)
    return found


def readings(character: str) -> tuple[str, ...]:
    """Return the toneless readings of a character, v for ü; none for what is no common Chinese character.

    >>> readings("率"), readings("污"), readings("5")
    (('lv', 'shuai'), ('wu',), ())
    """
    return _table().get(character, ())


@cache
def syllables() -> frozenset[str]:
    """Return every syllable of the standard language."""
    return frozenset(syllable for found in _table().values() for syllable in found)


@cache
def _by_syllable() -> dict[str, str]:
    return {syllables[0]: character for character, syllables in _table().items() if len(syllables) == 1}


def rare_character(syllable: str) -> str | None:
    """Return a character that is read so and in no other way, the last of the standard's order; None for no syllable.

    >>> readings(rare_character("wu") or ""), rare_character("what")
    (('wu',), None)
    """
    return _by_syllable().get(syllable)


@lru_cache(maxsize=1024)
def fold_sound(syllable: str) -> str:
    """Return one form for the syllables that many speakers do not keep apart.

    >>> fold_sound("zhang") == fold_sound("zan"), fold_sound("wu") == fold_sound("wo")
    (True, False)
    """
    for wide, narrow in _confused()["initials"]:
        if syllable.startswith(wide):
            syllable = narrow + syllable.removeprefix(wide)
            break
    for wide, narrow in _confused()["finals"]:
        if syllable.endswith(wide):
            return syllable.removesuffix(wide) + narrow
    return syllable


@cache
def _confused() -> dict[str, list[list[str]]]:
    data: dict[str, dict[str, list[list[str]]]] = tomllib.loads((DATA / "spelling.toml").read_text(encoding="utf-8"))
    return data["sounds"]
