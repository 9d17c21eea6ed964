"""A question for what the plan says on a subject, or mentions, or calls so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asked import asked_units
from assistant.decide.decision import ANSWERED, Decision
from assistant.lexicon import lexicon
from assistant.meaning import plain
from assistant.measures import unknown_measure
from assistant.reading import Evidence, Reading
from assistant.reroute import asks_about_who, bodies_clauses, names_target
from assistant.respond.items import asked_listings, meant_listings
from assistant.respond.listings import Listing
from assistant.respond.mention import mentions
from assistant.respond.term import undefined_words, uses
from assistant.respond.who import counts_bodies
from assistant.subject import holds_phrase
from corpus.quantities import find_quantities
from index.lay_words import is_policy, official_words

_MENTION = re.compile(r"提到|提及|讲到|说到|写到|出现|涉及")


_WHICH_YEAR = re.compile(r"在哪一?[年月天]|在哪个[年月]")  # 碳达峰定在哪一年 asks for no place of the text


def find_mentions(reading: Reading, evidence: Evidence) -> Decision | None:
    """Answer 哪几条提到数据中心 by reading every clause; None where the question asks something else."""
    asks = reading.asks("where") or (
        _MENTION.search(reading.text) and reading.asks("clause", "chapter", "count", "list")
    )
    asks_who = reading.intent == "who" and reading.asks("who")
    if asks_who or counts_bodies(reading.text) or _WHICH_YEAR.search(reading.text):
        return None
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


_TOLD = 3  # clauses of a body that are told one after another, or sentences beside the one that names things
_DOUBT = 0.5
_OFF = 0.01  # share below which a turn surely speaks of a plan's matters
_UNKNOWN = 0.35  # share of a subject below which a plan does not know what is talked about


def decide_content(reading: Reading, evidence: Evidence) -> Decision:
    """Answer with the best sentences where the plan surely speaks of the subject, else say that it does not."""
    if reading.links.names and reading.subject.is_empty and reading.asks("says"):
        told = bodies_clauses(reading)[:_TOLD]
        if told:
            return Decision("answered", "outline", Evidence(told, 1.0, signals={"carried": 1.0}))
    if (reading.links.clauses or "carried" in evidence.signals) and (reading.subject.is_empty or not evidence.passages):
        if "carried" in evidence.signals and evidence.passages:
            return Decision("answered", "content", replace(evidence, series=()))
        return Decision("answered", "outline", evidence)
    if listings := meant_listings(reading, evidence):
        return Decision("answered", "content", _with_listings(evidence, listings))
    if of_year := _of_asked_year(reading, evidence):
        return Decision("answered", "content", of_year)
    if unknown_measure(reading) and not reading.asks("term", "may"):
        return Decision("not_stated", "content", evidence, "figure")
    if asks_about_who(reading):
        used = uses(reading, evidence, undefined_words(reading))
        return Decision("answered", "content", replace(evidence, passages=used, series=()))
    if (
        evidence.confidence < ANSWERED
        or (not reading.links.names and _hardly_known(evidence))
        or names_another_kind(reading, evidence)
    ):
        strange = (
            reading.off_topic >= _OFF
            and evidence.signals.get("known", 1.0) < _UNKNOWN
            and not is_policy(reading.subject.words)
            and not holds_phrase(reading.text, reading.plan)
        )
        if strange and not reading.asks("lead", "share", "indicator", "amount"):
            return Decision("out_of_scope", "content", evidence)
        return Decision("not_stated", "content", evidence, "subject")
    if _lacks_what_is_given(reading, evidence):
        return Decision("not_stated", "content", evidence, "subject")
    if _lacks_asked_figure(reading, evidence):
        return Decision("not_stated", "content", evidence, "figure")
    return Decision("answered", "content", replace(evidence, series=()))


def _of_asked_year(reading: Reading, evidence: Evidence) -> Evidence | None:
    """Return the sentences on a year where a question names that alone: 到2035年要变成什么样."""
    years = [str(year) for year in reading.links.years]
    if not years or evidence.signals.get("known", 1.0) > 0 or not _WHAT_BECOMES.search(reading.text):
        return None
    passages = tuple(one for one in evidence.passages if all(year in one.text for year in years))
    clauses = tuple(dict.fromkeys(one.clause_id for one in passages))
    return (
        replace(evidence, passages=passages, clauses=clauses, series=(), signals={"worded": 1.0}) if passages else None
    )


_WHAT_BECOMES = re.compile(
    r"什么样|啥样|怎么样|怎样|如何|哪一步|什么程度|什么水平|什么目标|哪些目标|目标是(?:什么|啥)|目标有哪些|有什么变化|干成什么"
)


def _hardly_known(evidence: Evidence) -> bool:
    """Whether the plan knows little of a subject but a common word of it: 治理 of 塑料污染治理."""
    known = evidence.signals.get("known", 1.0)
    return known < _UNKNOWN and evidence.confidence < _DOUBT and "bridged" not in evidence.signals


def names_another_kind(reading: Reading, evidence: Evidence) -> bool:
    """Whether a doubtful question names a kind of a thing of which the plan knows others alone: 光污染 beside 水污染."""
    own = plain(reading.plan.text)
    told = plain("".join(passage.text for passage in evidence.passages))
    official = reading.subject.official or ((),) * len(reading.subject.words)
    return evidence.confidence < _DOUBT and any(
        len(word) > _TAIL
        and word not in own
        and word[-_TAIL:] in own
        and not any(one in own for one in ones)
        and not (len(word) >= 2 * _TAIL and word[:-_TAIL] in told and word[-_TAIL:] in told)  # 财政资金: 财政 and 资金
        for word, ones in zip(reading.subject.words, official, strict=True)
    )


_TAIL = 2  # characters by which a compound tells what it is


def _with_listings(evidence: Evidence, listings: Sequence[Listing]) -> Evidence:
    """Return the evidence led by the sentences that name the things which are asked for."""
    named = tuple(dict.fromkeys((*(one.passage for one in listings), *evidence.passages)))[:_TOLD]
    clauses = tuple(dict.fromkeys((*(one.clause_id for one in named), *evidence.clauses)))
    return replace(evidence, passages=named, clauses=clauses, series=())


def _lacks_what_is_given(reading: Reading, evidence: Evidence) -> bool:
    """Whether it is asked if somebody gets or pays something, and no sentence of the evidence speaks of that: 换新车给补贴不."""
    asked = [match.group() for match in lexicon().cues["given"].finditer(reading.text)]
    if not asked or reading.links.clauses or "carried" in evidence.signals:
        return False
    told = "".join(passage.text for passage in evidence.passages)
    found = dict(official_words(reading.text))
    instead = (one for lay, ones in found.items() if any(word in lay for word in asked) for one in ones)
    return not any(word in told for word in (*asked, *instead))


_ALIKE = ("%", "个百分点", "百分点")


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
