"""The commands ``bless`` and ``compare``: a comparison in words, for a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple

from evals.baselines import bless, find_run
from evals.compare import Comparison, Pair, compare
from evals.outcome import Outcome
from evals.report import beginning, cut, expected, table
from evals.score import STATUS_NAMES


def run_bless(options: argparse.Namespace) -> int:
    """Keep a run as a baseline; returns the exit code."""
    run = find_run(options.run, options.baselines)
    bless(run, options.name, options.baselines, force=options.force, replace=options.replace)
    right = run.summary.total.right
    print(f"已定为基线“{options.name}”：{right.whole} 题，答对 {right.part}（{right.value:.1%}）")
    print(f"以后比较：python -m evals compare {options.name} 新的结果目录")
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """Compare two runs; returns 1 where the newer one is worse, and with --strict where one question is."""
    old, new = find_run(options.old, options.baselines), find_run(options.new, options.baselines)
    comparison = compare(old, new)
    print(told(comparison, brief=options.brief))
    return 1 if comparison.verdict == "变差" or (options.strict and comparison.regressed) else 0


def told(comparison: Comparison, *, brief: bool = False) -> str:
    """Put a comparison into words: the verdict, what to bear in mind, the categories, then each question that changed."""
    return "\n".join(_told(comparison, brief))


def _told(comparison: Comparison, brief: bool) -> Iterator[str]:
    yield comparison.sentence
    yield from (f"注意：{one}" for one in comparison.remarks)
    yield from [f"注意：{comparison.left_out}"] if comparison.left_out else []
    yield ""
    yield table(
        ["题类", "题数", "原来答对", "现在答对", "由错变对", "由对变错"],
        [list(map(str, astuple(one))) for one in comparison.shifts],
    )
    for title, pairs in (("由对变错", comparison.regressed), ("由错变对", comparison.fixed)):
        if pairs:
            yield from ("", f"【{title}】{len(pairs)} 题")
            yield from [", ".join(pair.question_id for pair in pairs)] if brief else _each(pairs)
    if comparison.regraded:
        yield from ("", f"【标准答案改过】{len(comparison.regraded)} 题，没有计入上面的比较")
        for pair in comparison.regraded:
            same = "答案没有变" if pair.is_same_answer else "答案也变了"
            yield f"  {pair.question_id}　{_mark(pair.old)} → {_mark(pair.new)}，{same}"
            yield f"    原来应答：{expected(pair.old.question.expect)}"
            yield f"    现在应答：{expected(pair.new.question.expect)}"
    other = [pair for pair in comparison.unchanged if not pair.is_same_answer]
    yield from ("", f"对错没有变的 {len(comparison.unchanged)} 题中，{len(other)} 题的答案有改动。")


def _each(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield f"  {pair.question_id}　{beginning(pair.new.question.question)}"
        yield f"    应答：{expected(pair.new.question.expect)}"
        for when, outcome in (("原来", pair.old), ("现在", pair.new)):
            yield f"    {when}{_mark(outcome)}：{_answer(outcome)}"
            yield from (f"      {reason}" for reason in outcome.reasons)


def _mark(outcome: Outcome) -> str:
    return "对" if outcome.right else "错"


def _answer(outcome: Outcome) -> str:
    if outcome.reply is None:
        return "（答案格式不对）"
    return f"（{STATUS_NAMES[outcome.reply.status]}）{cut(outcome.reply.answer)}".replace("\n", "\n      ")
