"""Answer, refuse or ask back: decided by the program from the reading and the evidence, before anything is written.

A slot that the question names and the evidence lacks (another year, another place, money, a person) is what makes
``not_stated`` right; nothing of the neighbourhood is offered in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Status
from assistant.asked import asked_kinds, asked_units, asks_kind, directions, fits_unit, quoted_words, table_units
from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.ranks import read_rank
from assistant.reading import Evidence, Reading, Series, series_in
from assistant.reroute import COVERED, asks_about_who, asks_other_bodies, bodies_clauses, names_target, reroute
from assistant.respond.gap import supposed
from assistant.respond.items import asked_listings
from assistant.respond.mention import mentions
from assistant.respond.term import find_definitions, undefined_words, uses
from assistant.respond.value import same_unit, wants_plain_number
from assistant.respond.who import counts_bodies
from assistant.retrieve import only
from assistant.slots import (
    asks_measure,
    is_money,
    missing_slot,
    other_unit,
    unheard_measure,
    unknown_measure,
    wrong_year,
)
from corpus.quantities import find_quantities
from index.lay_words import is_policy

# Thresholds on calibrated shares; see the curve in docs/decisions/0006-refusal.md.
ANSWERED = 0.2
SERIES = 0.35
ABOUT = 0.1
HELD = 0.35  # share of a subject that a clause must hold before its bodies are told
SURE = 0.8
CERTAIN = 0.95
WORDED = 0.6  # share from which a target without a figure answers
OFF_TOPIC = 0.1
OFF_MARGIN = 0.2
ALIKE = 0.88
OFF_FIGURE = 0.3

Linked = tuple[tuple[Series, float], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with a question. ``reason`` is a key of the refusals, or the sentence that asks back."""

    status: Status
    intent: Intent
    evidence: Evidence
    reason: str = ""
    choices: tuple[str, ...] = ()


ASK_SUBJECT = "请写出想问的任务、指标或单位，我就能查到，例如："
ASK_WHICH = "上文说到的不止一项，请问您指的是哪一项？"
ASK_BODY = "上文说到的单位不止一家，请写出要问的单位名称，例如："
ASK_CHAPTER = "方案有几章都有这个序号的条款，请问您指的是哪一条？"


def decide(reading: Reading, evidence: Evidence) -> Decision:
    """Return the decision for one question."""
    if reading.ordered and not reading.text:
        return Decision("out_of_scope", "other", evidence)
    intent = reading.intent
    if reading.choices:
        return Decision("clarify", intent, evidence, ASK_WHICH, reading.choices)
    if "which_body" in evidence.signals:
        return Decision("clarify", intent, evidence, ASK_BODY)
    if _off_topic(reading, evidence):
        return Decision("out_of_scope", intent, evidence)
    if intent in ("smalltalk", "other"):
        intent = "content"
    if _unreadable(reading, evidence) or _points_nowhere(reading, evidence):
        return Decision("clarify", intent, evidence, ASK_SUBJECT)
    if reading.links.open_clauses and not reading.links.clauses and "carried" not in evidence.signals:
        labels = tuple(reading.plan.clause(one).label for one in reading.links.open_clauses)
        return Decision("clarify", intent, evidence, ASK_CHAPTER, labels)
    intent = reroute(reading, evidence, intent)
    if _supposes(reading, evidence) or (_converts(reading, evidence) and not reading.asks("list", "count", "who")):
        return _decide_value(replace(reading, intent="value"), evidence)
    settled = replace(reading, intent=intent)
    if "no_figure" in evidence.signals:
        return Decision("not_stated", intent, evidence, "figure")
    if "another" in evidence.signals:
        return Decision("not_stated", intent, evidence, "subject")
    if "why" in evidence.signals and intent not in ("content", "outline"):
        return Decision("not_stated", intent, evidence, "reason")
    if reason := missing_slot(settled, evidence):
        return Decision("not_stated", intent, evidence, reason)
    if found := _mentioned(settled, evidence):
        return found
    return _BY_INTENT.get(intent, _decide_content)(settled, evidence)


_MENTION = re.compile(r"提到|提及|讲到|说到|写到|出现|涉及")


