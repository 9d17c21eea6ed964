"""The answers to the questions of one turn as one answer, or none where the turn is better read as one question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.decide.outside import outside
from assistant.draft import Draft
from assistant.intent import Intent
from assistant.reading import Reading
from assistant.respond.refuse import REASONS
from assistant.respond.who import ASKED_TARGET

_MARKER = re.compile(r"\[(\d+)\]")
_SENTENCE = re.compile(r"[^。\n]+")
_SWEPT = 3  # clauses; 谁牵头 after a question over all clauses asks of none of them
_ORDINALS = "一二三四五六七八九"
OUT_OF_SCOPE = "不在我的回答范围内，我只回答已收录方案里的内容。"
OFF_TOPIC = 0.5  # share from which a question is told to be about something else than plans
_NEVER_STATED = ("contact", "person", "money", "actual")  # cue groups and reasons of one name


@dataclass(frozen=True)
class Told:
    """What one question of a turn, or the turn as a whole, would be told. ``number``: the question's place in the turn."""

    reading: Reading
    draft: Draft
    number: int = 1

    @property
    def intent(self) -> Intent:
        """What the question asks for."""
        return self.reading.intent

    @property
    def leans(self) -> bool:
        """Whether the question was read with what the one before it was about."""
        return bool(self.reading.carried)

    @property
    def reason(self) -> str:
        """Why the question is not answered; empty where that is not understood."""
        if self.draft.status == "not_stated":
            return self.draft.lines[0]
        if self.draft.status == "clarify":
            return ""
        away = outside(self.reading)
        if self.reading.off_topic >= OFF_TOPIC or away.wishes or away.topics:
            return OUT_OF_SCOPE
        return next((REASONS[group] for group in _NEVER_STATED if self.reading.asks(group)), "")

    @property
    def answered(self) -> bool:
        """Whether the plan answers the question."""
        return self.draft.status == "answered"

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Where in the plan the answer's proof stands."""
        return frozenset((row.start, row.end) for row in self.draft.citations)

    @property
    def own_lines(self) -> list[str]:
        """The lines that answer the question: all but the asides."""
        return [line for line in self.draft.lines if line not in self.draft.asides.values()]


def joint(whole: Told, told: Sequence[Told]) -> Draft | None:
    """Return the parts' answers as one draft; None where the whole turn's own answer is to stand.

    It stands where a part cannot be understood alone, where no part is answered, and where it says all that they say.
    """
    if not any(one.answered for one in told) or (whole.answered and any(_unclear(one) for one in told)):
        return None
    kept = _different([_with_subject(one, whole) for one in told])
    if whole.answered and (_same(kept, told, whole) or all(_covers(whole, one) for one in kept)):
        return None
    return kept[0].draft if len(kept) == 1 else _join(kept)


def _unclear(one: Told) -> bool:
    """Whether a part makes no sense alone: it is not understood, or leans on the one before and sweeps over the plan."""
    swept = {row.clause_id for row in one.draft.agencies} if one.leans and one.intent == "who" else set()
    return not (one.answered or one.reason) or len(swept) > _SWEPT


def _with_subject(one: Told, whole: Told) -> Told:
    """Take the whole turn's answer for a leaning part that asks the same of more clauses: it was read with the subject.

    能耗双控制度怎么完善，由哪个部门牵头: 牵头 is asked of the one clause, not of all that speak of the subject.
    """
    if (
        one.leans
        and one.answered
        and whole.answered
        and one.intent == whole.intent == "who"
        and whole.places < one.places
    ):
        return replace(one, draft=whole.draft)
    return one


def _different(told: Sequence[Told]) -> list[Told]:
    """Drop the parts that are told what another part of the same kind is told."""
    kept: list[Told] = []
    for one in told:
        if not any(_repeats(one, other) for other in kept):
            kept = [other for other in kept if not _repeats(other, one)] + [one]
    return kept


def _same(kept: Sequence[Told], told: Sequence[Told], whole: Told) -> bool:
    """Whether all parts are told one thing, and the whole turn no less (甲厅牵头哪些，参与了哪些 asks for more roles)."""
    only = kept[0]
    less = only.intent == whole.intent and only.intent in ("tasks", "content") and whole.places < only.places
    return len(kept) == 1 < len(told) and not less


def _repeats(one: Told, other: Told) -> bool:
    if one.draft.status != other.draft.status or one.intent != other.intent:
        return False
    if one.intent == "table" and one.draft.rows != other.draft.rows and not _covers(other, one):
        return False  # 最高的是哪项 is not told by a list that holds it
    return one.places <= other.places and one.draft.computed <= other.draft.computed


def _covers(whole: Told, part: Told) -> bool:
    """Whether the whole turn's answer holds every sentence that a part is told."""
    said = _plain("\n".join(whole.draft.lines))
    sentences = [one.strip() for line in part.own_lines for one in _SENTENCE.findall(_plain(line))]
    return part.answered and all(sentence in said for sentence in sentences)


def _plain(line: str) -> str:
    """Return a line without its markers, for comparing what it says."""
    return _MARKER.sub("", line).removeprefix(ASKED_TARGET)


def _join(told: Sequence[Told]) -> Draft:
    """Put the answers one after another: each line once, each place cited once, who is responsible at the end."""
    draft = Draft(told[0].draft.plan)
    said: set[str] = set()
    for one in told:
        lines = one.own_lines if one.answered else [_untold(one)]
        draft.take_over(one.draft, [line for line in lines if _plain(line) not in said])
        draft.computed |= one.draft.computed
        said.update(_plain(line) for line in lines if _MARKER.search(line))  # what is proved is said once
    answered = [one for one in told if one.answered]
    unasked = dict(_unasked(answered))
    for clause_id, (part, line) in unasked.items():
        draft.take_over(part.draft, [line])
        draft.asides[clause_id] = draft.lines[-1]
    for one in answered:
        silent = one.draft.asides.keys() - unasked.keys()
        draft.agencies += [
            row for row in one.draft.agencies if row.clause_id not in silent and row not in draft.agencies
        ]
        draft.use_rows(one.draft.rows)
        draft.counted += one.draft.counted
        draft.suggestions = one.draft.suggestions or draft.suggestions
    return draft


def _untold(one: Told) -> str:
    """Say of a question only that it is not answered; its own words are not repeated."""
    return f"第{_ORDINALS[one.number - 1]}问：{one.reason or REASONS['subject']}"


def _unasked(told: Sequence[Told]) -> Iterator[tuple[str, tuple[Told, str]]]:
    """Yield by clause the asides that are still to be said: none of a part whose bodies the next one asks for."""
    asked = {row.clause_id for one in told if one.intent == "who" for row in one.draft.agencies}
    for at, one in enumerate(told):
        following = told[at + 1] if at + 1 < len(told) else None
        if following and following.intent == "who" and following.leans:
            continue
        yield from ((clause_id, (one, line)) for clause_id, line in one.draft.asides.items() if clause_id not in asked)
