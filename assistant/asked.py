"""What exactly a question asks for: the unit of the figure, a direction, the chapter it means, a negated word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.forms import read_forms, told_units
from corpus import Comparator, Indicator, Plan
from corpus.quantities import read_comparators
from corpus.units import read_units

CALCULATES = ("difference", "compare", "ratio", "sum", "mean")  # cue groups of what is worked out of several targets
_HOW_MUCH = re.compile(r"(?:多少|(?<![没好这那])几)\s*")
_PERCENT_WORDS = re.compile(r"百分比|百分数|百分率|百分之|几成|几个百分点|百分点|percent|%", re.IGNORECASE)
_TURNED_INTO = re.compile(r"(?:折合|折算|换算|折|换|化|改)(?:成|为|作)")  # 折成吨
_ASKS_SHARE = re.compile(
    r"百分之(?:多少|几)|几个百分|多少个百分|几成|百分[比率]是多少"
    r"|(?:什么|多大|多高|多少|哪个|怎样)(?:样)?的?(?:比例|比率|百分[比数])|(?:比例|比率|占比|比重)(?:要|得|应|该)?(?:是|为|到|达到|定了|定在|占)?(?:多少|几|多大|多高)|占多[大少高]"
)
_UNIT_WORDS = re.compile(r"单位|按[“\"]?.{1,3}[”\"]?来?算|计数|衡量|计算|统计|为计|来算|来计|计量|表示|[\"“「]")
# 几个目标, 多少项 count the rows themselves; they are not the unit of a figure.
_COUNTS_ROWS = re.compile(
    r"(?:多少|几)\s*[个项条家种类处]\s*(?:[\u4e00-\u9fff]{0,10}(?:指标|目标|任务|条款|工程|数字|单位|部门|牵头|机构|章|条|方面|内容))|(?:多少|几)\s*[个项条种类处]\s*(?:$|[?？呢])"
)
# 几家小店能不能合用一个 counts nothing: 几 is some.
_SOME = re.compile(
    r"(?:^|[,，。])(?:我们|咱们?|我)?几[家个户位台][^,，。?？]*(?:能不能|能否|可不可以|可否|合[伙用]|共用|一起)"
)
CHAPTER_LIST = re.compile(
    r"第?\s*((?:[一二三四五六七八九十\d]+\s*[、,和与及]\s*(?:第)?\s*)+[一二三四五六七八九十\d]+)\s*(?:章|部分)"
)
_NUMERALS = "一二三四五六七八九十"
_CHAPTER_RUN = re.compile(r"(?<![一二三四五六七八九十])([一二三四五六七八九]{2,5})(?:这几|这两|这三)?章")  # 三四五章


def asked_units(text: str) -> tuple[str, ...]:
    """Return the units that a question wants its figure in: 多少公里, 几家, 百分之多少.

    >>> asked_units("要建多少公里管网"), asked_units("有几个目标"), asked_units("要达到多少")
    (('公里',), (), ())
    """
    if _COUNTS_ROWS.search(text) or _SOME.search(text):
        return ()
    found = []
    told = text.replace("个百分", "百分")
    for match in (*_HOW_MUCH.finditer(told), *_TURNED_INTO.finditer(told)):
        unit = read_units().pattern.match(told, match.end())
        if unit and unit.group().strip() and unit.group() not in ("年", "月", "日", "号", "类", "级", "种", "次"):
            found.append(unit.group())
    if _ASKS_SHARE.search(text):
        found.append("%")
    return tuple(dict.fromkeys(found))


def conversions(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a question wants a figure in another unit.

    >>> conversions("折成立方米呢")
    ((0, 5),)
    """
    found = []
    for match in _TURNED_INTO.finditer(text):
        unit = read_units().pattern.match(text, match.end())
        if unit and unit.group().strip():
            found.append((match.start(), unit.end()))
    return tuple(found)


def fits_unit(row: Indicator, units: Iterable[str]) -> bool:
    """Whether a target can be told in one of the asked units (个 and 家 count alike; 吨 fits 万吨/日)."""
    counters = read_units().counters
    for unit in units:
        if unit == row.unit or (row.unit and _base(unit) and _base(unit) == _base(row.unit)):
            return True
        if unit in counters and row.unit in counters:
            return True
        if unit in ("个百分点", "百分点", "个点", "%") and row.unit == "%":
            return True
        if row.unit and (_base(row.unit).startswith(_base(unit) + "/") or unit in row.unit):
            return True
    return False


def _base(unit: str) -> str:
    known = read_units().base(unit)
    return known[1] if known else ""