def _mentioned(reading: Reading, evidence: Evidence) -> Decision | None:
    """Answer 哪几条提到数据中心 by reading every clause; None where the question asks something else."""
    asks = reading.asks("where") or (
        _MENTION.search(reading.text) and reading.asks("clause", "chapter", "count", "list")
    )
    headed = reading.titled and not _MENTION.search(reading.text)
    target = (evidence.claimed or names_target(evidence)) and not reading.asks("word")
    named = target or reading.links.names or headed
    if not asks or named or "carried" in evidence.signals or reading.subject.is_empty:
        return None
    passages = mentions(reading)
    if not passages or (asked_listings(reading, evidence) and not reading.asks("where")):
        return None
    clauses = tuple(dict.fromkeys(passage.clause_id for passage in passages))
    found = Evidence(clauses, 1.0, passages, signals={"mention": 1.0})
    return Decision("answered", "content", found)


def _supposes(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question supposes a figure of an indicator to be reached and asks what is left to its target."""
    return any(
        share >= SERIES and supposed(reading, series) for series, share in (evidence.series[:1] or evidence.claimed)
    )


def _off_topic(reading: Reading, evidence: Evidence) -> bool:
    """Whether a turn is not about the plan: it sounds so, and the plan holds the less the more it sounds so."""
    links = reading.links
    named = reading.titled or reading.chapters or links.clauses or links.missing_clauses or links.agencies
    converts = _converts(reading, evidence)
    if reading.asks("maths", "compose") and not (names_target(evidence) or reading.titled or links.clauses or converts):
        return True
    if named or converts or links.unknown_bodies or "carried" in evidence.signals:
        return False
    if evidence.series and evidence.series[0][1] >= 1.0:
        return False
    covered = evidence.signals.get("coverage", 0.0) >= COVERED and reading.off_topic < CERTAIN
    if "bridged" in evidence.signals and (covered or reading.off_topic < OFF_TOPIC):
        return False  # 自来水管老漏 sounds like anything, and stands in the plan as 供水管网漏损
    if reading.off_topic >= SURE:
        return True
    if evidence.signals.get("likeness", 0.0) >= ALIKE or (
        reading.off_topic < OFF_FIGURE and (reading.asks("amount") or is_policy(reading.subject.words))
    ):
        return False
    if reading.intent in ("smalltalk", "other"):
        return evidence.confidence < SURE
    return reading.off_topic >= OFF_TOPIC and evidence.confidence < reading.off_topic + OFF_MARGIN


def _converts(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question wants the figure of a target in another form: 44.7万立方米等于多少立方米, 不用万字怎么写."""
    in_unit = reading.asks("maths") and asked_units(reading.text)
    return bool(evidence.claimed and (in_unit or wants_plain_number(reading.text)))


def _unreadable(reading: Reading, evidence: Evidence) -> bool:
    """Whether nothing is left to look up and the question does not ask about the plan as a whole."""
    links = reading.links
    return (
        reading.subject.is_empty
        and reading.intent in ("who", "value", "content", "term")
        and "carried" not in evidence.signals
        and not (links.clauses or links.agencies or links.unknown_bodies or links.quantities or reading.titled)
        and not (links.missing_clauses or links.open_clauses or links.other_periods or links.places)
        and all(str(year) in reading.plan.text for year in links.years)
        and not reading.asks("money", "person", "contact", "actual", "indicator", "strive", "approximate")
    )


def _points_nowhere(reading: Reading, evidence: Evidence) -> bool:
    """Whether a turn only points back (那它呢) and there is nothing before it."""
    links = reading.links
    return (
        reading.subject.is_empty
        and lexicon().pronouns.search(reading.text) is not None
        and "carried" not in evidence.signals
        and len(reading.text) <= _FRAGMENT
        and not (links.clauses or links.names or links.quantities or reading.titled or reading.chapters)
    )


_FRAGMENT = 8


def _decide_value(reading: Reading, evidence: Evidence) -> Decision:
    chosen = choose_series(reading, evidence)
    if not chosen:
        return _value_without_series(reading, evidence)
    series = [one for one, _ in chosen]
    if reading.asks("money") and not any(is_money(row.unit) for one in series for row in one.rows):
        return _decide_content(reading, evidence)  # missing_slot saw to it that a passage names an amount
    found = only(evidence, tuple(dict.fromkeys(one.clause_id for one in series)), chosen)
    if wrong_year(reading, series) and not _claims_year(reading, series):
        return Decision("not_stated", "value", found, "year")
    if other_unit(reading, series):
        return Decision("not_stated", "value", found, "figure")
    if (
        reading.asks("per_year")
        and not reading.asks("verify", "either")
        and not any("年" in row.quote for one in series for row in one.rows)
    ):
        return Decision("not_stated", "value", found, "year")
    if reading.asks("base_year") and not any(row.base_year for one in series for row in one.rows):
        return Decision("not_stated", "value", found, "base_year")
    return Decision("answered", "value", found)


def choose_series(reading: Reading, evidence: Evidence) -> Linked:
    """Return the indicators that a question means: all that it names, else the likeliest if likely enough."""
    ranked = evidence.series
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
    if _other_figure(reading, ranked[0][0]):
        return ()
    first, share = ranked[0]
    if [one for one, _ in evidence.covered] == [first] and share >= ABOUT:
        return (ranked[0],)  # the only indicator that holds every word of the subject
    if unheard_measure(reading) or _other_rate(reading, first):
        return ()
    needed = SERIES if any(row.is_numeric for row in ranked[0][0].rows) else WORDED
    return (ranked[0],) if ranked[0][1] >= needed else ()


def _other_figure(reading: Reading, series: Series) -> bool:
    """Whether the question names figures, and none is told in a unit of the indicator: 1 万吨标准煤 beside 13%."""
    figures = [one for one in reading.links.quantities if one.unit]
    return bool(figures) and not any(same_unit(one, row) for one in figures for row in series.rows)


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


def _claims_year(reading: Reading, series: Sequence[Series]) -> bool:
    """Whether a question claims a wrong year of a target that has one, and asks for no figure: 是不是2030年才要求全部完成."""
    dated = any(row.target_year for one in series for row in one.rows)
    asks_figure = reading.asks("amount", "count") or reading.links.quantities
    return dated and reading.asks("verify") and not asks_figure and reading.groups.isdisjoint(("strive", "actual"))


def _value_without_series(reading: Reading, evidence: Evidence) -> Decision:
    """A figure may stand in the text without being a target (a threshold); else the plan has no figure."""
    if asked_listings(reading, evidence):
        return Decision("answered", "content", replace(evidence, series=()))
    if not reading.asks("amount", "count", "year", "base_year", "strive") and not _told_figures(reading):
        if asks_measure(reading.text):
            return Decision("not_stated", "value", evidence, "figure")
        return _decide_content(reading, evidence)
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "value", evidence, "subject")
    if reading.links.years:
        known = all(str(year) in reading.plan.text for year in reading.links.years)
        return Decision("not_stated", "value", evidence, "figure" if known else "year")
    covered = evidence.signals.get("coverage", 0.0) >= COVERED
    if covered and _holds_asked_number(reading, evidence):
        return Decision("answered", "content", replace(evidence, series=()))
    return Decision("not_stated", "value", evidence, "figure")


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


