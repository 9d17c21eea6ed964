"""How fast and how large the product is: medians of several runs, each beside what it may be at most.

    python -m tests.bench [--quick] [--only ask|warm|index|web|statutes]…

Everything is measured from outside, through the commands that people use, with an index built into a temporary folder.
No test asserts these figures: they depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import httpx

from corpus import load_corpus
from evals.question import Question
from evals.sets import load_sets
from index import build_index, open_encoder

ROOT = Path(__file__).resolve().parent.parent
STATUTES = ROOT / "var" / "statutes"
QUESTIONS = ROOT / "evals" / "sets" / "tune"
# The first questions of a process load what the later ones find loaded.
WARM_UP = 20
SECONDS_TO_START = 120


class NotMeasured(Exception):
    """A measurement could not be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What several runs measured; ``limit`` is the most that it may be, or the least where ``more_is_better``.

    ``busy``: the seconds that the processors worked, which other work on the machine changes little.
    """

    name: str
    unit: str
    limit: float
    runs: tuple[float, ...]
    busy: tuple[float, ...] = ()
    more_is_better: bool = False

    @property
    def median(self) -> float:
        """The middle of the runs.

        >>> Figure("提问", "秒", 3, (2.5, 9.0, 2.0)).median
        2.5
        """
        return statistics.median(self.runs)

    def row(self) -> tuple[str, ...]:
        """Return the figure as the cells of a table.

        >>> Figure("提问", "秒", 3, (2.5, 9.0, 2.0)).row()
        ('提问', '2.50 秒', '≤ 3 秒', '达到', '2.00–9.00（3 次）', '')
        """
        digits = 3 if self.limit < 1 else 2 if self.limit < 10 else 1 if self.limit < 100 else 0
        reached = self.median >= self.limit if self.more_is_better else self.median <= self.limit
        low, high = min(self.runs), max(self.runs)
        return (
            self.name,
            f"{self.median:.{digits}f} {self.unit}".rstrip(),
            f"{'≥' if self.more_is_better else '≤'} {self.limit:g} {self.unit}".rstrip(),
            "达到" if reached else "未达到",
            f"{low:.{digits}f}–{high:.{digits}f}（{len(self.runs)} 次）",
            f"{statistics.median(self.busy):.{digits}f} 秒" if self.busy else "",
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """What the measurements share: the questions, and the environment that leads the commands to the temporary index."""

    questions: tuple[Question, ...]
    environment: Mapping[str, str]
    quick: bool

    def runs(self, usual: int) -> range:
        """Return the runs to make."""
        return range(1 if self.quick else usual)

    def command(self, *arguments: str, said: str = "") -> str:
        """Run a command of the product from the repository's root and return what it printed; ``said`` is its input."""
        done = subprocess.run(  # noqa: S603 (our own command, no shell)
            [sys.executable, *arguments],
            cwd=ROOT,
            env=dict(self.environment),
            input=said,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise NotMeasured(f"命令失败（退出码 {done.returncode}）：{' '.join(arguments)}\n{done.stderr.strip()}")
        return done.stdout


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


def measure_web(bench: Bench) -> Iterator[Figure]:
    """Ask the web service a thousand questions and read its resident memory."""
    count = 100 if bench.quick else 1000
    with _serving(bench) as (process, client):
        for question in islice(cycle(bench.questions), count):
            _ask(client, question)
        status = Path(f"/proc/{process.pid}/status")
        if not status.is_file():
            raise NotMeasured("只能在 Linux 上测量网页服务占用的内存")
        kilobytes = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    yield Figure(f"网页服务答 {count} 题后的内存", "MB", 700, (kilobytes / 1024,))


def measure_statutes(bench: Bench) -> Iterator[Figure]:
    """Retrieval at scale, where the articles lie beside the checkout and their index was built."""
    if not STATUTES.is_dir():
        raise NotMeasured("还没有法条的索引，先运行 python -m tests.bench_statutes build（约 40 分钟）")
    found = json.loads(bench.command("-m", "tests.bench_statutes", "score", "--index", str(STATUTES)))
    yield Figure("六万条法条：nDCG@10", "", 0.46, (found["nDCG@10"],), more_is_better=True)
    yield Figure("六万条法条：一问检索，不含编码，p95", "毫秒", 60, (found["p95_ms"],))
    yield Figure("六万条法条：内存", "MB", 1500, (found["memory_mb"],))


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that ``share`` percent of ``values`` do not exceed.

    >>> percentile(range(101), 99)
    99.0
    """
    return float(statistics.quantiles(values, n=100, method="inclusive")[share - 1])


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


@contextmanager
def _serving(bench: Bench) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run the web service on a free port until it answers; stopped at the end."""
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**bench.environment, "POLICY_QA_HOST": "127.0.0.1", "POLICY_QA_PORT": "0", "POLICY_QA_RATE_LIMIT": "none"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            address = next(
                (line[line.index("http://") :].strip() for line in process.stdout or () if "http://" in line), ""
            )
            if not address:
                raise NotMeasured("网页服务没有启动")
            with httpx.Client(base_url=address, timeout=SECONDS_TO_START, trust_env=False) as client:
                _wait(process, client)
                yield process, client
        finally:
            process.terminate()
            process.communicate(timeout=SECONDS_TO_START)


def _wait(process: subprocess.Popen[str], client: httpx.Client) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < until:
        if client.get("/health").status_code == httpx.codes.OK:
            return
        time.sleep(0.1)
    raise NotMeasured("网页服务没有启动")


def _ask(client: httpx.Client, question: Question) -> None:
    """Ask as a program does: put the question into the queue, then fetch its answer."""
    body = {"data": [question.question, list(question.history)]}
    joined = client.post("/gradio_api/call/ask", json=body).raise_for_status().json()
    answer = client.get(f"/gradio_api/call/ask/{joined['event_id']}").raise_for_status().text
    if not answer.startswith("event: complete"):
        raise NotMeasured(f"网页服务没有回答：{question.question}\n{answer}")


MEASURES: Mapping[str, Callable[[Bench], Iterator[Figure]]] = {
    "ask": measure_ask,
    "warm": measure_warm,
    "index": measure_index,
    "web": measure_web,
    "statutes": measure_statutes,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. The exit code is 0 whatever was measured, and 1 where something could not be measured."""
    options = _parser().parse_args(arguments)
    print(f"{os.cpu_count()} 个处理器，开始时的负载 {_load()}。负载高于处理器个数时，测得的时间偏长。\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        bench = _prepare(Path(folder), quick=options.quick)
        figures: list[Figure] = []
        failures: list[str] = []
        for name in options.only or [name for name in MEASURES if name != "statutes" or STATUTES.is_dir()]:
            print(f"正在测量 {name} …", file=sys.stderr, flush=True)
            try:
                figures += MEASURES[name](bench)
            except NotMeasured as fault:
                failures.append(f"{name}：{fault}")
    print(table([("项目", "中位数", "应达到", "", "最低–最高", "处理器用时"), *(figure.row() for figure in figures)]))
    print(f"\n结束时的负载 {_load()}。", flush=True)
    for failure in failures:
        print(f"没有测成 {failure}", file=sys.stderr)
    return 1 if failures else 0


def _prepare(folder: Path, *, quick: bool) -> Bench:
    """Build an index of its own: that under ``var/`` may be old."""
    build_index(
        load_corpus(), folder / "index", encoder=open_encoder(for_questions=True), cache_folder=folder / "cache"
    )
    own = {"POLICY_QA_INDEX": str(folder / "index"), "POLICY_QA_CACHE": str(folder / "cache")}
    settings = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_QA_")}
    return Bench(load_sets([QUESTIONS]), settings | own, quick)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned text; a Chinese character takes two columns.

    >>> print(table([("提问", "2 秒"), ("a", "10 秒")]))
    提问  2 秒
    a     10 秒
    """
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="测量速度和内存，打印中位数")
    parser.add_argument("--quick", action="store_true", help="每项只测一次，网页只问 100 题")
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
