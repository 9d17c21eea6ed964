"""Two runs compared, question by question: what got better, what got worse, and whether that may be chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from evals.chance import mcnemar
from evals.errors import FaultyRun
from evals.folder import Run
from evals.outcome import Outcome
from evals.summary import TOTAL

# A difference that chance alone brings about less often than this is taken for one.
LEVEL = 0.05
# With fewer changes than these, even all in one direction are no rarer than that: 2 × 0.5⁵ = 6.25%.
FEWEST = 6
Verdict = Literal["变好", "变差", "看不出差别"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs: ``old`` and ``new``."""

    old: Outcome
    new: Outcome

    @property
    def question_id(self) -> str:
        """The id that the question has in both."""
        return self.new.question.id

    @property
    def change(self) -> int:
        """1 where a wrong answer became right, -1 where a right one became wrong, 0 where neither."""
        return int(self.new.right) - int(self.old.right)

    @property
    def is_same_answer(self) -> bool:
        """Whether both runs gave the same answer, the time it took aside."""
        return _timeless(self.old.answer) == _timeless(self.new.answer)


@dataclass(frozen=True, slots=True)
class Shift:
    """What changed in one category, or in all: questions compared, right in the older and the newer run, and changed."""

    name: str
    count: int
    before: int
    after: int
    fixed: int
    regressed: int