def _decide_who(reading: Reading, evidence: Evidence) -> Decision:
    if reading.links.clauses or reading.titled:
        clauses = reading.links.clauses or reading.titled
        return Decision("answered", "who", only(evidence, clauses, _asked_targets(reading, clauses)))
    if "carried" in evidence.signals:
        return Decision("answered", "who", evidence)
    if asks_other_bodies(reading):
        return Decision("answered", "who", only(evidence, bodies_clauses(reading)))
    strong = _strong_series(reading, evidence)
    shared_out = reading.asks("share_of_place") and evidence.confidence >= SURE  # 目标分到各市州这件事，谁牵头
    if shared_out and not any(reading.plan.bodies(series.clause_id) for series, _ in strong):
        strong = ()
    if strong:
        clauses = tuple(dict.fromkeys(series.clause_id for series, _ in strong))
        return Decision("answered", "who", only(evidence, clauses, strong))
    if evidence.confidence < ANSWERED:
        return Decision("not_stated", "who", evidence, "subject")
    if evidence.signals.get("coverage", 1.0) < HELD and "bridged" not in evidence.signals:
        return Decision("not_stated", "who", evidence, "subject")
    clauses = evidence.clauses[:1]
    found = only(evidence, clauses, _asked_targets(reading, clauses))
    return Decision("answered", "who", replace(found, signals={**found.signals, "by_subject": 1.0}))


def _asked_targets(reading: Reading, clauses: Sequence[str]) -> Linked:
    """Return the targets of the clauses that a who-question also asks for (谁管、定了多少家)."""
    units = asked_units(reading.text)
    series = [one for clause_id in clauses for one in series_in(reading.plan, clause_id)]
    fitting = [one for one in series if units and any(fits_unit(row, units) for row in one.rows)]
    return tuple((one, 1.0) for one in fitting) if not counts_bodies(reading.text) else ()


