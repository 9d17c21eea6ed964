"""What gets a vector of its own: sentences and headings, or whole clauses.

============  =====================================================  =====================================
granularity   what is encoded                                        views
============  =====================================================  =====================================
``sentence``  every passage, every heading and every phrase, once    ``passages``, ``contexts``, ``phrases``
``clause``    label and words of every clause, its first characters  ``clauses``
============  =====================================================  =====================================

Sentences find more and are the default: a plan has hundreds. Clauses cost about a quarter of the time and are meant for
collections of tens of thousands, such as a code of law. Keyword search and what is quoted are the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from index.catalog import Catalog
from index.passages import Passage

Granularity = Literal["sentence", "clause"]
GRANULARITIES: tuple[Granularity, ...] = get_args(Granularity)
VIEWS: Mapping[Granularity, tuple[str, ...]] = {"sentence": ("passages", "contexts", "phrases"), "clause": ("clauses",)}
CUT = 200  # characters of a clause that are encoded; what lies behind them is found by its words (decision 0004)


def cut_of(granularity: Granularity) -> int:
    """Return after how many characters a text is cut before it is encoded; 0 where it is not.

    >>> cut_of("sentence")
    0
    """
    return CUT if granularity == "clause" else 0


def texts_of(catalog: Catalog, granularity: Granularity, cut: int) -> dict[str, tuple[str, ...]]:
    """Return the texts to encode by view, the view whose numbers ``Dense.likeness_to`` takes first.

    ``cut`` is that of ``cut_of``, or of the manifest where an index tells what was encoded.
    """
    if granularity == "clause":
        return {"clauses": tuple(opening(clause, cut) for clause in catalog.clauses)}
    return {
        "passages": tuple(passage.text for passage in catalog.passages),
        "contexts": catalog.contexts,
        "phrases": catalog.phrases,
    }


def opening(clause: Sequence[Passage], cut: int) -> str:
    r"""Return label and words of a clause up to ``cut`` characters, without its responsible bodies where it says anything else.

    >>> opening([Passage("p", "1", 5, 10, "推广沼气。", "content", "一、农村", "农村"),
    ...     Passage("p", "1", 10, 16, "（某局负责）", "bodies", "一、农村", "农村")], 200)
    '一、农村\n推广沼气。'
    """
    said = [row for row in clause if row.kind == "content"] or [row for row in clause if row.kind == "bodies"]
    return f"{clause[0].label}\n{''.join(row.text for row in said)}"[:cut]
