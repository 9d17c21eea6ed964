"""One answer against what its question expects: every reason why it is not wholly right, none where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.model import Role
from corpus.quantities import to_base
from evals.figures import read_figures, strength_said
from evals.fold import fold, holds
from evals.question import AgencyGold, Expect, NumberGold, Question, Status
from evals.reasons import Kind, Reason
from evals.reply import AgencyRow, Reply

STATUS_NAMES: dict[Status, str] = {
    "answered": "已回答",
    "not_stated": "方案未写",
    "out_of_scope": "超出范围",
    "clarify": "反问",
}
ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "sole": "单独负责", "shared": "按职责分工负责", "local": "落实"}

_SENTENCE = re.compile(r"[。；;\n|]")


def score(question: Question, answer: Reply) -> tuple[Reason, ...]:
    """Return why ``answer`` (the contract's object, version 1) is not what ``question`` expects; empty where it is.

    Where a question lets an answer ask back or decline as well as answer, one that does so is not searched for the
    facts that only an answer can hold; ``must_not`` always counts.

    >>> question = Question(id="a", question="目标？", expect=Expect(status="answered", must=["86%"]))
    >>> answer = {"status": "answered", "answer": "稳定在 85%以上", "citations": [], "agencies": [], "indicators": []}
    >>> rest = {"version": 1, "question": "目标？", "mode": "extractive", "timings_ms": {}}
    >>> [str(reason) for reason in score(question, Reply.model_validate(answer | rest))]
    ['缺必要词句：86%']
    """
    return tuple(_reasons(question.expect, answer))


def _reasons(expect: Expect, answer: Reply) -> Iterator[Reason]:
    status = answer.status
    if status not in expect.status:
        wanted = "或".join(STATUS_NAMES[one] for one in expect.status)
        yield Reason(Kind.WRONG_STATUS, f"应为{wanted}，实为{STATUS_NAMES[status]}")
    yield from (Reason(Kind.FORBIDDEN_PHRASE, phrase) for phrase in expect.must_not if holds(answer.answer, phrase))
    if _declines_rightly(expect, status):
        return
    yield from _clauses(expect, [row.clause_id for row in answer.citations])
    yield from _agencies(expect, answer.agencies)
    for number in expect.numbers:
        yield from _number(number, answer)
    yield from (Reason(Kind.PHRASE_MISSING, one) for one in expect.must if not holds(answer.answer, one))
    for group in expect.must_any:
        if not any(holds(answer.answer, phrase) for phrase in group):
            yield Reason(Kind.PHRASE_MISSING, " / ".join(group))


def _declines_rightly(expect: Expect, status: Status) -> bool:
    declining: set[Status] = {"clarify", "out_of_scope"}
    return status in expect.status and status in declining and not set(expect.status) <= declining


def _clauses(expect: Expect, cited: Sequence[str]) -> Iterator[Reason]:
    yield from (Reason(Kind.MISSING_CLAUSE, one) for one in expect.clauses if not _is_cited(one, cited))
    if expect.clauses_any and not any(_is_cited(one, cited) for one in expect.clauses_any):
        yield Reason(Kind.MISSING_CLAUSE, " / ".join(expect.clauses_any))


def _is_cited(clause_id: str, cited: Iterable[str]) -> bool:
    """Whether a clause, or one nested in it, is cited: who quotes 3.1 has quoted from chapter 3."""
    return any(one == clause_id or one.startswith(f"{clause_id}.") for one in cited)


def _agencies(expect: Expect, rows: Sequence[AgencyRow]) -> Iterator[Reason]:
    for gold in expect.agencies:
        roles = {row.role for row in rows if _is_body(gold, row)}
        if not roles:
            yield Reason(Kind.AGENCY_MISSING, _body(gold.name, gold.clause_id, gold.role))
        elif gold.role not in roles:
            was = "、".join(ROLE_NAMES[role] for role in sorted(roles))
            yield Reason(Kind.WRONG_ROLE, f"{_body(gold.name, gold.clause_id, gold.role)}，答成{was}")
    if expect.agencies_exact:
        yield from _extra(expect.agencies, rows)


def _extra(golds: Sequence[AgencyGold], rows: Sequence[AgencyRow]) -> Iterator[Reason]:
    """Yield bodies that are not expected, and second roles of a body whose right role is there as well."""
    for row in rows:
        of_body = [gold for gold in golds if _is_body(gold, row)]
        named_right = any(_is_body(gold, other) and gold.role == other.role for gold in of_body for other in rows)
        if not of_body or (named_right and row.role not in {gold.role for gold in of_body}):
            yield Reason(Kind.AGENCY_EXTRA, _body(row.name, row.clause_id, row.role))


def _is_body(gold: AgencyGold, row: AgencyRow) -> bool:
    return fold(row.name) == fold(gold.name) and gold.clause_id in {None, row.clause_id}


def _body(name: str, clause_id: str | None, role: Role) -> str:
    where = f"，{clause_id}" if clause_id else ""
    return f"{name}（{ROLE_NAMES[role]}{where}）"


def _number(gold: NumberGold, answer: Reply) -> Iterator[Reason]:
    """Look for a number among the indicator rows and in the answer's words; name what is nearest to right."""
    rows = [row for row in answer.indicators if _is_amount(gold, row.value, row.unit)]
    said = [
        (figure, sentence)
        for sentence in map(fold, _SENTENCE.split(answer.answer))
        for figure in read_figures(sentence)
    ]
    found = [(figure, sentence) for figure, sentence in said if figure.base == to_base(gold.amount, gold.unit)]
    if not rows and not found:
        units = list(dict.fromkeys(figure.unit or "没有单位" for figure, _ in said if figure.value == gold.amount))
        if units:
            yield Reason(Kind.WRONG_UNIT, f"{gold}，答案中 {gold.value} 的单位是{'、'.join(units)}")
        else:
            yield Reason(Kind.WRONG_VALUE, f"答案中没有 {gold}")
        return
    signs = {row.comparator for row in rows} | {figure.comparator for figure, _ in found}
    if gold.comparator and gold.comparator not in signs:
        yield Reason(Kind.WRONG_COMPARATOR, f"{gold} 应为 {gold.comparator}，实为 {'、'.join(sorted(signs))}")
    strengths = {row.strength for row in rows} | {strength_said(sentence, figure) for figure, sentence in found}
    if gold.strength and gold.strength not in strengths:
        yield Reason(Kind.WRONG_STRENGTH, f"{gold} 应为 {gold.strength}，实为 {'、'.join(sorted(strengths))}")


def _is_amount(gold: NumberGold, value: str, unit: str) -> bool:
    if not value.replace(".", "", 1).isdecimal():
        return False
    return to_base(NumberGold(value=value, unit=unit).amount, unit) == to_base(gold.amount, gold.unit)
