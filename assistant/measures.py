"""What a question wants measured: a rate, a capacity, so many of a unit; and whether a target measures that."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked import asked_units, fits_unit
from assistant.reading import Reading, Series

# The noun that says what is measured; 率 is not answered by a 规模.
_MEASURES = (
    "里程",
    "容量",
    "普及率",
    "率",
    "占比",
    "比重",
    "比例",
    "比率",
    "规模",
    "能力",
    "总量",
    "浓度",
    "面积",
    "长度",
    "数量",
    "强度",
    "排放量",
    "用水量",
    "装机",
    "产值",
    "收入",
    "人数",
)
# A rate is a share: 利用率 is the 比例 that is used.
_SHARES = ("率", "比例", "比率", "占比", "比重")


def other_unit(reading: Reading, chosen: Sequence[Series]) -> bool:
    """Whether the question wants a unit that none of the chosen targets is told in: 多少个 for a share in %."""
    units = asked_units(reading.text)
    rows = [row for series in chosen for row in series.rows]
    numeric = [row for row in rows if row.is_numeric]
    if not units or not numeric:
        return False
    return not any(fits_unit(row, units) for row in numeric)


def other_measure(text: str, names: Sequence[str]) -> bool:
    """Whether a question asks for another measure than the names tell: 污水处理率 beside 污水处理能力.

    >>> other_measure("污水处理率是多少", ["污水处理能力"]), other_measure("污水处理能力", ["新增污水处理能力"])
    (True, False)
    >>> other_measure("垃圾回收利用的比例", ["垃圾利用率"])
    False
    """
    asked = [measure for measure in _MEASURES if measure in text and not _part_of_longer(measure, text)]
    alike = {one for measure in asked for one in (_SHARES if measure in _SHARES else (measure,))}
    return bool(asked) and not any(measure in name for measure in alike for name in names)


def asks_measure(text: str) -> bool:
    """Whether a question asks for a measured thing at all: a rate, a share, a capacity.

    >>> asks_measure("固废综合利用率"), asks_measure("能效怎么提高")
    (True, False)
    """
    return any(measure in text and not _part_of_longer(measure, text) for measure in _MEASURES)


def unknown_measure(reading: Reading) -> bool:
    """Whether the question asks for a measured thing that the plan's text never names: 森林覆盖率, 通车里程.

    The measure counts as named where its word and the word before it stand together in the plan.
    """
    words = reading.subject.words
    text = "".join(reading.plan.text.lower().split())
    for at, word in enumerate(words):
        if word.endswith(_MEASURES) and not word.endswith(("效率", "频率")):
            before = words[at - 1] if at else ""
            whole = before + word if before and before + word in reading.text else word
            if whole not in text:
                return True
    return False


def unheard_measure(reading: Reading) -> bool:
    """Whether the question asks for a measure whose own word stands nowhere in the plan: 离田率, 普及率, not 利用率."""
    text = "".join(reading.plan.text.lower().split())
    known = "".join(alias for row in reading.plan.indicators for alias in (row.name, *row.aliases))
    pairs = zip(reading.subject.words, reading.subject.official or ((),) * len(reading.subject.words), strict=True)
    return any(
        word.endswith(_MEASURES)
        and word not in _MEASURES
        and not word.endswith(("效率", "频率"))
        and not any(one in text or one in known for one in (word, *official))
        for word, official in pairs
    )


def _part_of_longer(measure: str, text: str) -> bool:
    """率 in 效率 or 频率 measures nothing by itself."""
    return measure == "率" and all(text[max(0, at - 1)] in "效频概速统" for at, one in enumerate(text) if one == "率")


def is_money(unit: str) -> bool:
    """Whether a unit is one of money.

    >>> is_money("万元"), is_money("公里")
    (True, False)
    """
    return "元" in unit
