"""The name of a target: what is left of the words before a number, one name or several that share their head."""

from __future__ import annotations

import re
from functools import cache

from corpus.dates import Date, find_dates
from corpus.phrases import CLOSING, OPENING
from corpus.target_words import read_target_words

JOINTS = re.compile(r"以及|[、和及与]")
EDGES = "、，。；：的之在 "
GROUND = re.compile(r"在[^，。]{2,16}基础上$")
FROM = re.compile(r"[从由自](?=\d|“?十|约|不足)")
UNTIL = ("至", "到")
# 完成60%: a number names nothing.
BARE = re.compile(r"[\d.,]+\D{0,2}")
QUOTED = re.compile(r"“([^“”]+)”")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = read_target_words()
    versus = re.compile(f"(?:{words.one_of('lead', 'versus')})$")
    until = re.compile(f"(?:{words.one_of('lead', 'until')})$")
    relative = re.compile(f"(?:{words.one_of('lead', 'relative')})$")
    return versus, until, relative


def split_dates(words: str) -> tuple[str, Date | None, int | None]:
    """Take the dates out of a name: what is left, the term and the year compared with.

    >>> name, term, versus = split_dates("用水量到2030年比2020年")
    >>> name, term.year, versus
    ('用水量', 2030, 2020)
    """
    versus_before, until_before, _ = _patterns()
    after = re.compile(f"(?:{read_target_words().one_of('lead', 'versus_after')}|[底末]前?|的)?")
    term, versus = None, None
    kept, last = [], 0
    for date in find_dates(words):
        before = words[last : date.start]
        rest = after.match(words, date.end)
        compared = rest and rest[0] in read_target_words().lists["lead"]["versus_after"]
        if date.year and (found := versus_before.search(before) or (compared and re.search("在?$", before))):
            versus = date.year
        elif (found := until_before.search(before)) and date.year:
            term = date
        elif date.end == len(words) or words[date.end :] == "的" or (date.year and date.text.endswith(("前", "底"))):
            found, term = re.search("$", before), date
        else:
            continue
        kept.append(before[: found.start()] if found else before)
        last = rest.end() if rest else date.end
    return "".join([*kept, words[last:]]), term, versus


def clean_name(words: str) -> str:
    """Return a name without what stands around it.

    >>> clean_name("、万元地区生产总值用水量同比"), clean_name("卫生厕所普及率从2023年的82%")
    ('万元地区生产总值用水量', '卫生厕所普及率')
    """
    relative = _patterns()[2]
    silent = read_target_words().one_of("verbs", "silent")
    source = FROM.search(words)
    words = words[: source.start()] if source else words
    before = None
    while before != words:
        before = words
        words = GROUND.sub("", relative.sub("", words.strip(EDGES)))
        words = words.removeprefix("对") if tells_of_inspection(words) else words
        words = re.sub(f"{silent}$", "", words)
        words = re.sub(r"^(?:以及|[和及与](?!谐|时|平))", "", words)
    quoted = QUOTED.fullmatch(words)
    return quoted[1] if quoted else words


def cut_dates(words: str) -> tuple[str, tuple[Date, ...]]:
    """Take the dates from the end of a name: 应用率2025年, 使用率2026年、2028年.

    >>> name, dates = cut_dates("绿色包装使用率2026年、2028年")
    >>> name, [date.year for date in dates]
    ('绿色包装使用率', [2026, 2028])
    """
    versus, until, _ = _patterns()
    found: list[Date] = []
    for date in reversed(find_dates(words)):
        before = words[: date.start]
        if words[date.end :].strip("、和及") or not date.year or FROM.search(words, max(0, date.start - 1)):
            break
        if versus.search(before) or until.search(before):
            break
        found.insert(0, date)
        words = before
    return (words.rstrip("、和及") if found else words), tuple(found)


