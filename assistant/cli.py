"""``python -m assistant``: one answer, or a batch of them, on the command line; what is kept of dialogues."""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer
from assistant.errors import AssistantError, BadRequest, RecordsFault
from assistant.records.commands import add_commands, feedback, purge
from assistant.settings import Settings, load_settings
from corpus.parser import Parser
from index import IndexFault

OK, FAILED, USAGE = 0, 1, 2
_OVER_RECORDS = {"purge": purge, "feedback": feedback}


@dataclass(frozen=True, slots=True)
class Request:
    """One line of a batch."""

    question_id: str
    question: str
    history: tuple[str, ...] = ()
    plan_id: str | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 failed, 2 wrong usage or bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        if options.command in _OVER_RECORDS:
            _OVER_RECORDS[options.command](settings, options)
            return OK
        if options.command == "password":
            print_password(options.name)
            return OK
        if options.batch is not None:
            return _answer_batch(settings, options)
        question = _question(options)
        answer = _open(settings).ask(question, plan_id=options.plan)
        print_answer(answer, as_json=options.json)
    except (IndexFault, RecordsFault) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    except BrokenPipeError:
        return FAILED
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m assistant", description="政策问答助手：依据方案原文回答问题")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    ask = commands.add_parser("ask", help="回答一个问题，或成批回答", description="回答一个问题，或成批回答")
    ask.add_argument("question", nargs="?", metavar="问题", help="要问的问题")
    ask.add_argument("--json", action="store_true", help="输出 JSON（字段见 README）")
    ask.add_argument(
        "--batch", metavar="文件", help="成批回答：每行一个 JSON（id、question、history、plan_id），- 表示标准输入"
    )
    ask.add_argument("--plan", metavar="编号", help="只问这一个方案")
    add_commands(commands)
    add_password(commands)
    return parser


def add_password(commands: Any) -> None:
    """Add ``password`` to the subparsers."""
    text = "为评测页的一位评测人员设密码"
    command = commands.add_parser("password", help=text, description=text + "：给出写进设置的一行，不保存密码")
    command.add_argument("name", metavar="名字", help="登录用的名字，不含空格、冒号和分号")


def print_password(name: str) -> None:
    """Print the line of the settings on stdout, and on stderr what to do with it."""
    from assistant.web.trainers.passwords import make_line  # noqa: PLC0415 # no other command needs its library

    line = make_line(name)
    sys.stderr.write(
        "把下面引号里的一串写进 settings.toml 的 trainers；已有别的人时接在后面，中间用分号；然后重新启动网页服务：\n"
    )
    sys.stdout.write(f'trainers = "{line}"\n')


def _question(options: argparse.Namespace) -> str:
    if options.question is None:
        raise BadRequest("请写出问题，例如：python -m assistant ask 能耗下降的目标是多少")
    return str(options.question)


def _open(settings: Settings):  # type: ignore[no-untyped-def]
    from assistant.service import Assistant  # noqa: PLC0415 (imports take a second; wrong usage should not wait)

    return Assistant.open(settings)


def _answer_batch(settings: Settings, options: argparse.Namespace) -> int:
    """Answer line by line; every line is checked before the first is answered."""
    requests = list(read_batch(_lines(options.batch)))
    assistant = _open(settings)
    known = {plan.plan_id for plan in assistant.corpus.plans}
    if unknown := [row.plan_id for row in requests if row.plan_id and row.plan_id not in known]:
        raise BadRequest(f"没有编号为 {unknown[0]} 的方案")
    for request in requests:
        answer = assistant.ask(request.question, request.history, request.plan_id or options.plan)
        sys.stdout.write(json.dumps(answer.to_json(request.question_id), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return OK


def _lines(name: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise BadRequest(f"无法读取文件 {name}：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"文件 {name} 不是 UTF-8 编码") from error


def read_batch(lines: Sequence[str]) -> Iterator[Request]:
    """Yield the requests of a batch; blank lines are passed over. Raises :class:`BadRequest` with the line's number.

    >>> next(read_batch(['{"id": "a", "question": "谁牵头？"}'])).question
    '谁牵头？'
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            raise BadRequest(f"第 {number} 行不是有效的 JSON") from error
        yield _request(data, number)


def _request(data: Any, number: int) -> Request:
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        raise BadRequest(f"第 {number} 行缺少文字字段 question")
    history = data.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, str) for turn in history):
        raise BadRequest(f"第 {number} 行的 history 应为文字的列表")
    plan_id = data.get("plan_id")
    if plan_id is not None and not isinstance(plan_id, str):
        raise BadRequest(f"第 {number} 行的 plan_id 应为文字")
    return Request(data.get("id", str(number)), data["question"], tuple(history), plan_id)


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """Print one answer: the contract's object, or the text with its citations below."""
    if as_json:
        sys.stdout.write(json.dumps(answer.to_json(), ensure_ascii=False, indent=2) + "\n")
        return
    if answer.heard:
        sys.stdout.write(f"（{answer.heard}）\n\n")
    sys.stdout.write(answer.answer + "\n")
    if answer.label:
        sys.stdout.write(f"\n（{answer.label}）\n")
    if answer.citations:
        sys.stdout.write("\n出处：\n")
    for row in answer.citations:
        sys.stdout.write(f"[{row.marker}] {row.label}：“{row.quote}”\n")
