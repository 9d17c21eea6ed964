"""The commands ``python -m corpus add``, ``show`` and ``check``."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.add import ID, add_plan, read_file
from corpus.errors import CorpusError, UnknownPlan
from corpus.front import read_front
from corpus.model import Plan
from corpus.overview import overview, show_plan
from corpus.parser import Parser
from corpus.plans import PLANS, load_plan

DONE, FAILED, WRONG = 0, 1, 2


# What argparse says in English, and what we say.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 the check failed, 2 wrong usage or bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CorpusError as fault:
        sys.stderr.write(f"{fault}\n")
        return WRONG
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; so has the need to say so
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("已中断\n")
        return FAILED


def _add(options: argparse.Namespace) -> int:
    plan = add_plan(options.file, options.plans, options.id, options.title)
    print(f"已加入方案：{plan.plan_id}\n")
    print(overview(plan, titled_by_file=options.title is None and not read_front(plan.text).title))
    print("\n下一步：运行 python -m index build，就可以提问了。")
    return DONE


def _show(options: argparse.Namespace) -> int:
    plan = _find_plan(options.plan, options.plans)
    print(json.dumps(plan_as_json(plan), ensure_ascii=False, indent=2) if options.json else show_plan(plan))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from corpus.check import run_check  # noqa: PLC0415 (it loads the extractor's tables, which the others do not need)

    report = run_check(folder=options.plans)
    print(report)
    return report.exit_code


def _find_plan(words: str, plans: Path) -> Plan:
    if ID.fullmatch(words) and (plans / words / "plan.toml").is_file():
        return load_plan(plans / words)
    path = Path(words)
    if not path.suffix and not path.exists():
        raise UnknownPlan(f"没有编号为“{words}”的方案，也没有这个文件")
    return read_file(path)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return all that is read from a plan as JSON values: plan, clauses, responsibilities, definitions, indicators.

    >>> from corpus.plans import read_plan
    >>> sorted(plan_as_json(read_plan("某县方案", "x")))
    ['clauses', 'definitions', 'indicators', 'plan', 'responsibilities']
    """
    facts = ("plan_id", "title", "text", "issuer", "region", "period", "aliases", "reviewed")
    parts = ("clauses", "responsibilities", "definitions", "indicators")
    return {
        "plan": {name: getattr(plan, name) for name in facts},
        **{name: [asdict(row) for row in getattr(plan, name)] for name in parts},
    }


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m corpus", description="管理政策方案：加入、查看、检查")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Parser)
    add = commands.add_parser("add", help="加入一份方案，并说明读到了什么、哪些没有读懂")
    add.add_argument("file", type=Path, metavar="文件", help="txt 或 md 文件")
    add.add_argument("--id", metavar="编号", help="小写字母、数字和连字符；不写时由标题的拼音得出")
    add.add_argument("--title", metavar="标题", help="不写时取文件开头的标题")
    add.set_defaults(run=_add)
    show = commands.add_parser("show", help="查看从一份方案里读到的全部内容")
    show.add_argument("plan", metavar="编号或文件", help="已加入方案的编号，或任意 txt、md 文件")
    show.add_argument("--json", action="store_true", help="输出 JSON")
    show.set_defaults(run=_show)
    check = commands.add_parser("check", help="检查全部方案的数据")
    check.set_defaults(run=_check)
    for command in (add, show, check):
        command.add_argument("--plans", type=Path, default=PLANS, metavar="目录", help="方案所在的目录")
    return parser
