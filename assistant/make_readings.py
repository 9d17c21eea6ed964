"""Makes ``data/readings.txt``, how each character sounds, from pypinyin: ``python -m assistant.make_readings``.

The table is stored because pypinyin reads 3 MB of phrases when it is imported, which a question should not wait for.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.pinyin import FILE

# A second reading counts where at least this share of the phrases with the character, and this many of them, have it.
_SHARE = 0.05
_PHRASES = 3
_HEADER = (
    "# Pinyin without tones (v for ü) and the characters of GB 2312 that are read so; python -m assistant.make_readings"
)


def main() -> None:
    """Write the table."""
    FILE.write_text(table(), encoding="utf-8")


def table() -> str:
    """Return the whole text of the table, one syllable a line."""
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for character, syllables in _readings():
        for syllable in syllables:
            by_syllable[syllable].append(character)
    lines = (f"{syllable} {''.join(characters)}" for syllable, characters in sorted(by_syllable.items()))
    return "\n".join([_HEADER, *lines]) + "\n"


def _readings() -> Iterator[tuple[str, list[str]]]:
    """Yield every character of GB 2312 with its usual reading and those that are common in phrases."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT  # noqa: PLC0415 - slow to import, needed here alone

    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        for character, readings in zip(phrase, syllables, strict=False):
            seen[character][_toneless(readings[0])] += 1
    for number in range(0x4E00, 0xA000):
        character = chr(number)
        if number in PINYIN_DICT and _is_gb2312(character):
            first = _toneless(PINYIN_DICT[number].split(",")[0])
            counts = seen[character]
            common = [
                syllable
                for syllable, count in sorted(counts.items())
                if count >= max(_PHRASES, _SHARE * counts.total())
            ]
            yield character, list(dict.fromkeys([first, *common]))


def _is_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _toneless(syllable: str) -> str:
    """Return a syllable in plain letters.

    >>> _toneless("lǜ"), _toneless("zhàng")
    ('lv', 'zhang')
    """
    parts = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    letters = unicodedata.normalize("NFC", "".join(one for one in parts if one not in "\u0300\u0301\u0304\u030c"))
    return letters.replace("ü", "v").replace("\u0308", "").replace("ê", "e")


if __name__ == "__main__":
    main()
