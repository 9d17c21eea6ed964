"""Example questions and suggestions, made from a plan's own data so that each has an answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from assistant.reading import Series, series_in, series_of
from corpus import Plan
from corpus.model import Clause

_QUOTING = re.compile(r"[“”《》\d]")


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions as one kind of reader asks them."""

    reader: str
    questions: tuple[str, ...]


@lru_cache(maxsize=64)
def example_questions(plan: Plan) -> tuple[str, ...]:
    """Return three questions: who leads a task, a target, something over all tasks.

    They stand in answers, so they name no body and hold no figure: nothing that would need a source.
    """
    return tuple(kind[0] for kind in _kinds(plan) if kind) or ("这个方案有哪些章节？",)


def examples_beside(plan: Plan, question: str) -> tuple[str, ...]:
    """Return three such questions that change with the ``question`` beside which they are shown: the same for the same one."""
    turn = crc32(question.encode("utf-8", "replace"))
    return tuple(kind[turn % len(kind)] for kind in _kinds(plan) if kind) or example_questions(plan)


@lru_cache(maxsize=64)
def _kinds(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Return the questions of each kind, the easiest first; a title with quotation marks in it would be a quotation."""
    asked = _with_bodies(plan)
    plain = [clause for clause in asked if not _QUOTING.search(clause.title)] or asked[:1]
    return tuple(_who(plan, clause) for clause in plain), _what(plan)[:_EASIEST], _over_all(plan)


_EASIEST = 6  # indicators whose names are easy enough for an example


@lru_cache(maxsize=64)
def examples_by_reader(plan: Plan) -> tuple[Examples, ...]:
    """Return questions for those who work with a plan, those whom it concerns, and those who try the assistant.

    They stand beside no answer, so they may name bodies. A kind of reader for whom the plan gives nothing is left out.
    """
    groups = (("工作人员", _for_staff(plan)), ("公众", _for_public(plan)), ("培训人员", _for_trainers(plan)))
    made = (Examples(reader, tuple(dict.fromkeys(questions))) for reader, questions in groups)
    return tuple(group for group in made if group.questions)


def examples_of(plans: Sequence[Plan]) -> tuple[Examples, ...]:
    """Return such questions on the only plan, or on several that take turns; each then names its plan."""
    if len(plans) == 1:
        return examples_by_reader(plans[0])
    own = [{group.reader: group.questions for group in examples_by_reader(plan)} for plan in plans]
    readers = list(dict.fromkeys(reader for groups in own for reader in groups))
    turns = [
        Examples(reader, tuple(_in_turn(plans, [groups.get(reader, ()) for groups in own], first * _EACH)))
        for first, reader in enumerate(readers)
    ]
    return tuple(group for group in turns if group.questions)


_EACH = 3  # questions for a kind of reader, where several plans take turns


def _in_turn(plans: Sequence[Plan], offered: Sequence[Sequence[str]], first: int) -> Iterator[str]:
    for turn in range(_EACH):
        at = (first + turn) % len(plans)
        yield from (f"《{plans[at].title}》里，{question}" for question in offered[at][turn : turn + 1])


def _for_staff(plan: Plan) -> Iterator[str]:
    yield from [_who(plan, clause) for clause in _with_bodies(plan)][:1]
    role, does = ("lead", "牵头") if _led(plan) else ("sole", "负责")
    often = Counter(row.name for row in plan.responsibilities if row.role == role)
    for name, _ in often.most_common(1):
        yield f"{name}{does}哪些任务？"
    yield from _over_all(plan)[:1]


def _for_public(plan: Plan) -> Iterator[str]:
    yield from _what(plan)[:1]
    # The clause with the most targets says most of what will be done.
    for clause in sorted(_titled(plan), key=lambda one: -len(plan.targets(one.clause_id)))[:1]:
        yield f"{clause.title}有哪些要求？"
    for row in [row for row in plan.definitions if row.kind == "meaning"][:1]:
        yield f"{row.term}是什么意思？"


def _for_trainers(plan: Plan) -> Iterator[str]:
    if any(row.strength == "strive" for row in plan.indicators):
        yield "力争目标有哪些？"
    if led := _led(plan):
        named = {row.clause_id for row in plan.responsibilities if row.role in ("sole", "shared")}
        if named - led:
            yield _UNLED
    years = [row.target_year for row in plan.indicators if row.target_year]
    for name in _easy_names(plan)[1:2]:
        # What a plan does not say is as worth trying as what it says.
        yield f"{max(years) + 5}年{name}要达到多少？" if years else f"{name}的目标是多少？"


_EASY = 9  # characters of an indicator's name that is easy to read


def _easy_names(plan: Plan) -> list[str]:
    """Return the names of indicators with a number, the easiest to read first."""
    numeric = [series.name for series in series_of(plan) if any(row.is_numeric for row in series.rows)]
    short = {name for name in numeric if not _QUOTING.search(name)}
    return sorted(short, key=lambda name: (abs(len(name) - _EASY), name))


_UNLED = "哪些条款没有明确牵头单位？"


def _led(plan: Plan) -> set[str]:
    return {row.clause_id for row in plan.responsibilities if row.role == "lead"}


def _titled(plan: Plan) -> list[Clause]:
    """Return the clauses with a heading that name bodies."""
    named = {row.clause_id for row in plan.responsibilities}
    return [clause for clause in plan.clauses if clause.title and clause.clause_id in named]


def _with_bodies(plan: Plan) -> list[Clause]:
    """Return the clauses of which it is worth asking who is responsible: where some are led, these alone."""
    led = _led(plan)
    return [clause for clause in _titled(plan) if not led or clause.clause_id in led]


def _who(plan: Plan, clause: Clause) -> str:
    return (
        f"{clause.title}由谁{'牵头' if any(row.role == 'lead' for row in plan.bodies(clause.clause_id)) else '负责'}？"
    )


def _what(plan: Plan) -> tuple[str, ...]:
    return tuple(f"{name}的目标是多少？" for name in _easy_names(plan))


def _over_all(plan: Plan) -> tuple[str, ...]:
    """Return what can be asked of all clauses that name bodies."""
    if _led(plan):
        return "哪个单位牵头的任务最多？", _UNLED
    return ("方案列出了哪些责任单位？",) if plan.responsibilities else ()


MOST_SUGGESTED = 3


def suggestions(plan: Plan, clauses: Sequence[str], answered: str = "") -> tuple[str, ...]:
    """Return up to three further questions on the clause that was answered; ``answered`` is the intent just served."""
    if not clauses or not plan.has_clause(clauses[0]):
        return ()
    clause = plan.clause(clauses[0])
    return tuple(dict.fromkeys(_further(plan, clause, answered)))[:MOST_SUGGESTED]


def _further(plan: Plan, clause: Clause, answered: str) -> Iterator[str]:
    bodies = plan.bodies(clause.clause_id)
    targets = series_in(plan, clause.clause_id)
    if answered != "who" and bodies:
        yield f"{clause.title or clause.label}由谁负责？"
    if answered not in ("content", "outline"):
        yield f"{clause.label.removesuffix(clause.title)}讲了什么？"
    if answered == "who":
        for body in [row for row in bodies if row.role == "lead"][:1]:
            yield f"{body.name}牵头哪些任务？"
    if answered != "value":
        yield from map(_what_target, targets)
    elif len(targets) > 1 and clause.parent_id:  # a chapter of targets is often itself called one
        yield f"{clause.label.removesuffix(clause.title)}有哪些目标？"


def _what_target(series: Series) -> str:
    return f"{series.name}的目标是多少？"
