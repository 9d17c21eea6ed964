"""Government bodies and what people call them: 省住房城乡建设厅 is 住建厅, 省生态环境厅 was once 环保厅.

Every alias comes from the body's own name by rule, with the reviewed kernels of ``agencies.csv``: what remains of a name
without the level or place before it (省, 市, 贵州) is looked up there, so that the bodies of a new plan get theirs too.

``agencies.csv``: ``stem`` and ``suffixes`` make the kernel (发展改革 + 委); ``full``, ``short`` and ``old`` are other stems that
take the same suffix, or whole kernels after ``=``; ``alone`` may stand without any suffix. Rows of the kind ``pattern`` are
whole names with a ``{place}``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

AliasKind = Literal["full", "short", "old"]
KINDS: tuple[AliasKind, ...] = ("full", "short", "old")
SOURCE = Path(__file__).with_name("agencies.csv")
PLACES = Path(__file__).with_name("places.txt")
LEVELS = ("自治区", "兵团", "省", "市", "区", "县", "州", "旗", "盟", "国家")
LEVEL_END = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|自治州|州|盟|自治县|县|区|自治旗|旗)$")
PARTY = re.compile(r"(?:自治区党|省|市|区|县|州|旗|盟)委$|党工委$")
LONG_SUFFIX = {"委": "委员会", "办": "办公室"}
OPENINGS = ("中国", "国家", "各", "有关", "相关", "省级", "市级", "省直", "市直")
ENDINGS = (("管委会", "管理委员会"), ("办", "办公室"), ("委", "委员会"), ("公司", "有限公司"), ("集团", "集团公司"))
LOCAL = re.compile(r"(?:各|有关|相关)(?P<units>[^各]+?)(?:人民政府|政府)?")
UNIT = re.compile(r"[市州区县旗盟]")
JOINT = re.compile(r"(.{3,})（([^（）]{3,})）")
GENERAL = re.compile(r"各?(?:有关|相关)(?P<what>部门|单位|地区|方面|部门和单位)")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a body. ``kind``: ``full`` (发展和改革委员会), ``short`` (发改委) or ``old`` (环保厅)."""

    text: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class Kernel:
    """A body's name without level and place, with the row of ``agencies.csv`` that it belongs to."""

    stem: str
    suffix: str
    kind: str
    forms: tuple[tuple[str, AliasKind], ...]

    @property
    def name(self) -> str:
        """The kernel as the table has it: 发展改革委."""
        return self.stem + self.suffix


def agency_aliases(name: str, region: str = "") -> tuple[Alias, ...]:
    """Return what else a body is called, full forms first; ``region`` (贵州省) allows 贵州省发改委 beside 省发改委.

    >>> [alias.text for alias in agency_aliases("省生态环境厅") if alias.kind == "old"][:2]
    ['环保厅', '省环保厅']
    >>> {"贵州省发改委", "发改委", "省发展和改革委员会"} <= {alias.text for alias in agency_aliases("省发展改革委", "贵州省")}
    True
    """
    forms = _pattern_forms(name) or _local_forms(name) or _joint_forms(name, region) or _kernel_forms(name, region)
    found: dict[str, AliasKind] = {}
    for text, kind in sorted(forms, key=lambda form: KINDS.index(form[1])):
        if text != name and len(text) > 1:
            found.setdefault(text, kind)
    return tuple(Alias(text, kind) for text, kind in found.items())


def split_name(name: str) -> tuple[str, Kernel | None]:
    """Return what stands before a body's kernel, and the kernel; ``None`` where the table does not know it.

    >>> prefix, kernel = split_name("市市场监管局")
    >>> prefix, kernel.name if kernel else ""
    ('市', '市场监管局')
    """
    kernels = _kernels()
    for start in range(len(name)):
        kernel = kernels.get(name[start:])
        if kernel is not None:
            return name[:start], kernel
    return "", None


@cache
def general_bodies() -> dict[str, str]:
    """Return the words by which people name bodies anywhere, each with its kernel's usual name.

    >>> general_bodies()["环保厅"], general_bodies()["人社局"]
    ('生态环境厅', '人力资源社会保障局')
    """
    words: dict[str, str] = {}
    for kernel in _kernels().values():
        for text, _ in ((kernel.name, "full"), *kernel.forms):
            if len(text) > 1:
                words.setdefault(text, kernel.name)
    return words


