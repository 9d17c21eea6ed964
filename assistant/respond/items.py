"""Lists inside a sentence of the plan: 甲、乙、丙等N has three items, which can be counted without knowing the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft import Draft
from assistant.lexicon import word_lists
from assistant.reading import Evidence, Reading
from corpus import Plan
from corpus.wording import wording
from index import Passage
from index.passages import make_passages

_PHRASE = re.compile(r"(?:[^，。；：！？\n（）《》]|（[^（）]*）|《[^《》]*》)+")
_BRACKETS = re.compile(r"（[^（）]*）|《[^《》]*》")
_CLAUSES = re.compile(r"(?:几|多少)(?:条|处|章|节|次|款)")
_JOINED = re.compile(r"[和与或及]|以及")
# 甲、乙等行业: what follows 等 says what they are; 等级, 平等, 高等 are words of their own.
_AND_SO_ON = re.compile(r"(?<![平高相同初中])等(?![级于同量次])(?:各类|各|多种|多类|几种|几类)?(?P<head>[^和及与的]+)")
_QUOTED_TAIL = re.compile(r"“[^“”]+”$")
_QUOTED_LIST = re.compile(r"[“\"「『]([^“”\"「」『』，。；]+、[^“”\"「」『』，。；]+)[”\"」』]")
_MARKS = re.compile(r"[“”\s]")
_LONGEST_ITEM = 16
_SHORTEST_KIN = 2
_LONGEST_REST = 4  # characters behind the last item that tell what is done with all of them
_LONGER = 2  # characters by which a first item outgrows the others when a whole phrase stands before it
_WORDS = wording("definitions")
_LISTINGS = word_lists("listings")
_INNER_VERBS = re.compile("|".join(_LISTINGS["inner_verbs"]))
_VERBS = ("以", "对", *(word for word in (*_WORDS["lead_ins"], *_LISTINGS["verbs"]) if len(word) > 1))
_FITS = 0.6  # share of a subject's words that a list's sentence must hold, those of its head in full
_NEAR = 0.5  # the same in a sentence that is quoted anyway
_COUNTERS = ("个", "项", "种", "类", "样", "条", "大")
_BEFORE = 0.5  # what a word counts that stands in the list but not in its head


@dataclass(frozen=True, slots=True)
class Listing:
    """Things that a sentence names one after another, what they are (``head``), and where the sentence stands."""

    items: tuple[str, ...]
    head: str
    passage: Passage
    is_open: bool
    is_sure: bool = True


def find_listings(passage: Passage) -> Iterator[Listing]:
    """Yield the lists of a passage; ``is_sure`` where their items can be counted.

    Sure are 甲、乙、丙等N; items that end alike (低碳城市、海绵城市); items that begin alike (分类投放、分类收集的系统).
    Where 和 or 及 stands in an item, it may join two things or be part of a name, and nothing is counted.

    >>> text = "推广咨询、诊断、托管等综合服务，建设低碳城市、海绵城市。"
    >>> passage = Passage("p", "1", 0, len(text), text, "content", "一", "")
    >>> [(one.items, one.head) for one in find_listings(passage)]
    [(('咨询', '诊断', '托管'), '综合服务'), (('低碳城市', '海绵城市'), '城市')]
    """
    for phrase in _PHRASE.finditer(passage.text):
        if "、" not in phrase.group():
            continue
        parts = phrase.group().split("、")
        for items, head, is_open in (_open_list(parts), _alike_behind(parts), _alike_before(parts)):
            if items:
                sure = _is_sure(items) and not any("、" in one for one in _BRACKETS.findall(phrase.group()))
                yield Listing((_bare(items), *items[1:]), head, passage, is_open, sure)
                break


def _is_sure(items: Sequence[str]) -> bool:
    return (
        bool(items[0])
        and all(0 < len(item) <= _LONGEST_ITEM and not _JOINED.search(item) for item in items[1:])
        and not _JOINED.search(_bare(items))
        and all(item.count("“") == item.count("”") for item in items)
    )


def _open_list(parts: Sequence[str]) -> tuple[list[str], str, bool]:
    """Read 甲、乙等N; what stands behind the head's own 、 belongs to another list."""
    for at, part in enumerate(parts):
        if at and (found := _AND_SO_ON.search(part)):
            return [*parts[:at], part[: found.start()]], found["head"], True
    return [], "", False


