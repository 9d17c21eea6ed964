"""``indicators.csv``, a plan's targets as a person reviewed them → :class:`Indicator` values.

Each row is proved from its quote before it is believed: the quote stands once in its clause, and the name, the number
with its unit and comparator, or the words of the value, stand in the quote.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast, get_args

from corpus.dates import find_dates, period_years
from corpus.errors import FaultyPlan
from corpus.faults import Fault
from corpus.model import Clause, Comparator, Indicator, Strength
from corpus.quantities import find_quantities, to_base
from corpus.units import read_units

COLUMNS = (
    "indicator_id",
    "name",
    "aliases",
    "comparator",
    "value",
    "unit",
    "direction",
    "target_year",
    "period",
    "base_year",
    "strength",
    "clause_id",
    "quote",
)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
YEARS = range(1949, 2101)
MARKS = re.compile(r"[\s“”\"‘’「」]")

Row = dict[str, str]


def load_indicators(path: Path, text: str, clauses: Sequence[Clause]) -> tuple[Indicator, ...]:
    """Return the reviewed targets of a plan, in the order of the file.

    Raises :class:`FaultyPlan` with the first fault, when there is one; :func:`find_table_faults` names them all.
    """
    faults = find_table_faults(path, text, clauses)
    if faults:
        more = f"（共 {len(faults)} 处，运行 python -m corpus check 查看全部）" if len(faults) > 1 else ""
        raise FaultyPlan(f"{faults[0]}{more}")
    places = {clause.clause_id: clause for clause in clauses}
    return tuple(_indicator(row, text, places[row["clause_id"]]) for _, row in _read_rows(path))


def find_table_faults(path: Path, text: str, clauses: Sequence[Clause]) -> tuple[Fault, ...]:
    """Return every fault of the file, by row."""
    try:
        rows = list(_read_rows(path))
    except FaultyPlan as fault:
        return (Fault(path.name, None, str(fault), "请参照已有方案的 indicators.csv 修改"),)
    places = {clause.clause_id: clause for clause in clauses}
    found = [
        Fault(path.name, line, problem, remedy)
        for line, row in rows
        for problem, remedy in (*_form_faults(row), *_proof_faults(row, text, places))
    ]
    found.extend(_repeated(path.name, rows))
    return tuple(sorted(found, key=lambda fault: fault.row or 0))


def write_row(indicator: Indicator) -> Row:
    """Return an indicator as a row of the file, to be written with :data:`COLUMNS` as the header."""
    return {
        "indicator_id": indicator.indicator_id,
        "name": indicator.name,
        "aliases": ";".join(indicator.aliases),
        "comparator": indicator.comparator,
        "value": indicator.value,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "target_year": str(indicator.target_year or ""),
        "period": indicator.period or "",
        "base_year": str(indicator.base_year or ""),
        "strength": indicator.strength,
        "clause_id": indicator.clause_id,
        "quote": indicator.quote,
    }


def plain(words: str) -> str:
    """Return words without spaces and quotation marks and with narrow signs, for comparing.

    >>> plain("稳定达到 Ⅱ 类水质") == plain("稳定达到II类水质")
    True
    """
    return unicodedata.normalize("NFKC", MARKS.sub("", words))


def _read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise FaultyPlan(f"{path.name} 的表头应为：{','.join(COLUMNS)}")
            for row in reader:
                if None in row or None in row.values():
                    raise FaultyPlan(f"{path.name} 第 {reader.line_num} 行的列数不对，应为 {len(COLUMNS)} 列")
                yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FaultyPlan(f"{path.name} 读不出来：{error}") from error


def _indicator(row: Row, text: str, clause: Clause) -> Indicator:
    start = text.index(row["quote"], clause.start, clause.end)
    return Indicator(
        indicator_id=row["indicator_id"],
        name=row["name"],
        comparator=cast("Comparator", row["comparator"]),
        value=row["value"],
        unit=row["unit"],
        direction=row["direction"],
        target_year=int(row["target_year"]) if row["target_year"] else None,
        period=row["period"] or None,
        base_year=int(row["base_year"]) if row["base_year"] else None,
        strength=cast("Strength", row["strength"]),
        clause_id=row["clause_id"],
        quote=row["quote"],
        start=start,
        end=start + len(row["quote"]),
        aliases=tuple(filter(None, row["aliases"].split(";"))),
    )


def _form_faults(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cells themselves, each with what would be right."""
    if not SLUG.fullmatch(row["indicator_id"]):
        yield f"编号“{row['indicator_id']}”不合格式", "请用小写字母、数字和连字符，例如 energy-intensity"
    yield from (
        (f"缺少{label}", "请填写")
        for column, label in (("name", "指标名称"), ("value", "目标值"), ("quote", "引文"))
        if not row[column]
    )
    if row["comparator"] not in get_args(Comparator):
        yield f"比较符“{row['comparator']}”不认识", f"应为 {' '.join(get_args(Comparator))} 之一"
    if row["strength"] not in get_args(Strength):
        yield f"力度“{row['strength']}”不认识", f"应为 {' '.join(get_args(Strength))} 之一"
    for column, label in (("target_year", "目标年"), ("base_year", "基准年")):
        if row[column] and not (row[column].isdecimal() and int(row[column]) in YEARS):
            yield f"{label}“{row[column]}”不是年份", f"应为 {YEARS.start} 至 {YEARS.stop - 1} 之间的四位数，或留空"
    years = period_years(row["period"]) if row["period"] else None
    if years and row["target_year"] != str(years[1]):
        yield f"“{row['period']}”时期的目标年应为 {years[1]}", "请改正目标年或时期"
    if row["unit"] and not NUMBER.fullmatch(row["value"]):
        yield f"目标值“{row['value']}”不是数，却有单位“{row['unit']}”", "文字目标的单位应留空"
    if row["unit"] and read_units().base(row["unit"]) is None:
        yield f"单位“{row['unit']}”不在单位表中", "请改正，或补入 corpus/units.toml"
    aliases = row["aliases"].split(";") if row["aliases"] else []
    if "" in aliases or row["name"] in aliases or len(set(aliases)) < len(aliases):
        yield "别名有空项、重复或与名称相同", "别名之间用一个半角分号隔开"


