"""The names in a list of bodies: where each begins and ends, and what was left out before it.

（自治区科技厅、教育厅）means 自治区教育厅, （广西税务局、银保监局）means 广西银保监局; but 人民银行南宁中心支行 is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.agencies import LEVELS, general_bodies, place_names, split_name
from corpus.wording import wording

WORDS = wording("bodies")
ENDINGS = tuple(WORDS["endings"])
WEAK_ENDINGS = tuple(WORDS["weak_endings"])
COLLECTIVE_STARTS = tuple(WORDS["collective"])
COMPLETE = tuple(WORDS["complete"])
CERTAIN_STARTS = (*COLLECTIVE_STARTS, *(word for word in COMPLETE if len(word) > 1))
NOT_LEVELS = tuple(WORDS["not_levels"])
ELIDABLE = tuple(WORDS["elidable"])
COLLECTIVE = re.compile(
    rf"(?:{'|'.join(WORDS['collective'])}).*(?:{'|'.join(sorted(WORDS['collective_ends'], key=len, reverse=True))})(?:（[^（）]*）)?"
)
PARTY = re.compile(r"(?:自治区党委|[省市区县州旗盟]委)(?!员会)(?=.{1,})")
SIGN = re.compile(r"[、，,；;。 \u3000/（）()]")
SECOND_NAME = re.compile(r"(?<=.)（[^（）]+）$")  # 市交通委（市道运局）
# 各市、县（区）人民政府 is one name, not two
UNITS = re.compile(
    r"各[^，。；、（）]{1,8}党委、(?=人民政府|政府)|各(?:(?:县级市|[省市州盟区县旗乡镇村]|社区|地区|自治[州县旗]|街道|行政公署|（[^（）]*）)、?)+(?<!、)(?=人民政府|政府|管委会|行署|[、，；。等按负落牵配和及与抓具组]|$)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, as printed; ``start`` and ``end`` are offsets in the list's text."""

    text: str
    start: int
    end: int

    def cut(self, before: int = 0, after: int = 0) -> Item:
        """Return the item without so many characters at either end, and without spaces there."""
        text = self.text[before : len(self.text) - after]
        start = self.start + before + len(text) - len(text.lstrip())
        text = text.strip()
        return Item(text, start, start + len(text))


def split_items(content: str) -> list[Item]:
    """Return the entries of a list; separators within brackets and within 各市、县人民政府 do not count.

    >>> [item.text for item in split_items("省财政厅和省税务局，各市、县（市、区）人民政府；工业和信息化部")]
    ['省财政厅', '省税务局', '各市、县（市、区）人民政府', '工业和信息化部']
    """
    cuts = _separators(content)
    starts = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(content)]
    items = (Item(content[start:end], start, end).cut() for start, end in zip(starts, ends, strict=True))
    return [part for item in items if item.text for part in _split_conjunction(item)]


def _separators(content: str) -> list[int]:
    """Return where the entries are parted."""
    whole = [found.span() for found in UNITS.finditer(content)]
    cuts = []
    depth = 0
    for found in SIGN.finditer(content):
        place = found.start()
        if found.group() in "（(":
            depth += 1
        elif found.group() in "）)":
            depth = max(0, depth - 1)
        elif depth == 0:
            while whole and whole[0][1] <= place:
                whole.pop(0)
            if not (whole and whole[0][0] < place):
                cuts.append(place)
    return cuts


def _split_conjunction(item: Item) -> list[Item]:
    """Split 省财政厅和省税务局 where a whole name stands before 和; 工业和信息化厅 stays."""
    for word in WORDS["conjunctions"]:
        place = item.text.find(word, 2)
        while place > 0:
            left = item.cut(after=len(item.text) - place)
            right = item.cut(before=place + len(word))
            if is_named_body(left.text.removesuffix("等部门").removesuffix("等单位")) and len(right.text) > 2:
                return [left, *_split_conjunction(right)]
            place = item.text.find(word, place + 1)
    return [item]


