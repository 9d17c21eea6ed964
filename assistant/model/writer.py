"""A finished turn is worded by the model, sentence by sentence; whatever fails, the answer that was there before stands."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.draft import Draft
from assistant.guard import faults as guard_faults
from assistant.model.check import Checker, Fault
from assistant.model.compose import Shown, compose, partial
from assistant.model.endpoint import Model
from assistant.model.evidence import evidence_of, is_asked
from assistant.model.faults import ModelFault
from assistant.model.handles import LONGEST, Item, Said, Sentences, read_sentence
from assistant.model.prompts import Prompts
from assistant.model.written import Written
from assistant.records.masking import mask
from assistant.turn import Turn
from corpus import Corpus

MOST = 8  # sentences that are read from one reply
REPAIRS = 2
SPARE_SECONDS = 3.0  # that must be left for a repair to begin

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Place:
    """A place in the answer: what the model said there, what is wrong with it, and what is shown."""

    said: Said
    faults: tuple[Fault, ...] = ()
    shown: Shown | None = None
    repaired: bool = False


@dataclass(slots=True)
class _Sheet:
    """One answer on its way."""

    items: dict[str, Item]
    places: list[_Place] = field(default_factory=list)
    read: int = 0
    written: int = 0

    @property
    def shown(self) -> list[Shown]:
        return [one.shown for one in self.places if one.shown]


class Writer:
    """Words answers by a model; threads may share it."""

    def __init__(self, model: Model, prompts: Prompts, deadline: float, corpus: Corpus, checker: Checker) -> None:
        """``deadline``: seconds from the question to the whole answer."""
        self._model = model
        self._prompts = prompts
        self._deadline = deadline
        self._corpus = corpus
        self._checker = checker

    def write(self, turn: Turn, started: float) -> Iterator[Answer]:
        """Yield the answer as it grows, then the finished one; ``started``: ``time.monotonic()`` of the question."""
        whole, draft = turn.finished, turn.draft
        items = evidence_of(turn, draft) if draft and is_asked(turn, draft) else ()
        if draft is None or not items:
            yield whole
            return
        sheet = _Sheet({one.handle: one for one in items})
        try:
            yield partial(whole, draft, (), self._told(sheet))
            for _ in self._sentences(self._asked(turn, items), sheet, started + self._deadline):
                yield partial(whole, draft, sheet.shown, self._told(sheet))
            self._mend(sheet, started + self._deadline)
            yield self._finished(whole, draft, sheet)
        except ModelFault as fault:
            log.warning("answered without the model: %s %s", fault.reason, fault.detail)
            yield replace(
                whole, written=replace(self._told(sheet), kept=0, repaired=0, replaced=0, fallback=fault.reason)
            )
        except Exception:
            log.exception("answered without the model")
            yield replace(whole, written=Written(self._model.name, self._prompts.hashes, fallback="error"))

    def _asked(self, turn: Turn, items: Sequence[Item]) -> str:
        """Return what the model gets: the evidence, the question, and how a follow-up was understood; nobody's data."""
        question = turn.question + (f"（{turn.read.carried}）" if turn.read.carried else "")
        return self._prompts.fill("evidence", evidence="\n".join(one.line for one in items), question=mask(question))

    def _sentences(self, asked: str, sheet: _Sheet, until: float) -> Iterator[_Place]:
        """Yield the places of the answer as the model writes them and they are checked."""
        cut = Sentences()
        count = 0
        for text in self._pieces(self._prompts.fill("answer"), asked, sheet, until):
            for raw in cut.feed(text):
                count += 1
                yield from self._placed(raw, sheet)
            if cut.held > LONGEST:
                raise ModelFault("too_long", "a sentence without an end")
            if count >= MOST:
                return
        for raw in cut.end():
            yield from self._placed(raw, sheet)

    def _pieces(self, system: str, user: str, sheet: _Sheet, until: float) -> Iterator[str]:
        """Yield the reply's text and count its tokens."""
        for piece in self._model.write(system, user, until):
            sheet.read += piece.read
            sheet.written += piece.written
            if piece.text:
                yield piece.text

    def _placed(self, raw: str, sheet: _Sheet) -> Iterator[_Place]:
        said = read_sentence(raw, list(sheet.items.values()))
        if said is None or any(said.words == one.said.words for one in sheet.places):
            return
        place = _Place(said)
        self._judge(place, said, sheet)
        sheet.places.append(place)
        if place.shown:
            yield place

    def _judge(self, place: _Place, said: Said, sheet: _Sheet) -> None:
        """Check a sentence and show it where nothing is wrong with it."""
        items = tuple(sheet.items[one] for one in said.handles)
        faults = self._faults(said.words, items)
        if not items and (proof := self._proof(said.words, sheet)):
            place.shown, place.repaired = Shown(said.words, (proof,)), True
        elif not faults:
            place.shown = Shown(said.words, items)
        place.faults = place.faults or faults

    def _faults(self, words: str, items: Sequence[Item]) -> tuple[Fault, ...]:
        numbered = [replace(one.citation, marker=number) for number, one in enumerate(items, 1)]
        return self._checker.faults(words, numbered)

    def _proof(self, words: str, sheet: _Sheet) -> Item | None:
        """Return the one item that proves a sentence without a handle; small models forget them."""
        return next((one for one in sheet.items.values() if not self._faults(words, (one,))), None)

    def _mend(self, sheet: _Sheet, until: float) -> None:
        """Let the model repair what failed, once each, while there is time; else put the plan's own sentence there."""
        repairs = 0
        for place in sheet.places:
            if place.shown:
                continue
            log.info("sentence failed: %s", "; ".join(one.what for one in place.faults))
            if repairs < REPAIRS and until - time.monotonic() > SPARE_SECONDS:
                repairs += 1
                self._repair(place, sheet, until)
        quoted = {item.handle for one in sheet.shown for item in one.items}
        for place in sheet.places:
            own = [one for one in place.said.handles if one not in quoted] if not place.shown else []
            if own:
                quoted.add(own[0])
                place.shown = Shown(sheet.items[own[0]].text, (sheet.items[own[0]],), is_quotation=True)

    def _repair(self, place: _Place, sheet: _Sheet, until: float) -> None:
        items = [sheet.items[one] for one in place.said.handles] or list(sheet.items.values())
        asked = self._prompts.fill(
            "repair",
            evidence="\n".join(one.line for one in items),
            reason="；".join(dict.fromkeys(one.told for one in place.faults)),
            sentence=place.said.words,
        )
        try:
            reply = "".join(self._pieces(self._prompts.fill("answer"), asked, sheet, until))
        except ModelFault as fault:
            log.warning("no repair: %s %s", fault.reason, fault.detail)
            return
        cut = Sentences()
        raw = next((one for one in (*cut.feed(reply), *cut.end())), "")
        said = read_sentence(raw, items)
        if said and all(said.words != one.shown.words for one in sheet.places if one.shown):
            self._judge(place, said, sheet)
            place.repaired = place.shown is not None

    def _finished(self, whole: Answer, draft: Draft, sheet: _Sheet) -> Answer:
        """Return the answer with the model's sentences, or raise where none of them, or not the whole, is proved."""
        if not sheet.places:
            raise ModelFault("empty")
        told = self._told(sheet)
        if not told.kept and not told.repaired:
            raise ModelFault("unproved", "; ".join(told.faults))
        answer = compose(whole, draft, sheet.shown, told)
        if wrong := guard_faults(answer, self._corpus, draft.computed):
            raise ModelFault("guard", "; ".join(wrong))
        return answer

    def _told(self, sheet: _Sheet) -> Written:
        shown = [one for one in sheet.places if one.shown]
        return Written(
            self._model.name,
            self._prompts.hashes,
            kept=sum(not one.repaired and not one.shown.is_quotation for one in shown if one.shown),
            repaired=sum(one.repaired for one in shown),
            replaced=sum(one.shown.is_quotation for one in shown if one.shown),
            dropped=len(sheet.places) - len(shown),
            faults=tuple(fault.what for one in sheet.places for fault in one.faults),
            read=sheet.read,
            written=sheet.written,
        )
