"""The commands ``python -m evals run`` and ``python -m evals check``."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]  # tqdm ships no types

from corpus.errors import CorpusError
from corpus.parser import Parser
from corpus.plans import PLANS, load_corpus
from evals.errors import EvalsError
from evals.generate import Generate, ask_command, ask_in_process, read_answers
from evals.gold import gold_faults
from evals.mix import mix
from evals.question import Question
from evals.report import failures, figures
from evals.run import Outcome, judge_all, write_run
from evals.sets import load_sets
from evals.summary import Summary, summarize

PROG = "python -m evals"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (0 done, 1 a gate or the check failed, 2 wrong usage or bad input)."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options) if options.command == "run" else _check(options)
    except (EvalsError, CorpusError) as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    questions = load_sets(options.sets)
    if options.mix:
        questions = mix(questions, options.mix, options.seed)
    corpus = load_corpus(options.plans)
    plans = {plan.plan_id: plan for plan in corpus.plans}
    with tqdm(
        total=len(questions), desc="答题", unit="题", disable=True if options.quiet else None, leave=False
    ) as bar:
        right = 0

        def advance(outcome: Outcome) -> None:
            nonlocal right
            right += outcome.right
            bar.set_postfix_str(f"答对 {right}", refresh=False)
            bar.update()

        outcomes = judge_all(questions, _way_of_asking(options)(questions), plans, advance)
    summary = summarize(outcomes)
    if not (options.quiet or options.hide_questions) and not all(outcome.right for outcome in outcomes):
        print(failures(outcomes), end="\n\n")
    print(figures(summary))
    if options.out:
        facts = {"questions": _digest(questions), "corpus": corpus.digest, **summary.as_json()}
        write_run(options.out, outcomes, facts, questions=not options.hide_questions)
        print(f"\n结果已写入 {options.out}")
    return _gate(summary, options.floor)


def _check(options: argparse.Namespace) -> int:
    questions = load_sets(options.sets)
    faults = gold_faults(questions, {plan.plan_id: plan for plan in load_corpus(options.plans).plans})
    if faults and not options.hide_questions:
        print("\n".join(map(str, faults)))
    print(
        f"{len(questions)} 道题，{len(faults)} 处与方案不符"
        if faults
        else f"{len(questions)} 道题，格式和内容都没有发现问题"
    )
    return 1 if faults else 0


def _way_of_asking(options: argparse.Namespace) -> Generate:
    if options.answers:
        return read_answers(options.answers)
    if options.in_process:
        return ask_in_process
    if options.out and not options.hide_questions:
        options.out.mkdir(parents=True, exist_ok=True)
        return partial(ask_command, log=options.out / "assistant.log")
    return ask_command


def _gate(summary: Summary, floor: float | None) -> int:
    failed = 0
    if summary.unproved:
        print(f"\n未达标：有 {summary.unproved} 个答案含无出处内容，应为 0。", file=sys.stderr)
        failed = 1
    if floor is not None and summary.total.value < floor:
        print(f"\n未达标：答对 {summary.total.value:.1%}，应不低于 {floor:.1%}。", file=sys.stderr)
        failed = 1
    return failed


def _digest(questions: Sequence[Question]) -> str:
    """Return the SHA-256 of the questions with their expectations: which version of the sets was run."""
    return hashlib.sha256(
        "\n".join(one.model_dump_json(exclude={"file", "line"}) for one in questions).encode()
    ).hexdigest()


def _share(text: str) -> float:
    """Read a share: 0.97 or 97%.

    >>> _share("97%"), _share("0.97")
    (0.97, 0.97)
    """
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是一个占比，请写成 0.97 或 97%") from None
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"“{text}”应在 0 与 100% 之间")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=PROG, description="用题集检验助手的回答")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    run = commands.add_parser("run", help="答一遍题集，逐题评判，给出各类的正确率")
    check = commands.add_parser("check", help="不答题，只核对题集：格式，以及条款、单位、职责和比较词是否与方案相符")
    for command in (run, check):
        command.add_argument("sets", nargs="+", type=Path, metavar="题集", help="题集文件（.yaml）或目录")
        command.add_argument("--hide-questions", action="store_true", help="只给出数字，不显示也不写下任何题目")
        command.add_argument("--plans", type=Path, default=PLANS, metavar="目录", help="方案所在的目录")
    run.add_argument("--out", type=Path, metavar="目录", help="把答案、逐题结果和汇总写到这里")
    run.add_argument("--floor", type=_share, metavar="占比", help="答对的占比低于它就算不达标（退出码 1）")
    run.add_argument("--quiet", action="store_true", help="不显示进度和逐题的错误，只显示汇总")
    run.add_argument("--in-process", action="store_true", help="在本进程里回答，不另开一个助手")
    run.add_argument("--answers", type=Path, metavar="文件", help="不再提问，重新评判以前写下的 answers.jsonl")
    run.add_argument(
        "--mix", type=int, metavar="个数", help="不问原题，改问由原题剪切、打乱、拼接成的这么多题，只查有无出处"
    )
    run.add_argument("--seed", type=int, default=0, metavar="数", help="--mix 的随机种子，同一个数得到同样的题")
    return parser
