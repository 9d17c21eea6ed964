"""A question for several targets: what the table is limited to."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Status
from assistant.asked import CALCULATES, asked_kinds, asks_kind, directions, opposes, quoted_words, table_units
from assistant.bounds import likened
from assistant.decide.content import decide_content
from assistant.decide.decision import SERIES, Decision
from assistant.decide.value import decide_value
from assistant.ranks import read_rank
from assistant.reading import Evidence, Reading
from assistant.reroute import bodies_clauses
from assistant.respond.claims import same_unit
from assistant.roster_words import read_size
from assistant.tallies import read_target_size


def decide_table(reading: Reading, evidence: Evidence) -> Decision:
    """Find what the table is limited to: named indicators, named clauses, or the rows that the subject covers."""
    if "carried" in evidence.signals:
        return Decision("answered", "table", evidence)
    named = tuple(pair for pair in evidence.series if pair[1] >= 1.0)
    if named and all(likened(reading.text, one) for one, _ in named) and not reading.asks("difference", "ratio", "sum"):
        scope = reading.links.clauses or reading.titled
        return Decision(
            "answered",
            "table",
            replace(evidence, series=named, clauses=scope, signals={**evidence.signals, "limit": 1.0}),
        )
    if read_target_size(reading.text) or (reading.asks("alike") and not named and not reading.links.names):
        scope = reading.links.clauses or reading.titled
        return Decision("answered", "table", replace(evidence, series=(), clauses=scope))
    filtered = bool(reading.links.quantities) and not named
    calculates = reading.asks(*CALCULATES) or opposes(reading.text)
    alone = reading.asks("mean") and not reading.asks("difference", "compare", "ratio", "sum")
    if calculates and not alone and len(named) == 1 and sum(row.is_numeric for row in named[0][0].rows) < 2:
        named = (*named, *(pair for pair in evidence.series if SERIES <= pair[1] < 1.0))[:2]
    if reading.links.names and not reading.subject.is_empty and evidence.series and evidence.series[0][1] >= SERIES:
        return decide_value(replace(reading, intent="value"), evidence)
    if (
        len(named) == 1
        and (not calculates or alone)
        and not reading.asks("list", "count", "most", "least", "order")
        and not read_rank(reading.text)
    ):
        return decide_value(replace(reading, intent="value"), evidence)
    if len(named) > 1 or (named and calculates):
        return Decision("answered", "table", replace(evidence, series=named, clauses=()))
    scope = reading.links.clauses or reading.titled
    if (
        reading.links.names
        and not reading.subject.is_empty
        and not (_led_targets(reading) and not _only_local(reading))
    ):
        return decide_content(replace(reading, intent="content"), evidence)
    if filtered and _tells_a_threshold(reading):
        return decide_content(replace(reading, intent="content"), evidence)
    scope = scope or _headed_by_subject(reading)
    told = None if scope or reading.links.names else _told_by_bodies(reading)
    if told is not None:
        status: Status = "answered" if told else "not_stated"
        return Decision(status, "table", replace(evidence, series=(), clauses=told), "" if told else "subject")
    if scope or filtered or reading.subject.is_empty or reading.links.agencies:
        return Decision("answered", "table", replace(evidence, series=(), clauses=scope))
    if _only_filters(reading, evidence):
        return Decision("answered", "table", replace(evidence, series=(), clauses=()))
    ranks = read_rank(reading.text) or reading.asks("most", "least", "strive", "incentive", "numeric", "text_value")
    said = not ranks or any(len(word) > 1 for word in reading.subject.words)  # 高 of 第二高 is no subject
    covered = named or (evidence.covered if said else ())
    if covered:
        signals = {**evidence.signals, "by_subject": 1.0}
        return Decision("answered", "table", replace(evidence, series=covered, clauses=(), signals=signals))
    if evidence.series and evidence.series[0][1] >= SERIES and not reading.asks("list", "count", "most", "least"):
        return decide_value(replace(reading, intent="value"), evidence)
    if not reading.asks(
        "most", "least", "order", "strive", "incentive", "text_value", "numeric", "tiers", "no_year"
    ) and not _filters(reading):
        return decide_content(replace(reading, intent="content"), evidence)
    return Decision("answered", "table", replace(evidence, series=(), clauses=()))


_COUNTED = ("个", "项", "条", "章", "节", "家", "类", "种", "年", "倍")


def _tells_a_threshold(reading: Reading) -> bool:
    """Whether the figures of a question with a subject are of units in which no target is set: 65蒸吨以上的锅炉有几台."""
    figures = [one for one in reading.links.quantities if one.unit and one.unit not in _COUNTED]
    subject = any(len(word) > 1 for word in reading.subject.words)
    return bool(figures and subject) and not any(
        same_unit(one, row) for one in figures for row in reading.plan.indicators
    )


def _told_by_bodies(reading: Reading) -> tuple[str, ...] | None:
    """Return the clauses that a question tells by their bodies, not by name: 由四家单位牵头的条款里; else ``None``."""
    if not reading.asks("clause"):
        return None
    held = {one.clause_id: reading.plan.bodies(one.clause_id) for one in reading.plan.clauses}
    held = {clause_id: bodies for clause_id, bodies in held.items() if bodies}
    roles = {clause_id: [row.role for row in bodies] for clause_id, bodies in held.items()}
    if size := read_size(reading.text):
        return tuple(clause_id for clause_id, bodies in held.items() if size.admits(bodies))
    if reading.asks("no_lead"):
        return tuple(one for one, parts in roles.items() if not {"lead", "sole"} & set(parts))
    if reading.asks("joint_lead"):
        return tuple(one for one, parts in roles.items() if parts.count("lead") > 1)
    if reading.asks("sole"):
        return tuple(one for one, parts in roles.items() if "sole" in parts)
    return None


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