def _proof_faults(row: Row, text: str, places: dict[str, Clause]) -> Iterator[tuple[str, str]]:
    """Yield what the plan's text does not bear out, each with what would be right."""
    quote = row["quote"]
    clause = places.get(row["clause_id"])
    if clause is None:
        yield f"方案没有条款“{row['clause_id']}”", "请核对条款编号"
    elif quote:
        times = text.count(quote, clause.start, clause.end)
        if not times:
            yield f"引文在条款 {row['clause_id']} 中找不到：“{quote}”", "请从 plan.txt 原样复制（含空格和标点）"
        elif times > 1:
            yield f"引文在条款 {row['clause_id']} 中出现 {times} 次：“{quote}”", "请引更长的一句，使其只出现一次"
        said = {str(date.year) for date in find_dates(clause.text)}
        for column, label in (("target_year", "目标年"), ("base_year", "基准年")):
            if row[column] and row[column] not in said:
                yield f"条款 {row['clause_id']} 没有提到{label} {row[column]}", "只填条款自己说明的年份，没有则留空"
    if not is_spread_over(plain(row["name"]), plain(quote)):
        yield f"引文中读不出名称“{row['name']}”", "名称的字应依次出现在引文中"
    if row["direction"] and plain(row["direction"]) not in plain(quote):
        yield f"引文中没有动词“{row['direction']}”", "请照原文填写，没有动词则留空"
    if NUMBER.fullmatch(row["value"]):
        yield from _number_faults(row)
    elif plain(row["value"]) not in plain(quote):
        yield f"引文中没有目标值“{row['value']}”", "文字目标应照抄原文"


def _number_faults(row: Row) -> Iterator[tuple[str, str]]:
    amount = to_base(Decimal(row["value"]), row["unit"])
    proofs = [
        quantity
        for quantity in find_quantities(row["quote"], bare=True)
        if amount in {quantity.base, to_base(quantity.upper or quantity.value, quantity.unit)}
    ]
    if not proofs:
        yield f"引文中没有 {row['value']}{row['unit']}", "数值和单位应照抄原文"
    elif row["comparator"] not in {sign for quantity in proofs for sign in _signs(quantity.comparator, quantity.upper)}:
        yield (
            f"引文的意思不是“{row['comparator']}”而是“{proofs[0].comparator}”",
            "请按原文的 以上、不低于、左右 等词填写",
        )


def _signs(comparator: Comparator, upper: Decimal | None) -> set[str]:
    return {comparator} if upper is None else {">=", "<="}


def _repeated(file: str, rows: Iterable[tuple[int, Row]]) -> Iterator[Fault]:
    ids: dict[str, int] = {}
    contents: dict[tuple[str, ...], int] = {}
    told = ("name", "comparator", "value", "unit", "target_year", "base_year", "strength", "clause_id")
    for line, row in rows:
        if (first := ids.setdefault(row["indicator_id"], line)) != line:
            yield Fault(file, line, f"编号“{row['indicator_id']}”与第 {first} 行重复", "每行的编号应各不相同")
        if (first := contents.setdefault(tuple(row[column] for column in told), line)) != line:
            yield Fault(file, line, f"内容与第 {first} 行重复", "请删去其中一行")


def is_spread_over(part: str, whole: str) -> bool:
    """Whether the characters of ``part`` stand in ``whole`` in their order, not necessarily side by side.

    >>> is_spread_over("绿色防控覆盖率", "绿色防控、统防统治覆盖率分别达到 55%、45%")
    True
    """
    rest = iter(whole)
    return all(sign in rest for sign in part)
