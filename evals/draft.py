"""The command ``draft``: a question set proposed from a plan's structure, for a person to review."""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from pathlib import Path

from corpus.model import Plan
from corpus.plans import load_corpus
from evals.convert import write_set
from evals.draft_duties import duty_sketches
from evals.draft_targets import target_sketches
from evals.draft_words import Kind, Sketch, kinds
from evals.errors import EvalsError
from evals.gold import gold_faults
from evals.question import Question
from evals.register import Register

LONGEST_PREFIX = 24  # characters of a plan's id


def draft(plan: Plan) -> tuple[Question, ...]:
    """Return questions about a plan with what counts as right, all taken from its data; the same plan, the same set.

    They are marked as drafts. What the plans do not bear out is left out, as is a question that is already asked.
    """
    order = list(kinds())
    sketches = sorted((*duty_sketches(plan), *target_sketches(plan)), key=lambda one: order.index(one.kind))
    numbers: Counter[str] = Counter()
    asked: set[tuple[str, ...]] = set()
    questions = []
    for one in sketches:
        turns = (*one.history, one.question)
        question = _question(one, kinds()[one.kind], plan.plan_id, numbers[one.kind] + 1)
        if turns not in asked and not gold_faults([question], {plan.plan_id: plan}):
            asked.add(turns)
            numbers[one.kind] += 1
            questions.append(question)
    return tuple(questions)


def write_draft(options: argparse.Namespace) -> int:
    """Draft a set about one plan and write it; returns the exit code. Raises :class:`EvalsError`."""
    plans = load_corpus(options.plans).plans
    register = Register(plans)
    plan_id = register.plan_id(options.plan) if options.plan else plans[0].plan_id if len(plans) == 1 else None
    if plan_id is None:
        known = "\n".join(f"  {plan.plan_id}　{plan.title}" for plan in plans)
        asked = f"没有方案“{options.plan}”" if options.plan else "请用 --plan 写明是哪一份方案"
        raise EvalsError(
            f"{asked}。已收录的方案：\n{known}" if known else "还没有收录方案，请先用 python -m corpus add"
        )
    (plan,) = register.within(plan_id).plans
    out: Path = options.out or Path(f"{plan_id}-草稿.xlsx")
    if out.exists() and not options.force:
        raise EvalsError(f"{out} 已经存在；要覆盖它，请加上 --force")
    questions = draft(plan)
    write_set(out, questions)
    print(f"照《{plan.title}》拟了 {len(questions)} 道题，写在 {out}")
    for category, count in Counter(one.category for one in questions).items():
        print(f"  {category}：{count}")
    if not plan.reviewed:
        print("这份方案的目标是程序提取的，还没有人核对，请特别留意各题的数。")
    print("这些题都标了“待审”。请逐题对照原文，改好的删掉“是”，不要的整行删掉，再运行 check 和 run。")
    return 0


def _question(one: Sketch, kind: Kind, plan_id: str, number: int) -> Question:
    return Question.model_validate(
        {
            "id": f"{_prefix(plan_id)}-{kind.name}-{number:02}",
            "category": kind.category,
            "user": kind.user,
            "plan_id": plan_id,
            "history": one.history,
            "question": one.question,
            "expect": one.expect,
            "note": one.note,
            "draft": True,
        }
    )


def _prefix(plan_id: str) -> str:
    """Return the plan's id for the ids of its questions; a long one is cut, and told apart by a check sum.

    >>> _prefix("garden"), _prefix("bao-tou-shi-2022-nian-shu-zi-zheng-fu")
    ('garden', 'bao-tou-shi-c84a')
    """
    if len(plan_id) <= LONGEST_PREFIX:
        return plan_id
    return f"{plan_id[:12].rstrip('-')}-{zlib.crc32(plan_id.encode()) & 0xFFFF:04x}"
