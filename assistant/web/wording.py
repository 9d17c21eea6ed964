"""Short words for what stands in narrow places of the pages: parts of bodies, strengths, signs of comparison."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.model import Comparator, Role, Strength

# In the order in which they are shown.
PARTS: Mapping[Role, str] = {"lead": "牵头", "sole": "负责", "shared": "分工", "local": "落实"}
MARKS: Mapping[Role, str] = {"lead": "牵", "sole": "负", "shared": "分", "local": "落"}
PART_MEANINGS: Mapping[Role, str] = {
    "lead": "写在“牵头”之前的单位",
    "sole": "一家单位单独负责",
    "shared": "几家单位按职责分工负责，或配合牵头单位",
    "local": "下级政府负责落实",
}
STRENGTHS: Mapping[Strength, str] = {"firm": "确定目标", "strive": "力争", "incentive": "激励目标"}
COMPARATORS: Mapping[Comparator, str] = {
    "=": "就是这个数",
    ">=": "不低于",
    "<=": "不高于",
    ">": "超过",
    "<": "低于",
    "~": "左右",
}
