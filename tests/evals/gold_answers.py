"""An answer made from what a question expects and from the plan's own words, so that the judge itself can be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations, product
from typing import Any

from corpus.model import Clause, Indicator, Plan, Responsibility
from corpus.quantities import to_base
from evals.figures import Figure, read_figures
from evals.fold import fold, holds
from evals.question import NumberGold, Question
from evals.sums import Amount, computed
from evals.wording import read_wording

SIGNS = {">=": "{}以上", "<=": "不高于{}", ">": "超过{}", "<": "低于{}", "~": "{}左右", "=": "{}"}
METRIC = ("米", "克", "吨")
FIRMNESS = {"firm": "", "strive": "力争", "incentive": "激励目标"}


def gold_answer(question: Question, plan: Plan) -> dict[str, Any]:
    """Return the answer's object: it says what is expected, each thing on a line of its own, and cites the plan for it."""
    writer = _Writer(question, plan)
    lines = list(writer.lines())
    cited = list(dict.fromkeys(writer.cited))
    markers = "".join(f"[{at}]" for at in range(1, len(cited) + 1))
    return {
        "version": 1,
        "id": question.id,
        "question": question.question,
        "status": question.expect.status[0],
        "answer": "\n\n".join([*lines, markers]) if lines or cited else "好的。",
        "citations": [_citation(at, plan, plan.clause(one)) for at, one in enumerate(cited, 1)],
        "agencies": [{"name": one.name, "role": one.role, "clause_id": one.clause_id} for one in writer.duties],
        "indicators": [],
        "mode": "extractive",
        "timings_ms": {"total": 1.0},
    }


def _citation(marker: int, plan: Plan, clause: Clause) -> dict[str, Any]:
    quote = clause.text.strip()
    start = clause.start + clause.text.index(quote)
    place = {"plan_id": plan.plan_id, "clause_id": clause.clause_id, "label": clause.label}
    return {"marker": marker, **place, "quote": quote, "start": start, "end": start + len(quote)}