@dataclass(frozen=True)
class Comparison:
    """An older and a newer run.

    ``pairs``: the questions that both were asked, with the same expectation; these alone decide. ``regraded``: those
    with another expectation. ``dropped``, ``added``: ids that only the older or only the newer run has. ``reworded``: ids
    that both have for different questions. ``remarks``: Chinese sentences on what else differs between the runs.
    """

    pairs: tuple[Pair, ...]
    regraded: tuple[Pair, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    reworded: tuple[str, ...]
    remarks: tuple[str, ...]

    @cached_property
    def fixed(self) -> tuple[Pair, ...]:
        """Wrong before, right now."""
        return tuple(pair for pair in self.pairs if pair.change > 0)

    @cached_property
    def regressed(self) -> tuple[Pair, ...]:
        """Right before, wrong now."""
        return tuple(pair for pair in self.pairs if pair.change < 0)

    @cached_property
    def unchanged(self) -> tuple[Pair, ...]:
        """Right or wrong as before."""
        return tuple(pair for pair in self.pairs if not pair.change)

    @cached_property
    def chance(self) -> float:
        """How likely as uneven a change is if the two are equally good (exact McNemar, two-sided; 0 to 1).

        The assistant answers the same question alike every time, so each change is real; what the test asks is whether
        other questions of the same kind would show it, too.
        """
        return mcnemar(len(self.fixed), len(self.regressed))

    @property
    def verdict(self) -> Verdict:
        """Better or worse where chance is an unlikely explanation, else that no difference can be told."""
        if self.chance >= LEVEL:
            return "看不出差别"
        return "变好" if len(self.fixed) > len(self.regressed) else "变差"

    @property
    def sentence(self) -> str:
        """What got worse, if anything did, then the verdict and why, for people who know no statistics."""
        better, worse, count = len(self.fixed), len(self.regressed), len(self.pairs)
        if not better and not worse:
            return f"看不出差别：可以比较的 {count} 题，对错没有一题有变化。"
        if not worse:
            return f"{self.verdict}：可以比较的 {count} 题中，{better} 题由错变对，没有一题由对变错；{self._why}。"
        # That these questions got worse is certain; the verdict is only about other questions of their kind.
        fixed = f"另有 {better} 题由错变对" if better else "没有一题由错变对"
        told = f"有 {worse} 题由对变错（可以比较的 {count} 题中），请先看这 {worse} 题；{fixed}。"
        return f"{told}{self.verdict}：{self._why}。"

    @property
    def _why(self) -> str:
        better, worse = len(self.fixed), len(self.regressed)
        if self.verdict != "看不出差别":
            likely = "不到 0.1%" if self.chance < 0.001 else f"只有 {self.chance:.1%}"
            return f"如果其实没有差别，碰巧差这么多的可能{likely}"
        if better == worse:
            return "变对的和变错的一样多，不能据此推断同类的其他题变好或变差"
        hasty = f"不能据此推断同类的其他题也{'变好' if better > worse else '变差'}"
        if better + worse < FEWEST:
            return f"变了的题数太少（不到 {FEWEST} 题），可能只是碰巧，{hasty}"
        return f"即使其实没有差别，碰巧差这么多的可能也有 {self.chance:.1%}，{hasty}"

    @property
    def left_out(self) -> str:
        """Say which questions the verdict leaves out, and why; empty where it leaves out none."""
        parts = [
            f"{len(names)} 题{what}（{'如 ' if len(names) > 1 else ''}{names[0]}）"
            for names, what in (
                (self.dropped, "只在旧的一次里有"),
                (self.added, "只在新的一次里有"),
                (self.reworded, "改过问法"),
                ([pair.question_id for pair in self.regraded], "改过标准答案"),
            )
            if names
        ]
        told = f"两次的题集不同，只比较相同的 {len(self.pairs)} 题；{'，'.join(parts)}，没有计入。"
        return told if parts else ""

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """What changed in each category of the questions compared, and, last, in all of them."""
        categories = dict.fromkeys(pair.new.question.category for pair in self.pairs)
        groups = {name: [pair for pair in self.pairs if pair.new.question.category == name] for name in categories}
        return tuple(_shift(name, pairs) for name, pairs in [*groups.items(), (TOTAL, self.pairs)])


def _shift(name: str, pairs: Sequence[Pair]) -> Shift:
    changes = Counter(pair.change for pair in pairs)
    before, after = (sum(one.right for one in ones) for ones in ([p.old for p in pairs], [p.new for p in pairs]))
    return Shift(name, len(pairs), before, after, changes[1], changes[-1])


def compare(old: Run, new: Run) -> Comparison:
    """Compare two runs over the questions they have in common; raises :class:`FaultyRun` where they have none."""
    for run in (old, new):
        if run.configuration.hidden:
            raise FaultyRun(f"{run.folder} 是不留题目的运行，不能逐题比较")
    before = {one.question.id: one for one in old.outcomes}
    after = {one.question.id: one for one in new.outcomes}
    common = [Pair(before[name], after[name]) for name in after if name in before]
    same = [pair for pair in common if _asked(pair.old) == _asked(pair.new)]
    if not same:
        raise FaultyRun(f"{old.folder} 与 {new.folder} 没有共同的题目，不能比较")
    return Comparison(
        pairs=tuple(pair for pair in same if _gold(pair.old) == _gold(pair.new)),
        regraded=tuple(pair for pair in same if _gold(pair.old) != _gold(pair.new)),
        dropped=tuple(name for name in before if name not in after),
        added=tuple(name for name in after if name not in before),
        reworded=tuple(pair.question_id for pair in common if _asked(pair.old) != _asked(pair.new)),
        remarks=tuple(_remarks(old, new)),
    )


def _remarks(old: Run, new: Run) -> list[str]:
    """Say what besides the answers differs, so that nobody takes a change of the plans for one of the assistant."""
    one, other = old.configuration, new.configuration
    remarks = []
    for name, run in (("旧", old), ("新", new)):
        if not run.complete:
            remarks.append(f"{name}的一次没有答完：{len(run.outcomes)} / {run.configuration.questions} 题。")
    if one.corpus != other.corpus:
        remarks.append("两次之间方案有改动：对错的变化可能来自方案，不一定来自程序。")
    if one.index != other.index and one.index and other.index:
        names = sorted(
            name for name in one.index.keys() | other.index.keys() if one.index.get(name) != other.index.get(name)
        )
        if names != ["corpus"]:
            remarks.append(f"两次用的索引不同（{'、'.join(names)}）。")
    if one.product != other.product:
        remarks.append(f"程序版本不同：{one.product} → {other.product}。")
    before, after = old.summary.total.unproved.part, new.summary.total.unproved.part
    if before != after:
        remarks.append(f"含无出处内容的答案：{before} → {after}" + ("，应为 0。" if after else "。"))
    return remarks


def _asked(outcome: Outcome) -> tuple[object, ...]:
    question = outcome.question
    return question.question, question.history, question.plan_id


def _gold(outcome: Outcome) -> dict[str, object]:
    return outcome.question.expect.model_dump(exclude={"reference"})


def _timeless(answer: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}
