"""The bodies in an answer's own sentences: each known, each told with the part that the plan gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.guard_names import Mention, masked
from assistant.guard_sources import Sources
from assistant.guard_text import Line, Sentence
from assistant.guard_wording import guard_words
from corpus.duties import LABEL, LABELS
from corpus.model import Responsibility

_FIRST, _MORE, _NAME = "\ue000", "\ue001", "\ue002"
_RUN = re.compile(f"{_FIRST}{_MORE}*(?:等?\\s*(?:、|和|与|及|以及|会同)\\s*{_FIRST}{_MORE}*)*")
_GLUE = re.compile(f"(?:[^，。；：、|\n{_FIRST}{_MORE}]|、(?=（)){{0,60}}")
_NEXT_CELL = re.compile(r"\s*[|：]\s*")
_HANZI = re.compile("[\u4e00-\u9fff]")
_PART_END = re.compile("[）\n。；]")
_PART = re.compile("[^，。；：|\n]+")
_SEPARATOR = re.compile("[、和与及]|会同")
_PLACES = re.compile("（[\u4e00-\u9fff、]{1,6}）$")
_LONGEST = 14  # characters of a body's name that is not known


@dataclass(frozen=True, slots=True)
class _Claim:
    """That bodies have a part: ``verb`` is the word for it; ``denied``: that they do not have it."""

    bodies: tuple[Mention, ...]
    verb: str
    denied: bool = False


def unproved_bodies(lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    """Yield what is wrong with the bodies that an answer's own lines name."""
    for line in lines:
        if line.is_quotation:
            continue
        for sentence in line.sentences:
            mentions = sources.shelf.names.find(sentence.text)
            bodies = [one for one in mentions if "body" in one.kinds]
            yield from _unknown(sentence, bodies, sources)
            if line.is_question:
                continue
            yield from _invented(sentence, mentions, sources)
            yield from _wrong_roles(line, sentence, mentions, sources)
            yield from _wrong_absences(line, sentence, sources)


