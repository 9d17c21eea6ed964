"""Answers that hold no fact: what the plan does not say, what is no question about it, what needs one more word."""

from __future__ import annotations

import re

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from corpus.units import read_units

# Why a plan does not answer, in words. None repeats a figure or a body that the question named: unproved, it stays unsaid.
REASONS = {
    "year": "方案没有写您所问年份的数字。",
    "per_year": "方案没有写每年的数字。",
    "period": "方案没有写您所问时期的内容。",
    "place": "方案没有单独写您所问地方的这项内容。",
    "site": "方案没有写明具体的地点。",
    "money": "方案没有写明这项内容的金额。",
    "person": "方案只写责任单位，没有写具体的人名或职务人选。",
    "contact": "方案没有写联系方式或办公地点。",
    "actual": "方案写的是目标和任务，没有写实际完成情况。",
    "body": "方案的责任分工中没有出现您所问的单位。",
    "clause": "方案中没有您所问的条款。",
    "figure": "方案对这一项没有写具体数字。",
    "subject": "方案没有写到您所问的内容。",
    "word": "方案中没有出现您所问的词，也没有解释它。",
    "base_year": "方案没有写这一目标的基期年份。",
    "document": "方案正文没有写明这项文件信息。",
    "reason": "方案没有写明这样规定的原因。",
    "deadline": "方案没有写明这一项的完成时限。",
}


# The same with the years or the places of the question; guard and trainers know 您说的 for what is only taken over.
NAMED = {"year": "方案没有写您说的{}的数字。", "place": "方案没有单独写{}的这项内容。"}

_NEAR = 0.2  # confidence from which the best clause is on the matter; below, it is a chance find
_MEANT = 0.5  # share from which the clause of an indicator is
_SHOWN = 3  # places that are named; of more, none


def respond_not_stated(reading: Reading, evidence: Evidence, draft: Draft, reason: str) -> Draft:
    """Say that the plan does not say it, and point to the nearest clause without repeating any of its figures."""
    draft.status = "not_stated"
    draft.say(_reason(reading, draft, reason))
    if reason == "clause":
        top = [one for one in reading.plan.clauses if one.parent_id is None and one.clause_id.split(".")[-1] != "0"]
        draft.say(
            f"方案共 {draft.compute(len(top))} 章：" + "、".join(f"{one.label}{draft.cite_heading(one)}" for one in top)
        )
        return draft
    if _has_near(evidence, reason) and reading.plan.has_clause(evidence.clauses[0]):
        clause = reading.plan.clause(evidence.clauses[0])
        draft.say(f"内容最接近的条款是**{clause.label}**{draft.cite_heading(clause)}，可以对照原文查看。")
    return draft


def _has_near(evidence: Evidence, reason: str) -> bool:
    """Whether a clause is near enough to what was asked to be named; none is to a body that the plan does not know."""
    if not evidence.clauses or reason == "body":
        return False
    meant = evidence.series[:1] or evidence.claimed[:1]
    told = "carried" in evidence.signals or any(share >= _MEANT for _, share in meant)
    held = evidence.signals.get("coverage", 0.0) >= _MEANT and evidence.signals.get("known", 0.0) >= _MEANT
    return evidence.confidence >= _NEAR or told or (held and reason != "subject")


def _reason(reading: Reading, draft: Draft, reason: str) -> str:
    """Return why the plan does not answer, with the years that it does not know, or the places, by name."""
    named: list[str] = []
    if reason == "year":
        strange = [year for year in reading.links.years if str(year) not in reading.plan.text]
        if len(strange) == 1 and not reading.english and _is_told(strange[0], reading.question):
            named = [f" {draft.compute(strange[0])} 年"]
    elif reason == "place":
        named = [_with_level(place, reading.text) for place in reading.links.places if not place.isascii()]
    return NAMED[reason].format("、".join(named)) if 0 < len(named) <= _SHOWN else REASONS[reason]


def _is_told(year: int, question: str) -> bool:
    """Whether a question as it was typed tells a year in figures, where trainers' tools find it without its blanks, too.

    >>> _is_told(2030, "到 2030 年呢"), _is_told(2030, "2030年度呢"), _is_told(2030, "system 2030年呢")
    (True, False, False)
    """
    told = "".join(question.split())
    found = re.search(rf"(?<![A-Za-z0-9.]){year}", told)
    unit = read_units().pattern.match(told, found.end()) if found else None
    return unit is not None and unit[0] == "年"


def _with_level(place: str, text: str) -> str:
    """Return a place as it was named, with the sign of its level: 遵义市.

    >>> _with_level("遵义", "遵义市的煤耗"), _with_level("遵义", "遵义那边")
    ('遵义市', '遵义')
    """
    after = text[text.find(place) + len(place) :][:1] if place in text else ""
    return place + after if after and after in "省市州县区盟" else place


def respond_out_of_scope(reading: Reading, draft: Draft, examples: tuple[str, ...]) -> Draft:
    """Say what the assistant is for, with questions that it can answer."""
    draft.status = "out_of_scope"
    draft.say("抱歉，这个问题不在我的回答范围内。我只回答已收录方案里的内容，例如：", _listed(examples))
    draft.suggestions = examples
    return draft


def respond_clarify(draft: Draft, sentence: str, choices: tuple[str, ...] = ()) -> Draft:
    """Ask for the one word that is missing, and offer the choices."""
    draft.status = "clarify"
    draft.say(sentence)
    if choices:
        labels = {clause.label: clause for clause in draft.plan.clauses}
        cited = tuple(f"{one}{draft.cite_heading(labels[one])}" if one in labels else one for one in choices)
        draft.say(_listed(cited))
        draft.suggestions = choices
    return draft


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)
