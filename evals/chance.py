"""The one door to scipy here: what can be put down to chance. Imported late, since scipy takes a second to load."""

from __future__ import annotations

CONFIDENCE = 0.95


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the bounds, between 0 and 1, of the 95% interval of a share; of nothing, nothing is known.

    The interval is Wilson's (1927, JASA 22, pp. 209-212): it stays within 0 and 1 and holds for small sets.

    >>> [round(bound, 3) for bound in wilson(9, 12)], wilson(0, 0)
    ([0.468, 0.911], (0.0, 1.0))
    """
    from scipy.stats import binomtest  # type: ignore[import-untyped]  # noqa: PLC0415 (scipy ships no types)

    if not whole:
        return 0.0, 1.0
    bounds = binomtest(part, whole).proportion_ci(CONFIDENCE, method="wilson")
    return float(bounds.low), float(bounds.high)


def mcnemar(better: int, worse: int) -> float:
    """Return the chance, 0 to 1, that as uneven a split or a more uneven one came about without any real difference.

    McNemar's test in its exact form (Psychometrika 12, 1947, pp. 153-157): of the questions that changed, each was as
    likely to get better as to get worse; two-sided. Where nothing changed the chance is 1.

    >>> mcnemar(8, 1), mcnemar(3, 3), mcnemar(0, 0)
    (0.0390625, 1.0, 1.0)
    """
    from scipy.stats import binomtest  # noqa: PLC0415

    changed = better + worse
    return float(binomtest(better, changed).pvalue) if changed else 1.0
