"""A fragment that weighs or sifts what the turns before showed: 这两个差多少, 哪个更高, 加起来呢, 超过50%的有几个."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.forms import read_forms
from assistant.links import AgencyLink
from assistant.pointing import Pointer
from assistant.ranks import read_rank
from assistant.reading import Evidence, Reading, Series
from assistant.state import State

_CALCULATIONS = ("difference", "compare", "ratio", "sum")
_SIFTS = ("list", "count", "most", "least", "order", "strive", "incentive", "text_value", "numeric", "at_least",
          "at_most", "more_than", "approximate", "no_year", "firm")  # fmt: skip


def weigh_shown(
    reading: Reading, state: State, pointer: Pointer, evidence: Evidence
) -> tuple[Reading, Evidence] | None:
    """Return the turn completed with what was shown; None where it neither weighs nor sifts, or names other things."""
    weighs = pointer.has("weighing") or reading.asks("difference", "compare", "ratio", "mean")
    weighs = weighs or (reading.asks("sum") and not counts_rows(reading.text))
    if reading.subject.words or reading.links.clauses or reading.asks("says", "term"):
        return None
    if reading.asks("who") and not weighs:
        return None
    if state.intent == "register" and state.asked and reading.asks("count", "sum"):
        return replace(state.asked, question=reading.question, carried="上一个问题的条数"), Evidence(
            signals={"carried": 1.0}
        )
    if state.intent == "outline" and weighs:
        return _chapters(reading, state, evidence)
    if state.intent == "tasks" and weighs and not reading.links.names:
        return _bodies(reading, state, evidence)
    if state.intent not in ("value", "table"):
        return None
    if weighs and (shown := _to_weigh(state, pointer)):
        return _weighed(reading, pointer, shown)
    forms = read_forms(reading.text)
    if len(state.series) > 1 and (
        reading.asks(*_SIFTS) or reading.links.quantities or forms.wanted or forms.unwanted or read_rank(reading.text)
    ):
        return _sifted(reading, state.series)
    return None


def counts_rows(text: str) -> bool:
    """Whether a fragment counts what was shown, and adds nothing up.

    >>> counts_rows("一共几个"), counts_rows("加起来几个点"), counts_rows("一共多少")
    (True, False, False)
    """
    return _COUNTS.fullmatch(text) is not None


_COUNTS = re.compile(
    r"那?么?(?:它们|这些)?(?:一共|总共|合计|总计|共)?有?(?:几|多少)(?:个|项|条)(?:目标|指标)?[?。呢啊]*"
)


def _to_weigh(state: State, pointer: Pointer) -> tuple[Series, ...]:
    """Return at least two targets with a figure: those shown last, together with the one before where it was one."""
    if pointer.has("first_two", "three"):
        trail = tuple(one for one in _trail(state) if _figures(one))
        return trail[:2] if pointer.has("first_two") else trail[-3:]
    shown = tuple(one for one in state.series if _figures(one))
    if sum(map(_figures, shown)) > 1:
        return shown
    before = tuple(one for one in state.before.series if _figures(one)) if state.before else ()
    both = tuple(dict.fromkeys((*before[-1:], *shown)))
    return both if shown and sum(map(_figures, both)) > 1 else ()


def _trail(state: State) -> tuple[Series, ...]:
    """Return the targets that the last turns showed, the oldest first."""
    before = _trail(state.before) if state.before else ()
    return tuple(dict.fromkeys((*before, *state.series)))


def _figures(series: Series) -> int:
    return sum(row.is_numeric for row in series.rows)


def _weighed(reading: Reading, pointer: Pointer, shown: tuple[Series, ...]) -> tuple[Reading, Evidence]:
    groups = reading.groups
    if not reading.asks("difference", "ratio", "mean", "sum"):
        groups |= {"compare"}
    by_subject = len(shown) > 2 and "compare" in groups
    if by_subject:
        groups = groups - {"compare"} | ({"least"} if pointer.has("smaller") else {"most"})
    elif reading.asks("difference", "ratio", "mean", "sum"):
        groups -= {"compare"}
    changed = replace(reading, intent="table", groups=groups, carried=f"{_names(shown)}的比较")
    return changed, _evidence(shown, by_subject=by_subject)


def _sifted(reading: Reading, shown: tuple[Series, ...]) -> tuple[Reading, Evidence]:
    return replace(reading, intent="table", carried=f"上文{_names(shown)}中符合条件的"), _evidence(
        shown, by_subject=True
    )


def _evidence(shown: tuple[Series, ...], *, by_subject: bool) -> Evidence:
    clauses = tuple(dict.fromkeys(one.clause_id for one in shown))
    signals = {"carried": 1.0, "by_subject": 1.0} if by_subject else {"carried": 1.0}
    return Evidence(clauses, 1.0, (), tuple((one, 1.0) for one in shown), signals=signals)


def _names(shown: tuple[Series, ...]) -> str:
    names = [one.name for one in shown]
    return "、".join(names) if len(names) < 4 else f"{names[0]}等目标"


def _chapters(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence] | None:
    """Add up or compare the chapters of the last two turns."""
    before = state.before.clauses if state.before and state.before.intent == "outline" else ()
    clauses = tuple(dict.fromkeys((*before, *state.clauses)))
    if len(clauses) < 2:
        return None
    labels = "、".join(reading.plan.clause(one).label for one in clauses)
    links = replace(reading.links, clauses=clauses)
    groups = reading.groups if reading.asks("sum", "difference") else reading.groups | {"compare"}
    return replace(reading, intent="outline", links=links, groups=groups, carried=f"{labels}的条数"), evidence


def _bodies(reading: Reading, state: State, evidence: Evidence) -> tuple[Reading, Evidence] | None:
    """Compare the tasks of the bodies of the last two turns."""
    before = state.before.bodies if state.before and state.before.intent == "tasks" else ()
    names = tuple(dict.fromkeys((*before, *state.bodies)))
    if len(names) != 2:
        return None
    links = replace(reading.links, agencies=tuple(AgencyLink(name, name, 0, 0) for name in names))
    groups = reading.groups | {"compare"} | (state.groups & {"lead", "share", "sole"})
    return replace(reading, intent="tasks", links=links, groups=groups, carried=f"{'、'.join(names)}的任务数"), evidence