def find_source(words: str) -> int | None:
    """Return the year that a change starts from.

    >>> find_source("良种自给率由2021年的40%")
    2021
    """
    source = FROM.search(words)
    dates = find_dates(words[source.end() :]) if source else ()
    return dates[0].year if dates and dates[0].start == 0 else None


def split_names(words: str, count: int) -> tuple[str, ...]:
    """Split a joint name into ``count`` names, the shared head put back; empty when it cannot be done surely.

    >>> split_names("绿色防控、统防统治覆盖率", 2)
    ('绿色防控覆盖率', '统防统治覆盖率')
    >>> split_names("毛入园率和巩固率", 3)
    ()
    """
    for joints in (JOINTS, re.compile("、")):
        names = _split_outside_brackets(words, joints)
        if len(names) == count:
            return _share_head(names)
    return ()


def _split_outside_brackets(words: str, joints: re.Pattern[str]) -> list[str]:
    names, last = [], 0
    for joint in joints.finditer(words):
        before = words[: joint.start()]
        if sum(sign in OPENING for sign in before) == sum(sign in CLOSING for sign in before):
            names.append(words[last : joint.start()])
            last = joint.end()
    names.append(words[last:])
    return [name for name in names if name]


def _share_head(names: list[str]) -> tuple[str, ...]:
    own = read_target_words().lists["heads"]["own"]
    *others, last = names
    if all(name.endswith(own) for name in others):
        return tuple(names)
    tail = _shared_tail(last, others)
    return (*(name if name.endswith(own) else name + tail for name in others), last)


def _shared_tail(name: str, others: list[str]) -> str:
    """Return the head that ``name`` shares with its neighbours.

    Their own parts end alike (京津冀及周边地区、长三角地区|煤炭消费量), or the rest is made of general words
    (城市、县城|污水处理率), or else the own part is about as long as theirs.
    """
    for other in others:
        cut = name.find(other[-2:], 1) + 2
        if cut > 2 and cut < len(name) - 1:
            return name[cut:]
    least = min(2, *map(len, others), len(name))
    cuts = range(least, len(name) - 1)
    general = read_target_words().shared_tail
    known = next((cut for cut in cuts if general.fullmatch(name, cut)), None)
    length = sum(map(len, others)) / len(others)
    cut = known or min(cuts, key=lambda cut: (abs(cut - length), -cut), default=len(name))
    return name[cut:]


def is_name(words: str) -> bool:
    """Whether words can be the name of a target: no lone verb, nothing general, no bracket or quotation left open.

    >>> is_name("森林覆盖率"), is_name("建成"), is_name("各项任务"), is_name("污水处理率（不含")
    (True, False, False, False)
    """
    table = read_target_words()
    closed = all(
        words.count(left) == words.count(right) for left, right in zip(OPENING + "“", CLOSING + "”", strict=True)
    )
    if words.endswith(UNTIL) or words.startswith("或"):
        return False  # 拓宽路面至 6.5 米; 逐步禁止|或限制使用塑料制品
    general = words in table.lists["names"]["general"] or table.counting.fullmatch(words)
    return len(words) > 1 and closed and not general and not BARE.fullmatch(words)


def is_condition(words: str) -> bool:
    """Whether the words before a number name those it is asked of (对年用水量 10 万立方米以上的企业)."""
    lists = read_target_words().lists["thresholds"]
    return (
        words.startswith(lists["conditions"])
        and not words.startswith(lists["not_conditions"])
        and not tells_of_inspection(words)
    )


def tells_of_inspection(words: str) -> bool:
    """Whether 对 opens what is done (对养殖场每年抽样监测覆盖率), not whom it is asked of.

    >>> tells_of_inspection("对养殖场每年抽样监测覆盖率达到95%"), tells_of_inspection("对完成率低的单位")
    (True, False)
    """
    done = read_target_words().one_of("thresholds", "inspections")
    return bool(re.match(rf"对于?[^的]{{2,}}{done}.{{0,3}}率(?![高低])", words))
