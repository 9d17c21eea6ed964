"""What a term of the plan means: the plan's own definition, or the places where it uses the term without defining it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import Draft
from assistant.meaning import claimed_subject, meant_words, plain, quoted_terms
from assistant.reading import Evidence, Reading
from assistant.respond.content import respond_content
from assistant.respond.items import asked_listings, listings_called, say_listings
from assistant.respond.phrasing import one_line
from assistant.respond.value import say_bodies
from corpus import Definition, Plan
from index import Passage
from index.passages import make_passages

# 企业投保什么保险 asks for no meaning; 干熄焦是个什么工艺 does.
_WHAT_KIND = re.compile(r"(?<!是)(?<!是个)(?<!是种)(?<!是一个)(?<!是一种)什么(?!是|叫|意思)[\u4e00-\u9fff]")
_SHOWN = 4  # uses of a term that are quoted; of a word that stands in more clauses, the passages found for the question


def find_definitions(reading: Reading) -> tuple[Definition, ...]:
    """Return the definitions whose term or full form the question names, in the plan's order; of nested ones the longest."""
    text = plain(reading.text)
    fitting = [row for row in reading.plan.definitions if _named(row, text)]
    if not fitting:
        words = [plain(word) for word in reading.subject.words if len(word) > 1]
        fitting = [row for row in reading.plan.definitions if any(_is_kernel(word, plain(row.term)) for word in words)]
        longest = max((len(row.term) for row in fitting), default=0)
        fitting = [row for row in fitting if len(row.term) == longest]
    return tuple(
        row
        for row in fitting
        if not any(row.term != other.term and plain(row.term) in plain(other.term) for other in fitting)
    )


def asks_short_form(reading: Reading) -> bool:
    """Whether a question names a short form or its full form in whole, and asks for the other: 甲和乙双控简称什么."""
    return reading.asks("short_form") and any(_named(row, plain(reading.text)) for row in reading.plan.definitions)


def _named(row: Definition, text: str) -> bool:
    return plain(row.term) in text or plain(row.meaning) in text


def asks_meaning(reading: Reading) -> bool:
    """Whether a question is what words of the plan are: 用水定额是什么, 甲改造和乙改造有什么区别."""
    return bool(meant_words(reading.text, reading.plan.text))


def asks_nothing_but_meaning(reading: Reading) -> bool:
    """Whether a question asks for a meaning in words that can ask for nothing else: 某某是什么意思, 什么样的才算某某."""
    return meant_words(reading.text, reading.plan.text).strong


def claims_meaning(reading: Reading) -> bool:
    """Whether a question claims what a defined term is: 双控控的是煤炭和电力吧."""
    told = claimed_subject(reading.text)
    return bool(told) and any(_begins_with(told, plain(row.term)) for row in find_definitions(reading))


_BEHIND = 4  # characters between a term and the verb of a claim: 双控|控的|是


def _begins_with(told: str, term: str) -> bool:
    """Whether words begin with a term, or at least half of it, and hardly go on behind it."""
    ends = range(len(told), max(0, len(told) - _BEHIND - 1), -1)
    return any(_is_kernel(told[:end], term) for end in ends)


def names_definition(reading: Reading) -> bool:
    """Whether a question is about a defined term and nothing else: 双控到底控哪两样."""
    terms = "".join(plain(row.term + row.meaning) for row in find_definitions(reading))
    return bool(terms) and all(plain(word) in terms for word in reading.subject.words)


