"""The form of an answer, whatever was asked: every tuning question, read again by the auditor's own eyes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer
from assistant.guard import WITHHELD
from assistant.service import FAILED, Assistant
from corpus import Corpus, Plan
from evals.proof import prove
from evals.question import Question
from evals.reply import Reply, read_reply

Tuned = list[tuple[Question, Answer]]
ROOT = Path(__file__).parents[2]
KEYS = ["version", "id", "question", "status", "answer", "citations", "agencies", "indicators", "mode", "timings_ms"]
ALSO = {"reading", "suggestions"}  # for the faces; empty ones are left out
MARKER = re.compile(r"\[(\d+)\]")


def plain(answer: Answer) -> str:
    return MARKER.sub("", answer.answer)


def test_every_answer_is_of_the_contract_form(tuned: Tuned) -> None:
    """Keys, their order and their types are those of version 1, for every question."""
    for question, answer in tuned:
        payload = json.loads(json.dumps(answer.to_json(question.id), ensure_ascii=False))
        assert isinstance(read_reply(payload), Reply), question.id
        assert [key for key in payload if key not in ALSO] == KEYS, question.id
        assert payload["id"] == question.id
        assert payload["question"] == question.question
        assert payload["mode"] == "extractive"
        assert payload["timings_ms"]["total"] >= 0
        assert all(payload.get(key, True) for key in ALSO), question.id


def test_every_answer_is_proved(tuned: Tuned, plan: Plan) -> None:
    """The auditor, that shares no check with the assistant, finds nothing in any answer that the plan does not prove."""
    plans = {plan.plan_id: plan}
    replies = [(one.id, Reply.model_validate(answer.to_json(one.id))) for one, answer in tuned]
    assert {name: found for name, reply in replies if (found := prove(reply, plans))} == {}


def test_citations_stand_in_the_plan(tuned: Tuned, plan: Plan) -> None:
    """Each quotation is the plan's text at its offsets, within the clause that it names, under that clause's label."""
    for question, answer in tuned:
        for row in answer.citations:
            clause = plan.clause(row.clause_id)
            assert plan.text[row.start : row.end] == row.quote != "", question.id
            assert clause.start <= row.start < row.end <= clause.end, question.id
            assert (row.plan_id, row.label) == (plan.plan_id, clause.label), question.id


def test_markers_and_citations_match(tuned: Tuned) -> None:
    """The markers of a text are 1 to n, and so are its citations."""
    for question, answer in tuned:
        used = {int(marker) for marker in MARKER.findall(answer.answer)}
        assert [row.marker for row in answer.citations] == list(range(1, len(used) + 1)), question.id
        assert used == {row.marker for row in answer.citations}, question.id


def test_bodies_are_named_in_the_text(tuned: Tuned, plan: Plan) -> None:
    """Every body of an answer has that role in that clause, is named in the text, and is given once."""
    duties = {(row.name, row.role, row.clause_id) for row in plan.responsibilities}
    for question, answer in tuned:
        given = [(row.name, row.role, row.clause_id) for row in answer.agencies]
        assert set(given) <= duties, question.id
        assert len(set(given)) == len(given), question.id
        assert all(row.name in answer.answer for row in answer.agencies), question.id


def test_quotation_lines_are_the_plans_words(tuned: Tuned, plan: Plan) -> None:
    """A line of quotation holds nothing but the plan's own words, and carries the marker of its place."""
    text = plan.text.replace("\n", "")
    for question, answer in tuned:
        for line in answer.answer.splitlines():
            if line.startswith(">"):
                assert MARKER.sub("", line[1:]).strip() in text, question.id
                assert MARKER.search(line), question.id


def test_nothing_is_withheld_and_nothing_fails(tuned: Tuned) -> None:
    """No answer to a tuning question is stopped by the guard or by a fault."""
    assert [one.id for one, answer in tuned if answer.answer in (WITHHELD, FAILED)] == []