def table_units(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the units of the plan's own rows that a question limits the table to; with 不是百分比, all the others."""
    units = tuple(dict.fromkeys(row.unit for row in plan.indicators if row.unit))
    percent = read_forms(text).wants("percent")
    if percent is not None:
        return tuple(unit for unit in units if (unit == "%") == percent)
    if told := told_units(text, plan):
        return tuple(unit for unit in units if unit in told)
    if re.search(r"比率|percentage", text):
        return tuple(unit for unit in units if unit == "%")
    if not _UNIT_WORDS.search(text):
        return ()
    text = _DAY.sub("日", _PHRASE.sub(" ", text))
    return tuple(unit for unit in units if unit != "%" and _names_unit(unit, text))


_PHRASE = re.compile(r"[“\"「『][^“”\"「」『』]{3,}[”\"」』]")  # a quoted phrase names no unit: 国家 holds 家
_DAY = re.compile(r"[天日]")
_PER = re.compile(r"按[“\"]?([\u4e00-\u9fff]{1,2})[”\"]?(?:来|为)?(?:算|计|统计|计算|衡量)")


def _names_unit(unit: str, text: str) -> bool:
    """Whether a question names a unit, or what it is counted by: 按天算 for 万吨/日."""
    by = {match.group(1) for match in _PER.finditer(text)}
    return (
        re.search(rf"(?<![\d一二三四五六七八九十两几])(?<!\d\s){re.escape(unit)}", text) is not None
        or unit.partition("/")[2] in by
    )


def directions(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the plan's own verbs that a question limits the table to: 要求下降的, “新增”类, 降幅."""
    if re.search(r"降幅|降低类|减少类|降得|减得", text):
        text += "下降"
    elif not re.search(r"目标|指标|类|[\"“]", text):
        return ()
    verbs = dict.fromkeys(row.direction for row in plan.indicators if row.direction)
    plain = {"达到", "达", "为", "完成", "实现", "占"}
    return tuple(verb for verb in verbs if verb not in plain and verb in text)


def chapter_list(text: str) -> tuple[str, ...]:
    """Return the chapters of an enumeration: 第三、四、五章.

    >>> chapter_list("第三、四章和第五章一共几条"), chapter_list("在三四五章各有几条"), chapter_list("第十五章")
    (('3', '4'), ('3', '4', '5'), ())
    """
    match = CHAPTER_LIST.search(text)
    if not match:
        run = _CHAPTER_RUN.search(text)
        at = _NUMERALS.find(run.group(1)) if run else -1
        return tuple(str(_NUMERALS.index(one) + 1) for one in run.group(1)) if run and at >= 0 else ()
    parts = re.findall(rf"[{_NUMERALS}]+|\d+", match.group(1))
    return tuple(
        part if part.isdecimal() else str(_NUMERALS.index(part[-1]) + 1 + (10 if len(part) == 2 else 0))
        for part in parts
    )


_QUOTED = re.compile(r"[“\"「『]([\u4e00-\u9fff]{1,6})[”\"」』]")


_YEAR_LIMIT = re.compile(
    r"(?P<sooner>早于|先于)?(?P<later>晚于|迟于)?(?P<year>(?:19|20)\d\d)\s*年?(?:(?P<from>及以后|起)|(?P<after>之后|以后|往后|后面?)|(?P<until>之前|以前|及以前|前))?"
)


def year_limit(text: str) -> tuple[Comparator, int] | None:
    """Return the year that limits the table to earlier or later targets; 2025年之前 takes in what is due in 2025.

    >>> year_limit("2025年之后的目标"), year_limit("晚于2024年的"), year_limit("2025年的目标")
    (('>', 2025), ('>', 2024), None)
    """
    for found in _YEAR_LIMIT.finditer(text):
        year = int(found["year"])
        if found["later"] or found["after"]:
            return ">", year
        if found["from"]:
            return ">=", year
        if found["sooner"]:
            return "<", year
        if found["until"]:
            return "<=", year
    return None


_SHORTEST_KIND = 2
_KINDS_OF_TARGET = (
    re.compile(r"(?P<kind>占比|比重|率|规模|能力)[”\"」]?(?:类|型|这类)?的?(?:目标|指标)"),
    re.compile(r"(?:几|多少|哪些?|哪几|各)[个项种]?(?P<kind>占比|比重|率|规模|能力)(?![\u4e00-\u9fff]{2})"),
)


def asked_kinds(words: Sequence[str], plan: Plan, text: str = "") -> tuple[str, ...]:
    """Return the kinds of measure to which the words of a subject limit the table: 覆盖率 and 利用率.

    Empty where any word of the subject is none, or where one word is all of an indicator's name.
    """
    names = [row.name for row in plan.indicators]
    called = [*names, *(alias for row in plan.indicators for alias in row.aliases)]
    kinds = tuple(word for word in words if len(word) >= _SHORTEST_KIND)
    if not kinds or not all(asks_kind(word) for word in kinds):
        kinds = tuple(match.group("kind") for pattern in _KINDS_OF_TARGET for match in pattern.finditer(text))
    if not kinds or not all(asks_kind(word) and any(name.endswith(word) for name in called) for word in kinds):
        return ()
    return () if any(word in names for word in kinds) else kinds


def asks_kind(word: str) -> bool:
    """Whether a word tells a kind of measure, not a thing: 覆盖率, 比例."""
    return word.endswith(("率", "比例", "比重", "占比", "规模", "能力", "用量", "总量"))


def quoted_words(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the words in quotation marks that targets are to be told with.

    They are words of comparison (带“不低于”的), or a state in a target's own words (“全部完成”的).
    """
    known = read_comparators().signs
    return tuple(
        words
        for words in _QUOTED.findall(text)
        if words in known or (len(words) > 2 and any(told_with_words(row, words) for row in plan.indicators))
    )


def told_with_words(row: Indicator, words: str) -> bool:
    """Whether a target is told with words that are no part of what it is called: 全部完成 of 超低排放改造全部完成."""
    return words in "".join(row.quote.split()) and words not in row.name


_AGAINST = re.compile(
    r"比(?![例重率值])|(?:[高低多少大小]于|超过)(?=[^,，。;?]{2,14}(?:多少|几))|之间|相较|较之|对着看|放一起看"
)


_NO_COMPARISON = re.compile("占比|百分比")


def opposes(text: str) -> bool:
    """Whether a question sets things against each other; 比 inside of 比例 or 占比 does not.

    >>> opposes("甲率比乙率高吧"), opposes("甲率高于乙率多少"), opposes("新能源比例是多少,占比呢")
    (True, True, False)
    """
    return _AGAINST.search(_NO_COMPARISON.sub("", text)) is not None
