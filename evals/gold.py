"""What questions expect, compared with the plans: a wrong expectation is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.model import Plan
from corpus.quantities import find_quantities, to_base
from evals.columns import header_of, section
from evals.errors import SetFault
from evals.fold import fold, holds
from evals.number_cell import is_unit
from evals.question import AgencyGold, NumberGold, Question
from evals.register import Register
from evals.score import ROLE_NAMES

Fault = tuple[str, str, str]  # field, what is wrong, what would be right

_PARTING = re.compile(r"[，,、/|｜]")
_SHORT = 10  # characters of one phrase of several


def gold_faults(questions: Sequence[Question], plans: Mapping[str, Plan]) -> tuple[SetFault, ...]:
    """Return what the questions expect although no plan says so: clauses, bodies, roles, comparators, strengths.

    A number that stands nowhere in the plans is let pass: it may be worked out (相差 1.5 个百分点).
    """
    registers = {plan_id: Register((plan,)) for plan_id, plan in plans.items()}
    whole = Register(tuple(plans.values()))
    nowhere = Register()
    return tuple(
        _placed(one, *fault)
        for one in questions
        for fault in _faults(one, registers.get(one.plan_id, nowhere) if one.plan_id else whole, plans)
    )


def gold_hints(questions: Sequence[Question], plans: Mapping[str, Plan]) -> tuple[SetFault, ...]:
    """Return what may be a slip; it stops nothing.

    Numbers that stand in no plan and in no note: worked out, or mistyped. Phrases that are several, parted by a sign
    that parts none, and so would never be found.
    """
    whole = Register(tuple(plans.values()))
    texts = [plan.text for plan in plans.values()]
    hints = ((one, hint) for one in questions for hint in (*_joined(one, texts), *_unwritten(one, whole)))
    return tuple(_placed(one, *hint) for one, hint in hints)


def _unwritten(question: Question, register: Register) -> Iterator[Fault]:
    for number in question.expect.numbers:
        if to_base(number.amount, number.unit) not in register.signs and number.value not in question.note:
            what = f"{number} 方案里没有，说明里也没有写怎么算的"
            yield "expect.numbers", what, "请再核对一遍；是算出来的，请把算式写进说明"


def _joined(question: Question, texts: Sequence[str]) -> Iterator[Fault]:
    """Tell of a cell's only phrase that looks like several; who parted some knows how."""
    expect = question.expect
    alone = [("expect.must", expect.must), ("expect.must_not", expect.must_not)]
    alone += [("expect.must_any", group) for group in expect.must_any]
    for field, phrases in alone:
        if len(phrases) == 1 and looks_like_several(phrases[0]) and not any(holds(text, phrases[0]) for text in texts):
            mark = "竖线" if field == "expect.must_any" else "分号"
            yield field, f"“{phrases[0]}”会当作一个短语", f"几个短语请用{mark}隔开"


def looks_like_several(phrase: str) -> bool:
    """Whether a phrase has commas, slashes or bars between short pieces, other than within a number or its unit.

    >>> [looks_like_several(one) for one in ("45%，55%", "13,14.5%", "55%|86%", "1,200家", "5万吨/日", "由市园林局牵头")]
    [True, True, True, False, False, False]
    """
    numbers = find_quantities(phrase)
    signs = [
        found.start()
        for found in _PARTING.finditer(phrase)
        if not any(number.start <= found.start() < number.end for number in numbers)
    ]
    edges = [-1, *signs, len(phrase)]
    pieces = [phrase[start + 1 : end].strip() for start, end in pairwise(edges)]
    return len(pieces) > 1 and all(0 < len(piece) <= _SHORT for piece in pieces)


def _placed(question: Question, field: str, what: str, fix: str) -> SetFault:
    column = question.columns.get(field, "")
    header = header_of(field) if column else ""
    return SetFault(question.file, question.line, question.id, what, question.sheet, column, header, fix)


def _faults(question: Question, register: Register, known: Mapping[str, Plan]) -> Iterator[Fault]:
    if not register.plans:
        yield "plan_id", f"没有方案 {question.plan_id}", f"已收录：{'、'.join(known)}" if known else ""
        return
    expect = question.expect
    for clause_id in dict.fromkeys([*expect.clauses, *expect.clauses_any]):
        yield from _clause(clause_id, "expect.clauses", register)
    for clause_id in dict.fromkeys(one.clause_id for one in expect.agencies if one.clause_id):
        yield from _clause(clause_id, "expect.agencies", register)
    for agency in expect.agencies:
        yield from _agency(agency, register)
    for number in expect.numbers:
        yield from _number(number, register)


def _clause(clause_id: str, field: str, register: Register) -> Iterator[Fault]:
    if not register.has_clause(clause_id):
        yield field, f"方案没有条款 {clause_id}", register.nearest_clause(clause_id)


def _agency(gold: AgencyGold, register: Register) -> Iterator[Fault]:
    field = "expect.agencies"
    rows = register.duties.get(fold(gold.name), ())
    here = [row for row in rows if gold.clause_id in {None, row.clause_id}]
    if not rows:
        like = register.nearest_body(gold.name)
        yield field, f"方案没有“{gold.name}”这个责任单位", f"是不是“{like}”？" if like else "单位写方案里的全名"
    elif not here:
        if gold.clause_id and register.has_clause(gold.clause_id):  # a clause that is not there has been told
            own = "、".join(dict.fromkeys(row.clause_id for row in rows))
            yield field, f"{gold.name}在条款 {gold.clause_id} 中没有职责", f"它的职责在 {own}"
    elif gold.role not in {row.role for row in here}:
        was = "、".join(ROLE_NAMES[role] for role in sorted({row.role for row in here}))
        yield field, f"{gold.name}的职责是{was}，不是{ROLE_NAMES[gold.role]}", f"把它写在“{was}”后面"


def _number(gold: NumberGold, register: Register) -> Iterator[Fault]:
    if not is_unit(gold.unit):
        what = f"{gold.value} 的单位“{gold.unit}”不认识" if gold.unit else f"{gold.value} 没有单位"
        yield "expect.numbers", what, "写上单位，如 %、家、万吨/日"
        return
    amount = to_base(gold.amount, gold.unit)
    signs = register.signs.get(amount, frozenset())
    if gold.comparator and signs and gold.comparator not in signs:
        was = [_word("comparators", sign) for sign in sorted(signs)]
        yield _differs(gold, was, _word("comparators", gold.comparator))
    strengths = register.strengths.get(amount, frozenset())
    if gold.strength and strengths and gold.strength not in strengths:
        was = [_word("strengths", one) for one in sorted(strengths)]
        yield _differs(gold, was, _word("strengths", gold.strength))


def _differs(gold: NumberGold, was: Sequence[str], said: str) -> Fault:
    return "expect.numbers", f"{gold} 在方案中是{'、'.join(f'“{one}”' for one in was)}，不是“{said}”", "照方案的说法写"


def _word(kind: str, value: str) -> str:
    words = section(kind)[value]
    return str(words if isinstance(words, str) else words[0])
