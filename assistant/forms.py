"""What a question says of the form of the targets that it wants: told in per cent, striven for, without a year, by the day.

Such words limit the table and name no subject. How they are worded is a table (``data/forms.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus import Plan
from corpus.units import read_units

FILE = Path(__file__).parent / "data" / "forms.toml"
_OPEN = re.compile(r"有没有|有无|是不是|是否")
_REACH = 14  # characters before a form in which a denial is sought
_BEHIND = 4  # characters behind a form in which a denial is sought

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that a question names, each wanted or not; one that is named both ways is in both.

    ``spans`` are where the question names them.
    """

    wanted: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()

    def wants(self, form: str) -> bool | None:
        """Whether targets of a form are wanted: None where the question does not say, or names both kinds."""
        if (form in self.wanted) == (form in self.unwanted):
            return None
        return form in self.wanted

    def names_both(self, form: str) -> bool:
        """Whether targets with a form and without it are named: 有数字的和没有数字的."""
        return form in self.wanted and form in self.unwanted


def read_forms(text: str) -> Forms:
    """Return the forms that a question names.

    >>> forms = read_forms("不是百分数的力争目标")
    >>> forms.wants("percent"), forms.wants("strive"), forms.wants("year")
    (False, True, None)
    """
    open_text = _OPEN.sub(lambda found: "　" * len(found.group()), text)
    named = sorted(
        ((form, found) for form, pattern in _patterns().items() for found in pattern.finditer(open_text)),
        key=lambda pair: pair[1].span(),
    )
    wanted, unwanted = set[str](), set[str]()
    before: re.Match[str] | None = None
    reached = False
    for form, found in named:
        reached = _is_denied(open_text, found) or (
            reached and before is not None and _goes_on(open_text, before, found)
        )
        before = found
        (unwanted if reached else wanted).add(form)
    return Forms(frozenset(wanted), frozenset(unwanted), tuple(found.span() for _, found in named))


def _goes_on(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two forms stand in one list, so that what denies the first denies the second."""
    return _joining().fullmatch(text[first.end() : second.start()]) is not None


def _is_denied(text: str, found: re.Match[str]) -> bool:
    """Whether a denial reaches a form from before, or stands behind it."""
    before, behind = _denials()
    start = max(0, found.start() - _REACH)
    return (
        before.search(text[start : found.start()]) is not None
        or behind.match(text[found.end() : found.end() + _BEHIND]) is not None
        or before.match(found.group()) is not None
    )


def exclusions(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words by which a question leaves something out, each with what it names; a form that is denied is none.

    >>> exclusions("除了秸秆,还有哪些80%以上的"), exclusions("第三章以外的目标"), exclusions("除了百分数还有什么")
    ((('除了秸秆,', '秸秆'),), (('第三章以外的', '第三章'),), ())
    """
    found = (
        (one.group(), (one["what"] or one["other"] or one["tail"]).strip('“”" ')) for one in _excluded().finditer(text)
    )
    return tuple((words, told) for words, told in found if not read_forms(told).spans)


def excluded_names(text: str) -> tuple[str, ...]:
    """Return what a question leaves out by its name.

    >>> excluded_names("除了秸秆,还有哪些80%以上的")
    ('秸秆',)
    """
    return tuple(told for _, told in exclusions(text))


def told_units(text: str, plan: Plan) -> dict[str, tuple[Span, ...]]:
    """Return the units of a plan's targets that a question names as what is counted by, each with where it names it."""
    found: dict[str, tuple[Span, ...]] = {}
    for unit in dict.fromkeys(row.unit for row in plan.indicators if row.unit):
        spans = tuple(dict.fromkeys(match.span() for match in _unit_pattern(unit).finditer(text)))
        if spans:
            found[unit] = spans
    return found


def form_spans(text: str, plan: Plan) -> tuple[Span, ...]:
    """Return where a question only says what form the targets are to have."""
    units = (span for spans in told_units(text, plan).values() for span in spans)
    left_out = (found.span() for found in _excluded().finditer(text))
    return tuple(sorted({*read_forms(text).spans, *units, *left_out}))


def parts_of(unit: str) -> Iterator[str]:
    """Yield what a unit is called in whole or in part, everyday words included.

    >>> list(parts_of("万吨/日"))
    ['万吨/日', '万吨', '吨', '日', '天', '每天', '每日', '日均']
    """
    over, _, under = unit.partition("/")
    yield unit
    if over != unit:
        yield over
    if over[:1] in read_units().multipliers and over[1:]:
        yield over[1:]
    material = next((word for word in read_units().materials if over.endswith(word) and over != word), "")
    if material:
        yield over.removesuffix(material)
    if under:
        yield under
        yield from _table()["denominators"].get(under, ())


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    table = _table()
    goal = "|".join(table["words"]["goal"])
    return {
        form: re.compile("|".join(patterns).replace("{goal}", goal), re.IGNORECASE)
        for form, patterns in table["forms"].items()
    }


@cache
def _denials() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()["denial"]
    between = "|".join(map(re.escape, sorted(table["between"], key=len, reverse=True)))
    before = re.compile(f"(?:{'|'.join(table['before'])})(?:{between})*$")
    return before, re.compile(f"(?:的|类|目标|指标)*(?:{'|'.join(table['behind'])})")


@cache
def _joining() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _table()['denial']['joining']))})*")


@cache
def _excluded() -> re.Pattern[str]:
    table = _table()["denial"]
    leaving, rest = "|".join(table["leaving"]), "|".join(table["rest"])
    end = f"(?:(?:以外|之外|外|那个|这个|的)+[,，]?|[,，]|(?={rest}))"
    other = rf"(?P<other>[^,，。;?]{{2,14}}?)(?:以外|之外)的?[,，]?(?=[^,，。;?]{{0,6}}?(?:{'|'.join(_table()['words']['goal'])}|{rest}))"
    tail = rf"[,，]?(?:{'|'.join(table['trailing'])})(?P<tail>[^,，。;?]{{1,8}}?)(?:的|类|那些|那条|那项)+(?:指标|目标)?[。?]?$"
    return re.compile(
        f"(?:{leaving})(?P<what>[^,，。;?]{{2,14}}?){end}(?=[^,，。;?]{{0,12}}?(?:{rest}))|{other}|{tail}"
    )


@cache
def _unit_pattern(unit: str) -> re.Pattern[str]:
    named = sorted(map(re.escape, set(parts_of(unit))), key=len, reverse=True)
    known = rf"(?<!\d)(?<!\d\s)(?:{'|'.join(named)})"
    return re.compile("|".join(_table()["units"]["told"]).replace("{unit}", known))