def _strong_series(reading: Reading, evidence: Evidence) -> Linked:
    """Return indicators so clearly meant that they decide the clause: named in full, or by their figure."""
    named = tuple(pair for pair in evidence.series if pair[1] >= 1.0)
    figures = tuple(pair for pair in evidence.claimed if pair[1] > 0)
    both = tuple(pair for pair in figures if any(pair[0] == series for series, _ in named))
    return both or figures or named


def _decide_tasks(reading: Reading, evidence: Evidence) -> Decision:
    if not reading.links.agencies:
        return Decision("not_stated", "tasks", evidence, "body")
    held = {row.clause_id for row in reading.plan.responsibilities if row.name in reading.links.names}
    covered = evidence.signals.get("coverage", 1.0) >= COVERED
    narrowed = any(len(word) > 1 for word in reading.subject.words) and evidence.confidence >= SURE and covered
    local = all(row.role == "local" for row in reading.plan.responsibilities if row.name in reading.links.names)
    if local and not reading.titled:
        narrowed = False  # 我们市政府: what carries out every clause is not asked for one of them
    near = tuple(clause_id for clause_id in evidence.clauses[:1] if narrowed and clause_id in held)
    return Decision("answered", "tasks", replace(evidence, clauses=near))


_TOLD = 3  # clauses of a body that are told one after another
_UNKNOWN = 0.35  # share of a subject below which a plan does not know what is talked about


def _decide_content(reading: Reading, evidence: Evidence) -> Decision:
    if reading.links.names and reading.subject.is_empty and reading.asks("says"):
        told = bodies_clauses(reading)[:_TOLD]
        if told:
            return Decision("answered", "outline", Evidence(told, 1.0, signals={"carried": 1.0}))
    if (reading.links.clauses or "carried" in evidence.signals) and (reading.subject.is_empty or not evidence.passages):
        if "carried" in evidence.signals and evidence.passages:
            return Decision("answered", "content", replace(evidence, series=()))
        return Decision("answered", "outline", evidence)
    if asked_listings(reading, evidence):
        return Decision("answered", "content", replace(evidence, series=()))
    if unknown_measure(reading) and not reading.asks("term"):
        return Decision("not_stated", "content", evidence, "figure")
    if asks_about_who(reading):
        used = uses(reading, evidence, undefined_words(reading))
        return Decision("answered", "content", replace(evidence, passages=used, series=()))
    if evidence.confidence < ANSWERED:
        strange = evidence.signals.get("known", 1.0) < _UNKNOWN and not is_policy(reading.subject.words)
        if strange and not reading.asks("lead", "share", "indicator", "amount"):
            return Decision("out_of_scope", "content", evidence)
        return Decision("not_stated", "content", evidence, "subject")
    if _lacks_asked_figure(reading, evidence):
        return Decision("not_stated", "content", evidence, "figure")
    return Decision("answered", "content", replace(evidence, series=()))


def _lacks_asked_figure(reading: Reading, evidence: Evidence) -> bool:
    """Whether a figure in a unit is asked for (百分之几, 多少公里) and the best passage holds none in it."""
    units = asked_units(reading.text)
    if (
        not units
        or "哪几" in reading.text
        or not evidence.passages
        or reading.links.clauses
        or "carried" in evidence.signals
    ):
        return False
    told = find_quantities(evidence.passages[0].text)
    return not any(
        unit == one.unit or unit in one.unit or (unit in _ALIKE and one.unit in _ALIKE)
        for unit in units
        for one in told
    )


_ALIKE = ("%", "个百分点", "百分点")


def _decide_term(reading: Reading, evidence: Evidence) -> Decision:
    if find_definitions(reading):
        return Decision("answered", "term", evidence)
    if reading.links.quantities and evidence.claimed:
        return _decide_value(reading, evidence)
    if evidence.confidence < ANSWERED:
        return _decide_content(reading, evidence)
    return Decision("answered", "term", replace(evidence, series=()))


