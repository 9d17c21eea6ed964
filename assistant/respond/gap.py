"""How far what a question supposes is from a target: 假如已经做了 420 家，还差几家."""

from __future__ import annotations

from decimal import Decimal

from assistant.draft import Draft
from assistant.reading import Reading, Series
from assistant.respond.phrasing import measure, number
from corpus import Indicator
from corpus.quantities import Quantity

_AT_MOST = ("<=", "<")


def supposed(reading: Reading, series: Series) -> tuple[Quantity, Indicator] | None:
    """Return the figure that a question supposes to be reached, with the target that it asks the rest of; else None."""
    if not (reading.asks("remaining") or _supposes(reading)):
        return None
    rows = [row for row in series.rows if row.is_numeric]
    wanted = [row for row in rows if row.strength != "firm"] if reading.asks("strive", "incentive") else rows
    for claim in reading.links.quantities:
        for row in wanted or rows:
            if claim.unit and claim.unit in row.unit and claim.value != Decimal(row.value):
                return claim, row
    return None


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
    ):  # 330克 leaves out 标准煤/千瓦时: which is nearer is plain, the sum is not the asker's
        draft.say(f"按您说的数计算，{'还没有达到' if left > 0 else '已经达到'}目标。")
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