def _alike_behind(parts: Sequence[str]) -> tuple[list[str], str, bool]:
    """Read items that end in the same word; a name in quotation marks behind the last sums them up (甲改造、乙改造“两改”)."""
    named = _QUOTED_TAIL.search(parts[-1])
    summed = named is not None and named.start() > 0
    items = [*parts[:-1], parts[-1][: named.start()] if named and summed else parts[-1]]
    plain = [_MARKS.sub("", item) for item in items]
    tail = _common_tail(plain)
    if len(tail) < _SHORTEST_KIN and len(items) > 2 and len(kin := _common_tail(plain[:-1])) >= _SHORTEST_KIN:
        last, found, rest = plain[-1].rpartition(kin)  # 青石水库、双溪水库、龙潭水库|建设
        if found and 0 < len(rest) <= _LONGEST_REST:
            items, plain, tail = [*items[:-1], last + kin], [*plain[:-1], last + kin], kin
    if len(tail) < _SHORTEST_KIN or any(len(item) <= len(tail) for item in plain):
        return [], "", False
    return items, tail + (_MARKS.sub("", named.group()) if named and summed else ""), False


def _alike_before(parts: Sequence[str]) -> tuple[list[str], str, bool]:
    """Read items that begin with the same word, the last of them followed by 的 and what they make up."""
    last, _, head = parts[-1].partition("的")
    items = [*parts[:-1], last]
    kin = items[1][:_SHORTEST_KIN]
    if not head or len(items) < 3 or kin not in items[0] or any(not item.startswith(kin) for item in items[1:]):
        return [], "", False
    return [items[0][items[0].index(kin) :], *items[1:]], f"{kin}的{head}", False


def _common_tail(words: Sequence[str]) -> str:
    length = 0
    shortest = min(len(word) for word in words)
    while length < shortest and len({word[-length - 1 :] for word in words}) == 1:
        length += 1
    return words[0][len(words[0]) - length :]


def _bare(items: Sequence[str]) -> str:
    """Return the first item without the verbs before it (积极推广|节能咨询, 因地制宜推行|太阳能), never shorter than the items behind it."""
    item, shortest = items[0], max(1, min(len(other) for other in items[1:]) - 1)
    if found := list(_INNER_VERBS.finditer(item)):
        last = found[-1].end()
        if len(item) > max(len(other) for other in items[1:]) + _LONGER and len(item) - last >= shortest:
            return item[last:]
    while word := next((one for one in _VERBS if item.startswith(one) and len(item) - len(one) >= shortest), None):
        item = item[len(word) :]
    return item


def asked_listings(reading: Reading, evidence: Evidence) -> tuple[Listing, ...]:
    """Return the lists that a question asks to count or to tell (几种, 哪四个); none where it does not, or none fits.

    Of several that fit, those of the clause found for the question are meant; of these, those whose head holds most of
    what was asked. Lists of other clauses that fit equally well are several things, and none of them is taken.
    """
    words = [word for word in reading.subject.words if len(word) > 1]
    told = {int(one.value) for one in reading.links.quantities if one.unit in _COUNTERS}
    if not (reading.asks("items") or told) or _CLAUSES.search(reading.text):
        return ()
    if quoted := _quoted_listing(reading):
        return (quoted,)
    if not words:
        return ()
    near = {passage.start for passage in evidence.passages}
    fitting = [
        (rank, one)
        for one in _listings(reading.plan)
        if (reading.asks("items") or len(one.items) in told)
        and (rank := _rank(one, words, reading.text, _NEAR if one.passage.start in near else _FITS))
    ]
    first = [pair for pair in fitting if pair[1].passage.clause_id in evidence.clauses[:1]]
    best = max((rank for rank, _ in first or fitting), default=None)
    meant = [one for rank, one in first or fitting if rank == best]
    return tuple(meant) if (first or len(meant) == 1) and all(one.is_sure for one in meant) else ()


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
