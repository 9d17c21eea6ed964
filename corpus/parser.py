"""The command line in Chinese: one parser for every package's commands."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

WRONG = 2
COMPLAINTS = (
    (re.compile(r"the following arguments are required: (.+)"), "缺少参数：{}"),
    (re.compile(r"unrecognized arguments: (.+)"), "不认识的参数：{}"),
    (re.compile(r"argument 命令: invalid choice: '?([^' ]*).*"), "没有“{}”这个命令"),
    (re.compile(r"argument (\S+): expected one argument"), "{} 后面缺少内容"),
    (re.compile(r"argument \S+: (.*[\u4e00-\u9fff].*)"), "{}"),  # said by the command itself
)


class Parser(argparse.ArgumentParser):
    """Speaks Chinese: one line for what is wrong, headings and help alike."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_help(self) -> str:
        """Return the help text."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and leave with exit code 2."""
        said = ((pattern.fullmatch(message), words) for pattern, words in COMPLAINTS)
        complaint = next((words.format(found[1]) for found, words in said if found), "参数不对")
        self.exit(WRONG, f"{complaint}（{self.prog} --help 查看用法）\n")
