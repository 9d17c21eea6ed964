"""What an answer says, proved from the plans' text: an auditor of its own, that shares no check with the assistant.

A number, a body or a quotation is proved by the text of a clause that the answer cites, by an indicator row that it
joins (and the corpus holds), or by a reckoning that stands in the answer. The question proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from corpus.model import Clause, Indicator, Plan
from evals.counts import countable
from evals.figures import Figure, read_figures
from evals.fold import MARKER, fold
from evals.reasons import Kind, Reason
from evals.reply import CitationRow, IndicatorRow, Reply
from evals.sums import Amount, computed
from evals.wording import read_wording

_LIST_MARK = re.compile(r"(?m)^[ \t]*(?:[-*•]|\d+[.、)])[ \t]+")
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True)
class Sources:
    """What an answer may lean on: cited clauses, joined rows, and the plans they belong to. All texts are folded."""

    plans: tuple[Plan, ...]
    clauses: tuple[Clause, ...]
    rows: tuple[Indicator, ...]
    text: str
    figures: tuple[Figure, ...]

    @property
    def amounts(self) -> set[Amount]:
        """Every number of the sources in its base unit."""
        return {figure.base for figure in self.figures}


def prove(reply: Reply, plans: Mapping[str, Plan]) -> tuple[Reason, ...]:
    """Return everything in ``reply`` that ``plans`` (by id) do not prove; empty where all is."""
    sources = _sources(reply, plans)
    found: Iterator[Reason] = chain(
        _citations(reply, plans),
        _markers(reply),
        _agency_rows(reply, sources),
        _indicator_rows(reply, sources),
        _numbers(reply, sources),
        _bodies(reply, sources, plans),
        _quotations(reply, sources),
    )
    return tuple(found)


def _sources(reply: Reply, plans: Mapping[str, Plan]) -> Sources:
    cited = {row.plan_id: plans[row.plan_id] for row in reply.citations if row.plan_id in plans}
    own = tuple(cited.values()) or tuple(plans.values())
    clauses = {
        (row.plan_id, row.clause_id): plans[row.plan_id].clause(row.clause_id)
        for row in reply.citations
        if row.plan_id in plans and plans[row.plan_id].has_clause(row.clause_id)
    }
    rows = [found for given in reply.indicators if (found := _row(given, own))]
    texts = [fold(text) for clause in clauses.values() for text in (clause.text, clause.label, clause.clause_id)]
    texts += [fold(plan.title) for plan in plans.values()]
    for row in rows:
        texts += [fold(f"{row.value}{row.unit}"), fold(row.quote)]
        texts += [f"{year}年" for year in (row.target_year, row.base_year) if year]
    figures = tuple(figure for text in texts for figure in read_figures(text))
    return Sources(own, tuple(clauses.values()), tuple(rows), "\n".join(texts), figures)


def _row(given: IndicatorRow, plans: Sequence[Plan]) -> Indicator | None:
    """Return the corpus's row of which ``given`` is a true copy."""
    fields = given.model_dump()
    for plan in plans:
        for row in plan.indicators:
            if all(getattr(row, name) == value for name, value in fields.items()):
                return row
    return None


def _citations(reply: Reply, plans: Mapping[str, Plan]) -> Iterator[Reason]:
    for row in reply.citations:
        fault = _citation_fault(row, plans)
        if fault:
            yield Reason(Kind.ALTERED_QUOTE, f"[{row.marker}] {fault}")


def _citation_fault(row: CitationRow, plans: Mapping[str, Plan]) -> str:
    if row.plan_id not in plans:
        return f"没有方案 {row.plan_id}"
    plan = plans[row.plan_id]
    if not plan.has_clause(row.clause_id):
        return f"方案没有条款 {row.clause_id}"
    clause = plan.clause(row.clause_id)
    if not row.quote.strip() or row.start < 0 or plan.text[row.start : row.end] != row.quote:
        return f"原文 {row.start}–{row.end} 处不是“{row.quote}”"
    if not clause.start <= row.start < row.end <= clause.end:
        return f"引文不在条款 {row.clause_id} 里"
    if row.label != clause.label:
        return f"条款 {row.clause_id} 的名称是“{clause.label}”"
    if _cuts_a_number(plan.text, row.start) or _cuts_a_number(plan.text, row.end):
        return f"引文把一个数截断了：“{row.quote}”"
    return ""


def _cuts_a_number(text: str, at: int) -> bool:
    return re.match(r"\d\.?\d", text[max(0, at - 1) :]) is not None and text[at : at + 1].isdecimal()


