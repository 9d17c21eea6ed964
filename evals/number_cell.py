"""The cell of numbers, written as in a plan: 不低于45%；25%左右；力争21.6%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpus.dates import Date, find_dates
from corpus.quantities import Quantity, find_quantities
from corpus.units import any_of, read_units
from evals.clause_cell import Complain
from evals.columns import section
from evals.question import NumberGold
from evals.wording import read_wording

Row = dict[str, Any]

FORM = "照方案写，如 25%、不低于43%、86%以上、25%左右、力争21.6%"
_EXACT: list[str] = section("comparators")["="]
_STRENGTHS: dict[str, str] = {word: name for name, row in section("strengths").items() for word in row}
_SAID = re.compile(any_of(_STRENGTHS))
_SAME = re.compile(any_of(_EXACT))
_PARTING = re.compile(r"[；;\n、，]|,(?!\d{3})")
_IDLE = re.compile(rf"\s*(?:{any_of(section('words')['around_numbers'])}\s*)*")


def read_numbers(text: str, complain: Complain) -> list[Row]:
    """Return the numbers with unit, comparator and strength, as a question has them; the rest is complained of.

    >>> read_numbers("力争不低于43%；2025年1.86万吨/日", print)[0]
    {'value': '43', 'unit': '%', 'comparator': '>=', 'strength': 'strive'}
    >>> read_numbers("到2025年达到1.86万吨/日", print)
    [{'value': '1.86', 'unit': '万吨/日', 'year': 2025}]
    """
    rows = []
    for part in filter(None, (part.strip() for part in _PARTING.split(text))):
        row = _number(part, complain)
        if row:
            rows.append(row)
    return rows


def write_numbers(golds: Sequence[NumberGold]) -> str:
    """Return the cell that :func:`read_numbers` reads.

    >>> write_numbers([NumberGold(value="43", unit="%", comparator=">=", strength="strive"), NumberGold(value="5", unit="家")])
    '力争不低于43%；5家'
    """
    return "；".join(map(_written, golds))


def _written(gold: NumberGold) -> str:
    sign = gold.comparator
    strength = section("strengths")[gold.strength][0] if gold.strength else ""
    word = section("comparators")[sign] if sign else ""
    word = word[0] if isinstance(word, list) else word
    year = f"{gold.year}年" if gold.year else ""
    return f"{year}{strength}{gold}{word}" if sign == "~" else f"{year}{strength}{word}{gold}"


def _number(part: str, complain: Complain) -> Row | None:
    found = find_quantities(part, bare=True)
    if len(found) != 1:
        complain(f"“{part}”{'里有几个数' if found else '读不出数'}", f"{FORM}，几个数之间用分号隔开" if found else FORM)
        return None
    (number,) = found
    dates = [date for date in find_dates(part) if date.year and not date.period]
    around = "".join("" if _is_said(at, number, dates) else sign for at, sign in enumerate(part))
    left = _IDLE.sub("", _SAME.sub("", _SAID.sub("", around)))
    if not number.unit and left in read_wording().counted:  # 5章
        number, left = replace(number, unit=left), ""
    if len(dates) > 1:
        complain(f"“{part}”里有几个年份", "一个数只写要达到它的那一年")
    elif number.upper is not None:
        complain(f"“{part}”是一个范围", "写成两个数，如“不低于10%；不高于15%”")
    elif not number.unit:
        what = f"单位“{left}”不认识" if left else "没有单位"
        complain(f"“{part}”{what}", "在数后面写上单位，如 45%、12家、1.86万吨/日")
    elif left:
        complain(f"看不懂“{part}”里的“{left}”", FORM)
    elif number.unit.startswith("/") or not is_unit(number.unit):
        complain(f"“{part}”读不出数", "写成小数或百分数，带单位")
    else:
        return _row(number, part) | ({"year": dates[0].year} if dates else {})
    return None


def _is_said(at: int, number: Quantity, dates: Sequence[Date]) -> bool:
    return number.start <= at < number.end or any(date.start <= at < date.end for date in dates)


def is_unit(word: str) -> bool:
    """Whether a word is a unit or counts things.

    >>> is_unit("万吨/日"), is_unit("章"), is_unit("平方"), is_unit("")
    (True, True, False, False)
    """
    return bool(word) and (read_units().base(word) is not None or word in read_wording().counted)


def _row(number: Quantity, part: str) -> Row:
    comparator = "=" if _SAME.search(part) else number.comparator if number.comparator != "=" else ""
    said = _SAID.search(part)
    row = {
        "value": f"{number.value:f}",
        "unit": number.unit,
        "comparator": comparator,
        "strength": _STRENGTHS[said[0]] if said else "",
    }
    return {name: text for name, text in row.items() if text}
