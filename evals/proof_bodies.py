"""The bodies of an answer: each named in a source, each with the role it has there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.model import Plan, Role
from corpus.units import any_of
from evals.fold import fold
from evals.lines import Line, introduction
from evals.reasons import Kind, Reason
from evals.reply import Reply
from evals.sources import Sources, body_names
from evals.wording import read_wording

Claim = tuple[Sequence[str], str, tuple[Role, ...]]
_AND = "[、和与及，]"


def bodies(reply: Reply, lines: Sequence[Line], sources: Sources, plans: Mapping[str, Plan]) -> Iterator[Reason]:
    """Yield what is wrong with the bodies that an answer's lines name."""
    names = body_names(tuple(plans.values()))
    given = {(row.name, row.role, row.clause_id) for row in reply.agencies}
    duties = [row for plan in sources.plans for row in plan.responsibilities]
    joined = {fold(row.name) for row in duties if (row.name, row.role, row.clause_id) in given}
    proved = {fold(row.name) for row in sources.duties} | (joined if sources.cited else set())
    for at, line in enumerate(lines):
        rest = line.text
        for name in names:
            if name in rest and name not in proved and not sources.holds(name):
                yield Reason(Kind.UNSUPPORTED_FACT, f"{name}没有出处")
            rest = rest.replace(name, "、")
        for word in _body_like(rest):
            if not sources.holds(word):
                yield Reason(Kind.UNSUPPORTED_FACT, f"{word}没有出处")
        if not line.is_quotation:
            yield from _roles(lines, at, sources, names)
            yield from _absences(line, sources)


def _body_like(text: str) -> Iterator[str]:
    """Yield words that end as names of bodies do: the ending with up to three characters before it."""
    wording = read_wording()
    ending = any_of(wording.body_endings)
    for found in re.finditer(rf"[\u4e00-\u9fff]{{1,3}}?{ending}(?![部员托])", text):
        word = found[0]
        for at in range(len(word) - 2, -1, -1):
            if word[at] in wording.body_breaks:
                word = word[at + 1 :]
                break
        if word not in wording.body_endings and not word.endswith(wording.not_bodies):
            yield word


def _roles(lines: Sequence[Line], at: int, sources: Sources, names: Sequence[str]) -> Iterator[Reason]:
    """Check claims such as 甲、乙牵头 and 牵头单位是甲 against the clauses that the line names, else all cited ones."""
    line = lines[at]
    here = {clause.clause_id for _, _, clause in sources.cited if fold(clause.label) in line.text}
    for claimed, verb, roles in [*_claims(line.text, tuple(names)), *_claims_in_list(lines, at, names)]:
        for name in claimed:
            had = {row.role for row in sources.duties if fold(row.name) == name and (not here or row.clause_id in here)}
            if not had & set(roles):
                yield Reason(Kind.UNSUPPORTED_FACT, f"引用的条款里，{name}的职责不是“{verb}”：{line.text}")


def _absences(line: Line, sources: Sources) -> Iterator[Reason]:
    """Check 方案未明确牵头单位 against the duties of the clauses that the line names."""
    here = {clause.clause_id for _, _, clause in sources.cited if fold(clause.label) in line.text}
    for words, roles in read_wording().absences.items():
        had = [row for row in sources.duties if row.clause_id in here and row.role in roles]
        if words in line.text and had:
            yield Reason(Kind.UNSUPPORTED_FACT, f"方案写明了{had[0].name}等单位的职责，答案说“{words}”：{line.text}")


def _claims_in_list(lines: Sequence[Line], at: int, names: Sequence[str]) -> Iterator[Claim]:
    """Read an item such as 牵头：三、（四）… as said of the one body that the line over the list names."""
    over = introduction(lines, at)
    named = [name for name in names if over and name in over.text]
    verb = re.match(f"(?P<verb>{any_of(read_wording().verbs)}):", lines[at].text)
    if verb and len(named) == 1:
        yield named, verb["verb"], read_wording().verbs[verb["verb"]]


def _claims(text: str, names: tuple[str, ...]) -> Iterator[Claim]:
    if not names:
        return
    wording = read_wording()
    for found in _after(names).finditer(text):
        if not text[: found.start()].removesuffix("由").endswith(wording.denials):
            yield _names_in(found["names"], names), found["verb"], wording.verbs[found["verb"]]
    for found in _before(names).finditer(text):
        yield _names_in(found["names"], names), found["title"], wording.titles[found["title"]]


def _names_in(listed: str, names: tuple[str, ...]) -> list[str]:
    """Take a list of names apart: 省工业和信息化厅 is one name, whatever joins names elsewhere."""
    return re.findall(any_of(names), listed)


@lru_cache(maxsize=64)
def _after(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<names>{_list_of(names)})(?:等)?(?:共同|分别)?(?P<verb>{any_of(read_wording().verbs)})")


@lru_cache(maxsize=64)
def _before(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<title>{any_of(read_wording().titles)})(?:是|为|有|包括|:)+(?P<names>{_list_of(names)})")


def _list_of(names: tuple[str, ...]) -> str:
    return rf"{any_of(names)}(?:{_AND}{any_of(names)})*"
