"""The questions of one turn, answered one after another as a dialogue and told as one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.desk import Desk
from assistant.joint import joint
from assistant.leaning import leans_on_context
from assistant.normalize import normalize
from assistant.premise import rests_on_error
from assistant.reading import Reading
from assistant.several import MOST, Part, english_parts, parts, shared_out, weighs
from assistant.state import State
from assistant.turn import Turn, leave_together
from assistant.understand import Reader

_TERM = 2  # characters; a longer word that the plan does not hold names something else than the words before


class InParts:
    """Answers the parts of a turn, each by ``one``, the stages that answer one question."""

    def __init__(self, reader: Reader, one: Callable[[Turn], Turn]) -> None:
        self._reader = reader
        self._one = one

    def answer(self, turn: Turn) -> Turn:
        """Answer the questions of a turn one after another, as a dialogue, where that says more than one answer."""
        found = _parts_of(turn)
        if not found or len(found) > MOST or (len(found) == 1 and not (found[0].before or found[0].aside)):
            return turn
        if len(found) > 1 and turn.is_answered and any(weighs(part.text) for part in found):
            found = _with_weighed(found)
            if len(found) == 1:
                return turn
        if (
            len(found) == 1
            and turn.is_answered
            and turn.read.intent == "who"
            and rests_on_error(turn.read, turn.evidence)
        ):
            return turn  # 既然某事由甲局牵头，那谁配合: what is taken for granted is put right in the whole
        told = self._one_by_one(turn, found)
        draft = joint(turn.told(), [one.told(number) for number, one in enumerate(told, 1)])
        if draft is None:
            return turn
        notes = dict.fromkeys(one.read.carried for one in told if one.read.carried)
        last = [one for one in told if one.is_answered][-1]
        return replace(
            last,
            question=turn.question,
            state=turn.state,
            reading=replace(last.read, carried="；".join(notes)),
            draft=draft,
            after=leave_together(last, told),
        )

    def _one_by_one(self, turn: Turn, found: Sequence[Part]) -> list[Turn]:
        """Answer each part with the state that the part before it leaves."""
        state = turn.state
        told: list[Turn] = []
        for part in found:
            own = self._reader.read(part.text, turn.desk)
            before = part.before if part.before and _needs(own, part.before, turn.desk) else ""
            aside = part.aside and self._reader.read(part.aside, turn.desk)
            if aside and (
                set(own.subject.words) & set(aside.subject.words) or set(own.links.names) & set(aside.links.names)
            ):
                before += part.aside  # 括号里没写甲，那甲要不要落实: both speak of one matter
            elif aside:
                silent = self._one(replace(turn, question=part.aside, reading=aside, state=state))
                state = silent.leaves(state)
            one = replace(turn, question=f"{before}{part.text}", reading=None if before else own, state=state)
            # a turn that is one part as a whole was answered before
            answered = turn if one.question == turn.question else self._one(one)
            names_another = any(len(word) > _TERM and word not in turn.desk.plan.text for word in own.subject.words)
            if told and not names_another:
                answered = self._with_words_before(answered, told[-1])
            if not (told and own.subject.is_empty and _denies_what_was_quoted(answered, told[-1])):
                told.append(answered)
            state = told[-1].leaves(state)
        return told

    def _with_words_before(self, turn: Turn, before: Turn) -> Turn:
        """Ask a part for a figure again in the words of the part before it, where it leans on that and finds none.

        养猪场的粪怎么处理，目标多少: the clause told of in the first part holds many targets, its words mean one.
        """
        if not _finds_no_figure(turn):
            return turn
        again = self._one(Turn(f"{before.question}{turn.question}", State(), turn.desk))
        found = again.is_answered and again.read.intent in ("value", "table")
        return replace(again, state=turn.state) if found else turn


def _with_weighed(found: Sequence[Part]) -> tuple[Part, ...]:
    """Put the pieces up to the last one that weighs into one: 甲率和乙率哪个高，高多少 | 谁牵头."""
    last = max(at for at, part in enumerate(found) if weighs(part.text))
    whole = "，".join(f"{part.before}{part.aside}{part.text}" for part in found[: last + 1])
    return (Part(whole), *found[last + 1 :])


def _parts_of(turn: Turn) -> tuple[Part, ...]:
    """Return the questions of a turn; one that is shared out among several things, once for each of them."""
    reading = turn.read
    if reading.english:
        return english_parts(turn.question)
    text = reading.text if reading.ordered else turn.question
    found = parts(text)
    if len(found) < 2 and reading.intent in ("value", "content", "who"):
        return shared_out(text) or found
    return found


def _needs(own: Reading, before: str, desk: Desk) -> bool:
    """Whether a part needs what the turn tells before it: it points back, or names no body, clause or year itself.

    A place is left out: who lives somewhere asks for the plan's own figures unless the question names the place.
    """
    told = desk.linker.link(normalize(before))
    bodies = (told.agencies or told.unknown_bodies) and not (own.links.agencies or own.links.unknown_bodies)
    clauses = (told.clauses or told.missing_clauses) and not (own.links.clauses or own.links.missing_clauses)
    times = (told.years or told.other_periods) and not (own.links.years or own.links.other_periods)
    return (own.subject.is_empty and leans_on_context(own)) or bool(bodies or clauses or times)


def _finds_no_figure(turn: Turn) -> bool:
    """Whether a part that asks for a figure is told that there is none, or nothing on what it names."""
    reason = turn.decision.reason if turn.decision and not turn.is_answered else ""
    return reason == "figure" or (reason == "subject" and turn.read.asks("amount", "count", "indicator"))


def _denies_what_was_quoted(turn: Turn, before: Turn) -> bool:
    """Whether a part would be told that there is no figure behind a quotation of figures, or of a clause with targets."""
    if not (turn.read.carried and _finds_no_figure(turn)):
        return False
    rows = list(before.draft.rows) if before.draft else []
    if turn.read.asks("indicator"):
        rows += [row for one in turn.evidence.clauses[:1] for row in turn.desk.plan.targets(one)]
    return any(row.is_numeric for row in rows)