def _unknown(sentence: Sentence, bodies: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """Find bodies that stand in no cited words, or not in those that their own markers point to."""
    joined = {name for name, _, _ in sources.duties}
    for one in bodies:
        near = sources.only(sentence.markers_at(one.end))
        if one.name not in joined and not sources.holds(one.name):
            yield f"agency {one.name} has no source"
        elif near is not sources and not near.holds(one.name) and all(row.name != one.name for _, row in near.told):
            yield f"agency {one.name} is not in the words that its marker points to"


def _invented(sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """Find words that end as names of bodies do and stand neither in the plan's names nor in the cited words."""
    words = guard_words()
    text = _signed(sentence, mentions)
    found = [
        _whole(text, like.start(), like.end())
        for like in words.body_like.finditer(text)
        if not words.generic.search(text, 0, like.end())
    ]
    for part in _PART.findall(text):
        found += _listed(part)
    for word in dict.fromkeys(found):
        if len(word) > 1 and not words.generic.search(word) and not _stands_whole(word, sources):
            yield f"agency {word} is in no plan"


def _whole(text: str, start: int, end: int) -> str:
    """Return the word that ends at ``end``, from the last sign or word that no name goes on over (由, 的)."""
    last = end - 2  # no break is looked for in or behind a bracket of places: 各市（州）人民政府
    while end - start < _LONGEST:
        if start and _HANZI.match(text[start - 1]):
            start -= 1
        elif places := _PLACES.search(text, max(0, start - _LONGEST), start):
            start = places.start()
            last = start - 1
        else:
            break
    breaks = guard_words().body_breaks
    return text[next((at + 1 for at in range(last, start - 1, -1) if text[at] in breaks), start) : end]


def _listed(part: str) -> Iterator[str]:
    """Yield what is listed beside bodies, or before the word for a part, and looks like a body: 省甲厅、省乙公司牵头."""
    words = guard_words()
    verb = words.role.search(part)
    given = verb is not None and _FIRST not in part[: verb.start()]
    if _FIRST not in part and not given:
        return
    for item in _SEPARATOR.split(part.rpartition("由")[2] if given else part):
        like = words.weak_body.match(item) if _FIRST not in item else None
        if like:
            yield like["name"]


def _stands_whole(word: str, sources: Sources) -> bool:
    """Whether a word, or its end, is a whole word of the cited text: 省能源局 there does not prove 市能源局."""
    bracket = word.find("（")
    for start in range(len(word) - 1 if bracket < 0 else bracket):
        at = sources.text.find(word[start:])
        while at >= 0:
            before = sources.text[at - 1 : at]
            if not _HANZI.match(before) or before == "由":
                return True
            at = sources.text.find(word[start:], at + 1)
    return False


def _signed(sentence: Sentence, mentions: Sequence[Mention]) -> str:
    """Return the sentence with a sign for each body and one for each other name, all offsets kept."""
    text = masked(sentence.text, mentions, lambda one: _MORE if "body" in one.kinds else _NAME)
    for one in mentions:
        if "body" in one.kinds:
            text = f"{text[: one.start]}{_FIRST}{text[one.start + 1 :]}"
    return text


def _wrong_roles(line: Line, sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[str]:
    for claim in _claims(line, sentence, mentions, sources):
        for body in claim.bodies:
            told = _duties(line, sentence, body, sources)
            fits = any(_fits(row, plan_id, claim, sources) for plan_id, row in told)
            if fits is claim.denied:
                said = "denied" if claim.denied else "told"
                yield f"agency {body.name} is {said} the part {claim.verb} against the plan"


def _claims(line: Line, sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[_Claim]:
    """Read 甲、乙牵头, 牵头的是甲, 甲在这一条的角色是…, and what a list says of its items."""
    words = guard_words()
    text = _signed(sentence, mentions)
    bodies = [one for one in mentions if "body" in one.kinds]
    for run in _RUN.finditer(text):
        listed = tuple(one for one in bodies if run.start() <= one.start < run.end())
        title = words.title.search(text, 0, run.start())
        if not title and line.over and not text[: run.start()].strip():
            title = words.title.search(line.over.text)
        if title:
            denied = title.string is text and words.denial.search(text, title.end("verb"), run.start())
            yield _Claim(listed, title["verb"], bool(denied))
        if not title or title["verb"] in words.any_role:
            yield from _said_behind(text, run, listed)
    if line.over and (opening := words.role.match(text)) and text[opening.end() : opening.end() + 1] == "：":
        over = [one for part in line.over.sentences for one in sources.shelf.names.find(part.text)]
        named = tuple(one for one in over if "body" in one.kinds)
        if len({one.name for one in named}) == 1:
            yield _Claim(named[:1], opening[0])


def _said_behind(text: str, run: re.Match[str], listed: tuple[Mention, ...]) -> Iterator[_Claim]:
    """Read the word for a part that follows bodies in the same part of a sentence, or in the next cell of a table."""
    words = guard_words()
    cell = _NEXT_CELL.match(text, run.end())
    glue = _GLUE.match(text, run.end())
    verb = words.role.match(text, cell.end()) if cell else None
    verb = verb or words.role.search(text, run.end(), glue.end() if glue else run.end())
    if verb:
        before = words.denial.search(text, max(0, run.start() - 3), run.start())
        yield _Claim(listed, verb[0], bool(before or words.denial.search(text, run.end(), verb.start())))


def _duties(line: Line, sentence: Sentence, body: Mention, sources: Sources) -> list[tuple[str, Responsibility]]:
    """Return a body's duties in the clauses that the sentence (else its line) names, else in the words cited there."""
    texts = (sentence.text, line.text, line.over.text if line.over else "")
    named = next(filter(None, (_named_clauses(text, sources) for text in texts)), None)
    if named:
        return [found for found in sources.shelf.duties_of(body.name) if (found[0], found[1].clause_id) in named]
    return [
        (plan_id, row) for plan_id, row in sources.only(sentence.markers_at(body.end)).told if row.name == body.name
    ]


def _named_clauses(text: str, sources: Sources) -> set[tuple[str, str]]:
    return {
        (plan_id, clause.clause_id)
        for one in sources.shelf.names.find(text)
        if "clause" in one.kinds
        for plan_id, clause in sources.shelf.names.clauses[one.name]
        if any(plan.plan_id == plan_id for plan in sources.plans)
    }


def _fits(row: Responsibility, plan_id: str, claim: _Claim, sources: Sources) -> bool:
    allowed = guard_words().roles[claim.verb]
    if row.role in allowed or row.role != "shared" or "open" not in allowed:
        return row.role in allowed
    own = _own_word(row, sources.shelf.plans[plan_id].text)
    return own == claim.verb or (len(claim.bodies) > 1 and own not in guard_words().told_apart)


def _own_word(row: Responsibility, text: str) -> str:
    """Return the plan's own word for a body's part: the first behind its name, or the label before it (配合单位：甲)."""
    end = _PART_END.search(text, row.end)
    stop = end.start() if end else len(text)
    label = LABEL.search(text, row.end, stop)
    verb = guard_words().role.search(text, row.end, label.start() if label else stop)
    if verb:
        return verb[0]
    begin = max(text.rfind(sign, 0, row.start) for sign in "（\n。")
    labels = [found["label"] for found in LABEL.finditer(text, begin + 1, row.start)]
    if not labels:
        return ""
    part = guard_words().role.match(labels[-1])
    return "负责" if LABELS[labels[-1]] == "plain" else part[0] if part else ""


def _wrong_absences(line: Line, sentence: Sentence, sources: Sources) -> Iterator[str]:
    """Check 方案未明确牵头单位 against the duties of the clauses that the line names."""
    for said, roles in guard_words().absences.items():
        if said not in sentence.text:
            continue
        named = _named_clauses(line.text, sources)
        for plan in sources.plans:
            had = [row for row in plan.responsibilities if (plan.plan_id, row.clause_id) in named]
            if any(row.role in roles for row in had):
                yield f"the plan names bodies where the answer says {said}"
