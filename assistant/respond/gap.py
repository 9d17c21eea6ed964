"""How far what a question supposes is from a target: 假如已经做了 420 家，还差几家."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assistant.draft import Draft
from assistant.reading import Reading, Series
from assistant.respond.phrasing import measure, number
from corpus import Indicator
from corpus.quantities import Quantity, to_base

_AT_MOST = ("<=", "<")


def supposed(reading: Reading, series: Series) -> tuple[Quantity, Indicator] | None:
    """Return the figure that a question supposes to be reached, with the target that it asks the rest of; else None."""
    if not (reading.asks("remaining") or _supposes(reading)):
        return None
    rows = [row for row in series.rows if row.is_numeric]
    wanted = [row for row in rows if row.strength != "firm"] if reading.asks("strive", "incentive") else rows
    for claim in reading.links.quantities:
        for row in wanted or rows:
            told = _in_unit_of(row, claim)
            if told.unit and told.unit in row.unit and told.value != Decimal(row.value):
                return told, row
    return None


def _in_unit_of(row: Indicator, claim: Quantity) -> Quantity:
    """Return a figure in the unit of a target, where that only has another name or size: 30万方每天 in 万立方米/日."""
    base, name = claim.base
    one, own = to_base(Decimal(1), row.unit)
    if name != own or claim.unit == row.unit:
        return claim
    exact = base / one
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return replace(claim, value=value, unit=row.unit) if Fraction(value) == exact else claim


def alone_in_unit(reading: Reading, series: Series) -> bool:
    """Whether what is left is asked of the only indicator that is told in the unit of the figure: 管网修了2500公里，欠多少."""
    found = supposed(reading, series)
    if found is None or found[1].unit == "%":
        return False
    return all(found[0].unit not in one.unit for one in reading.plan.indicators if one.name != series.name)


def _supposes(reading: Reading) -> bool:
    """Whether a figure is told as reached, or only imagined: 眼下是82%，差几个点; 如果修了1000公里呢."""
    if reading.asks("supposed") and reading.asks("difference"):
        return True
    return reading.asks("conditional") and not reading.asks("verify", "list", "who")


def say_gap(draft: Draft, claim: Quantity, row: Indicator) -> None:
    """Work out in plain sight what is left; the supposed figure is told as the asker's."""
    target = Decimal(row.value)
    capped = row.comparator in _AT_MOST
    left = claim.value - target if capped else target - claim.value
    unit = "个百分点" if row.unit == "%" else row.unit
    said = f"{draft.compute(number(claim.value))}{'' if row.unit == '%' else ' '}{row.unit}"
    if (
        left and claim.unit != row.unit
    ):  # 330克 leaves out 标准煤/千瓦时: which is nearer is plain, the sum holds where the same is meant
        high, low = draft.compute(number(max(claim.value, target))), draft.compute(number(min(claim.value, target)))
        gap = draft.compute(number(abs(left)))
        draft.say(
            f"按您说的 {number(claim.value)} {claim.unit}计算，{'还没有达到' if left > 0 else '已经达到'}目标；"
            f"如果单位与方案相同，相差：{high} − {low} = {gap}。"
        )
        return
    if not left:
        draft.say("按您说的数计算，正好达到目标。")
        return
    terms = [said, measure(row)] if capped == (left > 0) else [measure(row), said]
    told = f"{' − '.join(terms)} = {draft.compute(number(abs(left)))} {unit}"
    if left > 0:
        draft.say(f"按您说的 {said}计算，离目标还差：{told}。")
    else:
        draft.say(f"按您说的 {said}计算，这个数已经达到目标，相差：{told}。")
