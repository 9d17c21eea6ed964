"""Corrects an intent where what a question names speaks against it. The rules are data (``data/reroutes.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.asked import asked_kinds, opposes, quoted_words, table_units
from assistant.bounds import read_bounds
from assistant.forms import read_forms
from assistant.intent import Intent
from assistant.lexicon import lexicon
from assistant.measures import asks_measure
from assistant.premise import rests_on_error
from assistant.ranks import read_rank
from assistant.reading import Evidence, Reading
from assistant.respond.items import asked_listings
from assistant.respond.term import (
    asks_meaning,
    asks_nothing_but_meaning,
    asks_short_form,
    claims_meaning,
    names_definition,
)
from assistant.respond.who import counts_bodies
from assistant.retrieve import SELECTOR, selects_by_body
from assistant.roles import asked_roles, besides_role
from assistant.roster_words import asks_membership, body_conditions, has_subject, leaves_out, read_roster
from assistant.tallies import read_target_size
from corpus.model import Role

FILE = Path(__file__).parent / "data" / "reroutes.toml"
COVERED = 0.75  # share of a subject's words that a clause must hold to be what the subject means
LIKELY = 0.5  # calibrated share from which an indicator is meant

_ITS_BODIES = re.compile(
    r"(?:任务|工程|条款|工作|事项|[那这哪一两二三四五六七八九十几]{1,2}些?[条项])[^。;?!]*?(?:谁|哪[些个几家]{1,2}|牵头的?(?:单位|部门)?(?:是|有|都))"
)
_OTHERS = re.compile(
    r"都有谁|还有谁|都是谁|都有哪些单位|(?:还有|其他|其它|另外|别的)的?(?:哪|什么|谁|省级|牵头|配合|参与|责任)?[\u4e00-\u9fff]{0,4}(?:单位|部门|机构|谁|牵头(?!的?[了过]?(?:哪|几|什么|啥|多少|别|其)))"
)
# 经谁审定 asks for what a body does beside leading and carrying out: the plan says it in its sentences.
_ANOTHER_VERB = re.compile(
    r"[经向报给]谁(?!管|负责|牵头)|第一责任人|负总责|对谁|谁来?(?:维护|管护|运维|运营|保养|投保?|参保|缴|安装|聘|设置|审[定批核]|批准|考核|监督|验收|表彰|处罚|出钱|出资|掏钱|买单|付钱)"
)
_EACH = re.compile(r"分别|各自|逐条|逐项|每一?[条项]|各条|各项|各[由归是](?=谁|哪)")
_QUOTED_OF = re.compile(r"[”\"」』]的")
_HOW = re.compile(r"怎么|如何|怎样|为什么|为何")
_ROWS = [
    "indicator",
    "list",
    "count",
    "most",
    "least",
    "order",
    "difference",
    "ratio",
    "sum",
    "compare",
    "strive",
    "incentive",
    "text_value",
    "numeric",
    "approximate",
    "at_least",
    "at_most",
    "more_than",
    "base_year",
    "amount",
]
_COUNTED = ("项", "条", "个", "章", "大")


@dataclass(frozen=True, slots=True)
class Rule:
    """One correction, with the ``question`` that forced it."""

    question: str
    to: Intent
    sources: frozenset[str]
    every: frozenset[str]
    some: tuple[frozenset[str], ...]
    none: frozenset[str]

    def fits(self, intent: Intent, facts: frozenset[str]) -> bool:
        """Whether the rule holds for an intent and what is known of the question."""
        return (
            (not self.sources or intent in self.sources)
            and self.every <= facts
            and all(group & facts for group in self.some)
            and not self.none & facts
        )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Read the rules once per process."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return tuple(
        Rule(
            question=row["question"],
            to=row["to"],
            sources=frozenset(row.get("from", ())),
            every=frozenset(row.get("all", ())),
            some=tuple(frozenset(group) for group in row.get("any", ())),
            none=frozenset(row.get("none", ())),
        )
        for row in table
    )


def reroute(reading: Reading, evidence: Evidence, intent: Intent) -> Intent:
    """Return the intent that fits what the question names; a carried-over turn was settled by the dialogue."""
    if "carried" in evidence.signals:
        return intent
    known = reading.groups | frozenset(facts(reading, evidence))
    return next((rule.to for rule in rules() if rule.fits(intent, known)), intent)


def facts(reading: Reading, evidence: Evidence) -> Iterable[str]:
    """Yield what a question names, in the words of the rules."""
    links = reading.links
    inside = reading.titled or links.clauses
    stated = {
        "@names": bool(links.names),
        "@unknown_body": bool(links.unknown_bodies) and not links.names,
        "@roster": read_roster(reading, evidence) is not None,
        "@two_names": len(links.names) > 1,
        "@inside": bool(inside),
        "@inside_chapter": any(any(reading.plan.children(one)) for one in inside),
        "@title_alone": _names_title_alone(reading, inside),
        "@chapters": bool(reading.chapters),
        "@years": bool(links.years),
        "@rank": read_rank(reading.text) is not None,
        "@quoted": bool(quoted_words(reading.text, reading.plan)) and _QUOTED_OF.search(reading.text) is not None,
        "@kinds": bool(asked_kinds(reading.subject.words, reading.plan, reading.text)),
        "@claimed": bool(evidence.claimed),
        "@target": names_target(evidence),
        "@worded": names_target(evidence) and not any(row.is_numeric for row in evidence.series[0][0].rows),
        "@reckonable": _reckonable(evidence),
        "@measures": _names_measures_alone(reading, evidence),
        "@opposed": opposes(reading.text) and _reckonable(evidence),
        "@quantities": bool(links.quantities),
        "@figures": any(one.unit not in _COUNTED for one in links.quantities),
        "@rows": bool(links.quantities) or reading.asks(*_ROWS) or bool(table_units(reading.text, reading.plan)),
        "@limited": any(
            one.comparator != "=" or one.upper is not None
            for one in read_bounds(reading.text, links.quantities, reading.plan)
        ),
        "@likely": _is_likely(evidence),
        "@form": _names_form(reading.text),
        "@sized": read_target_size(reading.text) is not None,
        "@units": bool(table_units(reading.text, reading.plan)),
        "@empty": reading.subject.is_empty,
        "@plain": not has_subject(reading),
        "@mistaken": rests_on_error(reading, evidence),
        "@left_out": leaves_out(reading.text, links),
        "@another_verb": _ANOTHER_VERB.search(reading.text) is not None,
        "@besides": besides_role(reading.text),
        "@counts_bodies": counts_bodies(reading.text),
        "@each": _EACH.search(reading.text) is not None,
        "@weak_subject": _weak_subject(reading, evidence),
        "@known_subject": has_subject(reading)
        and (evidence.confidence >= LIKELY or not _weak_subject(reading, evidence)),
        "@member": asks_membership(reading),
        "@unlikely": evidence.confidence < LIKELY,
        "@how": _HOW.search(reading.text) is not None,
        "@selector": selects_by_body(reading),
        "@other_bodies": asks_other_bodies(reading),
        "@short_form": asks_short_form(reading),
        "@defined": names_definition(reading),
        "@meaning": asks_meaning(reading),
        "@claims_meaning": claims_meaning(reading),
        "@explains": asks_nothing_but_meaning(reading),
        "@asks_target": _ASKS_TARGET.search(reading.text) is not None,
        "@drafted": reading.asks("drafting"),
        "@filed": asks_of_file(reading),
        "@asking_word": asks_about_who(reading),
        "@listing": bool(asked_listings(reading, evidence)),
        "@only_local": bool(links.names)
        and all(row.role == "local" for row in reading.plan.responsibilities if row.name in links.names),
    }
    return (name for name, holds in stated.items() if holds)


def asks_of_file(reading: Reading) -> bool:
    """Whether a question names nothing but what a document bears on its first page: 文号给我报一下."""
    return reading.asks("document") and not lexicon().strip_cues(reading.subject.text, "document").strip()


_ASKS_TARGET = re.compile(
    r"(?:有没有|有无|是否有|有|定|设|给)(?:了|定)?(?:具体)?的?(?:指标|目标|数字|数)(?:没有|没|吗|么|不|否|呢)?(?:$|[,，。?？])"
)
_WHO = re.compile(r"[“\"「『]([^“”\"「」『』]{0,20}谁[^“”\"「」『』]{0,20})[”\"」』]")


def asks_about_who(reading: Reading) -> bool:
    """Whether 谁 stands in words that the question quotes from the plan, and asks for nobody: “谁建设”里有几个“谁”."""
    quoted = _WHO.findall(reading.text)
    return any(len(words) > 1 and words.replace(",", "，") in reading.plan.text for words in quoted)


def _names_title_alone(reading: Reading, clauses: Sequence[str]) -> bool:
    """Whether a question names clauses, and all it is about are the words of their headings."""
    titles = "".join(reading.plan.clause(one).label for one in clauses)
    return bool(clauses) and all(word in titles for word in reading.subject.words)


def names_target(evidence: Evidence) -> bool:
    """Whether the question names an indicator in full."""
    return bool(evidence.series) and evidence.series[0][1] >= 1.0


def _names_measures_alone(reading: Reading, evidence: Evidence) -> bool:
    """Whether a question holds nothing but names of measured targets: 污泥处置率和垃圾利用率."""
    called = "，".join(
        name
        for one, share in evidence.series
        if share >= 1.0
        for row in one.rows
        if row.is_numeric
        for name in (row.name, *row.aliases)
    )
    return bool(called) and asks_measure(reading.text) and all(word in called for word in reading.subject.words)


def _names_form(text: str) -> bool:
    """Whether a question says in what form the targets are to be told: striven for, in per cent, without a year."""
    forms = read_forms(text)
    return bool(forms.wanted or forms.unwanted)


def _is_likely(evidence: Evidence) -> bool:
    """Whether one indicator with a figure is likely meant."""
    return bool(evidence.series) and evidence.series[0][1] >= LIKELY and evidence.series[0][0].rows[0].is_numeric


def asks_other_bodies(reading: Reading) -> bool:
    """Whether a body only tells the task whose other bodies are asked for: 甲局参加的任务里，牵头的是谁."""
    if not reading.links.names or not bodies_clauses(reading):
        return False
    return _OTHERS.search(reading.text) is not None or _asks_their_lead(reading) or _asks_who_behind(reading)


def _asks_who_behind(reading: Reading) -> bool:
    """Whether a body only selects a clause of which it is asked who has what part: 有甲局的那条任务，谁说了算."""
    last = max(link.end for link in reading.links.agencies)
    selector = SELECTOR.search(reading.text, last)
    who = lexicon().cues["who"].search(reading.text, last)
    return selector is not None and who is not None and who.start() >= selector.end()


def _asks_their_lead(reading: Reading) -> bool:
    """Whether a question tells tasks by a body's part in them, and asks behind it who has another part."""
    found = body_conditions(reading)
    last = max(link.end for link in reading.links.agencies)
    match = _ITS_BODIES.search(reading.text, last)
    if match is None or len(found) > 1 or found[0].absent or len(found[0].roles) > 1:
        return False
    asked = reading.text[match.start() :]
    return any(lexicon().has(group, asked) for role, group in _ROLE_CUES if role not in found[0].roles)


_ROLE_CUES: tuple[tuple[Role, str], ...] = (("lead", "lead"), ("shared", "share"))


def bodies_clauses(reading: Reading) -> tuple[str, ...]:
    """Return the clauses in which the named bodies have the role that is named with them, or else in the question."""
    roles = asked_roles(reading)
    told = {one.name: one.roles for one in body_conditions(reading) if not one.absent}
    if any(len(one) > 1 for one in told.values()):
        told = dict.fromkeys(told, roles)
    rows = [row for row in reading.plan.responsibilities if row.role in told.get(row.name, ())]
    return tuple(dict.fromkeys(row.clause_id for row in rows))


def _weak_subject(reading: Reading, evidence: Evidence) -> bool:
    """Whether the subject leads to no clause: nothing of two characters in it, or no clause that holds its words."""
    short = all(len(word) < 2 for word in reading.subject.words)
    return short or evidence.signals.get("coverage", 0.0) < COVERED


def _reckonable(evidence: Evidence) -> bool:
    """Whether two numeric targets are named to reckon with."""
    meant = [series for series, share in evidence.series if share >= LIKELY]
    return names_target(evidence) and sum(1 for series in meant for row in series.rows if row.is_numeric) > 1
