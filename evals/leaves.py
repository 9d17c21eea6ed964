r"""The texts inside a cell: one cell may hold several, and any text must come back as it was.

What a reader would change or cannot see (a space at the end, a sign that parts texts, a control character) is written
as ``\u0020``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from evals.columns import section

_WRITTEN = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_EMPTY: str = section("words")["empty"]


def write_leaf(text: str, parting: str = "") -> str:
    r"""Return a text as a cell holds it; the characters of ``parting`` would end it there.

    >>> write_leaf("甲；乙 ", "；"), write_leaf(""), write_leaf("C:\\u0041")
    ('甲\\uff1b乙\\u0020', '（空）', 'C:\\u005cu0041')
    """
    if not text:
        return _EMPTY
    if text == _EMPTY:
        parting += text[0]  # or it would be read as no text at all
    safe = _WRITTEN.sub(lambda found: _code("\\") + found[0][1:], text)
    head, body, tail = _around(safe)
    return "".join(
        _code(sign) if edge or sign in parting or _is_lost(sign) else sign
        for part, edge in ((head, True), (body, False), (tail, True))
        for sign in part
    )


def read_leaf(text: str) -> str:
    r"""Return the text that was written; white space around it is nobody's intention.

    >>> read_leaf(" 甲\\uff1b乙\\u0020 "), read_leaf("（空）")
    ('甲；乙 ', '')
    """
    stripped = text.strip()
    return "" if stripped == _EMPTY else _WRITTEN.sub(lambda found: _decoded(found[1] or found[2]), stripped)


def write_lines(texts: Iterable[str], parting: str = "") -> str:
    """Return several texts as the lines of one cell."""
    return "\n".join(write_leaf(text, parting + "\n") for text in texts)


def read_parts(text: str, parting: str) -> tuple[str, ...]:
    r"""Return the texts of a cell that are parted by one of the characters, empty ones left out.

    >>> read_parts("甲；乙；;\\n 丙 ", "；;\\n")
    ('甲', '乙', '丙')
    """
    return tuple(read_leaf(part) for part in re.split(f"[{re.escape(parting)}]", text) if part.strip())


def _around(text: str) -> tuple[str, str, str]:
    """Part white space at both ends from what is between."""
    rest = text.lstrip()
    body = rest.rstrip()
    return text[: len(text) - len(rest)], body, rest[len(body) :]


def _is_lost(sign: str) -> bool:
    return sign != "\n" and (unicodedata.category(sign) in _INVISIBLE or sign in "\ufffe\uffff")


def _code(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _decoded(digits: str) -> str:
    number = int(digits, 16)
    is_character = number < 0x110000 and unicodedata.category(chr(number)) != "Cs"  # half a pair is none
    return chr(number) if is_character else f"\\{'u' if len(digits) == 4 else 'U'}{digits}"
