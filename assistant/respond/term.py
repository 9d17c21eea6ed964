"""What a term of the plan means: the plan's own definition, or the places where it uses the term without defining it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from assistant.respond.content import respond_content
from assistant.respond.items import asked_listings
from assistant.respond.phrasing import one_line
from corpus import Definition
from index import Passage
from index.passages import make_passages

_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,20})[”\"」』]")
# 企业投保什么保险 asks for no meaning; 干熄焦是个什么工艺 does.
_WHAT_KIND = re.compile(r"(?<!是)(?<!是个)(?<!是种)(?<!是一个)(?<!是一种)什么(?!是|叫|意思)[\u4e00-\u9fff]")
_SHOWN = 4  # uses of a term that are quoted; of a word that stands in more clauses, the passages found for the question


def find_definitions(reading: Reading) -> tuple[Definition, ...]:
    """Return the definitions whose term or full form the question names, in the plan's order; of nested ones the longest."""
    text = _plain(reading.text)
    fitting = [row for row in reading.plan.definitions if _named(row, text)]
    if not fitting:
        words = [_plain(word) for word in reading.subject.words if len(word) > 1]
        fitting = [row for row in reading.plan.definitions if any(_is_kernel(word, _plain(row.term)) for word in words)]
        longest = max((len(row.term) for row in fitting), default=0)
        fitting = [row for row in fitting if len(row.term) == longest]
    return tuple(
        row
        for row in fitting
        if not any(row.term != other.term and _plain(row.term) in _plain(other.term) for other in fitting)
    )


def asks_short_form(reading: Reading) -> bool:
    """Whether a question names a short form or its full form in whole, and asks for the other: 甲和乙双控简称什么."""
    return reading.asks("short_form") and any(_named(row, _plain(reading.text)) for row in reading.plan.definitions)


def _named(row: Definition, text: str) -> bool:
    return _plain(row.term) in text or _plain(row.meaning) in text


_WORD = r"[“\"「]?(?P<{}>[^，,。？?的是算和与跟]{{2,12}}?)[”\"」]?"
_IS_WHAT = re.compile(
    r"^(?:请问|请教|问下|问一下|想问|所谓的?|这个|那个|里面?|文件里的?|方案里的?)*"
    + _WORD.format("word")
    + r"(?:到底|究竟|具体|又)?"
    r"(?:(?:是|算)(?:什么|啥|个?什么[\u4e00-\u9fff]{2,3}|个?啥[\u4e00-\u9fff]{0,2}|(?:哪一?种|什么样|怎样|怎么样)的?[\u4e00-\u9fff]{0,4})"
    r"|这?[几两三四五]?个(?:字|词|说法|提法)(?:怎么|如何|咋|是?什么意?思?)(?:讲|说|解|解释|理解)?)[呀啊呢嘛的?？。]*$"
)
_CONTRAST = re.compile(
    "^"
    + _WORD.format("one")
    + "(?:和|与|跟)"
    + _WORD.format("other")
    + r"(?:之间)?的?有?(?:什么|啥|何|哪些)?(?:区别|差别|不同|差异)"
    r"(?:之处)?(?:在哪里?|在哪儿|是什么|何在)?[呀啊呢?？。]*$"
)


def asks_meaning(reading: Reading) -> bool:
    """Whether a question is what words of the plan are, and nothing else: 用水定额是什么, 甲改造和乙改造有什么区别."""
    match = _IS_WHAT.match(reading.text) or _CONTRAST.match(reading.text)
    words = [_plain(word) for word in match.groups()] if match else []
    return bool(words) and all(len(word) > 2 and word in _plain(reading.plan.text) for word in words)


def names_definition(reading: Reading) -> bool:
    """Whether a question is about a defined term and nothing else: 双控到底控哪两样."""
    terms = "".join(_plain(row.term + row.meaning) for row in find_definitions(reading))
    return bool(terms) and all(_plain(word) in terms for word in reading.subject.words)


def respond_term(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Quote the definitions; of a term that has none, say so and quote where it is used."""
    definitions = find_definitions(reading)
    for definition in definitions:
        _say(draft, definition)
    undefined = undefined_words(reading, definitions)
    if definitions and not undefined:
        return draft
    if undefined and definitions:
        names = "、".join(f"“{term}”" for term in undefined)
        draft.say(f"方案没有给出{names}的定义，下面是它在方案中出现的地方。")
    elif _asks_meaning(reading, evidence, undefined):
        draft.say("方案没有给出这个词的定义，下面是它在方案中出现的地方。")
    return respond_content(reading, replace(evidence, passages=uses(reading, evidence, undefined)), draft)


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
    """Return the words in quotation marks that the plan uses and does not define."""
    known = "".join(_plain(row.term + row.meaning) for row in definitions)
    text = _plain(reading.plan.text)
    return [words for words in _QUOTED.findall(reading.text) if _plain(words) in text and _plain(words) not in known]


def _say(draft: Draft, definition: Definition) -> None:
    marker = draft.cite(definition.clause_id, definition.start, definition.end)
    if definition.kind == "meaning":
        draft.say(f"方案中的**{definition.term}**是指：{one_line(definition.meaning)}{marker}。")
    else:
        draft.say(f"方案中的**{definition.term}**是**{definition.meaning}**的简称{marker}。")
    draft.say(f"> {one_line(draft.plan.text[definition.start : definition.end])}{marker}")


def uses(reading: Reading, evidence: Evidence, quoted: Sequence[str]) -> tuple[Passage, ...]:
    """Return the passages that use the terms of a question, one for each clause; the evidence's where none holds them.

    The terms are the ``quoted`` words, or else the subject as it was typed.
    """
    terms = [_plain(words) for words in quoted] or [_plain("".join(reading.subject.words))]
    found: dict[tuple[str, str], Passage] = {}
    for passage in make_passages(reading.plan):
        for term in terms:
            if len(term) > 1 and passage.kind != "bodies" and term in _plain(passage.text):
                found.setdefault((passage.clause_id, term), passage)
    kept = list(dict.fromkeys(found.values()))
    return tuple(kept) if 0 < len(kept) <= _SHOWN else evidence.passages


def _is_kernel(word: str, term: str) -> bool:
    """Whether a word is at least half of a term: 两高 of 两高项目."""
    kernel = next((term.removesuffix(tail) for tail in _TAILS if term.endswith(tail)), term)
    return word in kernel and 2 * len(word) >= len(kernel)


_TAILS = ("项目", "工程", "制度", "计划", "行动")


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
