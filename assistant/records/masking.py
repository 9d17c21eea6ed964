"""Personal data in a text, masked before anything is written: identity cards, mobile numbers, bank cards, e-mail addresses.

What is masked goes by shape and check digit, so that the figures of a plan stay. Where both readings are open (eleven
digits may be a sum of money), it is masked: a record can do without a figure, not without discretion.
"""

from __future__ import annotations

import re
import unicodedata

IDENTITY, MOBILE, CARD, MAIL, LONG = "[身份证号]", "[手机号]", "[银行卡号]", "[邮箱]", "[长号码]"

# No figure and no date of a plan has so many digits in a row: an account, a serial number, or several numbers glued together.
_TOO_LONG = 20
_CARD_LENGTHS = range(13, 20)
_GAP = r"[ \u3000\u00a0\-－‐-―]?"
_NUMBER = re.compile(
    # People write numbers in groups: 6-8-4 on an identity card, 3-4-4 of a telephone, fours of a bank card.
    rf"(?<!\d)(?:\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}(?:[XxＸｘ]|\d(?!\d))"
    rf"|(?:(?:[+＋]|[0０]{{2}})?[8８][6６]{_GAP})?[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"
    rf"|\d{{4}}(?:{_GAP}\d{{4}}){{2,3}}{_GAP}\d{{1,4}}(?!\d)"
    rf"|\d+[XxＸｘ]?)"
)
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_MAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+ ?[@＠] ?[A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+")
# Of an identity card (GB 11643-1999, ISO 7064 MOD 11-2): the weight of each of the first 17 digits, the last by the remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST = "10X98765432"


def mask(text: str) -> str:
    """Return the text with personal numbers and addresses replaced by what they are.

    Characters that cannot be seen or stored (of zero width, halves of pairs, NUL) are dropped first.

    >>> mask("我叫张三，电话 138 0013 8000，邮箱 a.b@example.org，秸秆利用率86%是哪年的目标？")
    '我叫张三，电话 [手机号]，邮箱 [邮箱]，秸秆利用率86%是哪年的目标？'
    """
    seen = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return _NUMBER.sub(_judged, _MAIL.sub(MAIL, seen))


def _judged(found: re.Match[str]) -> str:
    number = "".join(_plain(sign) for sign in found[0] if sign.isdecimal() or sign in "XxＸｘ")
    digits = number.rstrip("X")
    if is_identity_card(number):
        return IDENTITY
    if _MOBILE.fullmatch(digits):
        return MOBILE + number[len(digits) :]
    if len(digits) in _CARD_LENGTHS and passes_luhn(digits):
        return CARD + number[len(digits) :]
    return LONG if len(digits) >= _TOO_LONG else found[0]


def _plain(sign: str) -> str:
    """Return a digit of any script as ASCII, and every x as X."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else "X"


def is_identity_card(number: str) -> bool:
    """Tell whether 18 characters are a Chinese identity card number, by its check digit.

    >>> is_identity_card("11010519491231002X"), is_identity_card("110105194912310021")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[-1] == _LAST[total % len(_LAST)]


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others as on a bank card (ISO/IEC 7812-1, Luhn).

    >>> passes_luhn("6222021234567890128"), passes_luhn("6222021234567890123")
    (True, False)
    """
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
