"""How questions over the register of responsibilities are worded; what they ask becomes a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.lexicon import lexicon
from assistant.links import AgencyLink, Links
from assistant.reading import Evidence, Reading
from assistant.roster import GENERAL, MANY, OWN, BodyQuery, Bound, ClauseQuery, Condition, Order, Query
from assistant.roster_table import matches, patterns, table, worded
from corpus.model import Plan, Role
from corpus.numerals import read_numeral

_EVERY: tuple[Role, ...] = (*OWN, "local")
_KNOWN = 0.5  # share of a subject's words in one sentence from which the plan speaks of it


def read_roster(reading: Reading, evidence: Evidence) -> Query | None:
    """Read a question over the register that has conditions of its own; None where it has none.

    A question about one clause, one target or a subject that the plan knows is no such question.
    """
    if _about_one_thing(reading, evidence):
        return None
    text = _marked(reading.text, reading.links.agencies)
    asked = worded("bodies.asked", text)
    left_out = reading.links.names if leaves_out(reading.text, reading.links) else ()
    if reading.links.names and not left_out:
        return (_beside(reading, text) if asked else None) or _conditions(reading, text)
    if worded("extremes.clause", text):
        return None  # 牵头单位最多的那条有几家牵头: the clause with most bodies is asked for
    size = read_size(text)
    if size and not left_out:
        return size
    return _bodies(reading, text, left_out) if asked else None


def read_size(text: str) -> ClauseQuery | None:
    """Read how many bodies of a role a clause is to have: 由四家单位牵头, 配合单位超过五家.

    >>> read_size("由四家单位共同牵头的任务").size, read_size("牵头单位不止一家的有哪些").size
    (Bound(least=4, most=4), Bound(least=2, most=99))
    """
    roles: tuple[tuple[str, tuple[Role, ...]], ...] = (("lead", ("lead",)), ("shared", ("shared",)), ("all", OWN))
    for name, wanted in roles:
        for pattern in patterns()[f"sizes.{name}"]:
            if match := pattern.search(text):
                return ClauseQuery(roles=wanted, size=bound_of(match))
    return None


def read_extreme_roles(text: str) -> tuple[Role, ...]:
    """Return the roles of the bodies of which a clause has most: 牵头单位最多的, 配合部门最多的, else every own role.

    >>> read_extreme_roles("牵头单位最多的是哪条"), read_extreme_roles("责任单位最多的是哪条")
    (('lead',), ('lead', 'sole', 'shared'))
    """
    if worded("extremes.lead", text):
        return ("lead",)
    if worded("extremes.shared", text):
        return ("shared",)
    return OWN


def _about_one_thing(reading: Reading, evidence: Evidence) -> bool:
    inside = (*reading.titled, *reading.links.clauses)
    single = any(not any(reading.plan.children(one)) for one in inside)
    named = bool(evidence.claimed) or (bool(evidence.series) and evidence.series[0][1] >= 1.0)
    if single or named or reading.links.unknown_bodies or "carried" in evidence.signals or reading.asks("indicator"):
        return True
    return has_subject(reading) and evidence.signals.get("coverage", 0.0 if inside else 1.0) >= _KNOWN


def has_subject(reading: Reading) -> bool:
    """Whether a question has words of a subject beside those in which one asks about the register (次数, 名单)."""
    filler = patterns()["filler.words"][0]
    return any(len(word) > 1 and not filler.fullmatch(word) for word in reading.subject.words)


def leaves_out(text: str, links: Links) -> bool:
    """Whether a question names bodies only to leave them out: 不算市州政府, 除甲厅外."""
    return bool(links.names) and worded("bodies.left_out", _marked(text, links.agencies))


def asks_membership(reading: Reading) -> bool:
    """Whether a question asks if a named body is among those of what is spoken of: 里面有没有甲局."""
    return bool(reading.links.names) and worded("bodies.member", _marked(reading.text, reading.links.agencies))


def drop_left_out(text: str, links: Links, plan: Plan) -> Links:
    """Forget local governments and 各有关部门 where a question only leaves them out; they are never counted anyway."""
    counted = {row.name for row in plan.responsibilities if row.role != "local" and not GENERAL.match(row.name)}
    return links if counted & set(links.names) or not leaves_out(text, links) else replace(links, agencies=())


def told_apart(text: str) -> tuple[str, str]:
    """Return a question without the words that leave roles out, and those words.

    >>> told_apart("参与但不牵头的有谁"), told_apart("牵头的有谁")
    (('参与但 的有谁', '不牵头'), ('牵头的有谁', ''))
    """
    left = [match.group() for match in matches("roles.left_out", text)]
    for words in left:
        text = text.replace(words, " ")
    return text, " ".join(left)


def shared_alone(text: str) -> bool:
    """Whether nothing but the part of those who do not lead is asked for: 只参与的, 只列配合的."""
    return worded("roles.shared_only", text)


def read_alone(text: str, agencies: Sequence[AgencyLink]) -> ClauseQuery | None:
    """Read which bodies a clause is to have and no others: 只有甲厅和乙局两家的; None where it may have others."""
    if not agencies or not worded("bodies.alone", _marked(text, agencies)):
        return None
    found = conditions_of(text, agencies)
    told = {one.roles for one in found}
    roles = found[0].roles if len(told) == 1 and len(found[0].roles) == 1 else OWN
    number = len({one.name for one in agencies})
    return ClauseQuery(found, roles, Bound(number, number))


def _marked(text: str, agencies: Sequence[AgencyLink]) -> str:
    """Return the text with 〈〉 in the place of every named body."""
    for start, end in sorted({(one.start, one.end) for one in agencies}, reverse=True):
        text = f"{text[:start]}〈〉{text[end:]}"
    return lexicon().compounds.sub(" ", text)


def _bodies(reading: Reading, text: str, left_out: tuple[str, ...]) -> BodyQuery | None:
    times = next((bound_of(match) for match in matches("bodies.times", text)), None)
    top = next(matches("bodies.top", text), None)
    kind = next(matches("bodies.kind", text), None)
    never = tuple(role for role, name in _NEVER.items() if worded(f"bodies.never_{name}", text))
    every: tuple[Role, ...] = ("lead", "shared") if not never and worded("bodies.two_roles", text) else ()
    second, ordered = worded("bodies.second", text), worded("bodies.order", text)
    nowhere_else = bool(reading.links.clauses) and worded("bodies.nowhere_else", text)
    if not (nowhere_else or times or top or kind or never or every or second or ordered or left_out):
        return None
    extreme = reading.asks("most", "least") and not ordered
    falls = not (worded("bodies.rising", text) or (reading.asks("least") and not reading.asks("most")))
    sorted_by: Order = ("falling" if falls else "rising") if top or second or ordered or extreme else ""
    return BodyQuery(
        roles=OWN if every or never else _roles(text),
        every=every,
        never=never,
        times=times,
        left_out=left_out,
        kind=kind.group("kind") if kind else "",
        order=sorted_by,
        place=_integer(top.group("top")) if top else int(extreme),
        second=second,
        nowhere_else=nowhere_else,
    )


_NEVER: dict[Role, str] = {"lead": "lead", "sole": "sole", "shared": "part"}


def _beside(reading: Reading, text: str) -> BodyQuery | None:
    """Read 谁跟甲厅一起牵头: the bodies that share clauses with those that are named."""
    if not worded("bodies.beside", text):
        return None
    roles = _roles(text)
    return BodyQuery(
        roles=roles,
        beside=tuple(Condition(name, roles) for name in reading.links.names),
        left_out=reading.links.names,
        order="falling",
        place=1 if reading.asks("most") else 0,
    )


def _conditions(reading: Reading, text: str) -> ClauseQuery | None:
    """Read 甲局牵头而乙委配合, 甲厅牵头、乙厅没份: clauses by what each named body does in them."""
    found = body_conditions(reading)
    size = read_size(text)
    if size and size.size == Bound(len(reading.links.names), len(reading.links.names)):
        size = None  # 甲厅和乙局两家共同牵头的: the named ones are counted, not what a clause is to have
    told = [one for one in found if one.absent or one.roles != _EVERY]
    alone = read_alone(reading.text, reading.links.agencies)
    if not worded("clauses.asked", text):
        return None  # 这一条是甲局牵头、乙委配合，对吗: a claim about one clause
    if alone:
        return alone
    differ = len({(one.roles, one.absent) for one in found}) > 1 and len(told) == len(found)
    if differ or any(one.absent for one in found):
        return ClauseQuery(conditions=found)
    if size and told:
        return ClauseQuery(found, size.roles, size.size)
    return None


def body_conditions(reading: Reading) -> tuple[Condition, ...]:
    """Return for each named body the part that the question gives to it; every role where it names none."""
    return conditions_of(reading.text, reading.links.agencies)


def conditions_of(text: str, agencies: Sequence[AgencyLink]) -> tuple[Condition, ...]:
    """Return the same for a text and the bodies named in it."""
    first = {link.name: link for link in reversed(agencies)}
    links = sorted(first.values(), key=lambda link: link.start)
    found: list[Condition] = []
    for link, later in reversed(list(zip(links, [*links[1:], None], strict=False))):
        one = _condition(text, link, links, later)
        if found and not one.absent and one.roles == _EVERY and _joins(text[link.end : _start(later)]):
            one = Condition(link.name, found[0].roles, found[0].absent)
        found.insert(0, one)
    return tuple(found)


def _condition(text: str, link: AgencyLink, links: Sequence[AgencyLink], later: AgencyLink | None) -> Condition:
    begin = max((one.end for one in links if one.end <= link.start), default=0)
    before = _STOPS.split(text[begin : link.start])[-1]
    behind = _STOPS.split(text[link.end : _start(later)])[0]
    if told := _told_before(before):
        return Condition(link.name, told)
    rest, left = told_apart(behind)
    if left and not worded("absent.before", before) and not worded("absent.behind", rest):
        behind = rest if _first_role(rest) != _EVERY else behind  # 不牵头、只参与的
    absent = worded("absent.before", before) or worded("absent.behind", behind)
    role = _first_role(behind)
    apart = worded("roles.part", behind) and not worded("roles.shared_alone", behind)  # 既不牵头也不参与
    takes_part = absent and apart
    return Condition(link.name, _EVERY if takes_part else role, absent)  # who does not take part leads nothing either


_STOPS = re.compile(r"[,;。?!]|的(?=任务|那|条|工程|事项|工作)")
_CONTRASTS = re.compile(r"[没无不未但而却]")
_SHORT = 6


def _start(later: AgencyLink | None) -> int | None:
    return later.start if later else None


def _joins(between: str) -> bool:
    """Whether what stands between two names only joins them, perhaps with a name that is not known."""
    plain = not (_STOPS.search(between) or _CONTRASTS.search(between))
    return len(between) <= _SHORT and plain and _first_role(between) == _EVERY


def _told_before(before: str) -> tuple[Role, ...]:
    """Read a role off the words before a name: 牵头的是甲厅, 配合单位有乙局."""
    match = next(matches("roles.before", before), None)
    return _first_role(match.group()) if match else ()


def _first_role(text: str) -> tuple[Role, ...]:
    """Return the role whose word comes first; every one where there is none (参与 is one of all roles beside 牵头 only)."""
    places = {
        role: match.start()
        for role, name in _NEVER.items()
        for match in [next(matches(f"roles.{name}", text), None)]
        if match
    }
    return (min(places, key=lambda role: places[role]),) if places else _EVERY


def _roles(text: str) -> tuple[Role, ...]:
    """Return the roles that a question counts; 参与 alone counts every one."""
    found = tuple(role for role, name in _NEVER.items() if worded(f"roles.{name}", text))
    return OWN if found in ((), ("shared",)) and not worded("roles.shared_alone", text) else found or OWN


def bound_of(match: re.Match[str]) -> Bound:
    """Return the bound that a number makes with the words of comparison on either side of it."""
    number = _integer(match.group("number"))
    words = {match.group("before"), match.group("after")} - {None}
    for name, listed in table()["bounds"]["before"].items():
        if words & {*listed, *table()["bounds"]["after"].get(name, ())}:
            return _BOUNDS[name](number)
    return Bound(number, number)


_BOUNDS: dict[str, Callable[[int], Bound]] = {
    "at_least": Bound,
    "more_than": lambda number: Bound(number + 1),
    "at_most": lambda number: Bound(0, number),
    "less_than": lambda number: Bound(0, number - 1),
}


def _integer(numeral: str) -> int:
    value = int(numeral) if numeral.isdecimal() else read_numeral(numeral)
    return int(value) if value is not None else MANY
