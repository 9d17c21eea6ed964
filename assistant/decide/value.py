"""A question for a target's figure: which targets it means, and what it names that they lack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import asked_units
from assistant.asked_years import wrong_year
from assistant.decide.content import decide_content
from assistant.decide.decision import ANSWERED, SERIES, SOME, Decision, Linked
from assistant.decide.stated import answered_by, stated
from assistant.lexicon import lexicon
from assistant.measures import asks_measure, is_money, other_unit, unheard_measure
from assistant.reading import Evidence, Reading, Series
from assistant.reroute import COVERED
from assistant.respond.claims import matches, same_unit, wants_verdict
from assistant.respond.deadline import asks_when, deadlines
from assistant.respond.gap import alone_in_unit
from assistant.respond.items import meant_listings
from assistant.respond.portion import portion
from assistant.respond.value import wants_plain_number
from assistant.retrieve import only
from assistant.slots import wants_money

ABOUT = 0.1
WORDED = 0.6  # share from which a target without a figure answers


def decide_value(reading: Reading, evidence: Evidence) -> Decision:
    """Choose the targets, and refuse where the question names a year, a unit or a base year that they do not have."""
    chosen = choose_series(reading, evidence)
    if not chosen:
        return _value_without_series(reading, evidence)
    series = [one for one, _ in chosen]
    if wants_money(reading) and not any(is_money(row.unit) for one in series for row in one.rows):
        return decide_content(reading, evidence)  # missing_slot saw to it that a passage names an amount
    found = only(evidence, tuple(dict.fromkeys(one.clause_id for one in series)), chosen)
    if wrong_year(reading, series) and not _claims_year(reading, series):
        return Decision("not_stated", "value", found, "year")
    if other_unit(reading, series) or _asks_part(reading, series):
        return Decision("not_stated", "value", found, "figure")
    if (
        reading.asks("per_year")
        and not any(portion(reading, one) for one in series)
        and not reading.asks("verify", "either")
        and not any("年" in row.quote for one in series for row in one.rows)
    ):
        return Decision("not_stated", "value", found, "per_year")
    if reading.asks("base_year") and not any(row.base_year for one in series for row in one.rows):
        return Decision("not_stated", "value", found, "base_year")
    return Decision("answered", "value", found)


def choose_series(reading: Reading, evidence: Evidence) -> Linked:
    """Return the indicators that a question means: all that it names, else the likeliest if likely enough."""
    ranked = evidence.series
    if "carried" not in evidence.signals:
        ranked = tuple(pair for pair in ranked if not lexicon().opposes(reading.text, pair[0].name))
    if not ranked:
        return ()
    if "carried" in evidence.signals or ranked[0][1] >= 1.0:
        return tuple(pair for pair in ranked if pair[1] >= 1.0)
    by_figure = tuple(pair for pair in evidence.claimed if pair[1] > 0)
    if by_figure and (reading.subject.is_empty or reading.asks("term") or wants_plain_number(reading.text)):
        return by_figure
    about = dict(ranked)
    if len(by_figure) == 1 and about.get(by_figure[0][0], 0.0) >= ABOUT:
        return by_figure
    if ranked[0][1] >= SOME and alone_in_unit(reading, ranked[0][0]):
        return (ranked[0],)
    if _other_figure(reading, ranked[0][0]):
        return ()
    first, share = ranked[0]
    if _other_course(reading, first):
        return ()
    if [one for one, _ in evidence.covered] == [first] and share >= ABOUT:
        return (ranked[0],)  # the only indicator that holds every word of the subject
    if reading.carried and 1 < len(evidence.covered) <= _FEW and ranked[0][0] in dict(evidence.covered):
        return evidence.covered  # 桥呢, after another target: each that is of bridges
    if unheard_measure(reading) or _other_rate(reading, first):
        return ()
    needed = SERIES if any(row.is_numeric for row in ranked[0][0].rows) else WORDED
    return (ranked[0],) if ranked[0][1] >= needed else ()


_FEW = 3  # targets that are told one after another


_OF_WHOLE = re.compile(r"(?:占|各|各自|分别|其中|里面?|当中)[^,，。;；?？]{0,8}(?:多少|几)")
_MAKES_UP = re.compile(r"占[了到去]?(?:多少|几)")  # 占多少公里 wants a part, whether or not the whole is told
_RECKONS = ("remaining", "difference", "ratio", "sum", "maths", "supposed", "conditional", "compare")


def _asks_part(reading: Reading, series: Sequence[Series]) -> bool:
    """Whether a question names a target's own figure and asks how much of it is something else: 4000公里里新建的占多少公里."""
    units = asked_units(reading.text)
    if not units or not _OF_WHOLE.search(reading.text) or reading.asks(*_RECKONS):
        return False
    if "%" not in units and _MAKES_UP.search(reading.text):
        return True
    rows = [row for one in series for row in one.rows if row.unit in units]
    return any(matches(one, row) for one in reading.links.quantities for row in rows)


