"""What the words around a number say of it: which indicator, by which verb, by when, compared with which year."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from corpus.dates import Date
from corpus.drafts import Context, Draft, Reading
from corpus.groups import MARKS, NOTE, Group
from corpus.leads import Lead
from corpus.model import Comparator
from corpus.names import clean_name, cut_dates, find_source, is_condition, is_name, split_dates
from corpus.pronouns import is_pronoun, read_pronoun
from corpus.quantities import Quantity, read_comparators, to_base
from corpus.target_words import read_target_words
from corpus.thresholds import FUND_SIZE, is_funded
from corpus.units import read_units
from corpus.verbs import Verb, find_verb, linked, read_verb

LEADING_NOTE = re.compile(r"^[（(][^（）()]*[）)]")
ANAPHORA = re.compile(r"的?(?P<kind>\w*目标)")
PER = re.compile(r"(?P<name>.+)(?P<per>每[^，的率]{1,6})")
# 每万人拥有公共厕所 6 座
OWNED = re.compile(r"每[^，率]{1,8}(?:拥有|配备|设有|有).{2,}")
SHARES = ("%", "‰", "个百分点", "倍")


@cache
def _purpose() -> re.Pattern[str]:
    """2亿元专项资金|支持设施建设."""
    words = read_target_words()
    return re.compile(f"(?<=资金){words.one_of('thresholds', 'purposes')}.*$")


@cache
def _whole() -> re.Pattern[str]:
    """不低于林地总面积的."""
    signs = "|".join(
        sorted(
            (word for word in read_comparators().signs if word[0] in "不超高低" and len(word) > 1),
            key=len,
            reverse=True,
        )
    )
    return re.compile(rf"(?P<name>.{{2,}}?)(?P<sign>{signs})(?P<whole>.{{2,}})的")


@cache
def _parted() -> re.Pattern[str]:
    """提高机顶盒占比|至 75%: the verb stands before the name, the rest of it behind."""
    words = read_target_words()
    head = words.one_of("heads", "words")
    return re.compile(rf"(?P<verb>{words.one_of('verbs', 'by')})(?P<name>.{{2,}}?{head})(?P<to>[至到])")


def read_group(text: str, group: Group, lead: Lead, own: Lead, context: Context) -> Reading | None:
    """Return what the words around a group say, ``None`` where it is no target.

    ``lead`` is the phrase's, ``own`` the group's, which is the phrase's for its first group.
    """
    before = group.before[own.end :]
    if found := ANAPHORA.fullmatch(group.after):
        if _is_anaphoric(found["kind"]):
            return _read_anaphora(found["kind"], context)
        group = replace(group, after="")  # 贡献率达到40%的三大发展目标
    return (
        _read_share(group, before, own)
        or _read_counted(text, group, before, own, context)
        or _read_measured(text, group, before, lead, context)
    )


def _read_anaphora(kind: str, context: Context) -> Reading | None:
    """力争完成 14.5% 的激励目标: another value for the indicator before it."""
    last = context.last
    if last is None:
        return None
    return Reading(last.name, last.direction, last.date, last.base_year, start=last.start)


def _is_anaphoric(kind: str) -> bool:
    words = read_target_words().lists["anaphora"]
    return kind in {*words["incentive"], *words["plain"]}


def _read_share(group: Group, before: str, own: Lead) -> Reading | None:
    """20%以上的县级行政区达到建设要求, 完成80%的污水处理厂改造: a share of bodies or of works."""
    after = group.after
    if group.first.unit != "%" or not after:
        return None
    verb = find_verb(before)
    if not after.startswith("的"):
        # 建成区20%以上面积达到建设要求: 建成区面积 is what the share is of.
        plain = not (verb and verb.word) and group.first.start == group.first.number_start
        return Reading(clean_name(before) + after, "") if plain and _attains(after) else None
    if verb and verb.kind == "count" and not before[: verb.start]:
        return Reading(after[1:], verb.text, strive=verb.strive, sign=verb.sign)
    deed = own.causative and after.endswith(read_target_words().lists["words"]["deeds"])
    return (
        Reading(after[1:], own.causative if deed else "") if not clean_name(before) and (deed or _does(after)) else None
    )


def _read_counted(text: str, group: Group, before: str, own: Lead, context: Context) -> Reading | None:
    """遴选 12 家以上领跑者, and the next of such a list (、20 家平台)."""
    name = _purpose().sub("", LEADING_NOTE.sub("", group.after.removeprefix("的").strip("、，的")))
    unit = group.first.unit
    if len(name) < 2 or len(group.quantities) > 1 or not unit or unit in SHARES or not read_units().base(unit):
        return None
    found = _counting(group, before)
    if found:
        verb = read_verb(found)
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


def _counting(group: Group, before: str) -> re.Match[str] | None:
    """Find the verb of what is counted: 遴选12家…, 开通至海岛的3条航线, 设立总规模200亿元的基金."""
    words = read_target_words()
    if is_funded(before, group.first.unit, group.after):
        return words.count_at_end.search(FUND_SIZE.sub("", before))
    whither = words.count_at_start.match(before) if before.endswith("的") else None
    return whither or words.count_at_end.search(before)


def _read_measured(text: str, group: Group, before: str, lead: Lead, context: Context) -> Reading | None:
    """利用率达到 80%以上; 新增管网 4000 公里; 力争达到 21.6% (of what was named before)."""
    after = NOTE.sub("", group.after)
    if after.strip(MARKS) and not after.startswith((*MARKS, "以及", "的水平")):
        return None
    words = read_target_words()
    first = group.first
    said = text[first.start : first.number_start]
    source = find_source(before)
    before, dates = _take_dates(before)
    rest, date, versus = split_dates(before)
    parted = _parted().fullmatch(rest)
    if parted is not None:
        rest = f"{parted['name']}{parted['verb']}{parted['to']}"
    verb = find_verb(rest)
    name = clean_name(rest[: verb.start] if verb else rest)
    sign = verb.sign if verb else None
    if found := _part_of_whole(rest, first):
        name, sign = found
    elif not name and context.label and group.start == lead.end:
        return _read_label(group, context, dates[-1] if dates else date, verb)
    if is_condition(name) or name.startswith(words.lists["lead"]["past"]) or (name and not is_name(name)):
        return None
    direction = verb.text if verb and (verb.word or not name) else linked(said)
    date = dates[0] if len(dates) == 1 else date
    reading = Reading(
        name, direction, date, versus, bool(verb and verb.strive), sign, None, dates if len(dates) > 1 else (), source
    )
    told = bool(said or sign or (verb and verb.word) or OWNED.match(name))
    if per := PER.fullmatch(name):
        named = words.head_at_end.search(per["name"])
        reading = replace(reading, name=f"{per['name']}（{per['per']}）") if named else reading
        return reading if named and told else None
    if is_pronoun(name):
        return read_pronoun(reading, first.unit, context)
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
    if opening is None or len(name) < 2:
        return None
    verb = read_verb(opening)
    verbs = words.lists["verbs"]
    if verb.word not in verbs["pure"] and told and words.head_at_end.search(name):
        return None
    noun = next((word for word in verbs["attributive"] if verb.word.endswith(word)), "")
    if noun and name.startswith(verbs["places"]):
        if verb.word == noun:
            return None  # 消纳场所达到 12 处
        # 新增消纳能力500万立方米
        name, verb = noun + name, replace(verb, text=verb.text.removesuffix(noun))
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
    if context.last is None or not (told or reading.strive or reading.direction):
        return None
    alike = [draft for draft in context.said if to_base(Decimal(1), draft.unit)[1] == to_base(Decimal(1), unit)[1]]
    if not alike and not (told or reading.strive):
        return None
    if not alike and (unit not in SHARES or (verb and verb.kind == "count")):
        return None  # 规模超过35亿元，打造20个…: 20 is not of that 规模
    last = alike[-1] if alike else context.last
    return replace(reading, name=last.name, start=last.start)


def _take_dates(before: str) -> tuple[str, tuple[Date, ...]]:
    """Take out the terms between name and verb: 应用率2025年达到, 使用率2026年、2028年分别达到."""
    verb = find_verb(before)
    if verb is None:
        return before, ()
    name, dates = cut_dates(before[: verb.start])
    return (name + before[verb.start :], dates) if dates and name else (before, ())


def _part_of_whole(words: str, first: Quantity) -> tuple[str, Comparator] | None:
    """Read 划定公益林面积不低于林地总面积的 45%: the name and the sign."""
    found = _whole().fullmatch(words) if first.unit == "%" and first.start == first.number_start else None
    if found is None:
        return None
    name = clean_name(found["name"])
    return (f"{name}占{found['whole']}比例", read_comparators().signs[found["sign"]]) if len(name) > 1 else None


def _read_label(group: Group, context: Context, date: Date | None, verb: Verb | None) -> Reading | None:
    """Read what stands before a colon as the name: 独角兽企业：2家以上."""
    name = clean_name(split_dates(context.label)[0])
    if not group.first.unit or not is_name(name) or is_condition(name):
        return None
    said = linked(group.first.text[: group.first.number_start - group.first.start])
    direction = verb.text if verb and verb.word else said
    reading = Reading(
        name, direction, date, strive=bool(verb and verb.strive), sign=verb.sign if verb else None,
        start=context.label_start,
    )  # fmt: skip
    return _read_object(reading, told=bool(direction)) or reading


def _of_subset(reading: Reading, last: Draft) -> Reading:
    """Read a part of what was named before: …下降14%，其中石化化工行业下降16%."""
    name = f"{last.name}（{reading.name}）"
    direction = reading.direction or last.direction
    return replace(reading, name=name, direction=direction, versus=last.base_year, start=last.start)


def _attains(words: str) -> bool:
    """Whether a body that has been counted reaches something (达到建设要求)."""
    return bool(re.search(read_target_words().one_of("words", "do", "attain"), words))


def _does(words: str) -> bool:
    """Whether the words tell what somebody does (企业实施技术改造)."""
    return bool(re.search(read_target_words().one_of("words", "do"), words))
