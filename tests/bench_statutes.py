"""Retrieval at scale: a benchmark of 60,727 statute articles, through our own index.

    python -m tests.bench_statutes build [--index DIR] [--shared DIR]     about 40 minutes on two quiet cores (see decision
        0004); goes on where it stopped
    python -m tests.bench_statutes score [--index DIR] [--shared DIR]     nDCG@10, recall@10, milliseconds, memory: a line of JSON

The articles lie beside the checkout (``../shared/data/statutes``) and are never copied into it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from tqdm import tqdm

from corpus.model import Clause, Plan
from index import Index, build_index, open_encoder, open_index
from index.encode import Encoder

SHARED = Path(__file__).parents[2] / "shared"
FOLDER = Path("var/statutes")
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千]+条")


@dataclass(frozen=True)
class Statutes:
    """The articles as plans: one a law, one clause an article, its id that of the benchmark."""

    plans: tuple[Plan, ...]
    digest: str


def load_statutes(folder: Path) -> Statutes:
    """Read the articles; neighbours of one law make one plan."""
    content = (folder / "corpus.jsonl.gz").read_bytes()
    rows = [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]
    laws = groupby(rows, key=lambda row: _law(row["title"]))
    plans = tuple(_plan(f"law-{number}", law, list(articles)) for number, (law, articles) in enumerate(laws))
    return Statutes(plans, hashlib.sha256(content).hexdigest())


def _law(title: str) -> str:
    return _ARTICLE.split(title)[0] or title


def _plan(plan_id: str, law: str, articles: list[dict[str, str]]) -> Plan:
    text, clauses = "", []
    for row in articles:
        body = row["text"] + "\n"
        clauses.append(Clause(row["_id"], row["title"], "", body, len(text), len(text) + len(body), 1))
        text += body
    return Plan(plan_id, law, text, tuple(clauses), ())


class Remembered:
    """An encoder that encodes a question once, so that searching can be timed without it the second time."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self.encode_passages = encoder.encode_passages
        self._encoder = encoder
        self._known: dict[str, Any] = {}

    def encode_queries(self, texts: list[str]) -> Any:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_queries([text])[0]
        return [self._known[text] for text in texts]


def build(statutes: Statutes, folder: Path) -> None:
    """Build the index and print how long it took."""
    start = time.monotonic()
    with tqdm(unit="条") as bar:

        def advance(text: str, done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        built = build_index(statutes, folder, granularity="clause", progress=advance)
    print(f"{built.clauses} 条，{built.passages} 句，{(time.monotonic() - start) / 60:.1f} 分钟")


def score(shared: Path, folder: Path) -> dict[str, float]:
    """Ask every question of the development part; returns quality (0 to 1), milliseconds (encoding aside) and megabytes."""
    questions = {row["_id"]: row["text"] for row in _json_lines(shared / "queries_dev.jsonl")}
    encoder = Remembered(open_encoder(for_questions=True))
    index = open_index(folder, encoder=encoder)
    run = {number: dict(_found(index, text)) for number, text in questions.items()}
    times = []
    for text in questions.values():
        start = time.perf_counter()
        index.search(text, k=10)
        times.append((time.perf_counter() - start) * 1000)
    return {
        **_measure(shared / "qrels_dev.tsv", run),
        "p50_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _found(index: Index, question: str) -> Iterator[tuple[str, float]]:
    hits = index.search(question, k=10)
    return ((hit.clause_id, float(len(hits) - place)) for place, hit in enumerate(hits))


def _measure(qrels: Path, run: dict[str, dict[str, float]]) -> dict[str, float]:
    import ir_measures
    from ir_measures import R, nDCG

    relevant: dict[str, dict[str, int]] = {}
    for line in qrels.read_text(encoding="utf-8").splitlines()[1:]:
        question, article, grade = line.split("\t")
        relevant.setdefault(question, {})[article] = int(grade)
    found = ir_measures.calc_aggregate([nDCG @ 10, R @ 10], relevant, run)
    return {str(measure): value for measure, value in found.items()}


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def main() -> int:
    """Run a command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_statutes", description="六万条法条上的检索测试")
    parser.add_argument("command", choices=("build", "score"))
    parser.add_argument("--index", type=Path, default=FOLDER)
    parser.add_argument("--shared", type=Path, default=SHARED / "data" / "statutes")
    options = parser.parse_args()
    if not options.shared.is_dir():
        print(f"找不到法条数据：{options.shared}", file=sys.stderr)
        return 2
    if options.command == "build":
        try:
            build(load_statutes(options.shared), options.index)
        except KeyboardInterrupt:
            print("已中断；再运行一次同样的命令，会接着已编码的部分做", file=sys.stderr)
            return 2
    else:
        print(json.dumps(score(options.shared, options.index)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
