"""What a question names: bodies, clauses, years, places, figures. Each is found by its form, and by the plan's own data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.body_names import alias_table, fields_of, of_another_suffix, scanner
from assistant.references import ClauseNumbers
from corpus import Plan
from corpus.agencies import PLACES
from corpus.dates import Date, find_dates
from corpus.quantities import Quantity, find_quantities

# 贵阳市政府, 我们市政府, 市(州)政府: the local governments that carry out a plan, whichever of them is named.
_LOCAL = re.compile(
    r"(?:[\u4e00-\u9fff]{2,3}[市州县区]|我们?[市州县区]|咱们?[市州县区]|本[市州县区]|各地|地方|各?市\(?州\)?|[市州县]级?|下级)(?:人民)?政府"
    r"|各市\(?州\)?(?!能耗|中心)"
)
# 城市监测 holds no 市监局: the name would begin within a word.
_CUT_WORD = re.compile(r"[城都超股楼上门集]市$|[城地园社小辖]区$")
_NATION = re.compile(r"全国(?!节能|低碳|用能权|碳|统一|人大|政协)|我国|全世界|中央下达")
_FIELDS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[、和与跟及,]){1,6}[\u4e00-\u9fff]{2,6}?(?=等?(?:这|那)?(?:[几两二三四五六]|多)个?(?:家|方|部门|单位)|等?部门)"
)
_FIELD = re.compile(r"[\u4e00-\u9fff]+?(?=[、和与跟及,]|$)|[\u4e00-\u9fff]+")
_OTHER_LEVEL = re.compile(r"(?:(?<![\u4e00-\u9fff])[省市县区州]|国家|中国|全国|中央|[\u4e00-\u9fff]{2,3}[省市州县区])$")


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """A body of the plan that a question names: canonical name, the words used, where they stand."""

    name: str
    alias: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Links:
    """All that a question names.

    ``clauses`` are ids that the plan has, ``missing_clauses`` printed numbers that it has not, ``open_clauses`` the ids
    that an incomplete number (第四条) may mean, ``items`` the numbers that stand without their chapter ((八), 第四条).
    """

    agencies: tuple[AgencyLink, ...] = ()
    unknown_bodies: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    missing_clauses: tuple[str, ...] = ()
    open_clauses: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    other_periods: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical names of the bodies, each once, in the question's order."""
        return tuple(dict.fromkeys(link.name for link in self.agencies))


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Replace linked stretches by the kind of thing they are.

    >>> mask("省水利厅管什么", [(0, 4, "部门")])
    '〈部门〉管什么'
    """
    for start, end, kind in sorted(spans, reverse=True):
        text = f"{text[:start]}〈{kind}〉{text[end:]}"
    return text


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, ...], ...]:
    lines = PLACES.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


_BARE = 2


class Linker:
    """Finds what a question names in one plan; made once for each plan."""

    def __init__(self, plan: Plan, general_bodies: Mapping[str, str]) -> None:
        """``general_bodies``: words by which people name bodies anywhere, to know one that this plan does not name."""
        self._plan = plan
        self._aliases = alias_table(plan)
        self._aliases |= of_another_suffix(plan, general_bodies, self._aliases)
        self._general = {
            form: kernel
            for words, kernel in general_bodies.items()
            for form in (words if len(words) > _BARE else f"省{words}",)  # 省残联; 残联 alone may be part of a word
            if form not in self._aliases and words not in self._aliases
        }
        self._fields = fields_of(plan)
        self._known = scanner(self._aliases)
        self._foreign = scanner(self._general)
        self._numbers = ClauseNumbers(plan)
        self._own_region = _own_region(plan)
        self._local = tuple(dict.fromkeys(row.name for row in plan.responsibilities if row.role == "local"))

    @property
    def own_words(self) -> frozenset[str]:
        """The words by which people name the plan's own region: they narrow nothing (贵州, 贵州省)."""
        return frozenset(f"{name}{level}" for name in self._own_region for level in ("", "省", "市", "全省", "全市"))

    def link(self, text: str) -> Links:
        """Return what the normalised ``text`` names."""
        agencies = self._agencies(text)
        taken = [(link.start, link.end) for link in agencies]
        unknown = self._unknown(text, taken)
        references = self._numbers.find(text)
        clause_spans = list(references.spans)
        dates = find_dates(text)
        year_spans = [(date.start, date.end) for date in dates]
        years = tuple(dict.fromkeys(date.year for date in dates if date.year and not date.period))
        quantities = tuple(
            row
            for row in find_quantities(text, bare=True)
            if not _overlaps((row.start, row.end), clause_spans + year_spans)
        )
        places = self._places(text, taken + [span for _, span in unknown])
        spans = (
            *((link.start, link.end, "部门") for link in agencies),
            *((*span, "部门") for _, span in unknown),
            *((*span, "条款") for span in clause_spans),
            *((*span, "年份") for span in year_spans),
            *((row.start, row.end, "数值") for row in quantities),
            *((*span, "地名") for _, span in places),
        )
        return Links(
            agencies=tuple(agencies),
            unknown_bodies=tuple(name for name, _ in unknown),
            clauses=references.found,
            missing_clauses=references.missing,
            open_clauses=references.open,
            items=references.items,
            years=years,
            periods=_periods(dates, self._plan, own=True),
            other_periods=_periods(dates, self._plan, own=False),
            places=tuple(dict.fromkeys(name for name, _ in places)),
            quantities=quantities,
            spans=_without_overlaps(spans),
        )

    def _agencies(self, text: str) -> list[AgencyLink]:
        found = [
            AgencyLink(name, match.group(), match.start(), match.end())
            for match in self._known.finditer(text)
            for name in self._aliases[match.group().lower()]
            if not self._of_another_level(text, match.start()) and not _CUT_WORD.search(text[: match.start() + 1])
        ]
        found += self._listed_fields(text, [(link.start, link.end) for link in found])
        taken = [(link.start, link.end) for link in found]
        local = [match for match in _LOCAL.finditer(text) if not _overlaps(match.span(), taken)]
        return found + [AgencyLink(name, one.group(), one.start(), one.end()) for one in local for name in self._local]

    def _listed_fields(self, text: str, taken: list[tuple[int, int]]) -> Iterator[AgencyLink]:
        """Yield bodies that are listed by their fields alone, counted as bodies behind: 税务、统计、公安这三家."""
        for listed in _FIELDS.finditer(text):
            for piece in _FIELD.finditer(text, listed.start(), listed.end()):
                if _overlaps(piece.span(), taken):
                    continue
                for start in range(piece.start(), piece.end() - 1):  # 是不是税务: what stands before the field
                    field = text[start : piece.end()]
                    names = self._aliases.get(f"{field}部门") or self._of_field(field)
                    if len(names) == 1:
                        yield AgencyLink(names[0], field, start, piece.end())
                        break

    def _of_field(self, field: str) -> tuple[str, ...]:
        """Return the bodies whose field begins so, where it is cut short: 生态 for 生态环境厅."""
        return tuple(name for stem, name in self._fields if stem.startswith(field))

    def _of_another_level(self, text: str, start: int) -> bool:
        """Whether what stands before a name makes another body of it: 国家发展改革委, 贵阳市发展改革委 beside 省发展改革委."""
        before = _OTHER_LEVEL.search(text[:start])
        if before is None or before.group() == self._plan.region[-1:]:  # 省 before a body of a province's plan
            return False
        return not any(name in before.group() for name in self._own_region)

    def _unknown(self, text: str, taken: list[tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
        foreign = [(match.group(), match.span()) for match in self._foreign.finditer(text)]
        other = [
            (match.group(), match.span())
            for match in self._known.finditer(text)
            if self._of_another_level(text, match.start())
        ]
        return [one for one in (*foreign, *other) if not _overlaps(one[1], taken)]

    def _places(self, text: str, taken: list[tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
        found = [(match.group(), match.span()) for match in _NATION.finditer(text)]
        for line in _places():
            for name in line:
                if name in self._own_region:
                    continue
                at = text.find(name)
                if at >= 0 and not _overlaps((at, at + len(name)), taken):
                    found.append((name, (at, at + len(name))))
        return found


def _own_region(plan: Plan) -> frozenset[str]:
    """Return the place names that the plan is about, and their province: naming them narrows nothing."""
    about = f"{plan.region} {plan.title}"
    return frozenset(name for line in _places() for place in line if place in about for name in (place, line[0]))


def _periods(dates: Iterable[Date], plan: Plan, *, own: bool) -> tuple[str, ...]:
    """Return the five-year periods that the question names: the plan's own ones, or those it knows nothing of."""
    named = dict.fromkeys(date.period for date in dates if date.period)
    return tuple(name for name in named if (name in plan.text + plan.title + plan.period) == own)


def _overlaps(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _without_overlaps(spans: Iterable[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not _overlaps(span[:2], [one[:2] for one in kept]):
            kept.append(span)
    return tuple(kept)
