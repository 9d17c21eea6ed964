"""What becomes of an answer when the language model fails: a table of every fault that is known, tried one after another.

    python -m tests.bench_model [--deadline 2] [--question 问题]

Each fault is served by a stub on this machine; no model is needed.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace

from assistant.service import Assistant
from assistant.settings import load_settings
from evals.report import table
from tests.model_trial import DEADLINE, GRACE, Trial, all_trials

# An open question: what it asks for is quoted, and a model may word it.
QUESTION = "烧秸秆冒烟，以后秸秆往哪去"
HEAD = ["故障", "是什么", "秒", "请求", "读者看到的", "出处"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every fault and print the table; returns 1 where an answer was late or held something unproved."""
    options = _parser().parse_args(arguments)
    logging.disable(logging.WARNING)  # what the log would say of each fault, the table says
    assistant = Assistant.open(replace(load_settings(), llm_base_url="", llm_model=""))
    # The vendor's libraries take seconds, which a service spends before the first question comes.
    next(iter(all_trials(assistant, options.question, options.deadline)))[2]()
    rows, failed = [], 0
    for name, about, attempt in all_trials(assistant, options.question, options.deadline):
        trial = attempt()
        failed += not (trial.is_true and trial.is_in_time)
        rows.append([name, about, *_cells(trial)])
    print(table(HEAD, rows))
    late = f"时限 {options.deadline:g} 秒再加 {GRACE:g} 秒"
    print(f"\n{len(rows)} 种情形，问题都是“{options.question}”；答得不对或超过{late}的：{failed} 种")
    return 1 if failed else 0


def _cells(trial: Trial) -> list[str]:
    seconds = f"{trial.seconds:.2f}" + ("" if trial.is_in_time else "（迟了）")
    return [
        seconds,
        str(trial.requests),
        trial.origin,
        "都有" if trial.is_true else "；".join(trial.faults) or "没有答",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_model", description="逐一试语言模型的各种故障，列表")
    parser.add_argument("--question", default=QUESTION, help=f"问什么（缺省：{QUESTION}）")
    parser.add_argument("--deadline", type=float, default=DEADLINE, help=f"时限，秒（缺省 {DEADLINE:g}）")
    return parser


if __name__ == "__main__":
    sys.exit(main())