def test_refusals_hold_no_fact(tuned: Tuned, plan: Plan) -> None:
    """What is not stated, out of scope or unclear joins no body and no target, and says no figure of the plan's."""
    figures = [
        re.compile(rf"(?<![\d.]){row.value}\s?{re.escape(row.unit)}") for row in plan.indicators if row.is_numeric
    ]
    for question, answer in tuned:
        if answer.status == "answered":
            continue
        assert (answer.agencies, answer.indicators) == ((), ()), question.id
        assert not any(figure.search(plain(answer)) for figure in figures), question.id
        if answer.status != "not_stated":
            assert answer.citations == (), question.id
            assert not re.search(r"\d", answer.answer), question.id


def test_answers_say_something(tuned: Tuned) -> None:
    """Every answer has words, an answered one cites the plan, and one that asks back or declines offers questions."""
    for question, answer in tuned:
        assert answer.answer.strip(), question.id
        assert answer.citations or answer.status != "answered", question.id
        assert answer.suggestions or answer.status in ("answered", "not_stated"), question.id


def test_suggestions_are_questions_that_are_answered(assistant: Assistant, tuned: Tuned) -> None:
    """Whatever is offered to be asked next has an answer."""
    offered = {text for _, answer in tuned[::5] for text in answer.suggestions if text.endswith("？")}
    assert len(offered) > 20
    assert [text for text in sorted(offered)[:60] if assistant.ask(text).status != "answered"] == []


def test_history_is_replayed_as_one_dialogue(assistant: Assistant) -> None:
    """Earlier turns are answered first, only the last answer is given, and it is read with them in mind."""
    answer = assistant.ask("秸秆呢？", ["2025年农村生活污水治理率是多少？"])
    assert (answer.question, [row.indicator_id for row in answer.indicators]) == ("秸秆呢？", ["straw-use"])
    assert assistant.ask("那参与的单位呢？", ["交通物流节能减排工程谁牵头？"]).agencies[0].clause_id == "3.4"


def test_one_dialogue_leaves_nothing_for_the_next(assistant: Assistant) -> None:
    """A fragment asked alone is not read with the dialogue that was asked before it."""
    alone = assistant.ask("那它是多少？")
    assistant.ask("农村生活污水治理率是多少？")
    assert replace(assistant.ask("那它是多少？"), timings_ms={}) == replace(alone, timings_ms={})


def test_a_plan_can_be_named(assistant: Assistant, corpus: Corpus) -> None:
    """The plan's id limits the question to it and changes nothing where there is one plan."""
    question, plan_id = "秸秆综合利用率的目标是多少？", corpus.plans[0].plan_id
    named, open_ = assistant.ask(question, plan_id=plan_id), assistant.ask(question)
    assert replace(named, timings_ms={}) == replace(open_, timings_ms={})


def bytes_of(answer: Answer, name: str) -> bytes:
    return json.dumps(answer.to_json(name) | {"timings_ms": {}}, ensure_ascii=False).encode()


def in_a_process_of_its_own(questions: list[Question], commands: dict[str, str], seed: str) -> list[bytes]:
    """Ask all questions of the command in a process with its own hash seed."""
    batch = "".join(json.dumps(one.request(), ensure_ascii=False) + "\n" for one in questions)
    command = [sys.executable, "-m", "assistant", "ask", "--json", "--batch", "-"]
    done = subprocess.run(  # noqa: S603
        command,
        input=batch.encode(),
        capture_output=True,
        env={**commands, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        check=True,
    )
    assert done.stderr == b""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [json.dumps(line | {"timings_ms": {}}, ensure_ascii=False).encode() for line in lines]


def test_the_same_bytes_in_three_processes(tuned: Tuned, commands: dict[str, str], thorough: bool) -> None:
    """The same questions get the same bytes here and in two processes with other hash seeds, timings aside."""
    asked = tuned if thorough else tuned[::12]
    here = [bytes_of(answer, one.id) for one, answer in asked]
    for seed in ("1", "4242"):
        assert in_a_process_of_its_own([one for one, _ in asked], commands, seed) == here
