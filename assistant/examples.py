"""Example questions and suggestions, made from a plan's own data so that each has an answer."""

from __future__ import annotations

from functools import lru_cache

from assistant.reading import series_of
from corpus import Plan


@lru_cache(maxsize=64)
def example_questions(plan: Plan) -> tuple[str, ...]:
    """Return three questions: who leads a task, a target, what a body is responsible for."""
    questions: list[str] = []
    led = [row for row in plan.responsibilities if row.role == "lead"]
    if led:
        questions.append(f"{plan.clause(led[0].clause_id).title or plan.clause(led[0].clause_id).label}由谁牵头？")
    elif plan.responsibilities:
        questions.append(f"{plan.clause(plan.responsibilities[0].clause_id).label}由谁负责？")
    numeric = [series for series in series_of(plan) if any(row.is_numeric for row in series.rows)]
    if numeric:
        questions.append(f"{min(numeric, key=lambda one: (len(one.name), one.rows[0].start)).name}的目标是多少？")
    sole = [row for row in plan.responsibilities if row.role in ("sole", "shared")]
    if sole:
        fewest = min(sole, key=lambda row: (sum(one.name == row.name for one in sole), row.start))
        questions.append(f"{fewest.name}承担哪些任务？")
    return tuple(questions) or ("这个方案有几章？",)


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
