"""The options of every command of ``python -m evals``; what a command does lies in a module of its own."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.parser import Parser
from corpus.plans import PLANS
from evals.baselines import BASELINES
from evals.check import check
from evals.comparing import run_bless, run_compare
from evals.convert import convert
from evals.dialogues import dialogues
from evals.draft import write_draft
from evals.errors import EvalsError, GenerationFailed
from evals.folder import ANSWERS
from evals.gates import read_share
from evals.publish import report
from evals.run import generate, run, score
from evals.template import write_template
from evals.ways import ways
from evals.ways_table import WAYS
from index.errors import IndexFault

PROG = "python -m evals"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (0 done, 1 a gate or the check failed, 2 wrong usage or bad input)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except GenerationFailed as fault:
        print(fault, _kept(options), sep="\n" if _kept(options) else "", file=sys.stderr)
    except (EvalsError, CorpusError, IndexFault) as fault:
        print(fault, file=sys.stderr)
    except KeyboardInterrupt:
        print("已中断。" + _kept(options), file=sys.stderr)
    return 2


def _kept(options: argparse.Namespace) -> str:
    """Say where the answers of an interrupted run are and how to go on."""
    out = getattr(options, "out", None)
    if out is None or not (out / ANSWERS).exists() or not (out / ANSWERS).stat().st_size:
        return ""
    return f"已经答的都在 {out} 里：在原来的命令后面加 --resume 就接着答；只看已经答的，运行 {PROG} score {out}"


def _share(text: str) -> float:
    try:
        return read_share(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog=PROG, description="用题集检验助手的回答")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for add in (
        _add_run,
        _add_generate,
        _add_score,
        _add_report,
        _add_bless,
        _add_compare,
        _add_ways,
        _add_dialogues,
        _add_check,
        _add_template,
        _add_draft,
        _add_convert,
    ):
        add(commands)
    return parser


Commands = Any  # argparse keeps the type of its subparsers to itself


def _add_run(commands: Commands) -> None:
    command = commands.add_parser("run", help="答一遍题集，逐题评判，给出各类的正确率")
    command.set_defaults(do=run)
    _add_sets(command)
    command.add_argument("--out", type=Path, metavar="目录", help="把答案、逐题结果和汇总写到这里")
    _add_asking(command)
    _add_quiet(command)
    _add_judging(command)
    _add_hiding(command)
    command.add_argument("--must-pass-only", action="store_true", help="只问门槛文件里必须答对的题")
    command.add_argument("--answers", type=Path, metavar="文件", help="不再提问，重新评判以前写下的 answers.jsonl")
    command.add_argument(
        "--mix", type=int, metavar="个数", help="不问原题，改问由原题剪切、打乱、拼接成的这么多题，只查有无出处"
    )
    command.add_argument("--seed", type=int, default=0, metavar="数", help="--mix 的随机种子，同一个数得到同样的题")
    command.add_argument(
        "--tied", action="store_true", help="标准输入一关闭就停下，供启动它的程序用：那个程序没了，它也停"
    )


def _add_generate(commands: Commands) -> None:
    command = commands.add_parser("generate", help="只答题，把答案写进目录，以后用 score 评判")
    command.set_defaults(do=generate, hide_questions=False, mix=None, answers=None)
    _add_sets(command)
    command.add_argument("--out", type=Path, metavar="目录", required=True, help="把题目和答案写到这里")
    _add_asking(command)
    _add_quiet(command)


def _add_score(commands: Commands) -> None:
    command = commands.add_parser("score", help="评判一个目录里的答案，不再提问")
    command.set_defaults(do=score, hide_questions=False)
    _add_folder(command)
    _add_judging(command)
    _add_quiet(command)


def _add_report(commands: Commands) -> None:
    command = commands.add_parser("report", help="把一次运行的结果写成网页和表格，可以转发、打印")
    command.set_defaults(do=report)
    command.add_argument("run", metavar="运行", help="run 写下的目录，或基线的名字")
    command.add_argument("--baseline", metavar="基线", help="同它比较：基线的名字，或另一次运行的目录")
    command.add_argument("--html", type=Path, metavar="文件", help="网页报告写到这里（缺省：目录里的 report.html）")
    command.add_argument("--xlsx", type=Path, metavar="文件", help="表格报告写到这里（缺省：目录里的 report.xlsx）")
    _add_gates(command)
    _add_plans(command)
    _add_hiding(command)
    _add_baselines(command)


def _add_bless(commands: Commands) -> None:
    command = commands.add_parser("bless", help="把一次运行定为基线，供以后比较")
    command.set_defaults(do=run_bless)
    command.add_argument("run", metavar="目录", help="run 写下的目录")
    command.add_argument("--name", required=True, metavar="名字", help="基线的名字，如 上线版")
    command.add_argument("--force", action="store_true", help="没有答完或含无出处内容也照样定为基线")
    command.add_argument("--replace", action="store_true", help="换掉同名的基线")
    _add_baselines(command)


def _add_compare(commands: Commands) -> None:
    command = commands.add_parser("compare", help="逐题比较两次运行：变好、变差，还是看不出差别")
    command.set_defaults(do=run_compare)
    command.add_argument("old", metavar="旧", help="较早的一次：结果目录或基线的名字")
    command.add_argument("new", metavar="新", help="较新的一次：结果目录或基线的名字")
    command.add_argument("--strict", action="store_true", help="有一题由对变错，退出码就是 1（缺省：变差才是 1）")
    command.add_argument("--brief", action="store_true", help="只给结论和题号，不显示答案")
    _add_baselines(command)


def _add_check(commands: Commands) -> None:
    command = commands.add_parser("check", help="不答题，只核对题集：格式，以及条款、单位、职责和比较词是否与方案相符")
    command.set_defaults(do=check)
    _add_sets(command)
    _add_hiding(command)
    command.add_argument("--out", type=Path, metavar="文件", help="把错误清单写成表格（.xlsx 或 .csv）")


def _add_ways(commands: Commands) -> None:
    command = commands.add_parser("ways", help="抽一部分题，用原文、接上语言模型、普通链三种办法各答一遍，列表比较")
    command.set_defaults(do=ways, in_process=True, hide_questions=False)
    _add_sets(command)
    command.add_argument("--out", type=Path, metavar="目录", required=True, help="三次运行写到这里，各有一个目录")
    command.add_argument("--sample", type=int, default=100, metavar="题数", help="抽多少题（缺省 100）")
    command.add_argument("--seed", type=int, default=1, metavar="数", help="抽题的种子，同一个数抽到同样的题")
    command.add_argument("--only", nargs="+", choices=WAYS, metavar="办法", help=f"只用这几种：{'、'.join(WAYS)}")
    _add_going_on(command)
    _add_quiet(command)


def _add_dialogues(commands: Commands) -> None:
    command = commands.add_parser("dialogues", help="照现在的设置重答几段多轮对话，一字不改地打印出来")
    command.set_defaults(do=dialogues)
    _add_sets(command)
    command.add_argument("--pick", nargs="+", metavar="题号", help="要哪几题（缺省：有上文的题里抽三题）")
    command.add_argument("--seed", type=int, default=1, metavar="数", help="抽题的种子")


def _add_convert(commands: Commands) -> None:
    command = commands.add_parser("convert", help="把题集换一种格式：.xlsx、.csv、.yaml、.jsonl 之间，内容不丢")
    command.set_defaults(do=convert)
    command.add_argument("source", type=Path, metavar="题集", help="题集文件或目录")
    command.add_argument(
        "target", type=Path, metavar="文件", help="写到这里，格式看后缀；没有后缀的是目录，每类题一个 .yaml"
    )
    _add_force(command)
    _add_plans(command)


def _add_template(commands: Commands) -> None:
    command = commands.add_parser("template", help="写一份题集的模板：表头、下拉选项、每类一道例题、填写说明")
    command.set_defaults(do=write_template)
    command.add_argument("file", type=Path, metavar="文件", help="写到这里（.xlsx 或 .csv）")
    _add_force(command)
    _add_plans(command)


def _add_draft(commands: Commands) -> None:
    command = commands.add_parser("draft", help="照一份方案的结构拟一个题集，供人审改")
    command.set_defaults(do=write_draft)
    command.add_argument("--plan", metavar="编号", help="方案的编号或标题；只收录了一份时可以不写")
    command.add_argument("--out", type=Path, metavar="文件", help="写到这里（缺省：编号-草稿.xlsx）")
    _add_force(command)
    _add_plans(command)


def _add_sets(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "sets", nargs="+", type=Path, metavar="题集", help="题集文件（.xlsx、.csv、.yaml、.jsonl）或目录"
    )
    _add_plans(command)


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", type=Path, metavar="目录", help="generate 或 run 写下的目录")
    _add_plans(command)


def _add_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="不显示进度和逐题的错误，只显示汇总")


def _add_force(command: argparse.ArgumentParser) -> None:
    command.add_argument("--force", action="store_true", help="文件已经存在时覆盖它")


def _add_plans(command: argparse.ArgumentParser) -> None:
    command.add_argument("--plans", type=Path, default=PLANS, metavar="目录", help="方案所在的目录")


def _add_hiding(command: argparse.ArgumentParser) -> None:
    command.add_argument("--hide-questions", action="store_true", help="只给出数字，不显示也不写下任何题目")


def _add_asking(command: argparse.ArgumentParser) -> None:
    command.add_argument("--in-process", action="store_true", help="在本进程里回答，不另开一个助手")
    _add_going_on(command)


def _add_going_on(command: argparse.ArgumentParser) -> None:
    going_on = command.add_mutually_exclusive_group()
    going_on.add_argument("--resume", action="store_true", help="接着答目录里没有答完的题")
    going_on.add_argument("--restart", action="store_true", help="目录里已有一次运行也重新开始，原来的结果会被删去")


def _add_judging(command: argparse.ArgumentParser) -> None:
    command.add_argument("--floor", type=_share, metavar="占比", help="答对的占比低于它就算不达标（退出码 1）")
    _add_gates(command)


def _add_gates(command: argparse.ArgumentParser) -> None:
    command.add_argument("--gates", type=Path, metavar="文件", help="门槛文件（.toml）：必对的题、各类的下限")


def _add_baselines(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--baselines", type=Path, default=BASELINES, metavar="目录", help="基线所在的目录，默认 evals/baselines"
    )
