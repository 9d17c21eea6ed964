"""A part of a target that a question asks for: half of it, 六成 of it, what falls to each of five years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.draft import Draft
from assistant.reading import Reading, Series
from assistant.respond.claims import is_part_of_target
from assistant.respond.phrasing import measure, number, rounded
from corpus import Indicator
from corpus.quantities import Quantity

_AT_MOST = ("<=", "<")
_TIMES = ("年", "个月", "月", "季度")
_ASKING = ("year", "amount", "count", "per_year", "mean", "conditional")


@dataclass(frozen=True, slots=True)
class Portion:
    """The part ``told`` of a target; where it is ``spread``, one of so many equal parts; at a ``pace``, how many years of it."""

    row: Indicator
    told: Quantity
    spread: bool = False
    pace: bool = False


def portion(reading: Reading, series: Series) -> Portion | None:
    """Return the part of a target that a question asks for; None where it asks for none.

    A limit (at most 300 grams) has no parts, and a fall by 10% in five years is no 2% in each.
    """
    if reading.asks("verify", "list", "who", "term") or not reading.asks(*_ASKING):
        return None
    rows = [row for row in series.rows if row.is_numeric and row.comparator not in _AT_MOST]
    return next(_portions(reading, rows[0]), None) if len(rows) == 1 else None


def _portions(reading: Reading, row: Indicator) -> Iterator[Portion]:
    for told in reading.links.quantities:
        if told.comparator != "=" or told.upper is not None or not told.value:
            continue
        if told.unit == "%" or told.unit.startswith("/"):
            if row.unit != "%" or is_part_of_target(reading.text, told):
                yield Portion(row, told)
        elif told.unit == row.unit != "%" and reading.asks("per_year") and reading.asks("year"):
            yield Portion(row, told, pace=True)  # 每年修1000公里，几年修完
        elif row.unit != "%" and told.unit in _TIMES and reading.asks("spread"):
            yield Portion(row, told, spread=True)


def say_portion(draft: Draft, asked: Portion, *, left: bool = False) -> None:
    """Work out a part in plain sight, told as reckoned from what the asker says; with ``left``, what remains too."""
    row, told = asked.row, asked.told
    unit = f"{'' if row.unit == '%' else ' '}{row.unit}"
    if asked.pace:
        years, sign = rounded(Decimal(row.value) / told.value)
        by = f"{draft.compute(number(told.value))}{unit}"
        draft.say(f"每年按您说的 {by}计算，需要的年数：{measure(row)} ÷ {by} {sign} {draft.compute(years)}。")
        draft.say("方案没有写分年的数，这只是算术上的结果。")
        return
    if asked.spread:
        by = draft.compute(number(told.value))
        share, sign = rounded(Decimal(row.value) / told.value)
        draft.say(f"按您说的 {by} {told.unit}平均：{measure(row)} ÷ {by} {sign} {draft.compute(share)}{unit}。")
        draft.say("方案没有写分年的数，这只是算术上的平均。")
        return
    share, sign, factor = _share(draft, row, told)
    whole = f"{draft.compute(share)}{unit}"
    draft.say(f"按您说的{told.text.strip()}计算：{measure(row)} {factor} {sign} {whole}。")
    if left:
        rest = Decimal(row.value) - Decimal(share)
        draft.say(f"离目标还差：{measure(row)} − {whole} = {draft.compute(number(rest))}{unit}。")
    draft.say("这是按比例算出来的，方案没有单独写这个数。")


def _share(draft: Draft, row: Indicator, told: Quantity) -> tuple[str, str, str]:
    """Return the part of a target, the sign before it, and what is done with the target: × 60%, ÷ 3 × 2."""
    value = draft.compute(number(told.value))
    if told.unit == "%":
        return *rounded(Decimal(row.value) * told.value / 100), f"× {value}%"
    parts = draft.compute(told.unit.removeprefix("/"))
    return *rounded(
        Decimal(row.value) * told.value / Decimal(parts)
    ), f"÷ {parts}{f' × {value}' if value != '1' else ''}"
