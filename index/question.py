"""A question becomes what is searched for."""

from __future__ import annotations

from dataclasses import dataclass

from index.everyday import official_words
from index.segment import Segmenter, bigrams

_LIMIT = 2_000  # characters that are read: nobody's question is longer, a pasted clause is shorter
_ENCODED = 256  # characters that the model reads: 0.3 ms each


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the parts of the index want it.

    ``text`` is encoded. ``words`` and ``pairs`` (character bigrams) are those of its subject, without the words that
    only ask; ``official_words`` and ``official_pairs`` those that plans use instead of its everyday words.
    """

    text: str
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    official_words: tuple[str, ...]
    official_pairs: tuple[str, ...]


def read_question(question: str, segmenter: Segmenter) -> Asked:
    """Read a question; one without any letter or digit has no ``pairs``.

    >>> asked = read_question("电费涨不涨？", Segmenter())
    >>> asked.text, asked.pairs, asked.official_words
    ('电费涨不涨？（电价）', ('电费', '费涨', '涨'), ('电价',))
    """
    question = question[:_LIMIT]
    official = official_words(question, segmenter.cut(question))
    subject, instead = segmenter.subject(question), "，".join(official)
    text = question[:_ENCODED]
    return Asked(
        text=f"{text}（{instead}）" if instead else text,
        words=tuple(segmenter.words(subject)),
        pairs=tuple(bigrams(subject)),
        official_words=tuple(segmenter.words(instead)),
        official_pairs=tuple(bigrams(instead)),
    )