def _decide_table(reading: Reading, evidence: Evidence) -> Decision:
    """Find what the table is limited to: named indicators, named clauses, or the rows that the subject covers."""
    if "carried" in evidence.signals:
        return Decision("answered", "table", evidence)
    named = tuple(pair for pair in evidence.series if pair[1] >= 1.0)
    filtered = bool(reading.links.quantities) and not named
    calculates = reading.asks("difference", "compare", "ratio", "sum")
    if calculates and len(named) == 1 and sum(row.is_numeric for row in named[0][0].rows) < 2:
        named = (*named, *(pair for pair in evidence.series if SERIES <= pair[1] < 1.0))[:2]
    if reading.links.names and not reading.subject.is_empty and evidence.series and evidence.series[0][1] >= SERIES:
        return _decide_value(replace(reading, intent="value"), evidence)
    if (
        len(named) == 1
        and not calculates
        and not reading.asks("list", "count", "most", "least", "order")
        and not read_rank(reading.text)
    ):
        return _decide_value(replace(reading, intent="value"), evidence)
    if len(named) > 1 or (named and calculates):
        return Decision("answered", "table", replace(evidence, series=named, clauses=()))
    scope = reading.links.clauses or reading.titled
    if (
        reading.links.names
        and not reading.subject.is_empty
        and not (_led_targets(reading) and not _only_local(reading))
    ):
        return _decide_content(replace(reading, intent="content"), evidence)
    scope = scope or _headed_by_subject(reading)
    if scope or filtered or reading.subject.is_empty or reading.links.agencies:
        return Decision("answered", "table", replace(evidence, series=(), clauses=scope))
    if _only_filters(reading, evidence):
        return Decision("answered", "table", replace(evidence, series=(), clauses=()))
    ranks = read_rank(reading.text) or reading.asks("most", "least")
    said = not ranks or any(len(word) > 1 for word in reading.subject.words)  # 高 of 第二高 is no subject
    covered = named or (evidence.covered if said else ())
    if covered:
        signals = {**evidence.signals, "by_subject": 1.0}
        return Decision("answered", "table", replace(evidence, series=covered, clauses=(), signals=signals))
    if evidence.series and evidence.series[0][1] >= SERIES and not reading.asks("list", "count", "most", "least"):
        return _decide_value(replace(reading, intent="value"), evidence)
    if not reading.asks(
        "most", "least", "order", "strive", "incentive", "text_value", "numeric", "tiers", "no_year"
    ) and not _filters(reading):
        return _decide_content(replace(reading, intent="content"), evidence)
    return Decision("answered", "table", replace(evidence, series=(), clauses=()))


def _headed_by_subject(reading: Reading) -> tuple[str, ...]:
    """Return the only clause whose heading holds every word of the subject: 环境设施工程里最高的两个比率."""
    words = [word for word in reading.subject.words if len(word) > 1 and not asks_kind(word)]
    clauses = [one.clause_id for one in reading.plan.clauses if words and all(word in one.title for word in words)]
    return tuple(clauses) if len(clauses) == 1 and (read_rank(reading.text) or reading.asks("most", "least")) else ()


def _only_filters(reading: Reading, evidence: Evidence) -> bool:
    """Whether the words of a subject only say by what the table is limited: 按天来算的, “全部完成”的."""
    quoted = "".join(quoted_words(reading.text, reading.plan))
    units = "".join(table_units(reading.text, reading.plan)) + ("天" if "日" in reading.plan.text else "")
    if asked_kinds(reading.subject.words, reading.plan, reading.text):
        return not evidence.covered
    words = [word for word in reading.subject.words if word not in quoted]
    return (bool(quoted or reading.asks("tiers")) and not words) or (
        units != "天" and all(word in units for word in words)
    )


def _only_local(reading: Reading) -> bool:
    """Whether the bodies of a question carry out every clause alike, so that they select none: 市州."""
    return all(row.role == "local" for row in reading.plan.responsibilities if row.name in reading.links.names)


def _led_targets(reading: Reading) -> bool:
    """Whether any clause with targets names the bodies of the question in the role that it names."""
    held = bodies_clauses(reading)
    return any(row.clause_id in held for row in reading.plan.indicators)


def _filters(reading: Reading) -> bool:
    """Whether a question limits the table by form: a unit, a verb, a comparator, a year."""
    return bool(
        table_units(reading.text, reading.plan)
        or directions(reading.text, reading.plan)
        or reading.links.periods
        or read_rank(reading.text)
        or asked_kinds(reading.subject.words, reading.plan, reading.text)
        or (reading.links.years and reading.asks("indicator"))
        or reading.asks("tiers", "approximate", "at_least", "at_most", "more_than", "base_year")
    )


def _decide_whole(reading: Reading, evidence: Evidence) -> Decision:
    return Decision("answered", reading.intent, evidence)


_BY_INTENT: dict[Intent, Callable[[Reading, Evidence], Decision]] = {
    "value": _decide_value,
    "who": _decide_who,
    "tasks": _decide_tasks,
    "content": _decide_content,
    "term": _decide_term,
    "table": _decide_table,
    "register": _decide_whole,
    "outline": _decide_whole,
}
