"""The commands ``python -m evals run`` and ``python -m evals check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import CorpusError
from corpus.parser import Parser
from corpus.plans import PLANS, load_corpus
from evals.errors import EvalsError
from evals.gold import gold_faults
from evals.publish import report
from evals.run import generate, run, score
from evals.sets import load_sets
from index.errors import IndexFault

PROG = "python -m evals"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (0 done, 1 a gate or the check failed, 2 wrong usage or bad input)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except (EvalsError, CorpusError, IndexFault) as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 2


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
    running = commands.add_parser("run", help="答一遍题集，逐题评判，给出各类的正确率")
    asking = commands.add_parser("generate", help="只答题，把答案写进目录，以后用 score 评判")
    judging = commands.add_parser("score", help="评判一个目录里的答案，不再提问")
    reporting = commands.add_parser("report", help="把一次运行的结果写成网页和表格，可以转发、打印")
    checking = commands.add_parser("check", help="不答题，只核对题集：格式，以及条款、单位、职责和比较词是否与方案相符")
    for command, function in (
        (running, run),
        (asking, generate),
        (judging, score),
        (reporting, report),
        (checking, _check),
    ):
        command.set_defaults(do=function, hide_questions=False, mix=None, answers=None)
        command.add_argument("--plans", type=Path, default=PLANS, metavar="目录", help="方案所在的目录")
    for command in (running, asking, checking):
        command.add_argument("sets", nargs="+", type=Path, metavar="题集", help="题集文件（.yaml）或目录")
    for command in (running, reporting, checking):
        command.add_argument("--hide-questions", action="store_true", help="只给出数字，不显示也不写下任何题目")
    for command in (running, asking, judging):
        command.add_argument("--quiet", action="store_true", help="不显示进度和逐题的错误，只显示汇总")
    for command in (running, judging):
        command.add_argument("--floor", type=_share, metavar="占比", help="答对的占比低于它就算不达标（退出码 1）")
    for command in (running, asking):
        command.add_argument("--in-process", action="store_true", help="在本进程里回答，不另开一个助手")
        command.add_argument("--resume", action="store_true", help="接着答目录里没有答完的题")
    for command in (judging, reporting):
        command.add_argument("run", type=Path, metavar="目录", help="generate 或 run 写下的目录")
    reporting.add_argument("--html", type=Path, metavar="文件", help="网页报告写到这里（缺省：目录里的 report.html）")
    reporting.add_argument("--xlsx", type=Path, metavar="文件", help="表格报告写到这里（缺省：目录里的 report.xlsx）")
    asking.add_argument("--out", type=Path, metavar="目录", required=True, help="把题目和答案写到这里")
    running.add_argument("--out", type=Path, metavar="目录", help="把答案、逐题结果和汇总写到这里")
    running.add_argument("--answers", type=Path, metavar="文件", help="不再提问，重新评判以前写下的 answers.jsonl")
    running.add_argument(
        "--mix", type=int, metavar="个数", help="不问原题，改问由原题剪切、打乱、拼接成的这么多题，只查有无出处"
    )
    running.add_argument("--seed", type=int, default=0, metavar="数", help="--mix 的随机种子，同一个数得到同样的题")
    return parser