def _other_figure(reading: Reading, series: Series) -> bool:
    """Whether the question names figures, and none is told in a unit of the indicator: 1 万吨标准煤 beside 13%.

    How long it takes (五年里) and by what it is measured (每创造一万元) are no figures of a target.
    """
    figures = [
        one
        for one in reading.links.quantities
        if one.unit and one.unit not in _TIMES and not _PER.search(reading.text[: one.start])
    ]
    return (
        bool(figures)
        and not portion(reading, series)
        and not any(same_unit(one, row) for one in figures for row in series.rows)
    )


_TIMES = ("年", "个月", "月", "天", "日", "年内", "小时")
_PER = re.compile(r"每[\u4e00-\u9fff]{0,4}$")
_RATE = 3  # characters of a word that tells which rate is meant: 利用率


def _other_rate(reading: Reading, series: Series) -> bool:
    """Whether a question asks for a rate by which the plan calls other targets, never this one: 污泥利用率 is no 处置率."""
    called = [row.name for row in reading.plan.indicators]
    asked = [
        word
        for word in reading.subject.words
        if word.endswith("率") and len(word) >= _RATE and any(name.endswith(word) for name in called)
    ]
    names = {series.name, *(alias for row in series.rows for alias in row.aliases)}
    return bool(asked) and not any(word in name for word in asked for name in names)


_AMOUNT = ("用量", "耗量", "费量", "放量", "产量")
_LESS = re.compile("下降|减|降|控制|淘汰|消除|压|关停|退出|削")


def _other_course(reading: Reading, series: Series) -> bool:
    """Whether a question asks by how much there is to be less, or for an amount, and the target is a share that is to rise.

    农药用量要减多少 is not answered by how much of it is to be put to use.
    """
    rows = [row for row in series.rows if row.is_numeric]
    falls = any(row.comparator in ("<=", "<") or _LESS.search(row.direction) for row in rows)
    told = "".join(name for row in series.rows for name in (series.name, *row.aliases, row.quote))
    amounts = [word for word in reading.subject.words if word.endswith(_AMOUNT) and word not in told]
    shares = bool(rows) and all(row.unit == "%" for row in rows)
    if falls:
        return reading.asks("rising") and not reading.asks("falling")
    return shares and (reading.asks("falling") or bool(amounts))


_WHETHER_ANY = re.compile(r"有没有|有无|是否有")


def _claims_year(reading: Reading, series: Sequence[Series]) -> bool:
    """Whether a question claims a wrong year of a target that has one: 是不是2030年才要求全部完成, 2030年达到25%吗.

    One that asks for a figure, or tells another than the target's, may mean another target of that year.
    """
    rows = [row for one in series for row in one.rows]
    dated = any(row.target_year for row in rows)
    others = [one for one in reading.links.quantities if not any(matches(one, row) for row in rows)]
    asks_figure = reading.asks("amount", "count") or others
    open_question = _WHETHER_ANY.search(reading.text)  # 有没有2030年的目标 claims nothing
    return (
        dated
        and not open_question
        and wants_verdict(reading)
        and not asks_figure
        and reading.groups.isdisjoint(("strive", "actual"))
    )


def _value_without_series(reading: Reading, evidence: Evidence) -> Decision:
    """A figure may stand in the text without being a target (a threshold); else the plan has no figure."""
    if meant_listings(reading, evidence):
        return decide_content(replace(reading, intent="content"), evidence)
    if not reading.asks("amount", "count", "year", "base_year", "strive") and not _told_figures(reading):
        if asks_measure(reading.text):
            return Decision("not_stated", "value", evidence, "figure")
        return decide_content(reading, evidence)
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "value", evidence, "subject")
    if reading.links.years:
        known = all(str(year) in reading.plan.text for year in reading.links.years)
        return Decision("not_stated", "value", evidence, "figure" if known else "year")
    covered = evidence.signals.get("coverage", 0.0) >= COVERED
    if covered and _holds_asked_number(reading, evidence):
        return Decision("answered", "content", replace(evidence, series=()))
    if found := stated(reading, evidence):
        return Decision("answered", "content", answered_by(evidence, found))
    only_when = reading.asks("year") and not reading.asks("amount", "count")
    near = evidence.clauses[:1]
    if asks_when(reading) and covered and near and deadlines(reading.plan, near[0]):
        return Decision("answered", "content", replace(only(evidence, near), series=()))
    return Decision("not_stated", "value", evidence, "deadline" if only_when else "figure")


def _told_figures(reading: Reading) -> bool:
    """Whether a question tells a figure; a number word inside a term of the plan is none: 两部制水价."""
    text = reading.text
    return any(
        one.text[:1].isascii() or text[one.start : one.end + 1] not in reading.plan.text
        for one in reading.links.quantities
    )


_ASKED_NUMBER = re.compile(r"(?:多少|几)\s*([\u4e00-\u9fff%])")
_NUMERAL = r"[\d一二两三四五六七八九十百千]\s*"


def _holds_asked_number(reading: Reading, evidence: Evidence) -> bool:
    """Whether a sentence of the evidence tells a number in the unit that is asked for: 几级 beside 三级."""
    units = [match.group(1) for match in _ASKED_NUMBER.finditer(reading.text)]
    return any(
        re.search(_NUMERAL + re.escape(unit), passage.text) for unit in units for passage in evidence.passages[:2]
    )
