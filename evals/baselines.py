"""Named baselines: runs that somebody declared good, to compare later ones with.

They lie in ``evals/baselines/``, one folder each, beside the question sets: ``var/`` is what ``make clean`` may delete.
Git leaves them out, since answers are the plans' words; whoever shares one copies its folder.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from evals.errors import FaultyRun
from evals.folder import ANSWERS, QUESTIONS, RETRIEVED, RUN, SCORES, SUMMARY, Run, read_run

BASELINES = Path(__file__).with_name("baselines")
# All that read_run needs; tables and reports can be made anew.
KEPT = (RUN, QUESTIONS, ANSWERS, RETRIEVED, SCORES, SUMMARY)
_NAME = re.compile(r"[\w-][\w.-]*")


def bless(run: Run, name: str, folder: Path = BASELINES, *, force: bool = False, replace: bool = False) -> Path:
    """Keep a run as the baseline ``name`` and return where; raises :class:`FaultyRun` where it should not be one.

    A run that is unfinished or has answers with something unproved is refused unless ``force``; a name that is taken,
    unless ``replace``.
    """
    if not _NAME.fullmatch(name):
        raise FaultyRun(f"“{name}”不能作基线的名字：请只用文字、数字、- 和 _")
    if run.configuration.hidden:
        raise FaultyRun(f"{run.folder} 是不留题目的运行，不能作基线")
    total = run.summary.total
    if not run.complete and not force:
        raise FaultyRun(
            f"这次运行只答了 {total.right.whole} / {run.configuration.questions} 题，不宜作基线；一定要用请加 --force"
        )
    if total.unproved.part and not force:
        raise FaultyRun(f"这次运行有 {total.unproved.part} 个答案含无出处内容，不宜作基线；一定要用请加 --force")
    place = folder / name
    if place.resolve() == run.folder.resolve():
        raise FaultyRun(f"{run.folder} 已经是基线“{name}”")
    if place.exists() and not replace:
        raise FaultyRun(f"已有基线“{name}”；要换成这次运行请加 --replace，否则请另取名字")
    fresh = folder / f".{name}.new"  # never half of one and half of another
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for file in KEPT:
        shutil.copyfile(run.folder / file, fresh / file)
    shutil.rmtree(place, ignore_errors=True)
    return fresh.rename(place)


def find_run(name: str, folder: Path = BASELINES) -> Run:
    """Read the run that a folder or a baseline's name stands for; raises :class:`FaultyRun`."""
    path = Path(name)
    if (path / RUN).is_file():
        return read_run(path)
    if _NAME.fullmatch(name) and (folder / name / RUN).is_file():
        return read_run(folder / name)
    known = sorted(one.name for one in folder.iterdir() if (one / RUN).is_file()) if folder.is_dir() else []
    told = f"已有的基线：{'、'.join(known)}" if known else "现在还没有基线"
    raise FaultyRun(f"“{name}”既不是运行的结果目录，也不是基线的名字；{told}")
