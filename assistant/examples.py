"""Example questions and suggestions, made from a plan's own data so that each has an answer."""

from __future__ import annotations

from functools import lru_cache

from assistant.reading import series_of
from corpus import Plan


@lru_cache(maxsize=64)
def example_questions(plan: Plan) -> tuple[str, ...]:
    """Return three questions: who leads a task, a target, something over all tasks.

    They stand in answers, so they name no body and hold no figure: nothing that would need a source.
    """
    questions: list[str] = []
    led = [row.clause_id for row in plan.responsibilities if row.role == "lead"]
    named = [clause for clause in plan.clauses if clause.title and plan.bodies(clause.clause_id)]
    first = next((clause for clause in named if clause.clause_id in led), named[0] if named else None)
    if first:
        questions.append(f"{first.title}由谁{'牵头' if led else '负责'}？")
    numeric = [series.name for series in series_of(plan) if any(row.is_numeric for row in series.rows)]
    if short := [name for name in numeric if not any(character.isdigit() for character in name)]:
        questions.append(f"{min(short, key=lambda name: (abs(len(name) - _EASY), name))}的目标是多少？")
    if plan.responsibilities:
        questions.append("哪个单位牵头的任务最多？" if led else "方案列出了哪些责任单位？")
    return tuple(questions) or ("这个方案有哪些章节？",)


_EASY = 9  # characters of an indicator's name that is easy to read


def suggestions(plan: Plan, clauses: tuple[str, ...], answered: str) -> tuple[str, ...]:
    """Return up to three further questions on the clause that was answered; ``answered`` is the intent just served."""
    if not clauses or not plan.has_clause(clauses[0]):
        return ()
    clause = plan.clause(clauses[0])
    subject = clause.title or clause.label
    questions = []
    if answered != "who" and plan.bodies(clause.clause_id):
        questions.append(f"{subject}由谁负责？")
    if answered != "content":
        questions.append(f"{clause.label.removesuffix(clause.title)}讲了什么？")
    questions.extend(
        f"{series.name}的目标是多少？"
        for series in series_of(plan)
        if series.clause_id == clause.clause_id and answered != "value"
    )
    return tuple(questions[:3])