def is_named_body(text: str) -> bool:
    """Whether words end as the name of a body does.

    >>> [is_named_body(text) for text in ("省财政厅", "各市（州）人民政府", "各基础电信企业", "社会", "燃煤锅炉")]
    [True, True, True, False, False]
    """
    text = SECOND_NAME.sub("", text) if not text.endswith(("区）", "市）", "州）", "县）")) else text
    if len(text) < 3:
        return text in general_bodies()
    if text.endswith(ENDINGS) or is_collective(text):
        return True
    return text.endswith(WEAK_ENDINGS) and (
        text.startswith(CERTAIN_STARTS)
        or explicit_prefix(text) is not None
        or split_name(text)[1] is not None
        or any(text.startswith(place) for place in _places_of(text[:2]))  # 天津港集团
    )


def is_collective(text: str) -> bool:
    """Whether a name means local governments taken together: 各市（州）人民政府, 有关区人民政府."""
    return COLLECTIVE.fullmatch(text) is not None


def restore_names(names: list[str]) -> list[str]:
    """Return the names of one bracket with what was left out before them put back.

    >>> restore_names(["自治区财政厅", "科技厅", "广西税务局", "银保监局", "人民银行南宁中心支行"])
    ['自治区财政厅', '自治区科技厅', '广西税务局', '广西银保监局', '人民银行南宁中心支行']
    >>> restore_names(["市住建局", "审批服务局", "市委组织部", "宣传部", "市场监管局"])
    ['市住建局', '市审批服务局', '市委组织部', '市委宣传部', '市市场监管局']
    """
    context = _Context()
    restored = []
    for name in names:
        prefix = explicit_prefix(name)
        if prefix is not None:
            if prefix != "国家" or not _holds_place(
                name
            ):  # 国家金融监督管理总局贵州监管局 says nothing of what follows
                context = context.after(prefix)
            restored.append(name)
        else:
            restored.append(context.before(name) + name)
    return restored


@dataclass(frozen=True, slots=True)
class _Context:
    """The level (省), party level (省委) and place (贵州) last named in a bracket."""

    level: str = ""
    party: str = ""
    place: str = ""
    last_was_place: bool = False

    def after(self, prefix: str) -> _Context:
        if PARTY.fullmatch(prefix + "办") or prefix.endswith(("党委", "委")):
            state = prefix.removesuffix("党委").removesuffix("委")
            return replace(self, party=prefix, level=self.level or state, last_was_place=False)
        if prefix in LEVELS:
            return replace(self, level=prefix, last_was_place=False)
        return replace(self, place=prefix, last_was_place=True)

    def before(self, name: str) -> str:
        """Return what to put before a name that has no prefix of its own."""
        if not SECOND_NAME.sub("", name).endswith(ELIDABLE) or name.startswith(COMPLETE) or _holds_place(name):
            return ""
        _, kernel = split_name(name)
        kind = kernel.kind if kernel is not None else ""
        if kind == "party" and (self.party or self.level):
            return self.party or f"{self.level}{'党委' if self.level == '自治区' else '委'}"
        if kind == "vertical" and self.place:
            return self.place
        if self.level == "国家":
            return self.level if name.endswith("局") and not name.endswith("总局") else ""
        if self.last_was_place and not (self.level and kind == "gov"):
            return self.place
        return self.level or self.place


def explicit_prefix(name: str) -> str | None:
    """Return the level or place that a name begins with, ``None`` where it has none.

    >>> [explicit_prefix(name) for name in ("省委组织部", "市市场监管局", "市场监管局", "贵州银保监局", "贵州省财政厅")]
    ['省委', '市', None, '贵州', '贵州省']
    """
    if name.startswith(NOT_LEVELS):
        return None
    party = PARTY.match(name)
    if party is not None:
        return party.group()
    level = next((level for level in LEVELS if name.startswith(level)), None)
    if level is not None and len(name) > len(level) + 1:
        return level
    before, kernel = split_name(name)
    if (
        kernel is not None
        and len(before) > 1
        and (before in place_names() or before.endswith(LEVELS) or kernel.kind == "vertical")
    ):
        return before
    place = next((place for place in _places_of(name[:2]) if name.startswith(place)), None)
    if place is not None and kernel is None:
        return None  # 成都铁路局贵阳办事处, 天津海关: complete, and no context for what follows
    return place


def _places_of(beginning: str) -> list[str]:
    return sorted((place for place in place_names() if place.startswith(beginning)), key=len, reverse=True)


def _holds_place(name: str) -> bool:
    """Whether a place stands anywhere in a name (成都铁路局贵阳办事处): then nothing was left out."""
    return any(name[start:end] in place_names() for start in range(len(name)) for end in range(start + 2, start + 5))
