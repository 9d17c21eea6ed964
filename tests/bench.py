"""How fast and how large the product is: medians of several runs, each beside what it may be at most.

    python -m tests.bench [--quick] [--only ask|warm|index|start|load|memory|statutes]…

Everything is measured from outside, through the commands that people use, with an index built into a temporary folder.
No test asserts these figures: they depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from corpus import load_corpus
from evals.sets import load_sets
from index import build_index, open_encoder
from tests.bench_web import measure_load, measure_memory, measure_start
from tests.measured import Bench, Figure, NotMeasured, percentile, table
from tests.served import ROOT, NotStarted, own_settings

STATUTES = ROOT / "var" / "statutes"
QUESTIONS = ROOT / "evals" / "sets" / "tune"
# The first questions of a process load what the later ones find loaded.
WARM_UP = 20


def measure_ask(bench: Bench) -> Iterator[Figure]:
    """Time the whole command from a cold process, each run with another question."""
    step = len(bench.questions) // 5

    def ask(run: int) -> None:
        bench.command("-m", "assistant", "ask", "--", bench.questions[run * step].question)

    yield _timed("命令行提问一次，从启动到退出", 3, [partial(ask, run) for run in bench.runs(5)])


def measure_warm(bench: Bench) -> Iterator[Figure]:
    """Take the times that the assistant reports for each question, in a new process a run: some words are cached.

    A follow-up counts with the replay of its dialogue.
    """
    batch = "\n".join(json.dumps(one.request(), ensure_ascii=False) for one in bench.questions)
    halves, slowest = [], []
    for _ in bench.runs(3):
        lines = bench.command("-m", "assistant", "ask", "--json", "--batch", "-", said=batch).splitlines()
        took = [json.loads(line)["timings_ms"]["total"] for line in lines][WARM_UP:]
        halves.append(statistics.median(took))
        slowest.append(percentile(took, 99))
    count = len(bench.questions) - WARM_UP
    yield Figure(f"已启动后答一题，中位数（{count} 题）", "毫秒", 40, tuple(halves))
    yield Figure(f"已启动后答一题，p99（{count} 题）", "毫秒", 120, tuple(slowest))


def measure_index(bench: Bench) -> Iterator[Figure]:
    """Time the whole command into an empty folder."""

    def build() -> None:
        with tempfile.TemporaryDirectory() as folder:
            bench.command("-m", "index", "build", "--index", folder)

    yield _timed("从头建索引", 20, [build for _ in bench.runs(3)])


def measure_statutes(bench: Bench) -> Iterator[Figure]:
    """Retrieval at scale, where the articles lie beside the checkout and their index was built."""
    if not STATUTES.is_dir():
        raise NotMeasured("还没有法条的索引，先运行 python -m tests.bench_statutes build（约 40 分钟）")
    found = json.loads(bench.command("-m", "tests.bench_statutes", "score", "--index", str(STATUTES)))
    yield Figure("六万条法条：nDCG@10", "", 0.46, (found["nDCG@10"],), more_is_better=True)
    yield Figure("六万条法条：一问检索，不含编码，p95", "毫秒", 60, (found["p95_ms"],))
    yield Figure("六万条法条：内存", "MB", 1500, (found["memory_mb"],))


def _timed(name: str, limit: float, acts: Sequence[Callable[[], object]]) -> Figure:
    """Time each act, whose work is done by commands that end with it."""
    seconds, busy = [], []
    for act in acts:
        started, worked = time.perf_counter(), _worked()
        act()
        seconds.append(time.perf_counter() - started)
        busy.append(_worked() - worked)
    return Figure(name, "秒", limit, tuple(seconds), tuple(busy))


def _worked() -> float:
    """Return the seconds that the processors worked for commands that have ended."""
    used = os.times()
    return used.children_user + used.children_system


MEASURES: Mapping[str, Callable[[Bench], Iterator[Figure]]] = {
    "ask": measure_ask,
    "warm": measure_warm,
    "index": measure_index,
    "start": measure_start,
    "load": measure_load,
    "memory": measure_memory,
    "statutes": measure_statutes,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. The exit code is 0 whatever was measured, and 1 where something could not be measured."""
    options = _parser().parse_args(arguments)
    print(f"{os.cpu_count()} 个处理器，开始时的负载 {_load()}。负载高于处理器个数时，测得的时间偏长。\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = _prepare(Path(folder), quick=options.quick, turns=200 if options.quick else options.turns)
        figures: list[Figure] = []
        failures: list[str] = []
        for name in options.only or [name for name in MEASURES if name != "statutes" or STATUTES.is_dir()]:
            print(f"正在测量 {name} …", file=sys.stderr, flush=True)
            try:
                figures += MEASURES[name](bench)
            except (NotMeasured, NotStarted) as fault:
                failures.append(f"{name}：{fault}")
    print(table([("项目", "中位数", "应达到", "", "最低–最高", "处理器用时"), *(figure.row() for figure in figures)]))
    print(f"\n结束时的负载 {_load()}。", flush=True)
    for failure in failures:
        print(f"没有测成 {failure}", file=sys.stderr)
    return 1 if failures else 0


def _prepare(folder: Path, *, quick: bool, turns: int) -> Bench:
    """Build an index of its own: that under ``var/`` may be old."""
    build_index(
        load_corpus(), folder / "index", encoder=open_encoder(for_questions=True), cache_folder=folder / "cache"
    )
    environment = own_settings(
        index=str(folder / "index"), cache=str(folder / "cache"), database=f"sqlite:///{folder / 'dialogues.db'}"
    )
    return Bench(load_sets([QUESTIONS]), environment, quick, turns)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="测量速度和内存，打印中位数")
    parser.add_argument("--quick", action="store_true", help="每项只测一次，网页少问一些")
    parser.add_argument(
        "--turns", type=int, default=2000, help="测网页的内存以前问答多少轮（默认 2000）", metavar="轮数"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=MEASURES,
        metavar="项目",
        help=f"只测这一项，可以写几次：{'、'.join(MEASURES)}",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
