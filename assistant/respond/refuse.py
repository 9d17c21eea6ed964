"""Answers that hold no fact: what the plan does not say, what is no question about it, what needs one more word."""

from __future__ import annotations

from assistant.draft import Draft
from assistant.reading import Evidence, Reading

# Why a plan does not answer, in words. None repeats what the question named: an unproved figure or body stays unsaid.
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


_NEAR = 0.2  # confidence from which a clause is near to a word that the plan does not use


def respond_not_stated(reading: Reading, evidence: Evidence, draft: Draft, reason: str) -> Draft:
    """Say that the plan does not say it, and point to the nearest clause without repeating any of its figures."""
    draft.status = "not_stated"
    draft.say(REASONS[reason])
    if reason == "clause":
        top = [one for one in reading.plan.clauses if one.parent_id is None and one.clause_id.split(".")[-1] != "0"]
        draft.say(
            f"方案共 {draft.compute(len(top))} 章：" + "、".join(f"{one.label}{draft.cite_heading(one)}" for one in top)
        )
        return draft
    if reason == "word" and evidence.confidence < _NEAR:
        return draft
    if evidence.clauses and reading.plan.has_clause(evidence.clauses[0]):
        clause = reading.plan.clause(evidence.clauses[0])
        draft.say(f"内容最接近的条款是**{clause.label}**{draft.cite_heading(clause)}，可以对照原文查看。")
    return draft


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
