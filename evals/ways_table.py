"""The comparison of the ways of answering as tables for a terminal."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.compare import compare
from evals.folder import Run
from evals.outcome import Outcome, Tally
from evals.report import table
from evals.sample import weight

WAYS = {"extractive": "原文", "model": "模型", "plain": "普通链"}
NONE = "—"
OPEN = 3  # from this weight on, the questions of a category are open ones (sample.toml)
# Why an answer with a model became the plan's own words; the names are those of assistant/model/faults.py.
REASONS = {
    "deadline": "超过时限",
    "unreachable": "连不上",
    "refused": "被拒绝（密钥、模型名）",
    "busy": "请求太多",
    "failed": "服务出错",
    "redirected": "被转往别处",
    "cut": "中途断了",
    "garbled": "无法读取",
    "too_long": "太长",
    "empty": "没有内容",
    "open_circuit": "出错太多，暂停使用",
    "unproved": "没有一句通过核对",
    "guard": "整篇没有通过核对",
    "error": "程序出错",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model had to do with one answer; tokens by its server's count."""

    fallback: str
    read: int
    written: int
    kept: int
    repaired: int
    replaced: int
    dropped: int


def told(runs: Mapping[str, Run]) -> str:
    """Put runs of the same questions, by the names of :data:`WAYS`, side by side."""
    return "\n".join(_told(runs))


def _told(runs: Mapping[str, Run]) -> Iterator[str]:
    head = [WAYS[name] for name in runs]
    yield table(["", *head], [[label, *map(line, runs.values())] for label, line in LINES.items()])
    if "model" in runs:
        yield from _where_asked(runs, head)
    yield from ("", table(["题类（答对）", *head], list(_by_category(list(runs.values())))))
    if "model" in runs:
        yield from _fallbacks(runs["model"].outcomes)
    if {"extractive", "model"} <= runs.keys():
        yield from ("", f"由原文到模型：{compare(runs['extractive'], runs['model']).sentence}")


def _by_category(runs: Sequence[Run]) -> Iterator[list[str]]:
    shares = [{one.name: one.right for one in run.summary.categories} for run in runs]
    for name in dict.fromkeys(name for one in shares for name in one):
        yield [name, *(f"{one[name].part}/{one[name].whole}" if name in one else NONE for one in shares)]


def _where_asked(runs: Mapping[str, Run], head: Sequence[str]) -> Iterator[str]:
    """Compare the ways on the questions that were put to the model: only there can it help or harm."""
    names = {one.question.id for one in runs["model"].outcomes if asked_of(one.answer)}
    if names:
        parts = [[one for one in run.outcomes if one.question.id in names] for run in runs.values()]
        rows = [
            ["答对", *(str(sum(one.right for one in part)) for part in parts)],
            ["含无出处内容的答案", *(str(sum(one.unproved for one in part)) for part in parts)],
            ["该说的要点说到了", *map(_points_of, parts)],
            ["秒数（中位数）", *map(_seconds_of, parts)],
        ]
        yield from ("", table([f"其中问了模型的 {len(names)} 题", *head], rows))


def _fallbacks(outcomes: Sequence[Outcome]) -> Iterator[str]:
    asked = _all_asked(outcomes)
    counts = Counter(one.fallback for one in asked if one.fallback)
    rows = [[REASONS.get(reason, reason), str(n), f"{n / len(asked):.1%}"] for reason, n in counts.most_common()]
    rows.append(["合计", str(counts.total()), f"{counts.total() / max(1, len(asked)):.1%}"])
    yield from ("", table([f"退回原文的原因（问了模型的 {len(asked)} 题）", "题数", "占比"], rows))
    sums = [sum(getattr(one, name) for one in asked) for name in ("kept", "repaired", "replaced", "dropped")]
    yield "模型写的句子：通过 {}，改写后通过 {}，换成原文 {}，略去 {}".format(*sums)


def asked_of(answer: Mapping[str, Any]) -> Asked | None:
    """Return what a model had to do with an answer; nothing where none was asked."""
    said = answer.get("model")
    if not said:
        return None
    counts = (int(said.get(name, 0)) for name in ("read", "written", "kept", "repaired", "replaced", "dropped"))
    return Asked(str(said.get("fallback") or ""), *counts)


def _all_asked(outcomes: Sequence[Outcome]) -> list[Asked]:
    return [asked for one in outcomes if (asked := asked_of(one.answer))]


def _right(run: Run) -> str:
    right = run.summary.total.right
    return f"{right.part}/{right.whole}（{right.value:.1%}）"


def _unproved(run: Run) -> str:
    return str(run.summary.total.unproved.part)


def _points(run: Run) -> str:
    return _points_of(run.outcomes)


def _open_points(run: Run) -> str:
    return _points_of([one for one in run.outcomes if weight(one.question.category) >= OPEN])


def _points_of(outcomes: Sequence[Outcome]) -> str:
    return _share([one.measures["points"] for one in outcomes if "points" in one.measures])


def _share(tallies: Sequence[Tally]) -> str:
    whole = sum(one.whole for one in tallies)
    part = sum(int(one.part) for one in tallies)
    return f"{part}/{whole}（{part / whole:.1%}）" if whole else NONE


def _seconds(run: Run) -> str:
    return _seconds_of(run.outcomes)


def _seconds_of(outcomes: Sequence[Outcome]) -> str:
    return _median([one.milliseconds for one in outcomes if one.milliseconds is not None])


def _median(milliseconds: Sequence[float]) -> str:
    return f"{statistics.median(milliseconds) / 1000:.2f}" if milliseconds else NONE


def _asked(run: Run) -> str:
    return str(len(_all_asked(run.outcomes))) if _all_asked(run.outcomes) else NONE


def _shown(run: Run) -> str:
    asked = _all_asked(run.outcomes)
    return str(sum(not one.fallback for one in asked)) if asked else NONE


def _tokens(name: str) -> Callable[[Run], str]:
    def line(run: Run) -> str:
        counts = [getattr(one, name) for one in _all_asked(run.outcomes)]
        return f"{statistics.median(counts):.0f}（共 {sum(counts)}）" if counts else NONE

    return line


# The lines of the first table, in order.
LINES: Mapping[str, Callable[[Run], str]] = {
    "答对": _right,
    "含无出处内容的答案": _unproved,
    "该说的要点说到了": _points,
    "　其中开放的问题": _open_points,
    "每题秒数（中位数）": _seconds,
    "问了模型的题": _asked,
    "　给出模型文字的题": _shown,
    "每题读入 token（中位数）": _tokens("read"),
    "每题写出 token（中位数）": _tokens("written"),
}
