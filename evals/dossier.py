"""All that a report tells of a run, in the order in which it is told, whether as a page or as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.model import Plan
from evals.cards import CHANGES, Card, card
from evals.compare import Comparison, Pair
from evals.explanations import measure_meaning, reason_meaning
from evals.folder import Run
from evals.measures import MEASURES
from evals.outcome import Tally
from evals.reasons import Kind
from evals.summary import Share, Summary

WAYS = {"command": "通过公开命令提问", "process": "在评测进程里提问", "recorded": "重新评判以前的答案"}
SHORT = 12  # characters of a hash that are enough to tell two apart


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: its group, its name, what it is in figures, and what it tells. ``share`` where it has an interval."""

    group: str
    label: str
    tally: Tally
    share: Share | None
    meaning: str

    @property
    def shown(self) -> str:
        """The value as it is read: shares in percent, means with three places, a likeness of 100 with one."""
        if self.share:
            return f"{self.share.value:.1%}"
        return f"{self.tally.value:.3f}" if self.tally.value <= 1 else f"{self.tally.value:.1f}"


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of fault and in how many answers it was found."""

    kind: str
    label: str
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A run made ready to be shown. ``cards`` stand in the order in which they are read: what failed comes first."""

    run: Run
    cards: tuple[Card, ...]
    measures: tuple[Row, ...]
    causes: tuple[Cause, ...]
    facts: tuple[tuple[str, str], ...]
    alarms: tuple[str, ...]
    comparison: Comparison | None = None
    baseline: str = ""

    @property
    def summary(self) -> Summary:
        """The run's figures."""
        return self.run.summary

    @property
    def several(self) -> bool:
        """Whether the answers may come from several plans, so that a clause has to be told with its plan."""
        return len(self.run.configuration.plans) > 1

    @property
    def headline(self) -> str:
        """What came out, in one sentence."""
        right = self.summary.total.right
        return f"共 {right.whole} 题，答对 {right.part} 题，占 {right.value:.1%}"

    @property
    def changed(self) -> tuple[Card, ...]:
        """The questions that stand otherwise than in the baseline, or are answered otherwise; what got worse comes first."""
        moved = (
            one for one in self.cards if one.change not in {"", "same"} or (one.pair and not one.pair.is_same_answer)
        )
        return tuple(sorted(moved, key=lambda one: list(CHANGES).index(one.change)))

    @property
    def failed(self) -> tuple[Card, ...]:
        """The questions that were not answered rightly."""
        return tuple(one for one in self.cards if not one.outcome.right)


def dossier(
    run: Run, plans: Mapping[str, Plan], digest: str = "", *, unmet: Sequence[str] = (), hidden: bool = False
) -> Dossier:
    """Put a report together. ``plans`` (by id) are those at hand now, ``digest`` their corpus' hash.

    ``unmet`` says which gates are not reached. ``hidden``: tell figures only, and no question.
    """
    cards = (card(outcome, plans) for outcome in (() if hidden else run.outcomes))
    return Dossier(
        run,
        tuple(sorted(cards, key=_rank)),
        tuple(_measures(run.summary)),
        tuple(Cause(kind, Kind(kind).label, n, reason_meaning(kind)) for kind, n in run.summary.reasons.items()),
        tuple(_facts(run)),
        (*(f"未达标：{one}。" for one in unmet), *_alarms(run, digest)),
    )


def against(told: Dossier, comparison: Comparison, baseline: str) -> Dossier:
    """Return the report with what changed against a baseline, of which ``baseline`` is the name."""
    pairs = {pair.question_id: ("same", pair) for pair in comparison.unchanged}
    for change, changed in (
        ("regressed", comparison.regressed),
        ("fixed", comparison.fixed),
        ("regraded", comparison.regraded),
    ):
        pairs |= {pair.question_id: (change, pair) for pair in changed}
    moved = (_moved(one, *pairs.get(one.outcome.question.id, ("added", None))) for one in told.cards)
    return replace(told, cards=tuple(sorted(moved, key=_rank)), comparison=comparison, baseline=baseline)


def _moved(one: Card, change: str, pair: Pair | None) -> Card:
    return replace(one, change=change, pair=pair)


def _rank(one: Card) -> tuple[bool, bool, bool, bool]:
    """Put first what got worse, then what states something without a source, what else failed, and what got better."""
    return one.change != "regressed", one.outcome.right, not one.outcome.unproved, one.change != "fixed"


def _measures(summary: Summary) -> Iterator[Row]:
    for name, measure in MEASURES.items():
        tally = summary.total.measures.get(name)
        if tally is None:
            continue
        group, _, label = measure.label.rpartition("：")
        share = Share(label, int(tally.part), tally.whole) if measure.is_share else None
        yield Row(group, label, tally, share, measure_meaning(name))


def _alarms(run: Run, digest: str) -> Iterator[str]:
    if count := run.summary.total.unproved.part:
        yield f"{count} 题的答案里有方案原文找不到依据的内容，会误导人，请先看这些题。"
    if not run.complete:
        done = run.summary.total.right.whole
        yield f"这次运行没有答完：{run.configuration.questions} 题里只答了 {done} 题，下面的数字只算已答的。"
    if digest and digest != run.configuration.corpus:
        yield "方案资料在这次运行之后改过。下面显示的条款原文是现在的，可能与当时不同。"


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    made = run.configuration
    yield "题集", "、".join(made.sets)
    yield "题目数", f"{made.questions}"
    yield "题集版本", made.set_version[:SHORT]
    yield "方案", "；".join(made.plans.values())
    yield "方案资料版本", made.corpus[:SHORT]
    yield "开始时间", local(made.made)
    yield "答题用时", f"{made.seconds:.1f} 秒"
    yield "答题方式", WAYS.get(made.way, made.way)
    yield from ((f"模型和索引：{name}", str(value)) for name, value in made.index.items())
    yield from ((f"选项：{name}", str(value)) for name, value in made.options.items())
    yield "产品版本", made.product
    if made.python:
        yield "Python", made.python


def local(made: str) -> str:
    """Say when a run was made by the reader's own clock, to the minute."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d %H:%M}"


def categories_of(cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the categories of the questions, each once, in their order."""
    return tuple(dict.fromkeys(one.outcome.question.category for one in cards))
