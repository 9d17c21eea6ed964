"""What the words around a number say of it: which indicator, by which verb, by when, compared with which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.dates import Date
from corpus.drafts import Context, Draft
from corpus.groups import MARKS, NOTE, Group
from corpus.leads import Lead
from corpus.model import Comparator
from corpus.names import clean_name, is_condition, is_name, split_dates
from corpus.quantities import read_comparators, to_base
from corpus.target_words import read_target_words
from corpus.units import read_units

LEADING_NOTE = re.compile(r"^[（(][^（）()]*[）)]")
ANAPHORA = re.compile(r"的?(?P<kind>\w*目标)")
SHARES = ("%", "‰", "个百分点", "倍")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a group. ``start`` is where the quote must begin, when that is before the group's own phrase."""

    name: str
    direction: str
    date: Date | None = None
    versus: int | None = None
    strive: bool = False
    sign: Comparator | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its adverbs: ``text`` as the plan says it, ``kind`` the list it stands in."""

    word: str
    text: str
    kind: str
    strive: bool
    sign: Comparator | None
    start: int


def read_group(text: str, group: Group, lead: Lead, own: Lead, context: Context) -> Reading | None:
    """Return what the words around a group say, ``None`` where it is no target.

    ``lead`` is the phrase's, ``own`` the group's, which is the phrase's for its first group.
    """
    before = group.before[own.end :]
    if found := ANAPHORA.fullmatch(group.after):
        return _read_anaphora(found["kind"], context)
    return (
        _read_share(group, before)
        or _read_counted(text, group, before, own, context)
        or _read_measured(text, group, before, lead, context)
    )


def _read_anaphora(kind: str, context: Context) -> Reading | None:
    """力争完成 14.5% 的激励目标: another value for the indicator before it."""
    words, last = read_target_words().lists["anaphora"], context.last
    if last is None or kind not in {*words["incentive"], *words["plain"]}:
        return None
    return Reading(last.name, last.direction, last.date, last.base_year, start=last.start)


def _read_share(group: Group, before: str) -> Reading | None:
    """20%以上的县级行政区达到建设要求, 完成80%的污水处理厂改造: a share of bodies or of works."""
    after = group.after
    if group.first.unit != "%" or not after:
        return None
    verb = _find_verb(before)
    if not after.startswith("的"):
        # 建成区20%以上面积达到建设要求: 建成区面积 is what the share is of.
        plain = not (verb and verb.word) and group.first.start == group.first.number_start
        return Reading(clean_name(before) + after, "") if plain and _attains(after) else None
    if verb and verb.kind == "count" and not before[: verb.start]:
        return Reading(after[1:], verb.text, strive=verb.strive, sign=verb.sign)
    return None if clean_name(before) or not _does(after) else Reading(after[1:], "")


def _read_counted(text: str, group: Group, before: str, own: Lead, context: Context) -> Reading | None:
    """遴选 12 家以上领跑者, and the next of such a list (、20 家平台)."""
    name = LEADING_NOTE.sub("", group.after.removeprefix("的").strip("、，的"))
    unit = group.first.unit
    if len(name) < 2 or len(group.quantities) > 1 or not unit or unit in SHARES or not read_units().base(unit):
        return None
    found = read_target_words().count_at_end.search(before)
    if found:
        verb = _verb(found)
        needed = verb.word in read_target_words().lists["verbs"]["need_deed"]
        refused = is_condition(before) or (needed and not _does(name))
        return None if refused else Reading(name, verb.text, strive=verb.strive, sign=verb.sign)
    if text[group.first.start : group.first.number_start].endswith("有"):
        return Reading(name, "有")  # 每个乡镇至少有1所幼儿园
    if before.strip(MARKS):
        return None
    if own.causative:
        return Reading(name, own.causative)
    return Reading(name, context.verb, start=context.last.start) if context.verb and context.last else None


def _read_measured(text: str, group: Group, before: str, lead: Lead, context: Context) -> Reading | None:
    """利用率达到 80%以上; 新增管网 4000 公里; 力争达到 21.6% (of what was named before)."""
    after = NOTE.sub("", group.after)
    if after.strip(MARKS) and not after.startswith((*MARKS, "以及", "的水平")):
        return None
    words = read_target_words()
    first = group.first
    said = text[first.start : first.number_start]
    rest, date, versus = split_dates(before)
    verb = _find_verb(rest)
    name = clean_name(rest[: verb.start] if verb else rest)
    if is_condition(name) or name.startswith(words.lists["lead"]["past"]) or (name and not is_name(name)):
        return None
    direction = verb.text if verb and verb.word else _linked(said)
    reading = Reading(name, direction, date, versus, bool(verb and verb.strive), verb.sign if verb else None)
    told = bool(said or (verb and verb.word))
    if not name:
        return _read_again(reading, verb, first.unit, context, told=told)
    headed = bool(words.head_at_end.search(name))
    if not first.unit and not (verb and verb.kind == "to") and not (headed and told):
        return None  # a number without a unit is one of an index or a coefficient: 系数提高到 0.52
    if lead.subset and group.start == lead.end and not headed and first.unit in SHARES and context.last:
        return _of_subset(reading, context.last)
    return _read_object(reading, told=told) or _read_name(reading, first.unit, context, told=told, headed=headed)


def _read_object(reading: Reading, *, told: bool) -> Reading | None:
    """新增污水处理能力 44.7 万: the first word is the verb; in 新增车辆比例提高到 25% it is part of the name."""
    words = read_target_words()
    opening = words.count_at_start.match(reading.name)
    name = clean_name(reading.name[opening.end() :]) if opening else ""
    if opening is None or len(name) < 2 or (told and words.head_at_end.search(name)):
        return None
    verb = _verb(opening)
    strive, sign = reading.strive or verb.strive, verb.sign or reading.sign
    return replace(reading, name=name, direction=verb.text, strive=strive, sign=sign)


def _read_name(reading: Reading, unit: str, context: Context, *, told: bool, headed: bool) -> Reading | None:
    """Read a name with its verb, or one that shares the verb of the phrase before (推广机器人8000台，智能应用100个)."""
    last = context.last
    if told and last and reading.name.startswith("占"):
        return replace(reading, name=last.name + reading.name, start=last.start)
    if told and last and last.name.endswith(reading.name):
        return replace(reading, name=last.name, start=last.start)
    if told:
        return reading
    shared = context.verb if unit not in {"", *SHARES} else ""
    if headed:
        return replace(reading, direction=shared)
    return replace(reading, direction=shared, start=last.start) if shared and last else None


def _read_again(reading: Reading, verb: Verb | None, unit: str, context: Context, *, told: bool) -> Reading | None:
    """Read a further value of the indicator named before: 20%左右，力争达到 21.6%."""
    if context.last is None or not (told or reading.strive):
        return None
    alike = [draft for draft in context.said if to_base(Decimal(1), draft.unit)[1] == to_base(Decimal(1), unit)[1]]
    if not alike and (unit not in SHARES or (verb and verb.kind == "count")):
        return None  # 规模超过35亿元，打造20个…: 20 is not of that 规模
    last = alike[-1] if alike else context.last
    return replace(reading, name=last.name, start=last.start)


def _of_subset(reading: Reading, last: Draft) -> Reading:
    """Read a part of what was named before: …下降14%，其中石化化工行业下降16%."""
    name = f"{last.name}（{reading.name}）"
    direction = reading.direction or last.direction
    return replace(reading, name=name, direction=direction, versus=last.base_year, start=last.start)


def _find_verb(before: str) -> Verb | None:
    """Find the verb at the end; in 开展职业技能培训 the last word belongs to the name, for a verb stands before it."""
    words = read_target_words()
    found = words.verb_at_end.search(before)
    if found is None:
        return None
    verb = _verb(found)
    opening = words.count_at_start.match(before)
    if verb.kind == "count" and opening and opening.end() < found.start("verb"):
        return None
    return verb


def _verb(found: re.Match[str]) -> Verb:
    lists = read_target_words().lists
    adverbs = re.findall(read_target_words().one_of("verbs", "adverbs"), found["adverbs"])
    spoken = "".join(adverb for adverb in adverbs if adverb not in lists["verbs"]["silent"])
    word = found["verb"] or ""
    kind = next((name for name in ("to", "by", "state") if word in lists["verbs"][name]), "count" if word else "")
    signs = read_comparators().signs
    return Verb(
        word=word,
        text=spoken + word,
        kind=kind,
        strive=any(adverb in lists["lead"]["strive"] for adverb in adverbs),
        sign=next((signs[adverb] for adverb in adverbs if adverb in signs), None),
        start=found.start(),
    )


def _linked(words: str) -> str:
    """Return the verb among the words of comparison: 控制在, 至少达到."""
    lists = read_target_words().lists["verbs"]
    verbs = [verb for verb in (*lists["to"], *lists["state"]) if words.endswith(verb)]
    compared = read_comparators().signs
    return next((verb for verb in verbs if verb not in compared or verb == "控制在"), "") if verbs != ["为"] else ""


def _attains(words: str) -> bool:
    """Whether a body that has been counted reaches something (达到建设要求)."""
    return bool(re.search(read_target_words().one_of("words", "do", "attain"), words))


def _does(words: str) -> bool:
    """Whether the words tell what somebody does (企业实施技术改造)."""
    return bool(re.search(read_target_words().one_of("words", "do"), words))
