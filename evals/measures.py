"""What can be measured in one answer. Each measure is a function; its docstring is its definition.

All but times lie between 0 and 1 (``chrf``: 0 and 100) and are :class:`~evals.outcome.Tally` values, which add up over
questions: a share of all that was counted, or the mean over the questions to which the measure applies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.model import Plan
from evals.case import Case
from evals.fold import fold, holds
from evals.outcome import Place, Tally
from evals.question import AgencyGold, Question
from evals.reply import AgencyRow, Reply
from evals.score import declines_rightly, is_body, is_within
from evals.stated import stated


def citation_precision(case: Case) -> Tally | None:
    """Clauses cited that the question needs / clauses cited. Where an answer cites nothing, or nothing is needed: none.

    A clause that binds the bodies of a needed one (以下均需…落实) is rightly cited. Shown, never gating by itself: a set
    names what must be cited, and other clauses may say the same.
    """
    wanted = {one for group in case.question.expect.needs for one in group}
    if not wanted or not case.cited:
        return None
    wanted |= {gold.clause_id for gold in case.question.expect.agencies if gold.clause_id}
    wanted |= {binding for binding, bound in case.binding if any(is_within(bound, one) for one in wanted)}
    return Tally(sum(any(is_within(cited, one) for one in wanted) for _, cited in case.cited), len(case.cited))


def citation_recall(case: Case) -> Tally | None:
    """Needed clauses that are cited / clauses needed (of ``clauses_any``, one is needed)."""
    served = [
        any(is_within(cited, one) for one in group for _, cited in case.cited) for group in case.question.expect.needs
    ]
    return Tally(sum(served), len(served)) if served else None


def citation_validity(case: Case) -> Tally | None:
    """Clauses cited that the index finds among the first ten, or that the answer has another good reason for / cited.

    Another reason: the question names the clause by its number or heading; a body or target that the answer joins is
    told there. (An answer over a table finds its clauses by a query over all of them.) An answer on the plan's parts
    cites every part and counts against this share; whatever else is cited came from nowhere.
    """
    if not case.cited or not case.retrieved:
        return None
    asked = fold(case.question.question)
    joined = {row.clause_id for row in case.reply.agencies} | {row.clause_id for row in case.reply.indicators}
    joined |= {binding for binding, bound in case.binding if bound in joined}
    found = [
        place in case.retrieved or place[1] in joined or _is_named(place, asked, case.plans) for place in case.cited
    ]
    return Tally(sum(found), len(found))


def _is_named(place: Place, asked: str, plans: Mapping[str, Plan]) -> bool:
    plan = plans.get(place[0])
    if plan is None or not plan.has_clause(place[1]):
        return False
    clause = plan.clause(place[1])
    names = (fold(clause.title), fold(clause.label.removesuffix(clause.title)))
    return any(name and name in asked for name in names)


def quote_fidelity(case: Case) -> Tally | None:
    """Quotations that stand word for word at their offsets in the plan / quotations."""
    rows = case.reply.citations
    true = [row for row in rows if row.plan_id in case.plans and row.quote]
    verbatim = sum(case.plans[row.plan_id].text[row.start : row.end] == row.quote for row in true)
    return Tally(verbatim, len(rows)) if rows else None


def numbers(case: Case) -> Tally | None:
    """Expected numbers that the answer holds, value × unit in any equal form (1.2 万 = 12000) / numbers expected."""
    golds = case.question.expect.numbers
    return Tally(sum(stated(gold, case.reply).is_there for gold in golds), len(golds)) if golds else None


def comparators(case: Case) -> Tally | None:
    """Numbers with the expected comparator / numbers of which a comparator is expected and the amount was found."""
    golds = [(one.comparator, stated(one, case.reply)) for one in case.question.expect.numbers if one.comparator]
    there = [(wanted, found) for wanted, found in golds if found.is_there]
    return Tally(sum(wanted in found.comparators for wanted, found in there), len(there)) if there else None


def points(case: Case) -> Tally | None:
    """Required phrases that the answer holds / required (of a group of wordings, one is required).

    Shown beside the share wholly right: it tells how much of what had to be said was said. Not counted where a question
    is rightly declined, or where nothing need be said.
    """
    expect = case.question.expect
    wanted = [*((one,) for one in expect.must), *expect.must_any]
    if not wanted or declines_rightly(expect, case.reply.status):
        return None
    return Tally(sum(any(holds(case.reply.answer, one) for one in group) for group in wanted), len(wanted))


def agency_precision(case: Case) -> Tally | None:
    """Bodies given that are expected, with role and clause / bodies given; where a set asks for just its bodies."""
    return _precision(case, case.question.expect.agencies, case.reply.agencies)


def agency_recall(case: Case) -> Tally | None:
    """Expected bodies that are given, with role and clause / bodies expected."""
    return _recall(case.question.expect.agencies, case.reply.agencies)


def agency_f1(case: Case) -> Tally | None:
    """2 · right / (bodies given + bodies expected): the harmonic mean of precision and recall; where both are defined."""
    return _f1(case, case.question.expect.agencies, case.reply.agencies)


def lead_precision(case: Case) -> Tally | None:
    """The same as :func:`agency_precision`, of the bodies given as 牵头 alone."""
    return _precision(case, *_leads(case))


def lead_recall(case: Case) -> Tally | None:
    """The same as :func:`agency_recall`, of the bodies expected as 牵头 alone."""
    return _recall(*_leads(case))


def lead_f1(case: Case) -> Tally | None:
    """The same as :func:`agency_f1`, of 牵头 alone."""
    return _f1(case, *_leads(case))


Rows = Sequence[AgencyRow]
Golds = Sequence[AgencyGold]


def _leads(case: Case) -> tuple[Golds, Rows]:
    golds = [one for one in case.question.expect.agencies if one.role == "lead"]
    return golds, [row for row in case.reply.agencies if row.role == "lead"]


def _precision(case: Case, golds: Golds, rows: Rows) -> Tally | None:
    if not case.question.expect.agencies_exact or not rows:
        return None
    return Tally(sum(any(_is_right(gold, row) for gold in golds) for row in rows), len(rows))


def _recall(golds: Golds, rows: Rows) -> Tally | None:
    return Tally(sum(any(_is_right(gold, row) for row in rows) for gold in golds), len(golds)) if golds else None


def _f1(case: Case, golds: Golds, rows: Rows) -> Tally | None:
    if not case.question.expect.agencies_exact or not (golds or rows):
        return None
    found, right = _recall(golds, rows), _precision(case, golds, rows)
    return Tally((found.part if found else 0) + (right.part if right else 0), len(golds) + len(rows))


def _is_right(gold: AgencyGold, row: AgencyRow) -> bool:
    return is_body(gold, row) and gold.role == row.role


def chrf(case: Case) -> Tally | None:
    """Likeness to the model answer, 0 to 100: the F-score (β = 2) of shared runs of up to six characters.

    chrF of Popović 2015 (WMT, pp. 392-395) as sacrebleu computes it, without white space; both texts folded, so
    markers and Markdown do not count. Shown, never gating: a right answer may be worded in any way.
    """
    reference = case.question.expect.reference
    if not reference:
        return None
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415 (few sets have model answers; the library takes long to load)

    return Tally(round(CHRF().sentence_score(fold(case.reply.answer), [fold(reference)]).score, 2), 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with its Chinese name.

    ``kind``: a ``share`` of things counted, which has a Wilson interval; a ``mean`` over questions; or a ``ratio`` of sums.
    """

    name: str
    label: str
    of: Callable[[Case], Tally | None] | None = None
    kind: Literal["share", "mean", "ratio"] = "share"

    @property
    def is_share(self) -> bool:
        """Whether it is a share of things counted."""
        return self.kind == "share"


