"""What is reckoned with targets in plain sight: a difference, a sum, a mean, a ratio, a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.draft import Draft
from assistant.lexicon import lexicon
from assistant.query import IndicatorQuery
from assistant.reading import Series
from assistant.respond.claims import matches, place_of
from assistant.respond.phrasing import measure, number, rounded
from assistant.respond.value import say_bodies
from assistant.respond.who import target_sentence
from corpus import Indicator

_CLAIMS_ORDER = re.compile(
    r"比(?![例重率值])[^,。;?]{2,24}?(?:还|更|要|都)*(?:(?P<more>[高大多强])|[低小少弱])(?:一些|一点)?[,]?(?:[吗吧么]|对|是不是|是吧|没错)"
)


def _order_verdict(text: str, rows: Sequence[Indicator]) -> str:
    """Say yes or no to which of two targets a question calls the higher: 甲率比乙率高吧; empty where it calls none."""
    claim = _CLAIMS_ORDER.search(text)
    if (
        not claim
        or len(rows) != len({row.name for row in rows})
        or len({row.unit for row in rows}) > 1
        or len(rows) != 2
    ):
        return ""
    first, second = (Decimal(row.value) for row in rows)
    return "是的。" if (first > second if claim["more"] else first < second) else "不是。"


def calculate(query: IndicatorQuery, draft: Draft, rows: Sequence[Indicator], text: str = "") -> Draft:
    """Work out a difference, a sum, a mean, a ratio or a comparison of targets in plain sight."""
    verdict = _order_verdict(text, rows)
    for series in query.named or [Series(row.name, (row,)) for row in rows]:
        draft.say(verdict + target_sentence(draft, series))
        verdict = ""
    if len({row.unit for row in rows}) > 1 or len(rows) < 2:
        draft.say("这些目标的单位不同，不能直接比较或相加减。")
    elif query.operation == "sum":
        total = sum((Decimal(row.value) for row in rows), Decimal())
        terms = " + ".join(measure(row) for row in rows)
        draft.say(f"合计：{terms} = {draft.compute(number(total))} {_unit_of_sum(rows[0].unit)}。")
    elif query.operation == "mean":
        _say_mean(draft, rows)
    elif query.operation == "ratio":
        _say_ratio(draft, rows)
    else:
        _say_difference(draft, rows)
    if query.operation in ("sum", "mean") and rows[0].unit == "%" and len({row.name for row in rows}) > 1:
        kind = "加起来只是算术上的和" if query.operation == "sum" else "平均只是算术上的平均"
        draft.say(f"这几项比例各有各的对象，{kind}，不表示总的比例。")
    if any(row.comparator != "=" for row in rows):
        draft.say("目标不是定数的（以上、左右等），按方案所写的数值计算。")
    say_bodies(draft, list(dict.fromkeys(row.clause_id for row in rows)))
    return draft


def _say_mean(draft: Draft, rows: Sequence[Indicator]) -> None:
    """Add up and divide, each in a sum of its own: 80% + 60% = 140%, 140% ÷ 2 = 70%."""
    unit = f"{'' if rows[0].unit == '%' else ' '}{rows[0].unit}"
    total = sum((Decimal(row.value) for row in rows), Decimal())
    size = draft.compute(len(rows))
    mean, sign = rounded(total / len(rows))
    whole = f"{draft.compute(number(total))}{unit}"
    draft.say(
        f"{size} 项的平均：{' + '.join(measure(row) for row in rows)} = {whole}，"
        f"{whole} ÷ {size} {sign} {draft.compute(mean)}{unit}。"
    )


def _say_ratio(draft: Draft, rows: Sequence[Indicator]) -> None:
    first, second = rows[0], rows[1]
    if not Decimal(second.value):
        return
    ratio, sign = rounded(Decimal(first.value) / Decimal(second.value))
    draft.say(f"{first.value}{first.unit} ÷ {second.value}{second.unit} {sign} {draft.compute(ratio)} 倍。")


def operands_of(query: IndicatorQuery, text: str) -> list[Indicator]:
    """Return the rows to reckon with: both targets of one indicator, else one of each.

    It is the one whose figure is named, or whose strength is named behind the indicator (甲的力争目标比乙高), else the firm.
    """
    if len(query.named) == 1:
        return [row for row in query.named[0].rows if row.is_numeric]
    places = {one.name: place_of(one, text, query.named) for one in query.named}
    chosen = []
    for series in query.named:
        at = places[series.name]
        end = min((other for other in places.values() if other > at), default=len(text))
        stretch = text[at:end] if at >= 0 else text
        chosen.append(_operand(query, series, lexicon().has("strive", stretch) or lexicon().has("incentive", stretch)))
    return [row for row in chosen if row is not None]


def _operand(query: IndicatorQuery, series: Series, strong: bool) -> Indicator | None:
    numeric = [row for row in series.rows if row.is_numeric]
    claimed = [row for row in numeric if any(matches(claim, row) for claim in query.claims)]
    striven = [row for row in numeric if row.strength != "firm"] if strong else []
    return next(iter([*claimed, *striven, *numeric]), None)


def _unit_of_sum(unit: str) -> str:
    return "个百分点" if unit == "%" else unit


def _say_difference(draft: Draft, rows: Sequence[Indicator]) -> None:
    in_order = sorted(rows, key=lambda row: -Decimal(row.value))
    high, low = in_order[0], in_order[-1]
    gap = Decimal(high.value) - Decimal(low.value)
    if not gap:
        draft.say("两项目标的数值相同。" if len(rows) == 2 else "这些目标的数值相同。")
        return
    unit = _unit_of_sum(high.unit)
    names = f"{high.name}的目标更高，" if high.name != low.name else f"{high.name}的两档目标"
    draft.say(f"{names}相差：{measure(high)} − {measure(low)} = {draft.compute(number(gap))} {unit}。")
