"""The one door to ir_measures: how well a ranking of clauses serves what a question needs."""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

# name in this project → measure; each lies between 0 and 1.
_MEASURES = {
    "success@1": Success @ 1,
    "success@3": Success @ 3,
    "success@10": Success @ 10,
    "recall@10": R @ 10,
    "rr": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
NAMES = tuple(_MEASURES)


def rank(needs: Sequence[Sequence[str]], found: Sequence[str]) -> dict[str, float]:
    """Return the ranking measures of clauses ``found`` (best first) for a question's ``needs``.

    A need is a group of clauses of which one is enough; a clause nested in one of them serves as well. The first clause
    that serves a need takes its place; later ones for the same need count neither for nor against the ranking's rest.

    - ``success@k``: 1 where a needed clause is among the first k, else 0.
    - ``recall@10``: needs served by the first 10 / all needs.
    - ``rr``: 1 / the place of the first needed clause, 0 beyond 10 (Voorhees 1999, TREC-8 question answering).
    - ``ndcg@10``: the gain of needed clauses, discounted by log2(place + 1), over that of the best order (Järvelin and
      Kekäläinen 2002, ACM TOIS 20(4)).

    >>> measures = rank([["3.4"], ["1", "2"]], ["5", "2", "3.4.1"])
    >>> measures["success@1"], measures["rr"], measures["recall@10"], round(measures["ndcg@10"], 3)
    (0.0, 0.5, 1.0, 0.693)
    """
    served = [_served(needs, one) or f"clause {one}" for one in found]
    places = {name: place for place, name in reversed(list(enumerate(served)))}
    relevant = [ir_measures.Qrel("q", _name(group), 1) for group in needs]
    ranking = [ir_measures.ScoredDoc("q", name, -place) for name, place in places.items()]
    values = {one.measure: one.value for one in ir_measures.iter_calc(list(_MEASURES.values()), relevant, ranking)}
    return {name: float(values.get(measure, 0.0)) for name, measure in _MEASURES.items()}


def _served(needs: Sequence[Sequence[str]], clause_id: str) -> str | None:
    for group in needs:
        if any(clause_id == one or clause_id.startswith(f"{one}.") for one in group):
            return _name(group)
    return None


def _name(group: Sequence[str]) -> str:
    return "need " + " ".join(group)
