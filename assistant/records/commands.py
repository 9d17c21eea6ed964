"""The commands over what is kept: ``purge`` deletes it, ``feedback`` makes questions of a set out of it."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import timedelta
from typing import Any

from assistant.records.drafts import draft
from assistant.records.kept import moment
from assistant.records.opening import open_database
from assistant.settings import Settings


def add_commands(commands: Any) -> None:
    """Add both to the subparsers of ``python -m assistant``."""
    text = "删除保存的问答和评价"
    purge = commands.add_parser("purge", help=text, description=text + "：默认只删超过保存天数的")
    which = purge.add_mutually_exclusive_group()
    which.add_argument("--days", type=int, metavar="天数", help="改为删除超过这么多天的")
    which.add_argument("--all", action="store_true", help="全部删除")
    text = "把读者评价过的问答整理成题集的草稿"
    feedback = commands.add_parser("feedback", help=text, description=text + "，每行一道题（JSON Lines）")
    feedback.add_argument("--all", action="store_true", help="评为有用的也列出；默认只列没用的")


def purge(settings: Settings, options: argparse.Namespace) -> None:
    """Delete and say how many questions went."""
    days = settings.keep_days if options.days is None else max(options.days, 0)
    with closing(open_database(settings)) as database:
        # Later than any moment that was ever written, so that --all leaves nothing.
        gone = database.purge("9999" if options.all else moment(timedelta(days=days)))
    sys.stdout.write(f"已删除 {gone} 条问答{'' if options.all else f'（{days} 天以前的）'}。\n")


def feedback(settings: Settings, options: argparse.Namespace) -> None:
    """Print the drafts."""
    with closing(open_database(settings)) as database:
        for turn, rating in database.rated():
            if options.all or not rating.useful:
                sys.stdout.write(json.dumps(draft(turn, rating), ensure_ascii=False) + "\n")
