"""The plans as a reader of question sets needs them: by which names their clauses, bodies and titles are called."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from corpus.agencies import AgencyTable
from corpus.model import Clause, Comparator, Indicator, Plan, Responsibility, Strength
from corpus.numbering import STYLE_ORDER, read_mark
from evals.figures import read_figures
from evals.fold import fold
from evals.sources import figures_of
from evals.sums import Amount

Value = TypeVar("Value")

_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DOTTED = re.compile(r"(?:p\d+\.)?\d+(?:-\d+)?(?:\.\d+(?:-\d+)?)*(?![\d.%])")
_NUMERALS = "一二三四五六七八九十百零〇两"
_SHORT_WORD = 3  # characters
# 三（四） is short for 三、（四）; a bare 三 is the chapter.
_SHORT = re.compile(rf"^([{_NUMERALS}]+)(?=[(（；;，,或\s]|$)")


@dataclass(frozen=True)
class Register:
    """Some plans; a name that several of them have may mean each. An empty register knows numbers alone."""

    plans: tuple[Plan, ...] = ()

    def plan_id(self, text: str) -> str | None:
        """Return the id of the plan that is called so, by id, title or another of its names."""
        wanted = fold(text)
        return next((plan.plan_id for plan in self.plans if wanted in map(fold, _names(plan))), None)

    def within(self, plan_id: str | None) -> Register:
        """Return the register of one plan, or this one where none is named."""
        return Register(tuple(one for one in self.plans if one.plan_id == plan_id)) if plan_id else self

    def clause(self, words: str) -> tuple[str | None, str]:
        """Return the clause that ``words`` begin with, by number, label or title, and the words behind it.

        >>> Register().clause("三、（四）、3.5"), Register().clause("三（四）或六"), Register().clause("第七条")
        (('3.4', '3.5'), ('3.4', '或六'), ('7', ''))
        """
        label = next((label for label in self._labels if words.startswith(label)), None)
        if label is not None:
            return self._labels[label], words[len(label) :]
        words = words.translate(_NARROW)
        dotted = _DOTTED.match(words)
        if dotted:
            return self._titled(dotted[0], words[dotted.end() :])
        numbers, printed, rest = _chain(_SHORT.sub(r"\1、", words))
        clause_id = self._paths.get(fold(printed.removesuffix("、"))) or ".".join(map(str, numbers))
        # （四） alone may stand in any chapter.
        known = numbers and (printed[0] not in "（(" or fold(printed) in self._paths)
        return self._titled(clause_id, rest) if known else (None, words)

    def has_clause(self, clause_id: str) -> bool:
        """Whether one of the plans has this clause."""
        return any(plan.has_clause(clause_id) for plan in self.plans)

    def nearest_clause(self, clause_id: str) -> str:
        """Return which clauses there are around one that there is not, in words."""
        outer = clause_id.rpartition(".")[0]
        inner = [one.clause_id for plan in self.plans for one in plan.children(outer)] if outer else []
        if inner:
            return f"{outer} 之下有 {inner[0]} 至 {inner[-1]}" if len(inner) > 1 else f"{outer} 之下只有 {inner[0]}"
        top = [one.clause_id for plan in self.plans for one in plan.clauses if one.parent_id is None]
        return f"最上一层有 {top[0]} 至 {top[-1]}" if top else ""

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The names of all bodies that have a duty, each once."""
        return tuple(dict.fromkeys(row.name for plan in self.plans for row in plan.responsibilities))

    def nearest_body(self, name: str) -> str:
        """Return the body that a wrong name most likely means, empty where none is like it."""
        owners = [one for plan in self.plans for one in AgencyTable.of(self.bodies, plan.region).owners(name)]
        return (owners or nearest(name, self.bodies) or [""])[0]

    @cached_property
    def duties(self) -> Mapping[str, tuple[Responsibility, ...]]:
        """Who does what, by the body's folded name."""
        rows: dict[str, list[Responsibility]] = {}
        for plan in self.plans:
            for row in plan.responsibilities:
                rows.setdefault(fold(row.name), []).append(row)
        return {name: tuple(found) for name, found in rows.items()}

    @cached_property
    def signs(self) -> Mapping[Amount, frozenset[Comparator]]:
        """With which comparators each number stands in the plans."""
        figures = [figure for plan in self.plans for figure in read_figures(fold(plan.text))]
        figures += [figure for row in self._indicators() for figure in figures_of(row)]
        return _grouped((figure.base, figure.comparator) for figure in figures)

    @cached_property
    def strengths(self) -> Mapping[Amount, frozenset[Strength]]:
        """How firmly each target's number is meant."""
        return _grouped(
            (figure.base, row.strength)
            for row in self._indicators()
            for figure in read_figures(fold(f"{row.value}{row.unit}"))
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Printed labels and titles, the longest first; a title that two clauses have means neither."""
        found: dict[str, set[str]] = {}
        for clause in self._clauses():
            for label in {clause.label, clause.title} - {""}:
                found.setdefault(label, set()).add(clause.clause_id)
        plain = sorted(found, key=lambda label: (-len(label), label))
        return {label: min(found[label]) for label in plain if len(found[label]) == 1 and not _is_number(label)}

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Printed numbers without their title → id, where the text alone would not tell: the article of a chapter."""
        paths: dict[str, set[str]] = {}
        for clause in self._clauses():
            path = fold(clause.label.removesuffix(clause.title)).removesuffix("、")
            paths.setdefault(path, set()).add(clause.clause_id)
        return {path: min(ids) for path, ids in paths.items() if len(ids) == 1}

    def _clauses(self) -> Iterable[Clause]:
        return (clause for plan in self.plans for clause in plan.clauses)

    def _indicators(self) -> Iterable[Indicator]:
        return (row for plan in self.plans for row in plan.indicators)

    def _titled(self, clause_id: str, rest: str) -> tuple[str, str]:
        """Pass over the title that may stand behind a number, if it is the clause's own."""
        bare = rest.lstrip()
        titles = (clause.title for clause in self._clauses() if clause.clause_id == clause_id and clause.title)
        title = next((title for title in titles if bare.startswith(title)), "")
        return clause_id, bare[len(title) :] if title else rest


def _grouped(pairs: Iterable[tuple[Amount, Value]]) -> Mapping[Amount, frozenset[Value]]:
    found: dict[Amount, set[Value]] = {}
    for amount, value in pairs:
        found.setdefault(amount, set()).add(value)
    return {amount: frozenset(values) for amount, values in found.items()}


def nearest(word: str, words: Sequence[str]) -> list[str]:
    """Return the words that are most like ``word``, best first; a short one may differ in half of its characters.

    >>> nearest("应达类型", ["应答类型", "条款"]), nearest("问提", ["问题", "条款"])
    (['应答类型'], ['问题'])
    """
    return difflib.get_close_matches(word, words, n=3, cutoff=0.5 if len(word) <= _SHORT_WORD else 0.6)


def _names(plan: Plan) -> tuple[str, ...]:
    return (plan.plan_id, plan.title, *plan.aliases)


def _is_number(label: str) -> bool:
    return label.replace(".", "").isdecimal()


def _chain(words: str) -> tuple[list[int], str, str]:
    """Return the printed numbers at the head of ``words``, outermost first, how they are printed, and what follows.

    >>> _chain("三、（四）节水"), _chain("十、其他")
    (([3, 4], '三、（四）', '节水'), ([10], '十、', '其他'))
    """
    numbers: list[int] = []
    rest, printed, rank = words, "", -1
    while (mark := read_mark(rest)) and STYLE_ORDER.index(mark.style) > rank:
        numbers.append(mark.number)
        printed += mark.printed
        rest, rank = rest[mark.length :], STYLE_ORDER.index(mark.style)
    return numbers, printed, rest
