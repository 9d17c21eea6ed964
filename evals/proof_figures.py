"""The numbers of an answer: each in a source with its unit, its comparator, its strength and its own indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Indicator
from evals.counts import countable
from evals.figures import Figure, read_figures, strength_said
from evals.fold import fold
from evals.lines import Line
from evals.reasons import Kind, Reason
from evals.reply import Reply
from evals.sources import Sources
from evals.sums import Amount, computed
from evals.wording import read_wording

_REMARK = re.compile(r"\([^()]*\)$")


def numbers(reply: Reply, lines: Sequence[Line], sources: Sources) -> Iterator[Reason]:
    """Yield what is wrong with the numbers of an answer's lines."""
    worked_out = {amount for line in lines for amount in computed(line.text)}
    sizes = countable(reply, sources.plans)
    for line in lines:
        for sentence in line.sentences:
            for figure in read_figures(sentence):
                if _is_own(sentence, figure, worked_out, sizes) and figure.base not in sources.amounts:
                    continue
                yield from _source(line, sentence, figure, sources)
            if not line.is_quotation and not computed(sentence):
                yield from _of_its_indicator(sentence, sources, worked_out, sizes)


def _is_own(sentence: str, figure: Figure, worked_out: set[Amount], sizes: frozenset[int]) -> bool:
    """Whether the answer itself makes the number: works it out, or counts it (共 7 条, not 7 家以上)."""
    if figure.base in worked_out:
        return True
    words = read_wording().counted
    counts = figure.unit in words or sentence.startswith(words, figure.end)
    return counts and figure.comparator == "=" and figure.value in sizes


def _source(line: Line, sentence: str, figure: Figure, sources: Sources) -> Iterator[Reason]:
    if not _stands_in(figure, sources):
        yield Reason(Kind.UNSUPPORTED_FACT, f"数 {figure} 没有出处：{line.text}")
        return
    if line.markers and not _stands_in(figure, sources.only(line.markers)):
        yield Reason(Kind.WRONG_MARKER, f"数 {figure} 不在所标注的条款里：{line.text}")
    if not line.is_quotation and not computed(line.text):
        yield from _wording(sentence, figure, sources)


def _stands_in(figure: Figure, sources: Sources) -> bool:
    return figure.base in sources.amounts or (
        not figure.unit and any(one.value == figure.value for one in sources.figures)
    )


def _wording(sentence: str, figure: Figure, sources: Sources) -> Iterator[Reason]:
    """Compare 以上, 左右, 力争 of a number with those it has in the sources."""
    signs = {one.comparator for one in sources.figures if one.base == figure.base}
    signs |= {row.comparator for row in sources.rows if _is_value_of(figure, row)}
    if figure.unit and figure.unit != "年" and figure.comparator not in signs:
        yield Reason(
            Kind.WRONG_COMPARATOR, f"{figure} 在原文是 {'、'.join(sorted(signs))}，答案写成 {figure.comparator}"
        )
    rows = [row for plan in sources.plans for row in plan.indicators if _is_value_of(figure, row)]
    said = strength_said(sentence, figure)
    if rows and said == "firm" and all(row.strength != "firm" for row in rows):
        yield Reason(Kind.WRONG_STRENGTH, f"{figure} 在原文是力争或激励目标，答案没有说明")


def _is_value_of(figure: Figure, row: Indicator) -> bool:
    return any(one.base == figure.base for one in read_figures(fold(f"{row.value}{row.unit}")))


def _of_its_indicator(
    sentence: str, sources: Sources, worked_out: set[Amount], sizes: frozenset[int]
) -> Iterator[Reason]:
    """Where a sentence speaks of one indicator alone, its numbers must be that indicator's, not its neighbour's."""
    named = _named(sentence, sources)
    names = {_plain_name(row) for row in named}
    if len(names) != 1:
        return
    own = {figure.base for row in named for text in _texts(row) for figure in read_figures(fold(text))}
    for figure in read_figures(sentence):
        elsewhere = figure.unit and figure.base in sources.amounts and figure.base not in own
        if elsewhere and not _is_own(sentence, figure, worked_out, sizes):
            yield Reason(Kind.UNSUPPORTED_FACT, f"数 {figure} 不是“{next(iter(names))}”的：{sentence}")


def _named(sentence: str, sources: Sources) -> list[Indicator]:
    """Return the rows whose name stands in a sentence, without those whose name is part of another's there."""
    rows = [row for plan in sources.plans for row in plan.indicators if _plain_name(row) in sentence]
    return [
        row
        for row in rows
        if not any(_plain_name(row) in _plain_name(o) and _plain_name(row) != _plain_name(o) for o in rows)
    ]


def _plain_name(row: Indicator) -> str:
    """The name without the remark that tells two targets of one indicator apart (…比重（力争）)."""
    return _REMARK.sub("", fold(row.name))


def _texts(row: Indicator) -> list[str]:
    years = [f"{year}年" for year in (row.target_year, row.base_year) if year]
    return [f"{row.value}{row.unit}", row.quote, row.name, *years]
