"""A question becomes what is searched for."""

from __future__ import annotations

from dataclasses import dataclass

from index.lay_words import official_words
from index.segment import Segmenter, bigrams, fold

_LIMIT = 2_000  # characters that are read: nobody's question is longer, a pasted clause is shorter
_ENCODED = 256  # characters that the model reads: 0.3 ms each


@dataclass(frozen=True, slots=True)
class Tokens:
    """A question as one keyword index wants it: words, or pairs of characters.

    ``asked`` are all of them, ``subject`` those without the words that only ask, ``official`` those that plans use
    instead of its everyday words.
    """

    asked: tuple[str, ...]
    subject: tuple[str, ...]
    official: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the parts of the index want it; ``text`` is encoded."""

    text: str
    words: Tokens
    pairs: Tokens


def read_question(question: str, segmenter: Segmenter) -> Asked:
    """Read a question; one without any letter or digit has no tokens.

    >>> read_question("谁治臭水沟？", Segmenter()).words
    Tokens(asked=('谁', '治', '臭水', '水沟', '臭水沟'), subject=('治', '臭水', '水沟', '臭水沟'), official=('黑', '臭', '水体'))
    """
    question = question[:_LIMIT]
    folded = fold(question)
    found = (fold(word) for _, words in official_words(folded) for word in words)
    official = "，".join(dict.fromkeys(word for word in found if word not in folded))
    parts = (question, segmenter.subject(question), official)
    return Asked(
        text=question[:_ENCODED],
        words=Tokens(*(tuple(segmenter.words(part)) for part in parts)),
        pairs=Tokens(*(tuple(bigrams(part)) for part in parts)),
    )