class _Writer:
    """Writes the lines of one answer and notes which clauses they need."""

    def __init__(self, question: Question, plan: Plan) -> None:
        expect = question.expect
        self._asked, self._expect, self._plan = question.question, expect, plan
        self.duties = [self._duty(one.name, one.role, one.clause_id) for one in expect.agencies]
        self.cited = [*expect.clauses, *expect.clauses_any, *(one.clause_id for one in self.duties)]

    def lines(self) -> Iterator[str]:
        if self.duties:
            yield "、".join(dict.fromkeys(one.name for one in self.duties))
        for number in self._expect.numbers:
            yield self._number(number)
        for phrase in self._expect.must:
            yield self._shown(phrase) or phrase
        for group in self._expect.must_any:
            # What the plan says goes before what is worked out; 12 家 that are counted are 12 个 where it has another 12 家.
            held = [one for one in group if self._holder(one) and not _is_count(one)]
            new = [one for one in group if _is_count(one) and not self._stands(read_figures(fold(one))[0])]
            yield next(filter(None, map(self._shown, [*held, *new, *group])), group[0])

    def _duty(self, name: str, role: str, clause_id: str | None) -> Responsibility:
        return next(
            one
            for one in self._plan.responsibilities
            if fold(one.name) == fold(name) and one.role == role and clause_id in {None, one.clause_id}
        )

    def _number(self, gold: NumberGold) -> str:
        """Say a number as the plan does, with what the question leaves open taken from the plan's own row."""
        rows = self._rows(to_base(gold.amount, gold.unit))
        row = next((row for row in rows if row.comparator == gold.comparator), rows[0] if rows else None)
        if row is None:
            return self._shown(str(gold))
        self._cite(row.clause_id)
        year = f"到 {gold.year} 年，" if gold.year else ""
        return year + FIRMNESS[gold.strength or row.strength] + SIGNS[gold.comparator or row.comparator].format(gold)

    def _shown(self, phrase: str) -> str:
        """Say a phrase: as the plan has it, or as a sum or a count that gives its number; empty where none does."""
        figures = read_figures(fold(phrase))
        if _is_count(phrase):
            return self._sum(figures[0]) or self._list(phrase, int(figures[0].value))
        if len(figures) == 1 and str(figures[0]) == fold(phrase) and self._rows(figures[0].base):
            return self._number(NumberGold(value=str(figures[0].value), unit=figures[0].unit))
        holder = self._holder(phrase)
        if all(map(self._stands, figures)):
            self._cite(holder)
            return f"> {phrase}" if holder else phrase
        for figure in figures:
            if shown := self._sum(figure) or self._converted(figure):
                return shown if holds(shown, phrase) else f"{shown}，{phrase}"
        return ""

    def _holder(self, phrase: str) -> str | None:
        return next((one.clause_id for one in self._plan.clauses if holds(one.text + one.label, phrase)), None)

    def _rows(self, amount: Amount) -> list[Indicator]:
        rows = self._plan.indicators
        return [row for row in rows if any(one.base == amount for one in read_figures(fold(f"{row.value}{row.unit}")))]

    def _stands(self, figure: Figure) -> bool:
        known = read_figures(fold(self._plan.text))
        return any(one.base == figure.base or (not figure.unit and one.value == figure.value) for one in known)

    def _sum(self, wanted: Figure) -> str:
        """Work a number out from two or three of the plan's targets and what the question supposes, if any give it."""
        rows = [row for row in self._plan.indicators if row.value.replace(".", "", 1).isdecimal()]
        terms = [(f"{row.value}{row.unit}", row.unit, row.clause_id) for row in rows]
        terms += [(str(one), one.unit, "") for one in read_figures(fold(self._asked))]
        bases = [to_base(Decimal(1), unit)[1] for _, unit, _ in terms]  # 30万方每天 beside 44.7 万立方米/日
        alike = [[one for one, own in zip(terms, bases, strict=True) if own == base] for base in dict.fromkeys(bases)]
        for choose, count, sign in (
            (permutations, 2, "−"),
            (permutations, 2, "÷"),
            (combinations, 2, "+"),
            (combinations, 3, "+"),
        ):
            for chosen in (one for group in alike for one in choose(group, count)):
                shown = f" {sign} ".join(text for text, _, _ in chosen) + f" = {wanted}"
                if wanted.base in computed(fold(shown)):
                    self.cited += [clause_id for _, _, clause_id in chosen if clause_id]
                    supposed = [text for text, _, clause_id in chosen if not clause_id]
                    return "".join(f"按您说的 {text} 计算，" for text in supposed) + shown
        return self._part(wanted, [(text, clause_id) for text, _, clause_id in terms if clause_id])

    def _part(self, wanted: Figure, terms: Sequence[tuple[str, str]]) -> str:
        """Work a number out as the part of a target that the question tells: 600家 × 50%, 4000公里 ÷ 5."""
        asked = read_figures(fold(self._asked))
        for (text, clause_id), one in product(terms, asked):
            shown = f"{text} {f'× {one}' if one.unit == '%' else f'÷ {one.value}'} = {wanted}"
            if wanted.base in computed(fold(shown)):
                self._cite(clause_id)
                return f"按您说的 {one} 计算，{shown}"
        return ""

    def _converted(self, wanted: Figure) -> str:
        """Say a number in a smaller unit than that in which a target of the plan has it (44.7 万立方米/日 = 447000 立方米/日)."""
        for row in self._plan.indicators:
            for amount in (one.base for one in read_figures(fold(f"{row.value}{row.unit}"))):
                for unit in (row.unit.removeprefix("万"), amount[1], *METRIC):
                    if amount == to_base(wanted.value, unit):
                        self._cite(row.clause_id)
                        return f"{wanted.value}{unit}"
        return ""

    def _list(self, phrase: str, count: int) -> str:
        """Count so many of the plan's clauses, over and over where there are too few."""
        clauses = [one for one in self._plan.clauses if one.clause_id != "0"]
        items = [clauses[at % len(clauses)] for at in range(count)]
        self.cited += [one.clause_id for one in items]
        return "\n".join([f"共 {phrase}：", *(f"- {one.label}" for one in items)])

    def _cite(self, clause_id: str | None) -> None:
        if clause_id and not self._expect.clauses_exact:
            self.cited.append(clause_id)


def _is_count(phrase: str) -> bool:
    figures = read_figures(fold(phrase))
    return len(figures) == 1 and str(figures[0]) == fold(phrase) and figures[0].unit in read_wording().counted
