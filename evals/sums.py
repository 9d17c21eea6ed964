"""Numbers that an answer works out in plain sight: 14.5% − 13% = 1.5 个百分点."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from corpus.quantities import read_comparators
from corpus.units import any_of
from evals.figures import Figure, read_figures
from evals.wording import read_wording

Amount = tuple[Fraction, str]


@cache
def _operator() -> re.Pattern[str]:
    """What may stand between two terms: words of comparison (86%以上), a bracket, one sign, words of comparison."""
    comparing = f"(?:{any_of(read_comparators().signs)})?"
    return re.compile(rf"[)]*{comparing}[)]*(?P<sign>{any_of(read_wording().arithmetic)})[(]*{comparing}")


@cache
def _equals() -> re.Pattern[str]:
    return re.compile(f"[)]*(?:{any_of(read_comparators().signs)})?(?:=|等于|≈)(?:约)?")


def computed(folded: str) -> set[Amount]:
    """Return the amounts in base units that a folded text works out rightly; one worked out wrongly is left out.

    >>> computed("14.5%-13%=1.5个百分点")
    {(Fraction(3, 2), '个百分点')}
    >>> computed("14.5%-13%=2.5个百分点")
    set()
    """
    # A hyphen between numbers is a range to the reader of figures; beside "=" it is a minus.
    folded = folded.replace("-", "−")
    figures = read_figures(folded)
    proved: set[Amount] = set()
    for at, result in enumerate(figures):
        terms, signs = _terms(folded, figures, at)
        if len(terms) > 1 and _result(terms, signs, result):
            proved.add(result.base)
    return proved


def _terms(folded: str, figures: Sequence[Figure], at: int) -> tuple[list[Figure], list[str]]:
    """Return the terms and signs that stand before the sign of equality in front of figure ``at``."""
    if at == 0 or not _equals().fullmatch(folded, figures[at - 1].end, figures[at].start):
        return [], []
    terms = [figures[at - 1]]
    signs: list[str] = []
    for earlier in reversed(figures[: at - 1]):
        between = _operator().fullmatch(folded, earlier.end, terms[0].start)
        if not between:
            break
        terms.insert(0, earlier)
        signs.insert(0, read_wording().arithmetic[between["sign"]])
    return terms, signs


def _result(terms: Sequence[Figure], signs: Sequence[str], result: Figure) -> bool:
    amounts = [term.base for term in terms]
    units = {unit for _, unit in amounts}
    value, unit = result.base
    if set(signs) <= {"+", "-"}:
        total = amounts[0][0]
        for sign, (amount, _) in zip(signs, amounts[1:], strict=True):
            total += amount if sign == "+" else -amount
        # 14.5% − 13% are 1.5 percentage points; 10 + 8 = 18 条 names what it counts once.
        fits = (
            unit in units or (units, unit) == ({"%"}, "个百分点") or (units == {""} and unit in read_wording().counted)
        )
        return len(units) == 1 and value == total and fits
    if signs == ["/"] and amounts[1][0] and len(units) == 1:
        ratio = amounts[0][0] / amounts[1][0]
        return (unit in {"", "倍"} and _rounded(ratio, result)) or (unit == "%" and _rounded(ratio * 100, result))
    if signs == ["*"] and amounts[0][1] == "":
        return value == amounts[0][0] * amounts[1][0] and unit == amounts[1][1]
    return set(signs) <= {"*", "/"} and _is_part(amounts, signs, terms[0], result)


def _is_part(amounts: Sequence[Amount], signs: Sequence[str], first: Figure, result: Figure) -> bool:
    """Whether a chain of plain numbers and shares makes the result of its first amount: 600 家 × 50%, 600 家 ÷ 3 × 2."""
    whole = amounts[0][0]
    for sign, (amount, unit) in zip(signs, amounts[1:], strict=True):
        if unit not in {"", "%"} or not amount or (sign, unit) == ("/", "%"):
            return False
        share = amount / 100 if unit else amount
        whole = whole * share if sign == "*" else whole / share
    value, unit = first.base
    # The result is rounded as it is shown, in the unit of the first term: 4000 公里 ÷ 3 ≈ 1333.33 公里.
    return result.unit == first.unit and bool(value) and _rounded(whole / value * Fraction(first.value), result)


def _rounded(exact: Fraction, result: Figure) -> bool:
    """Whether the figure is ``exact`` to the places that it shows."""
    places = max(0, -int(result.value.as_tuple().exponent))
    return abs(exact - Fraction(result.value)) * 2 <= Fraction(1, 10**places)