def respond_term(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Quote the definitions; of a term that has none, say so and quote where it is used."""
    definitions = find_definitions(reading)
    for definition in definitions:
        _say(draft, definition)
    undefined = undefined_words(reading, definitions)
    if definitions and not undefined:
        return draft
    if summed := [one for word in undefined for one in listings_called(reading.plan, word)]:
        say_listings(draft, summed)
        say_bodies(draft, list(dict.fromkeys(one.passage.clause_id for one in summed)))
        return draft
    used = replace(evidence, passages=uses(reading, evidence, undefined))
    if (undefined and definitions) or _asks_meaning(reading, evidence, undefined):
        told = plain("".join(passage.text for passage in used.passages))
        shown = [word for word in undefined if plain(word) in told]
        if shown or not undefined:
            draft.say(f"方案没有给出{_called(shown, reading.plan)}的定义，下面是它在方案中出现的地方。")
        else:  # it stands in a heading alone
            draft.say("方案没有给出这个词的定义，有关的内容是：")
    if undefined:
        used = replace(used, signals={**used.signals, "worded": 1.0})
    return respond_content(reading, used, draft)


def _called(words: Sequence[str], plan: Plan) -> str:
    """Return words in quotation marks, as far as the plan writes them so."""
    text = "".join(plan.text.split())
    return "、".join(f"“{word}”" for word in words if word in text) or "这个词"


def _asks_meaning(reading: Reading, evidence: Evidence, quoted: Sequence[str]) -> bool:
    """Whether what a word means is asked for, and not only where it stands or how many things a sentence names."""
    if asks_meaning(reading):
        return True
    if not (reading.asks("term") or quoted) and _WHAT_KIND.search(reading.text):
        return False
    if reading.asks("term") or not reading.asks("items", "where"):
        return reading.asks("term") or not asked_listings(reading, evidence)
    return not asked_listings(reading, evidence) and (bool(quoted) or "是哪" in reading.text)


def undefined_words(reading: Reading, definitions: Sequence[Definition] = ()) -> list[str]:
    """Return the words that the plan uses and does not define: those in quotation marks, those whose meaning is asked for."""
    known = "".join(plain(row.term + row.meaning) for row in definitions)
    text = plain(reading.plan.text)
    words = [one for one in quoted_terms(reading.text) if plain(one) in text]
    words += [one for one in meant_words(reading.text, reading.plan.text).words if not any(one in two for two in words)]
    return [one for one in dict.fromkeys(words) if plain(one) not in known]


def _say(draft: Draft, definition: Definition) -> None:
    marker = draft.cite(definition.clause_id, definition.start, definition.end)
    if definition.kind == "meaning":
        draft.say(f"方案中的**{definition.term}**是指：{one_line(definition.meaning)}{marker}。")
    else:
        draft.say(f"方案中的**{definition.term}**是**{definition.meaning}**的简称{marker}。")
    draft.say(f"> {one_line(draft.plan.text[definition.start : definition.end])}{marker}")


def uses(reading: Reading, evidence: Evidence, quoted: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages that use the terms of a question, one for each clause; the evidence's where none holds them.

    The terms are the ``quoted`` words, or else the subject as it was typed. Of many clauses, those found for the question
    come first.
    """
    terms = [plain(words) for words in quoted] or [plain("".join(reading.subject.words))]
    found: dict[tuple[str, str], Passage] = {}
    for passage in make_passages(reading.plan):
        for term in terms:
            if len(term) > 1 and passage.kind != "bodies" and term in plain(passage.text):
                found.setdefault((passage.clause_id, term), passage)
    kept = list(dict.fromkeys(found.values()))
    if len(kept) > _SHOWN and not quoted:
        return evidence.passages
    kept.sort(key=lambda passage: _place(passage.clause_id, evidence.clauses))
    return tuple(kept[:_SHOWN]) or evidence.passages


def _place(clause_id: str, ranked: Sequence[str]) -> int:
    return ranked.index(clause_id) if clause_id in ranked else len(ranked)


def _is_kernel(word: str, term: str) -> bool:
    """Whether a word is at least half of a term: 两高 of 两高项目."""
    kernel = next((term.removesuffix(tail) for tail in _TAILS if term.endswith(tail)), term)
    return word in kernel and 2 * len(word) >= len(kernel)


_TAILS = ("项目", "工程", "制度", "计划", "行动")
