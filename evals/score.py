"""One answer against what its question expects: every reason why it is not wholly right, none where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Role
from evals.fold import fold, holds
from evals.question import AgencyGold, Expect, NumberGold, Question, Status
from evals.reasons import Kind, Reason
from evals.reply import AgencyRow, CitationRow, Reply
from evals.stated import stated

STATUS_NAMES: dict[Status, str] = {
    "answered": "已回答",
    "not_stated": "方案未写",
    "out_of_scope": "超出范围",
    "clarify": "反问",
}
ROLE_NAMES: dict[Role, str] = {"lead": "牵头", "sole": "单独负责", "shared": "按职责分工负责", "local": "落实"}


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
    return tuple(_reasons(question, answer))


def _reasons(question: Question, answer: Reply) -> Iterator[Reason]:
    expect = question.expect
    status = answer.status
    if status not in expect.status:
        wanted = "或".join(STATUS_NAMES[one] for one in expect.status)
        yield Reason(Kind.WRONG_STATUS, f"应为{wanted}，实为{STATUS_NAMES[status]}")
    yield from (Reason(Kind.FORBIDDEN_PHRASE, phrase) for phrase in expect.must_not if holds(answer.answer, phrase))
    if declines_rightly(expect, status):
        return
    yield from _clauses(expect, [_place(row, question.plan_id) for row in answer.citations])
    yield from _agencies(expect, answer.agencies)
    for number in expect.numbers:
        yield from _number(number, answer)
    yield from (Reason(Kind.PHRASE_MISSING, one) for one in expect.must if not holds(answer.answer, one))
    for group in expect.must_any:
        if not any(holds(answer.answer, phrase) for phrase in group):
            yield Reason(Kind.PHRASE_MISSING, " / ".join(group))


def declines_rightly(expect: Expect, status: Status) -> bool:
    """Whether an answer asks back or declines where a question lets it, though it might have been answered."""
    declining: set[Status] = {"clarify", "out_of_scope"}
    return status in expect.status and status in declining and not set(expect.status) <= declining


def _place(row: CitationRow, plan_id: str | None) -> str:
    """Name a cited clause; one of another plan than the question is about is none of those expected."""
    return row.clause_id if plan_id in {None, row.plan_id} else f"{row.plan_id} {row.clause_id}"


def _clauses(expect: Expect, cited: Sequence[str]) -> Iterator[Reason]:
    """Compare the clauses cited with those needed.

    Where clauses are cited and none of those needed is among them, the answer is about a wrong clause; where some are,
    or nothing is cited, the others are missing. One beside those needed is wrong only where the set is exact about it.
    """
    wanted = expect.needs
    missing = [group for group in wanted if not any(is_within(one, gold) for gold in group for one in cited)]
    named = {gold for group in wanted for gold in group}
    foreign = [one for one in dict.fromkeys(cited) if not any(is_within(one, gold) for gold in named)]
    if wanted and foreign and len(missing) == len(wanted):
        needed = "、".join(" / ".join(group) for group in wanted)
        yield Reason(Kind.WRONG_CLAUSE, f"引用的是 {'、'.join(foreign)}，应为 {needed}")
        return
    yield from (Reason(Kind.MISSING_CLAUSE, " / ".join(group)) for group in missing)
    if expect.clauses_exact:
        yield from (Reason(Kind.WRONG_CLAUSE, f"不应引用 {one}") for one in foreign)


def is_within(clause_id: str, gold: str) -> bool:
    """Whether a clause is another one or nested in it: who quotes 3.1 has quoted from chapter 3.

    >>> is_within("3.1", "3"), is_within("3", "3.1"), is_within("31", "3")
    (True, False, False)
    """
    return clause_id == gold or clause_id.startswith(f"{gold}.")


def _agencies(expect: Expect, rows: Sequence[AgencyRow]) -> Iterator[Reason]:
    for gold in expect.agencies:
        roles = {row.role for row in rows if is_body(gold, row)}
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
        of_body = [gold for gold in golds if is_body(gold, row)]
        named_right = any(is_body(gold, other) and gold.role == other.role for gold in of_body for other in rows)
        if not of_body or (named_right and row.role not in {gold.role for gold in of_body}):
            yield Reason(Kind.AGENCY_EXTRA, _body(row.name, row.clause_id, row.role))


def is_body(gold: AgencyGold, row: AgencyRow) -> bool:
    """Whether a body given is the one expected, in its clause, whatever its role."""
    return fold(row.name) == fold(gold.name) and gold.clause_id in {None, row.clause_id}


def _body(name: str, clause_id: str | None, role: Role) -> str:
    where = f"，{clause_id}" if clause_id else ""
    return f"{name}（{ROLE_NAMES[role]}{where}）"


def _number(gold: NumberGold, answer: Reply) -> Iterator[Reason]:
    """Look for a number among the indicator rows and in the answer's words; name what is nearest to right."""
    found = stated(gold, answer)
    if not found.is_there:
        if found.units:
            units = "、".join(unit or "没有单位" for unit in found.units)
            yield Reason(Kind.WRONG_UNIT, f"{gold}，答案中 {gold.value} 的单位是{units}")
        else:
            yield Reason(Kind.WRONG_VALUE, f"答案中没有 {gold}")
        return
    if gold.comparator and gold.comparator not in found.comparators:
        was = "、".join(sorted(found.comparators))
        yield Reason(Kind.WRONG_COMPARATOR, f"{gold} 应为 {gold.comparator}，实为 {was}")
    if gold.strength and gold.strength not in found.strengths:
        was = "、".join(sorted(found.strengths))
        yield Reason(Kind.WRONG_STRENGTH, f"{gold} 应为 {gold.strength}，实为 {was}")
    if gold.year and gold.year not in found.years:
        was = "、".join(f"{year} 年" for year in sorted(found.years)) or "没有年份"
        yield Reason(Kind.WRONG_YEAR, f"{gold} 应为 {gold.year} 年，实为{was}")
