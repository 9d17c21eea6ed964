"""Questions for things that a sentence names one after another: how many they are, and which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from assistant.respond.listings import Listing, find_listings
from corpus import Plan
from index.passages import make_passages

# 哪几条提到 counts clauses, 哪几条铁路 and 点名哪几条 count things.
_CLAUSES = re.compile(
    r"(?<!点名哪)(?<!点名了)(?<!点名了哪)(?:几|多少)(?:处|章|节|次|款|条(?=$|\W|任务|条款|措施|工程|规定|内容|目标|指标|[提写讲说涉是由没有的里中被在要都和与呢吗]))"
)
_QUOTED_LIST = re.compile(r"[“\"「『]([^“”\"「」『』，。；]+、[^“”\"「」『』，。；]+)[”\"」』]")
_MARKS = re.compile(r"[“”\s]")
_FITS = 0.6  # share of a subject's words that a list's sentence must hold, those of its head in full
_NEAR = 0.5  # the same in a sentence that is quoted anyway
_COUNTERS = ("个", "项", "种", "类", "样", "条", "大")
_BEFORE = 0.5  # what a word counts that stands in the list but not in its head


def asked_listings(reading: Reading, evidence: Evidence) -> tuple[Listing, ...]:
    """Return the lists that a question asks to count or to tell (几种, 哪四个); none where it does not, or none fits."""
    if (quoted := _quoted_listing(reading)) and _counts(reading):
        return (quoted,)
    meant = meant_listings(reading, evidence)
    return meant if all(one.is_sure for one in meant) else ()


def meant_listings(reading: Reading, evidence: Evidence) -> tuple[Listing, ...]:
    """Return the lists that a question is about, whether or not their items can be counted.

    Of several that fit, those of the clause found for the question are meant; of these, those whose head holds most of
    what was asked. Lists of other clauses that fit equally well are several things, and none of them is taken. Where
    only 哪些 asks, the head has to hold the whole subject.
    """
    words = [word for word in reading.subject.words if len(word) > 1]
    counts = _counts(reading)
    told = {int(one.value) for one in reading.links.quantities if one.unit in _COUNTERS}
    if not words or not (counts or reading.asks("list")) or _CLAUSES.search(reading.text):
        return ()
    near = {passage.start for passage in evidence.passages}
    fitting = [
        (rank, one)
        for one in _listings(reading.plan)
        if (not counts or reading.asks("items") or len(one.items) in told)
        and (rank := _rank(one, words, reading.text, _NEAR if one.passage.start in near else _FITS))
        and (counts or rank[0] >= len(words))
    ]
    first = [pair for pair in fitting if pair[1].passage.clause_id in evidence.clauses[:1]]
    best = max((rank for rank, _ in first or fitting), default=None)
    meant = [one for rank, one in first or fitting if rank == best]
    return tuple(meant) if first or len(meant) == 1 else ()


def _counts(reading: Reading) -> bool:
    """Whether a question asks how many things there are, or tells how many: 几种, 哪四个, 三个环节."""
    told = any(one.unit in _COUNTERS for one in reading.links.quantities)
    return (reading.asks("items") or told) and not _CLAUSES.search(reading.text)


def _quoted_listing(reading: Reading) -> Listing | None:
    """Return the list that a question quotes from the plan in quotation marks: “同源、同网、同质”里有几个同."""
    for words in _QUOTED_LIST.findall(reading.text.replace(",", "，")):
        for passage in make_passages(reading.plan):
            if passage.kind == "content" and words in passage.text:
                return Listing(tuple(words.split("、")), words, passage, is_open=False)
    return None


@lru_cache(maxsize=64)
def _listings(plan: Plan) -> tuple[Listing, ...]:
    passages = [passage for passage in make_passages(plan) if passage.kind == "content"]
    return tuple(one for passage in passages for one in find_listings(passage))


def listings_called(plan: Plan, word: str) -> list[Listing]:
    """Return the lists that a sentence of the plan sums up in a name in quotation marks: 甲改造、乙改造“两改联动”."""
    return [
        one for one in _listings(plan) if one.is_sure and one.head.endswith(word) and f"“{word}”" in one.passage.text
    ]


def _rank(listing: Listing, words: Sequence[str], text: str, needed: float) -> tuple[float, int] | None:
    """Return how many of the words a list's head holds, and half of those in its sentence; None where they are few.

    Second comes how long a stretch of the question the head holds: 重点用煤行业 before 重点行业.
    """
    head, whole = _MARKS.sub("", listing.head), _MARKS.sub("", listing.passage.text)
    held = [word for word in words if word in head]
    score = len(held) + _BEFORE * sum(1 for word in words if word not in head and word in whole)
    if not held or score < needed * len(words):
        return None
    return score, max(
        length for length in range(len(head) + 1) for at in range(len(head)) if head[at : at + length] in text
    )


def say_listings(draft: Draft, listings: Sequence[Listing]) -> None:
    """Say how many things a sentence lists and which, with the sentence; 等 says that there are more."""
    for one in listings:
        clause = draft.plan.clause(one.passage.clause_id)
        marker = draft.cite(one.passage.clause_id, one.passage.start, one.passage.end)
        more = "（原文在后面写了“等”字，没有说是全部）" if one.is_open else ""
        draft.say(f"**{clause.label}**的这句话里逐一写出的有 {draft.compute(len(one.items))} 个{more}{marker}：")
        draft.say("\n".join(f"- {item}{marker}" for item in one.items))
        draft.say(f"> {' '.join(one.passage.text.split())}{marker}")
