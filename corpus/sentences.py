"""Duties that a whole sentence tells, where a clause names its bodies no other way: 市住建局负责甲；市公安局负责乙。

Only what stands at a sentence's beginning and right before its verb is read. 省发展改革委要加强统筹协调 is what a clause
says, not whose duty the clause is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.agencies import split_name
from corpus.bodies import ENDINGS, Item, explicit_prefix, is_collective, restore_names, split_items
from corpus.duties import GOVERNMENTS, OPEN_END, SHARING, Duty, any_of
from corpus.model import Role
from corpus.numbering import read_mark
from corpus.wording import wording

WORDS = wording("duties")["sentence"]
SENTENCE = re.compile(r"[^。；\n]+")
OPENING = re.compile(rf"(?:{any_of(WORDS['lead_ins'])})?")
TOLD = re.compile(
    rf"(?P<names>[^，。；：\n]{{2,60}}?)(?P<aside>（(?:{any_of(WORDS['asides'])})[^（）]*）)?：?"
    rf"(?:{WORDS['charge']})?(?P<adverbs>(?:{any_of(wording('duties')['adverbs'])})*?)"
    rf"(?P<verb>{any_of(WORDS['verbs'])})(?!{any_of(WORDS['not_verbs'])})(?P<rest>[^，。；\n]*)"
)
NOT_NAME = re.compile(any_of(WORDS["not_names"]))
# 组织市水务局… begins a task, not a name
TASKS = tuple(word for word in wording("definitions")["lead_ins"] if len(word) > 1)
LATER_PART = re.compile(r".{1,3}(?:局|支队|大队|总队|中心)")  # 市公安局|交管局
LONGEST_NAME = 24


def told_duties(text: str) -> tuple[Duty, ...]:
    """Return the duties that the sentences of a clause tell, each body once in each role.

    >>> [(duty.name, duty.role) for duty in told_duties("由市财政局负责资金保障，水务局负责水源建设。市民政局要加强管理。")]
    [('市财政局', 'sole'), ('市水务局', 'sole')]
    >>> [(duty.name, duty.role) for duty in told_duties("市统计局会同市发展改革委、市财政局等部门制定办法。")]
    [('市统计局', 'lead'), ('市发展改革委', 'shared'), ('市财政局', 'shared')]
    """
    found = [duty for sentence in SENTENCE.finditer(text) for duty in _sentence_duties(text, *sentence.span())]
    names = restore_names([duty.name for duty in found])
    once: dict[tuple[str, Role], Duty] = {}
    for name, duty in zip(names, found, strict=True):
        once.setdefault((name, duty.role), replace(duty, name=name))
    return tuple(once.values())


def _sentence_duties(text: str, start: int, end: int) -> Iterator[Duty]:
    """Yield the duties of one sentence, part by part until a part tells none."""
    line = text[start:end]
    start += len(line) - len(line.lstrip(" \u3000"))
    mark = read_mark(text[start:end])
    start += mark.length if mark is not None else 0
    is_first = True
    while start < end:
        opening = OPENING.match(text, start, end)
        at = opening.end() if opening is not None else start
        duties = list(_part_duties(text, at, end, is_first=is_first))
        if not duties:
            return
        yield from duties
        comma = text.find("，", duties[-1].end, end)
        start = comma + 1 if comma >= 0 else end
        is_first = False


def _part_duties(text: str, start: int, end: int, *, is_first: bool) -> Iterator[Duty]:
    """Yield the duties of words between two signs: 甲、乙负责…, 甲会同乙…, and 丙配合 after another part."""
    told = TOLD.match(text, start, end)
    if told is None or (is_first and told["verb"] == "配合") or (told["verb"] == "负责" and len(told["rest"]) < 2):
        return
    items = [_moved(item, start) for item in split_items(told["names"])]
    names, is_open = _bodies(items)
    if len(names) < len(items) or not names:
        return
    manner = _role(told["verb"], told["adverbs"], len(names), is_open=is_open)
    for item in names:
        role: Role = "local" if is_collective(item.text) and manner in {"sole", "shared"} else manner
        yield Duty(item.text, role, is_open, item.start, item.end)
    if told["verb"] == "会同":
        yield from _partners(told["rest"], told.start("rest"))


def _moved(item: Item, offset: int) -> Item:
    """Return an entry with its offsets moved into the text that its list stands in."""
    return Item(item.text, item.start + offset, item.end + offset)


def _role(verb: str, adverbs: str, count: int, *, is_open: bool) -> Role:
    if verb in {"会同", "牵头"}:
        return "lead"
    return "sole" if verb == "负责" and count == 1 and not is_open and not SHARING.search(adverbs) else "shared"


def _bodies(items: list[Item]) -> tuple[list[Item], bool]:
    """Return the entries that are bodies beyond doubt, without 等, and whether 等 closes the list."""
    end = OPEN_END.search(items[-1].text) if items else None
    if end is not None:
        items = [*items[:-1], items[-1].cut(after=len(end.group()))]
    return [item for item in items if _is_body(item.text)], end is not None


def _partners(rest: str, offset: int) -> Iterator[Duty]:
    """Yield the bodies after 会同; the last one ends where the task begins: 市发改委|建立统计监测体系."""
    for item in split_items(rest):
        length = _name_length(item.text)
        if length == 0:
            return
        name = item.cut(after=len(item.text) - length)
        is_open = item.text.startswith("等", length)
        yield Duty(name.text, "shared", is_open, offset + name.start, offset + name.end)
        if length < len(item.text):
            return


def _name_length(words: str) -> int:
    """Return how many of the words are a body's name; 0 where they begin with none."""
    lengths = [size for size in range(3, min(LONGEST_NAME, len(words)) + 1) if _is_body(words[:size])]
    known = [size for size in lengths if split_name(words[:size])[1] is not None]
    length = max(known) if known else min(lengths, default=0)
    later = LATER_PART.match(words, length) if length else None
    return later.end() if later is not None and _is_body(words[: later.end()]) else length


def _is_body(name: str) -> bool:
    """Whether a name is a body's beyond doubt: of a known kind, or with its level and an ending that only bodies have."""
    if len(name) < 3 or NOT_NAME.search(name) or name.startswith(TASKS):
        return False
    if is_collective(name):
        return name.endswith(GOVERNMENTS)
    before, kernel = split_name(name)
    known = kernel is not None and (not before or explicit_prefix(name) is not None)
    return known or (name.endswith(ENDINGS) and explicit_prefix(name) is not None)
