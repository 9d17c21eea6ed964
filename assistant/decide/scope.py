"""Whether a turn is about the plan at all, and whether anything in it can be looked up."""

from __future__ import annotations

import math

from assistant.asked import asked_units
from assistant.decide.decision import SURE, Decision
from assistant.decide.outside import outside
from assistant.lexicon import lexicon
from assistant.meaning import plain
from assistant.reading import Evidence, Reading
from assistant.reroute import COVERED, asks_of_file, names_target
from assistant.respond.term import asks_meaning, names_definition, undefined_words
from assistant.respond.value import wants_plain_number
from assistant.retrieve import logistic
from assistant.slots import wants_money
from assistant.subject import holds_phrase
from index.lay_words import is_policy

CERTAIN = 0.9
OFF_TOPIC = 0.1
OFF_MARGIN = 0.2
ALIKE = 0.88
OFF_FIGURE = 0.3
_EVEN = 0.5
_FRAGMENT = 8


def is_off_topic(reading: Reading, evidence: Evidence) -> bool:
    """Whether a turn is not about the plan: it sounds so, and the plan holds the less the more it sounds so."""
    links = reading.links
    named = reading.titled or reading.chapters or links.clauses or links.missing_clauses or links.agencies
    converted = converts(reading, evidence)
    if reading.asks("maths", "compose") and not (
        names_target(evidence) or reading.titled or links.clauses or converted
    ):
        return True
    away = outside(reading)
    if away.wishes and not (names_target(evidence) or reading.titled or links.clauses or converted):
        return True
    if (
        asks_meaning(reading)
        or names_definition(reading)
        or undefined_words(reading)
        or (evidence.claimed and reading.asks("why", "indicator"))
    ):
        return False  # the plan itself uses the word, or the figure
    if _asks_of_plan(reading):
        return False
    if named or converted or links.unknown_bodies or "carried" in evidence.signals:
        return False
    if evidence.series and evidence.series[0][1] >= 1.0:
        return False
    if "bridged" in evidence.signals and evidence.series and evidence.series[0][1] >= CERTAIN:
        return False  # 空气好的天数 is 空气优良天数比例
    if away.topics and evidence.confidence < SURE and "bridged" not in evidence.signals:
        return True
    covered = evidence.signals.get("coverage", 0.0) >= COVERED and reading.off_topic < CERTAIN
    if "bridged" in evidence.signals and (covered or reading.off_topic < OFF_TOPIC):
        return False  # 自来水管老漏 sounds like anything, and stands in the plan as 供水管网漏损
    if wants_money(reading) and not away.topics and _held_share(reading) >= _EVEN:
        return False  # 阶梯电价每一档差几分钱: of what the plan speaks of, a price that it does not tell
    if reading.off_topic >= SURE:
        return away_share(reading, evidence) >= _AWAY
    if evidence.signals.get("likeness", 0.0) >= ALIKE or (
        reading.off_topic < OFF_FIGURE and (reading.asks("amount") or is_policy(reading.subject.words))
    ):
        return False
    if reading.intent == "other":
        return away_share(reading, evidence) >= _AWAY
    if reading.intent == "smalltalk":
        return evidence.confidence < SURE
    if reading.asks("amount", "count") and evidence.signals.get("known", 0.0) >= 1.0 and reading.off_topic < _EVEN:
        return False
    doubtful = reading.off_topic >= OFF_TOPIC and evidence.confidence < reading.off_topic + OFF_MARGIN
    return doubtful and not holds_phrase(reading.text, reading.plan)


# Logistic weights, fitted on the tuning questions (decision 0006): bias, logit of the classifier's share, coverage,
# likeness, an official phrase for an everyday word, the share of the subject that stands in the plan word for word.
AWAY_WEIGHTS = (0.1, 0.75, -2.1, -44.0, -0.5, -0.75)
_AWAY = 0.4
_MIDDLE = 0.88  # likeness
_FIRMEST = 0.98  # share beyond which the classifier tells nothing more