@cache
def place_names() -> frozenset[str]:
    """Return the short names of China's provinces, cities and prefectures (``places.txt``)."""
    lines = PLACES.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True)
class AgencyTable:
    """The bodies of a plan by every name they go by. ``names`` are canonical; ``region`` is the plan's."""

    names: tuple[str, ...]
    region: str = ""

    @classmethod
    def of(cls, names: Iterable[str], region: str = "") -> AgencyTable:
        """Make a table of names, each once, in their order."""
        return cls(tuple(dict.fromkeys(names)), region)

    @cached_property
    def aliases(self) -> dict[str, tuple[Alias, ...]]:
        """The aliases of each name."""
        return {name: agency_aliases(name, self.region) for name in self.names}

    @cached_property
    def _owners(self) -> dict[str, tuple[str, ...]]:
        owners: dict[str, list[str]] = {}
        for name, aliases in self.aliases.items():
            for alias in aliases:
                owners.setdefault(alias.text, []).append(name)
        return {text: tuple(names) for text, names in owners.items()}

    def owners(self, words: str) -> tuple[str, ...]:
        """Return the canonical names that ``words`` may mean: the name itself, else every body with that alias.

        >>> AgencyTable.of(["省生态环境厅", "省能源局"]).owners("环保厅")
        ('省生态环境厅',)
        """
        return (words,) if words in self.aliases else self._owners.get(words, ())


def _kernel_forms(name: str, region: str) -> list[tuple[str, AliasKind]]:
    prefix, kernel = split_name(name)
    if kernel is None:
        return _plain_forms(name, region)
    prefixes = _prefixes(prefix, region)
    return [
        (before + text, kind)
        for text, kind in ((kernel.name, "full"), *kernel.forms)
        for before in prefixes
        if (before or len(text) > 2 or kernel.kind == "mass" or text in _alone())
        and not (before in {"国家", "中国"} and text.startswith(("国家", "中国")))
    ]


def _joint_forms(name: str, region: str) -> list[tuple[str, AliasKind]]:
    """Forms of a body that is named with another one in brackets: 市交通委（市道运局）."""
    joint = JOINT.fullmatch(name)
    if joint is None:
        return []
    forms: list[tuple[str, AliasKind]] = []
    for part in joint.groups():
        forms += [(part, "short"), *((alias.text, alias.kind) for alias in agency_aliases(part, region))]
    return forms


def _plain_forms(name: str, region: str) -> list[tuple[str, AliasKind]]:
    """Forms of a name that the table does not know: without its level or place, with the region's name before it."""
    level = next((level for level in LEVELS if name.startswith(level) and len(name) > len(level) + 2), "")
    forms: list[tuple[str, AliasKind]] = []
    if level:
        rest = name[len(level) :]
        forms += [(before + rest, "short") for before in _prefixes(level, region)]
    opening = next((word for word in (*OPENINGS, *sorted(place_names(), key=len)) if name.startswith(word)), "")
    if len(name) > len(opening) + 2:
        forms.append((name[len(opening) :], "short"))
    for short, long in ENDINGS:
        if name.endswith(short):
            forms += [(text.removesuffix(short) + long, "full") for text in (name, *(text for text, _ in forms))]
        elif name.endswith(long):
            forms += [(text.removesuffix(long) + short, "short") for text in (name, *(text for text, _ in forms))]
    return forms


def _prefixes(prefix: str, region: str) -> list[str]:
    """Return what may stand before the kernel instead: nothing, the level, the region with and without its level.

    >>> _prefixes("省", "贵州省"), _prefixes("贵州", "")
    (['', '省', '贵州省', '贵州'], ['', '贵州'])
    """
    party = PARTY.search(prefix)
    if party is not None:
        state = prefix.removesuffix("党委").removesuffix("委")
        plain = _prefixes(state, region)
        joint = "党委" if state.endswith("自治区") else "委"
        named = [one + joint for one in plain if _level_of(one)]
        return [*plain, *named, *(f"中共{one}" for one in named if one not in {prefix, joint})]
    if not prefix:
        return ["", "国家", "中国"]
    places = ["", prefix]
    end = LEVEL_END.search(prefix)
    if _level_of(prefix) and end is not None and end.start() > 1:  # 包头市 → 市, 包头
        places += [_level_of(prefix), prefix[: end.start()]]
    if region and (prefix in LEVELS or region.startswith(prefix)) and _level_of(region) in {prefix, *LEVELS}:
        own = LEVEL_END.search(region)
        if prefix not in LEVELS or _level_of(region) == prefix:
            places += [_level_of(region), region, *([region[: own.start()]] if own and own.start() > 1 else [])]
    return list(dict.fromkeys(places))