def _markers(reply: Reply) -> Iterator[Reason]:
    given = [row.marker for row in reply.citations]
    used = {int(marker) for marker in MARKER.findall(reply.answer)}
    if len(set(given)) != len(given):
        yield Reason(Kind.WRONG_MARKER, "两条引用的编号相同")
    yield from (Reason(Kind.WRONG_MARKER, f"[{one}] 没有对应的引用") for one in sorted(used - set(given)))
    yield from (Reason(Kind.WRONG_MARKER, f"引用 [{one}] 没有在答案中出现") for one in sorted(set(given) - used))


def _agency_rows(reply: Reply, sources: Sources) -> Iterator[Reason]:
    duties = {(row.name, row.role, row.clause_id) for plan in sources.plans for row in plan.responsibilities}
    text = fold(reply.answer)
    for row in reply.agencies:
        if (row.name, row.role, row.clause_id) not in duties:
            yield Reason(Kind.UNSUPPORTED_FACT, f"{row.name}在条款 {row.clause_id} 中没有 {row.role} 这一职责")
        if fold(row.name) not in text:
            yield Reason(Kind.AGENCY_MISSING, f"{row.name}没有写进答案文字")


def _indicator_rows(reply: Reply, sources: Sources) -> Iterator[Reason]:
    for row in reply.indicators:
        if not _row(row, sources.plans):
            yield Reason(Kind.UNSUPPORTED_FACT, f"指标 {row.indicator_id}（{row.value}{row.unit}）与方案的指标表不一致")


def _numbers(reply: Reply, sources: Sources) -> Iterator[Reason]:
    lines = [fold(line) for line in _LIST_MARK.sub("", reply.answer).splitlines()]
    worked_out = {amount for line in lines for amount in computed(line)}
    values = {figure.value for figure in sources.figures}
    sizes = countable(reply, sources.plans, _body_names(sources.plans))
    for line in lines:
        for figure in read_figures(line):
            if figure.base in sources.amounts or figure.base in worked_out:
                continue
            if not figure.unit and figure.value in values:
                continue
            if _is_count(line, figure) and figure.value in sizes:
                continue
            yield Reason(Kind.UNSUPPORTED_FACT, f"数 {figure} 没有出处：{line}")


def _is_count(line: str, figure: Figure) -> bool:
    """Whether a number counts things that the answer itself holds: 共 7 条, not 7 家以上."""
    words = read_wording().counted
    return figure.comparator == "=" and (figure.unit in words or line.startswith(words, figure.end))


@lru_cache(maxsize=64)
def _body_names(plans: tuple[Plan, ...]) -> tuple[str, ...]:
    return tuple({fold(row.name) for plan in plans for row in plan.responsibilities})


def _bodies(reply: Reply, sources: Sources, plans: Mapping[str, Plan]) -> Iterator[Reason]:
    cited = {clause.clause_id for clause in sources.clauses}
    duties = [row for plan in sources.plans for row in plan.responsibilities]
    proved = {fold(row.name) for row in duties if row.clause_id in cited}
    given = {(row.name, row.role, row.clause_id) for row in reply.agencies}
    proved |= {fold(row.name) for row in duties if (row.name, row.role, row.clause_id) in given and sources.clauses}
    text = fold(_LIST_MARK.sub("", reply.answer))
    for name in sorted(_body_names(tuple(plans.values())), key=lambda name: (-len(name), name)):
        if name in text and name not in proved and name not in sources.text:
            yield Reason(Kind.UNSUPPORTED_FACT, f"{name}没有出处")
        text = text.replace(name, "、")
    for word in _body_like(text):
        if word not in sources.text:
            yield Reason(Kind.UNSUPPORTED_FACT, f"{word}没有出处")


def _body_like(text: str) -> Iterator[str]:
    """Yield words that end as names of bodies do: the ending with up to three characters before it."""
    wording = read_wording()
    endings = "|".join(map(re.escape, wording.body_endings))
    for found in re.finditer(rf"[\u4e00-\u9fff]{{1,3}}?(?:{endings})(?![\u4e00-\u9fff]?[部员托])", text):
        word = found[0]
        for at in range(len(word) - 1, -1, -1):
            if word[at] in wording.body_breaks:
                word = word[at + 1 :]
                break
        if word not in wording.body_endings and not word.endswith(wording.not_bodies) and len(word) > 1:
            yield word


def _quotations(reply: Reply, sources: Sources) -> Iterator[Reason]:
    text = sources.text.replace('"', "").replace("\n", "")
    quoted = [line for line in reply.answer.splitlines() if line.lstrip().startswith(">")]
    quoted += [words for line in reply.answer.splitlines() for words in _QUOTED.findall(fold(line))]
    for one in quoted:
        words = fold(one).replace('"', "")
        if words and words not in text:
            yield Reason(Kind.UNSUPPORTED_FACT, f"引文“{words}”不在引用的条款里")