def away_share(reading: Reading, evidence: Evidence) -> float:
    """Return the calibrated share (0 to 1) of questions like this one that are not about the plan.

    The form of a question alone says little: 某某车还能开吗 sounds like a repair shop's, and the plan may name that car.
    """
    heard = min(max(reading.off_topic, 1 - _FIRMEST), _FIRMEST)
    bias, by_form, by_coverage, by_likeness, by_phrase, by_words = AWAY_WEIGHTS
    total = bias + by_form * math.log(heard / (1 - heard)) + by_coverage * evidence.signals.get("coverage", 0.0)
    total += by_likeness * (evidence.signals.get("likeness", 0.0) - _MIDDLE) if "likeness" in evidence.signals else 0.0
    total += by_phrase * evidence.signals.get("bridged", 0.0) + by_words * _held_share(reading)
    return logistic(total)


def _held_share(reading: Reading) -> float:
    """Return the share of a subject's characters that stand in words which the plan holds as they are."""
    own = plain(reading.plan.text)
    words = [plain(word) for word in reading.subject.words if len(word) > 1]
    return sum(len(word) for word in words if word in own) / max(1, sum(map(len, words)))


def _asks_of_plan(reading: Reading) -> bool:
    """Whether a question is about a plan by its form: why it was made, where it names a place, which targets are firm."""
    drafted = reading.asks("purpose") and reading.asks("drafting")
    places = reading.links.places
    placed = bool(places) and reading.asks("mention", "where") and all(one in reading.plan.text for one in places)
    filters = reading.asks(
        "at_least", "at_most", "more_than", "approximate", "strive", "incentive", "numeric", "text_value"
    )
    written = reading.asks("mention", "where") and _held_share(reading) >= 1.0  # 三线一单写在哪一条
    return drafted or placed or written or asks_of_file(reading) or (filters and reading.subject.is_empty)


def is_elsewhere(reading: Reading, decision: Decision) -> bool:
    """Whether what the plan does not state is of no plan at all: 二战哪年结束, beside 2030年的能耗目标."""
    links = reading.links
    named = reading.titled or reading.chapters or links.clauses or links.agencies or names_target(decision.evidence)
    if named or decision.status != "not_stated" or decision.reason not in _OF_NO_PLAN:
        return False
    return bool(outside(reading).topics) or (decision.reason == "subject" and _is_strange(reading, decision.evidence))


def _is_strange(reading: Reading, evidence: Evidence) -> bool:
    """Whether a plan knows nothing of a subject, nor would any plan, and nothing but 谁 or 哪年 is asked of it."""
    known = evidence.signals.get("known", 1.0)
    asks = reading.asks("lead", "share", "part", "duty", "local", "body", "indicator", "amount", "strive", "firm")
    return known < _STRANGE and not asks and bool(reading.subject.words) and not is_policy(reading.subject.words)


_STRANGE = 0.1
_OF_NO_PLAN = ("subject", "figure", "money", "year", "per_year", "place", "site", "reason", "person")


def converts(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question wants the figure of a target in another form: 44.7万立方米等于多少立方米, 不用万字怎么写."""
    in_unit = reading.asks("maths") and asked_units(reading.text)
    return bool(evidence.claimed and (in_unit or wants_plain_number(reading.text)))


def is_unreadable(reading: Reading, evidence: Evidence) -> bool:
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


def points_nowhere(reading: Reading, evidence: Evidence) -> bool:
    """Whether a turn only points back (那它呢) and there is nothing before it."""
    links = reading.links
    return (
        reading.subject.is_empty
        and lexicon().pronouns.search(reading.text) is not None
        and "carried" not in evidence.signals
        and len(reading.text) <= _FRAGMENT
        and not (links.clauses or links.names or links.quantities or reading.titled or reading.chapters)
    )
