"""The pages of 评测 as HTML, made by templates in which every word from outside is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.records.kept import KeptTurn, Rating
from assistant.web.frame import page
from assistant.web.gate import MEGABYTES
from assistant.web.templates import render
from assistant.web.trainers.login import HERE, TITLE
from assistant.web.trainers.runs import BASELINE, RUN, Standing
from assistant.web.trainers.sets import MOST_RATED, MOST_SHOWN, Fault
from assistant.web.trainers.shelf import KeptSet, local_time
from corpus.model import Plan

STATES = {"waiting": "等待中", "running": "正在答题", "done": "已完成", "stopped": "已停止", "failed": "出错"}
ORIGINS = {"upload": "上传", "draft": "照方案拟的草稿", "answers": "来自读者的评价"}
STATUSES = {"answered": "已回答", "not_stated": "方案未写", "out_of_scope": "超出范围", "clarify": "反问"}
_SOON = 3  # seconds until a page without scripts looks again
_FORMS: Mapping[str, object] = {"states": STATES, "origins": ORIGINS, "statuses": STATUSES}


@dataclass(frozen=True, slots=True)
class Seat:
    """For whom a page is made: the trainer's name, and the token that the page's forms carry."""

    name: str
    token: str


def home_html(seat: Seat, sets: Sequence[KeptSet], runs: Sequence[Standing], plans: Sequence[Plan]) -> str:
    """Return the page on which sets are brought and everything is found."""
    content = _render("evals_home", seat, sets=sets, runs=runs, plans=plans, megabytes=MEGABYTES)
    return page(TITLE, content, HERE)


def set_html(seat: Seat, kept: KeptSet, faults: Sequence[Fault]) -> str:
    """Return the page of a set: what is wrong with it, or how to run it."""
    content = _render("evals_set", seat, kept=kept, faults=faults, most=MOST_SHOWN)
    return page(f"题集：{kept.name}", content, HERE)


def run_html(
    seat: Seat,
    standing: Standing,
    earlier: Sequence[Standing] = (),
    baselines: Sequence[str] = (),
    *,
    other: str = "",
    blessed: str = "",
) -> str:
    """Return the page of a run. While it waits or goes, the page looks again by itself, with scripts or without."""
    others = [(BASELINE + one, f"基线“{one}”") for one in baselines]
    others += [(RUN + one.run.key, f"{local_time(one.run.at)} {one.run.name}") for one in earlier]
    known = other if other in {key for key, _ in others} else ""
    told = blessed if blessed in baselines else ""
    content = _render("evals_run", seat, s=standing, run=standing.run, others=others, other=known, blessed=told)
    again = f'<noscript><meta http-equiv="refresh" content="{_SOON}"></noscript>' if standing.is_open else ""
    return page(f"评测：{standing.run.name}", content, HERE, head=again)


def answers_html(seat: Seat, rows: Sequence[tuple[KeptTurn, Rating]], taken: Mapping[str, str], *, every: bool) -> str:
    """Return the page of rated answers; ``every``: those that were of use, too. ``taken``: those in a set already."""
    content = _render("evals_answers", seat, rows=rows, taken=taken, every=every, most=MOST_RATED)
    return page("读者的评价", content, HERE)


def _render(template: str, seat: Seat, **values: object) -> str:
    return render(f"{template}.html.j2", trainer=seat.name, token=seat.token, local=local_time, **_FORMS, **values)
