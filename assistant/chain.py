"""The answer chain: read → look up → decide → respond → guard, as LangChain runnables over one frozen turn.

A model words what a finished turn holds (assistant/model); whatever it writes passes the same guard.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import PLAN_NOTE, Answer
from assistant.decide import decide
from assistant.desk import Desk, plain
from assistant.dialogue import carry_over
from assistant.draft import Draft
from assistant.examples import example_questions, examples_beside, suggestions
from assistant.exchange import exchanged
from assistant.guard import guarded
from assistant.hop import read_hop
from assistant.in_parts import InParts
from assistant.leaning import leans_on_context
from assistant.lexicon import lexicon
from assistant.meaning import asked_again
from assistant.normalize import has_content, normalize
from assistant.operands import beside_named, operands
from assistant.reading import Evidence, Reading, Series
from assistant.respond import RESPONDERS
from assistant.respond.refuse import respond_clarify, respond_not_stated, respond_out_of_scope
from assistant.respond.speech import respond_speech
from assistant.retrieve import retrieve
from assistant.state import State
from assistant.told import read_described
from assistant.turn import Turn
from assistant.understand import Reader
from corpus import Corpus, Plan
from index import Hit, Index
from index.retriever import ClauseRetriever

log = logging.getLogger(__name__)

NAMED = 1.0  # share of an indicator that a question names
_HITS = 60  # clauses that are looked at; a body may select one that ranks far down
_SURE = 0.5  # share from which a clause that is described by its subject is taken for the one that is meant
EMPTY = "没有看到问题内容。请输入想了解的任务、指标或单位，例如："
TOO_LONG = "问题太长了，请缩短到一两句话，写出想了解的任务、指标或单位，例如："


class AnswerChain:
    """Answers turns of a dialogue; threads may share it."""

    def __init__(self, corpus: Corpus, index: Index, desks: dict[str, Desk], reader: Reader, longest: int) -> None:
        """``longest``: characters of a question; a longer one gets a friendly answer instead of a search."""
        self._corpus = corpus
        self._index = index
        self._desks = desks
        self._reader = reader
        self._longest = longest
        self._one: Runnable[Turn, Turn] = (
            RunnableLambda(self._read)
            | RunnableLambda(self._look_up)
            | RunnableLambda(self._decide)
            | RunnableLambda(self._respond)
        )
        self.runnable: Runnable[Turn, Turn] = (
            self._one | RunnableLambda(InParts(reader, self._one.invoke).answer) | RunnableLambda(self._guard)
        )

    def answer(self, question: str, state: State, plan_id: str | None = None) -> tuple[Answer, State]:
        """Answer one turn and return what the dialogue is about afterwards."""
        turn = self.take(question, state, plan_id)
        return turn.finished, turn.left

    def take(self, question: str, state: State, plan_id: str | None = None) -> Turn:
        """Return the answered turn, with all that its answer was made of."""
        plan = self._plan_for(question, state, plan_id)
        turn = Turn(question, state, self._desks[plan.plan_id], plan_was_guessed=plan_id is None)
        if spoken := self._speech(question, plan):
            return replace(turn, answer=spoken)
        return self.runnable.invoke(turn)

    def _plan_for(self, question: str, state: State, plan_id: str | None) -> Plan:
        """Choose the plan: the one asked for, the one the question names, that of the turn before, or the best match."""
        if plan_id is not None:
            return self._corpus.plan(plan_id)
        plans = self._corpus.plans
        if len(plans) == 1:
            return plans[0]
        asked = plain(question)
        named = [plan for plan in plans if any(name in asked for name in self._desks[plan.plan_id].called)]
        if len(named) == 1:
            return named[0]
        holding = [plan for plan in plans if any(row.name in question for row in plan.responsibilities)]
        if len(holding) == 1:
            return holding[0]
        if state.plan_id:
            return self._corpus.plan(state.plan_id)
        hits = self._index.search(normalize(question), k=1)
        return self._corpus.plan(hits[0].plan_id) if hits else plans[0]

    def _speech(self, question: str, plan: Plan) -> Answer | None:
        """Answer what is no question: nothing, far too much, a greeting."""
        draft = Draft(plan)
        examples = example_questions(plan)
        if len(question) > self._longest:
            return respond_clarify(draft, TOO_LONG, examples).finish(question)
        text = normalize(question)
        if not has_content(text) or not any(character.isalpha() for character in text):
            return respond_clarify(draft, EMPTY, examples).finish(question)
        act = lexicon().speech_act(text)
        return respond_speech(act, draft, examples).finish(question) if act else None

    def _read(self, turn: Turn) -> Turn:
        if turn.reading:
            return turn
        reading = self._reader.read(turn.question, turn.desk)
        if again := exchanged(reading, turn.state):
            whole = self._reader.read(again, turn.desk)
            return replace(
                turn, reading=replace(whole, question=turn.question, carried=again.rstrip("?。"), whole=True)
            )
        return replace(turn, reading=self._with_word_before(self._named(reading, turn), turn))

    def _with_word_before(self, reading: Reading, turn: Turn) -> Reading:
        """Put the word of the turns before into a fragment that asks what it means (那它是啥意思); else the reading as it is."""
        after_meaning = turn.state.intent == "term" and not reading.links.places
        word, whole = asked_again(reading.text, turn.state.words, reading.plan.text, after_meaning=after_meaning)
        if not word:
            return reading
        return replace(self._reader.read(whole, turn.desk), question=turn.question, carried=f"{word}的含义", whole=True)

    def _named(self, reading: Reading, turn: Turn) -> Reading:
        """Put the names of a clause and of a body in the place of their descriptions, where these find them."""
        reading = self._with_clause(reading, turn)
        hop = read_hop(reading)
        if hop is None:
            return reading
        first = self._one.invoke(Turn(hop.first, State(), turn.desk))
        names = hop.bodies(first.draft.agencies) if first.draft and first.read.intent == "who" else ()
        if not names:
            return reading
        found = self._reader.read(f"{'、'.join(names)}{hop.rest}", turn.desk)
        notes = [reading.carried] if reading.carried else []
        return replace(found, question=turn.question, carried="；".join((*notes, f"所问单位是{'、'.join(names)}")))

    def _with_clause(self, reading: Reading, turn: Turn) -> Reading:
        """Put the number of a clause in the place of its description; the reading as it is where none fits alone."""
        described = read_described(reading)
        if described is None:
            return reading
        found = described.found
        if len(found) != 1:
            first = self._one.invoke(Turn(described.first, State(), turn.desk))
            sure = first.is_answered and first.read.intent == "who" and first.evidence.confidence >= _SURE
            found = tuple(dict.fromkeys(row.clause_id for row in first.draft.agencies)) if sure and first.draft else ()
        if len(found) != 1:
            return reading
        clause = reading.plan.clause(found[0])
        read = self._reader.read(described.named(clause), turn.desk)
        return replace(read, question=turn.question, carried=f"所问条款是{clause.label}")

    def _look_up(self, turn: Turn) -> Turn:
        reading = turn.read
        leans = not reading.whole and turn.state.intent is not None
        fragment = leans and reading.subject.is_empty and leans_on_context(reading, turn.state)
        if fragment:  # 谁牵头 names nothing to find
            evidence = retrieve(reading, turn.desk, [], {})
        else:
            evidence = retrieve(reading, turn.desk, self._hits(reading), self._index.phrases(reading.text))
        evidence = self._with_operands(reading, evidence, turn.desk)
        if not reading.whole:
            reading, evidence = carry_over(reading, turn.state, evidence)
        return replace(turn, reading=reading, evidence=evidence)

    def _hits(self, reading: Reading) -> list[Hit]:
        retriever = ClauseRetriever(index=self._index, k=_HITS, plan_ids=(reading.plan.plan_id,))
        return [document.metadata["hit"] for document in retriever.invoke(reading.searched)]

    def _with_operands(self, reading: Reading, evidence: Evidence, desk: Desk) -> Evidence:
        """Add the two indicators that a question reckons with where it does not name both in full."""
        named = [one for one, share in evidence.series if share >= NAMED]
        both = beside_named(reading, named, lambda text: self._meant(text, desk))
        if len(named) < 2 and not both:
            both = operands(reading, lambda text: self._meant(text, desk))
        if not both:
            return evidence
        others = tuple(pair for pair in evidence.series if pair[0] not in both)
        return replace(evidence, series=(*((one, NAMED) for one in both), *others))

    def _meant(self, text: str, desk: Desk) -> tuple[tuple[Series, float], ...]:
        """Return the indicators that a part of a question means."""
        reading = self._reader.read(text, desk)
        return retrieve(reading, desk, self._hits(reading), self._index.phrases(reading.text)).series

    def _decide(self, turn: Turn) -> Turn:
        reading = turn.read
        decision = decide(reading, turn.evidence)
        return replace(
            turn, decision=decision, reading=replace(reading, intent=decision.intent), evidence=decision.evidence
        )

    def _respond(self, turn: Turn) -> Turn:
        reading, decision = turn.read, turn.decision
        if decision is None:
            raise RuntimeError("no decision")
        draft = Draft(reading.plan)
        examples = example_questions(reading.plan)
        if decision.status == "out_of_scope":
            beside = examples_beside(reading.plan, turn.question)
            return replace(turn, draft=respond_out_of_scope(reading, draft, beside))
        if decision.status == "clarify":
            return replace(turn, draft=respond_clarify(draft, decision.reason, decision.choices or examples))
        if decision.status == "not_stated":
            draft = respond_not_stated(reading, turn.evidence, draft, decision.reason)
            draft.suggestions = draft.suggestions or suggestions(reading.plan, _cited(draft))
            return replace(turn, draft=draft)
        draft = RESPONDERS[decision.intent](reading, turn.evidence, draft)
        draft.suggestions = suggestions(reading.plan, turn.evidence.clauses or _cited(draft), decision.intent)
        return replace(turn, draft=draft)

    def _guard(self, turn: Turn) -> Turn:
        reading, draft = turn.read, turn.draft
        if draft is None:
            raise RuntimeError("no draft")
        notes = [reading.carried] if reading.carried else []
        if len(self._corpus.plans) > 1 and turn.plan_was_guessed:
            notes.append(f"{PLAN_NOTE}{reading.plan.title}")
        answer = replace(draft.finish(turn.question), reading="；".join(notes))
        return replace(turn, answer=guarded(answer, self._corpus, draft.computed))


def _cited(draft: Draft) -> list[str]:
    return [row.clause_id for row in draft.citations]
