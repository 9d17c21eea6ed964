"""Masking: what is personal is gone in every way of writing it, and the figures of a plan stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records.masking import CARD, IDENTITY, LONG, MAIL, MOBILE, is_identity_card, mask, passes_luhn

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
AROUND = st.text(alphabet="我的号码是，。：（）a甲\n", max_size=5)
GAPS = st.sampled_from(["", " ", "-", "\u3000", "\u200b"])


def _identity(first: str) -> str:
    return next(first + last for last in "0123456789X" if is_identity_card(first + last))


def _card(first: str) -> str:
    return next(first + last for last in "0123456789" if passes_luhn(first + last))


IDENTITIES = st.from_regex(r"[1-9][0-9]{16}", fullmatch=True).map(_identity)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CARDS = st.from_regex(r"[3-6][0-9]{11,17}", fullmatch=True).map(_card)


def _groups(number: str, *ends: int) -> list[str]:
    starts = (0, *ends)
    return [number[start:end] for start, end in zip(starts, (*ends, len(number)), strict=True)]


@given(IDENTITIES, GAPS, AROUND, AROUND, st.booleans())
def test_no_identity_card_is_left(number: str, gap: str, before: str, after: str, wide: bool) -> None:
    """A number with a right check digit is masked, in groups or not, in full width or not, whatever stands around it."""
    written = gap.join(_groups(number, 6, 14))
    said = mask(before + (written.translate(WIDE) if wide else written) + after)
    assert IDENTITY in said
    assert not any(sign.isdecimal() for sign in said)


@given(MOBILES, st.sampled_from(["", "86", "+86 ", "0086-"]), GAPS, AROUND, st.booleans())
def test_no_mobile_number_is_left(number: str, code: str, gap: str, around: str, wide: bool) -> None:
    """A mobile number is masked with its country code, in groups or not, in full width or not."""
    written = code + gap.join(_groups(number, 3, 7))
    said = mask(around + (written.translate(WIDE) if wide else written) + around)
    assert MOBILE in said
    assert not any(sign.isdecimal() for sign in said)


@given(CARDS, GAPS, AROUND, AROUND)
def test_no_bank_card_is_left(number: str, gap: str, before: str, after: str) -> None:
    """A card number that passes Luhn's check is masked, in fours or not."""
    said = mask(before + gap.join(_groups(number, *range(4, len(number), 4))) + after)
    assert not any(sign.isdecimal() for sign in said)


@given(st.emails(), AROUND)
def test_no_address_is_left(address: str, before: str) -> None:
    """No e-mail address can be read whole afterwards."""
    assert address not in mask(f"{before} {address}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    """Whatever a text holds, the masked text is stable, can be written as UTF-8 and holds no NUL."""
    said = mask(text)
    assert mask(said) == said
    assert "\0" not in said
    assert said.encode().decode() == said


@given(st.from_regex(r"[1-9][0-9]{0,9}(\.[0-9]{1,4})?", fullmatch=True))
def test_figures_stay(figure: str) -> None:
    """A figure of up to ten digits is none of them."""
    assert mask(f"达到{figure}吨") == f"达到{figure}吨"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("11010519491231002X13800138000", f"{IDENTITY}{MOBILE}"),
        ("身份证110105194912310021不对", "身份证110105194912310021不对"),
        ("卡号6222 0212 3456 7890 128，密码忘了", f"卡号{CARD}，密码忘了"),
        ("6222021234567890123", "6222021234567890123"),
        ("流水号20210101123456789012345", f"流水号{LONG}"),
        ("写信到 wang.wu＠example.org", f"写信到 {MAIL}"),
        ("2020 2025 2030 年", "2020 2025 2030 年"),
        ("2021-2025年、12345热线、0851-12345678", "2021-2025年、12345热线、0851-12345678"),
        ("1\u200b38\u200b00138000", MOBILE),
        ("\ud800半个\0字", "半个字"),
    ],
)
def test_cases_at_the_border(text: str, said: str) -> None:
    """What only looks like a personal number stays; what is split or glued together does not get through."""
    assert mask(text) == said


def test_the_plans_are_not_touched() -> None:
    """The shipped plans hold nothing personal, so masking leaves every character of them."""
    for path in (Path(__file__).parents[2] / "corpus" / "plans").glob("*/plan.txt"):
        text = path.read_text(encoding="utf-8")
        assert mask(text) == text, path
