"""Which quantities are sizes, conditions or terms, and so no targets: 65 蒸吨/小时以上燃煤锅炉, 三年内."""

from __future__ import annotations

import re
from functools import cache

from corpus.phrases import CLOSING, OPENING
from corpus.quantities import Quantity
from corpus.target_words import read_target_words
from corpus.units import read_units

MULTIPLE = re.compile("^[十百千万亿]+")
PER_HEAD = re.compile("每$")
FUND_SIZE = re.compile(r"(?:总规模|总额|规模)(?:达到?|为)?$")
# 公交站点500米覆盖率
REACH = re.compile(r"(?:范围内?的?)?\w{0,4}覆盖率")
# The words between a number and the noun that only sums it up, as in …的三大发展目标
AIM = re.compile(r"的\w{0,8}目标")
# 从2023年的82%提高到90%: where it starts from.
SOURCE = re.compile(r"[从由自](?:[“\d][^，]{0,8}年?[”末底]*的)?$")


def is_threshold(quantity: Quantity, before: str, after: str, *, framed: bool = True) -> bool:
    """Whether a quantity only says of which size or how long something is.

    ``before`` and ``after`` are the words up to its neighbours or to the end of its phrase.
    """
    lists = read_target_words().lists
    kinds = lists["thresholds"]
    bound = next((word for word in (*kinds["closed"], *kinds["open"]) if quantity.text.endswith(word)), "")
    noun = after[:1] not in {*"、，。；和及与", "", *CLOSING} and not after.startswith(("的水平", "的目标", *OPENING))
    noun = noun and AIM.fullmatch(after) is None
    if quantity.unit in kinds["durations"] and not _is_timed(before, quantity, framed=framed):
        return True
    if PER_HEAD.search(before) or SOURCE.search(before) or (before.endswith("等") and noun):
        return True  # 每10万人, 从2023年的82%, 废纸、废塑料等9种再生资源
    if _is_siting(before) or (before and not _is_counted(quantity.unit) and REACH.match(after)):
        return True
    counted = _counting().search(before)
    if is_funded(before, quantity.unit, after):
        return False
    if after.startswith("的") and noun and before and not counted:
        return True  # 年产值超10亿元的企业
    if not bound or not noun:
        return False
    if bound in kinds["closed"] or before.endswith(kinds["sizes"]):
        return True
    if _is_counted(quantity.unit):
        return False
    totalled = MULTIPLE.sub("", quantity.unit).split("/")[0] in kinds["extensive"] and bound == "以上"
    return not (totalled and counted and not after.startswith("的"))


def _is_siting(before: str) -> bool:
    """Whether a distance is one that must be kept: 距离居民区不得少于500米, 与学校的距离不小于50米."""
    siting = read_target_words().one_of("thresholds", "siting")
    return bool(re.search(rf"{siting}[^，率]{{2,}}$|与[^，]+的(?:最小|安全)?(?:距离|间距)$", before))


def is_funded(before: str, unit: str, after: str) -> bool:
    """Whether a sum is the size of a fund: 设立总规模200亿元的产业基金."""
    funds = read_target_words().lists["thresholds"]["funds"]
    sized = FUND_SIZE.search(before)
    return bool(
        sized and _counting().search(before[: sized.start()]) and unit.endswith("元") and after.startswith("的")
    ) and after.endswith(funds)


def _is_timed(before: str, quantity: Quantity, *, framed: bool) -> bool:
    """Whether time itself is the target: 办理时限压缩至 3 个工作日, but not 整改期限不超过 6 个月."""
    lists = read_target_words().lists
    words = before + quantity.text
    verbs = (*lists["verbs"]["to"], *lists["verbs"]["by"], "达到", "提前")
    compared = framed and quantity.comparator != "="
    return len(before) > 2 and (compared or any(verb in words for verb in verbs))


@cache
def _counting() -> re.Pattern[str]:
    return read_target_words().count_at_end


def _is_counted(unit: str) -> bool:
    return unit == "%" or MULTIPLE.sub("", unit) in read_units().counters or unit in {"", "个百分点", "倍"}
