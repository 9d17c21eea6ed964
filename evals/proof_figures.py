"""The numbers of an answer: each in a source with its unit, its comparator, its strength and its own indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from corpus.model import Indicator
from evals.counts import Counted
from evals.figures import Figure, read_figures, strength_said
from evals.fold import fold
from evals.lines import Line
from evals.reasons import Kind, Reason
from evals.reply import Reply
from evals.sources import Sources, body_names, figures_of
from evals.sums import Amount, computed

_REMARK = re.compile(r"\([^()]*\)$")


def numbers(reply: Reply, lines: Sequence[Line], sources: Sources) -> Iterator[Reason]:
    """Yield what is wrong with the numbers of an answer's lines."""
    counted = Counted(reply, sources.plans, body_names(sources.plans), tuple(lines))
    own: set[Amount] = {amount for line in lines for amount in computed(line.text)}
    counts: list[set[Figure]] = []
    for at, line in enumerate(lines):
        counts.append({one for one in read_figures(line.text) if counted.proves(one, at)})
        # 合计：10 + 8 = 18 条: what was counted may be reckoned with, and then stands without its measure word.
        own |= {(Fraction(one.value), "") for one in counts[-1]}
    own |= _supposed(reply, lines)
    for line, counted_here in zip(lines, counts, strict=True):
        yield from _line(line, sources, own, counted_here)


_AS_YOU_SAY = re.compile(r"您说的$")


def _supposed(reply: Reply, lines: Sequence[Line]) -> set[Amount]:
    """Return the amounts that an answer takes over from the question and says so: 按您说的 9 家计算.

    They may be reckoned with, and then stand without their unit: 按您说的 5 年平均：4000 公里 ÷ 5.
    """
    asked = {figure.base for figure in read_figures(fold(reply.question))}
    said = {
        figure.base
        for line in lines
        for figure in read_figures(line.text)
        if _AS_YOU_SAY.search(line.text[: figure.start])
    }
    return (said & asked) | {
        (Fraction(number), "")
        for figure in read_figures(fold(reply.question))
        if figure.base in said
        for number in (figure.value, figure.unit.removeprefix("/") if figure.unit.startswith("/") else figure.value)
    }


def _line(line: Line, sources: Sources, own: set[Amount], counts: set[Figure]) -> Iterator[Reason]:
    """Yield the faults of one line; the answer itself works out the numbers ``own`` and counts out ``counts``."""
    for figure in read_figures(line.text):
        if figure.base in sources.amounts or not (figure.base in own or figure in counts):
            yield from _source(line, figure, sources)
    if line.is_quotation:
        return
    named: list[Indicator] = []
    for sentence in line.sentences:
        named = _named(sentence, sources) or named
        one = len({_plain_name(row) for row in named}) == 1
        if computed(sentence):
            continue
        yield from _wording(sentence, _own_figures(named, sources) if one else sources.figures, sources)
        if one:
            made = own | {figure.base for figure in counts}
            yield from _of_its_indicator(sentence, named, sources, made)


def _source(line: Line, figure: Figure, sources: Sources) -> Iterator[Reason]:
    if not _stands_in(figure, sources):
        yield Reason(Kind.UNSUPPORTED_FACT, f"数 {figure} 没有出处：{line.text}")
    elif line.markers and not _stands_in(figure, sources.only(line.markers)):
        yield Reason(Kind.WRONG_MARKER, f"数 {figure} 不在所标注的条款里：{line.text}")


def _stands_in(figure: Figure, sources: Sources) -> bool:
    bare = not figure.unit and any(one.value == figure.value for one in sources.figures)
    return bare or figure.base in sources.amounts


def _wording(sentence: str, known: Sequence[Figure], sources: Sources) -> Iterator[Reason]:
    """Compare 以上, 左右, 力争 of each number with those it has where it comes from."""
    for figure in read_figures(sentence):
        signs = {one.comparator for one in known if one.base == figure.base}
        if figure.unit not in {"", "年"} and signs and figure.comparator not in signs:
            was = "、".join(sorted(signs))
            yield Reason(Kind.WRONG_COMPARATOR, f"{figure} 在原文是 {was}，答案写成 {figure.comparator}")
        rows = [row for plan in sources.plans for row in plan.indicators if _is_value_of(figure, row)]
        if rows and strength_said(sentence, figure) == "firm" and all(row.strength != "firm" for row in rows):
            yield Reason(Kind.WRONG_STRENGTH, f"{figure} 在原文是力争或激励目标，答案没有说明")


def _is_value_of(figure: Figure, row: Indicator) -> bool:
    return any(one.base == figure.base for one in read_figures(fold(f"{row.value}{row.unit}")))


def _own_figures(named: Sequence[Indicator], sources: Sources) -> list[Figure]:
    """Return the numbers of an indicator, without its neighbours' in one quotation (分别达到 55%、45%)."""
    names = {_plain_name(row) for row in named}
    others = [row for plan in sources.plans for row in plan.indicators if _plain_name(row) not in names]
    return [
        figure
        for row in named
        for figure in figures_of(row)
        if _is_value_of(figure, row)
        or not any(_is_value_of(figure, other) for other in others if other.quote == row.quote)
    ]


def _of_its_indicator(
    sentence: str, named: Sequence[Indicator], sources: Sources, made: set[Amount]
) -> Iterator[Reason]:
    """Where a sentence speaks of one indicator alone, its numbers must be that indicator's, not its neighbour's."""
    own = {figure.base for figure in _own_figures(named, sources)}
    labels = _label_spans(sentence, sources)
    years = {"比": {row.base_year for row in named}, "到": {row.target_year for row in named}}
    for figure in read_figures(sentence):
        if any(start <= figure.start < end for start, end in labels):
            continue
        of_year = years.get(sentence[figure.start - 1 : figure.start], set()) if figure.unit == "年" else set()
        misplaced = of_year - {None} and figure.value not in of_year
        elsewhere = figure.unit and figure.base in sources.amounts and figure.base not in own
        if misplaced or (elsewhere and figure.base not in made):
            yield Reason(Kind.UNSUPPORTED_FACT, f"数 {figure} 不是“{_plain_name(named[0])}”的：{sentence}")


def _label_spans(sentence: str, sources: Sources) -> list[tuple[int, int]]:
    """Return where a sentence names clauses as its source; the years in a name (（2021—2023年） 二、（一）) are no targets'."""
    labels = {fold(clause.label) for _, _, clause in sources.cited} | {fold(label) for label in sources.labels}
    starts = ((label, sentence.find(label)) for label in labels)
    return [(start, start + len(label)) for label, start in starts if start >= 0]


def _named(sentence: str, sources: Sources) -> list[Indicator]:
    """Return the rows whose name stands in a sentence, without those whose name is part of another's there."""
    rows = [row for plan in sources.plans for row in plan.indicators if _plain_name(row) in sentence]
    names = {_plain_name(row) for row in rows}
    return [row for row in rows if not any(_plain_name(row) in name and _plain_name(row) != name for name in names)]


def _plain_name(row: Indicator) -> str:
    """Return the name without the remark that tells two targets of one indicator apart (…比重（力争）)."""
    return _REMARK.sub("", fold(row.name))
