"""Targets with a number.

Three shapes: name, verb, number (利用率达到 80%以上); verb, name, number (新增管网 4000 公里); verb, number, name
(遴选 12 家以上领跑者). What fits none of them is no target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.dates import Date
from corpus.drafts import Context, Draft, Reading
from corpus.groups import MARKS, Group, find_groups
from corpus.leads import Lead, read_lead
from corpus.model import Strength
from corpus.names import is_condition, split_names
from corpus.phrases import Phrase
from corpus.quantities import Quantity
from corpus.readings import ANAPHORA, read_group
from corpus.target_words import read_target_words


def read_numbers(plan: str, phrase: Phrase, lead: Lead, context: Context) -> tuple[Draft, ...]:
    """Return the targets with a number that a phrase of ``plan`` states, from left to right.

    A range (3—5个) is one target whose value is its words and whose unit is empty: neither of its ends is what the plan
    asks for.
    """
    text = phrase.text
    grounds = read_target_words().lists["thresholds"]["grounds"]
    if text.endswith(grounds) or is_condition(text[lead.end :]):
        return ()
    drafts: list[Draft] = []
    for group in find_groups(text, lead, framed=context.framed):
        opens = group.start == lead.end
        own = replace(lead, end=0) if opens else _own_lead(group)
        reading = read_group(text, group, lead, own, context)
        if reading is None:
            continue
        strive = reading.strive or own.strive or context.strive
        each = "每年" if own.each_year and "年" not in reading.direction else ""
        reading = replace(reading, direction=each + reading.direction, strive=strive)
        found = tuple(_drafts(plan, phrase, group, lead, reading, context=context))
        if found:
            drafts.extend(found)
            context = context.after(found)
    return tuple(drafts)


def _own_lead(group: Group) -> Lead:
    """Read the lead of a group in mid-phrase: …达到 10%、力争废水回用率达到 20%."""
    marks = len(group.before) - len(group.before.lstrip(MARKS))
    words = group.before[marks:]
    lead = read_lead(Phrase(words, tuple(range(len(words))), ""))
    return replace(lead, end=lead.end + marks)


def _drafts(
    plan: str, phrase: Phrase, group: Group, lead: Lead, reading: Reading, *, context: Context
) -> Iterator[Draft]:
    dates = reading.dates or ((reading.date,) if reading.date else lead.dates or context.dates)
    start, end = _quote(phrase, group, lead)
    first = group.first
    # 分别不低于99.9%、99.7%: what stands before the first holds for all; what stands behind the last is its own.
    sign = reading.sign or (first.comparator if first.start < first.number_start else None)
    for name, date, quantity in _pairs(group, reading, dates):
        printed = _printed(plan, phrase, quantity, reading)
        yield Draft(
            name=name,
            comparator=sign if sign and quantity.comparator == "=" else quantity.comparator,
            value=printed or f"{quantity.value:f}",
            unit=quantity.unit if not printed else "",
            direction=reading.direction,
            strength=_strength(group, reading),
            date=date,
            base_year=_base_year(reading, lead, context),
            start=start if reading.start is None else reading.start,
            end=end,
        )


def _printed(plan: str, phrase: Phrase, quantity: Quantity, reading: Reading) -> str:
    """Return the words of a value that is no exact decimal: 3—5个, 下降三分之一; empty for all others."""
    start = quantity.number_start
    if quantity.unit.startswith("/"):
        verb = phrase.text.rfind(reading.direction, 0, start)
        start = verb if reading.direction and verb + len(reading.direction) == quantity.start else start
    elif quantity.upper is None:
        return ""
    return plan[slice(*phrase.span(start, quantity.number_end))]


def _base_year(reading: Reading, lead: Lead, context: Context) -> int | None:
    """Return the year compared with; only a change has one (比 2020 年下降, 由 2020 年的 30%提高到, not 比 2020 年…达到)."""
    if reading.source:
        return reading.source
    verbs = read_target_words().lists["verbs"]
    changes = any(verb in reading.direction for verb in verbs["by"])
    reaches = any(verb in reading.direction for verb in verbs["to"])
    return (reading.versus or lead.versus or context.versus) if changes and not reaches else None


def _strength(group: Group, reading: Reading) -> Strength:
    found = ANAPHORA.fullmatch(group.after)
    if found and found["kind"] in read_target_words().lists["anaphora"]["incentive"]:
        return "incentive"
    return "strive" if reading.strive else "firm"


def _pairs(group: Group, reading: Reading, dates: tuple[Date, ...]) -> Iterator[tuple[str, Date | None, Quantity]]:
    """Pair several values with several names or several terms; what cannot be paired is left out."""
    count = len(group.quantities)
    last = dates[-1] if dates else None
    names = (reading.name,) if count == 1 else split_names(reading.name, count)
    if count == 1 and len(dates) > 1 and "分别" in group.before:
        # “十四五”、“十五五”期间分别新增4000万千瓦: as much in each.
        yield from ((reading.name, date, group.first) for date in dates)
    elif names:
        yield from zip(names, [last] * count, group.quantities, strict=True)
    elif len(dates) == count:
        yield from zip([reading.name] * count, dates, group.quantities, strict=True)
    elif last and len(dates) == 1 and "分别" in group.before and last.first_year is not None:
        # 2024—2026年分别新增500万立方米、600万立方米、400万立方米
        years = _years(last)
        if len(years) == count:
            yield from zip([reading.name] * count, years, group.quantities, strict=True)


def _years(span: Date) -> tuple[Date, ...]:
    first, last = span.first_year or 0, span.year or 0
    return tuple(replace(span, year=year, first_year=None, period=None) for year in range(first, last + 1))


def _quote(phrase: Phrase, group: Group, lead: Lead) -> tuple[int, int]:
    start = lead.quote_start if group.start == lead.end else group.start
    while phrase.text[start] in MARKS:
        start += 1
    return phrase.span(start, len(phrase.text) if group.last else group.end)