# In the order in which they are shown. Those without a function are measured by evals/ranking.py.
MEASURES: dict[str, Measure] = {
    one.name: one
    for one in (
        Measure("success@1", "检索：首条命中"),
        Measure("success@3", "检索：前 3 条命中"),
        Measure("success@10", "检索：前 10 条命中"),
        Measure("recall@10", "检索：前 10 条找全", kind="mean"),
        Measure("rr", "检索：首个命中名次的倒数", kind="mean"),
        Measure("ndcg@10", "检索：nDCG@10", kind="mean"),
        Measure("citation_precision", "引用：该引的占所引的", citation_precision),
        Measure("citation_recall", "引用：该引的引到了", citation_recall),
        Measure("citation_validity", "引用：出自检索或点名的条款", citation_validity),
        Measure("quote_fidelity", "引文：与原文一字不差", quote_fidelity),
        Measure("numbers", "数：数值和单位都对", numbers),
        Measure("comparators", "数：比较词对", comparators),
        Measure("points", "要点：该说的说到了", points),
        Measure("agency_precision", "单位：列出的是对的", agency_precision),
        Measure("agency_recall", "单位：该列的列到了", agency_recall),
        Measure("agency_f1", "单位：F1", agency_f1, kind="ratio"),
        Measure("lead_precision", "牵头：列出的是对的", lead_precision),
        Measure("lead_recall", "牵头：该列的列到了", lead_recall),
        Measure("lead_f1", "牵头：F1", lead_f1, kind="ratio"),
        Measure("chrf", "与参考答案的相似度（chrF）", chrf, kind="mean"),
    )
}


def measure(
    question: Question, reply: Reply | None, retrieved: tuple[Place, ...], plans: Mapping[str, Plan]
) -> dict[str, Tally]:
    """Return every measure that applies; of a broken answer (``None``) only how well the index found its clauses."""
    found: dict[str, Tally] = {}
    needs = question.expect.needs
    if needs and retrieved:
        # Imported here: what only reads runs does without the library.
        from evals.ranking import rank  # noqa: PLC0415

        found |= {name: Tally(value, 1) for name, value in rank(needs, [one for _, one in retrieved]).items()}
    if reply:
        case = Case(question, reply, retrieved, plans)
        of_answer = {name: one.of(case) for name, one in MEASURES.items() if one.of}
        found |= {name: tally for name, tally in of_answer.items() if tally}
    return found