def _level_of(place: str) -> str:
    if place in place_names():  # 贵州 is a place, not a 州
        return ""
    return next((level for level in LEVELS if place.endswith(level)), "")


def _local_forms(name: str) -> list[tuple[str, AliasKind]]:
    """Forms of local governments taken together: 各市（州）人民政府 → 各市州政府, 市州政府, 各市州."""
    general = GENERAL.fullmatch(name)
    if general is not None:
        what = general["what"]
        return [(before + what, "short") for before in ("各有关", "有关", "各相关", "相关", "各")]
    local = LOCAL.fullmatch(name)
    if local is None or not UNIT.search(local["units"]):
        return []
    units = [re.sub(r"[（）()、]", "", local["units"]), local["units"]]
    singles = [unit for unit in ("市", "州", "县", "区", "旗") if unit in local["units"]]
    forms = [(f"{each}{unit}{end}", "short") for unit in units for each in ("各", "") for end in ("人民政府", "政府")]
    forms += [(f"各{unit}{end}", "short") for unit in singles for end in ("人民政府", "政府")]
    forms += [(f"各{units[0]}", "short"), (units[0], "short"), ("各地政府", "short"), ("地方政府", "short")]
    return [(text, "full" if text.endswith("人民政府") else "short") for text, _ in forms if len(text) > 1]


def _pattern_forms(name: str) -> list[tuple[str, AliasKind]]:
    for pattern, forms in _patterns():
        found = pattern.fullmatch(name)
        if found is not None:
            return [(form.format(**found.groupdict()), kind) for form, kind in forms]
    return []


def _rows() -> list[dict[str, str]]:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _alone() -> frozenset[str]:
    return frozenset(row["alone"] for row in _rows() if row["alone"])


@cache
def _kernels() -> dict[str, Kernel]:
    """Map every form of every kernel to the kernel; a form that is a kernel of its own stays with that one."""
    rows = [row for row in _rows() if row["kind"] != "pattern"]
    made = [_kernel(row, suffix) for row in rows for suffix in row["suffixes"].split("|")]
    table = {kernel.name: kernel for kernel in made}
    for kernel in made:
        for text, kind in kernel.forms:
            if kind != "old" and len(text) > 2:
                table.setdefault(text, kernel)
    for kernel in made:
        for text, _ in kernel.forms:
            if len(text) > 2:
                table.setdefault(text, kernel)
    return table


def _kernel(row: dict[str, str], suffix: str) -> Kernel:
    forms: dict[str, AliasKind] = {}
    long = LONG_SUFFIX.get(suffix)
    if long:
        forms[row["stem"] + long] = "full"
    for kind in KINDS:
        for word in filter(None, row[kind].split("|")):
            if word.startswith("=") and suffix == "厅" and word.endswith("局"):
                continue  # 农牧局 was never the name of a 厅
            forms.setdefault(word[1:] if word.startswith("=") else word + suffix, kind)
            if kind == "full" and long and not word.startswith("="):
                forms.setdefault(word + long, kind)
    if row["alone"]:
        forms.setdefault(row["alone"], "short")
    return Kernel(row["stem"], suffix, row["kind"], tuple(forms.items()))


@cache
def _patterns() -> list[tuple[re.Pattern[str], list[tuple[str, AliasKind]]]]:
    patterns = []
    for row in _rows():
        if row["kind"] != "pattern":
            continue
        stem = (
            re.escape(row["stem"]).replace(r"\{place\}", "(?P<place>.{2,5})").replace(r"\{other\}", "(?P<other>.{2,5})")
        )
        stem = stem.replace(r"\{level\}", "(?P<level>省|市|自治区|区|县|州|旗)")
        forms = [(word, kind) for kind in KINDS for word in filter(None, row[kind].split("|"))]
        patterns.append((re.compile(stem), [(word.removeprefix("="), kind) for word, kind in forms]))
    return patterns
