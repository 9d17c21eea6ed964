"""A model that fails in every way that is known: each answer is true, in time, and gives nothing away."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.model.endpoint import endpoint_of
from assistant.service import Assistant, open_writer
from assistant.settings import Settings, load_settings
from corpus import load_corpus
from corpus.add import add_plan
from index import build_index, open_encoder
from tests.model_faults import FAULTS, LIES, ORDER, Fault
from tests.model_stub import ModelStub, speaking
from tests.model_trial import (
    CANARY,
    Trial,
    ask,
    at_address,
    close,
    try_absence,
    try_redirect,
    try_serve,
    with_model,
)
from tests.model_writer import write

# An open question whose answer holds figures with 以上, 力争 and 不低于; one about a clause that has targets and bodies.
QUESTIONS = ("烧秸秆冒烟，以后秸秆往哪去", "煤炭怎么清洁利用")
OUTAGES = [fault for fault in FAULTS if fault.is_outage]
CALM = 20.0  # seconds: where the model is to answer, a busy machine may take its time
WRITING = [fault for fault in FAULTS if not fault.is_outage]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load the vendor's libraries before the clock starts."""
    import langchain_openai  # noqa: F401


@pytest.fixture
def good(assistant: Assistant) -> Iterator[tuple[Assistant, ModelStub]]:
    """The assistant with a model that behaves, and the model's server."""
    with with_model(assistant, speaking(write), CALM) as both:
        yield both


def check(trial: Trial) -> None:
    assert trial.is_true, trial.faults
    assert trial.is_in_time, trial.seconds
    assert not [lie for lie in LIES if lie in trial.answer.answer]
    assert CANARY not in json.dumps(trial.answer.to_json(), ensure_ascii=False)


def test_there_are_many_faults() -> None:
    """The faults that the product was promised to survive are among those tried, each once."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) > 30
    assert len(OUTAGES) > 10


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_model_without_faults_words_the_answer(good: tuple[Assistant, ModelStub], question: str) -> None:
    """The same question, asked of a model that behaves, is worded by it: what the other tests see is due to the fault."""
    trial = ask(good[0], question, good[1])
    check(trial)
    assert trial.answer.mode == "model"
    assert trial.answer.written
    assert trial.answer.written.kept
    assert trial.answer.written.read > 100


@pytest.mark.parametrize("fault", OUTAGES, ids=lambda fault: fault.name)
def test_an_outage_leaves_the_plans_own_words(assistant: Assistant, fault: Fault) -> None:
    """Where the server gives nothing of use, the answer in time is the very one without a model, and says why."""
    trial = try_serve(assistant, fault.serve(write), QUESTIONS[0])
    check(trial)
    assert trial.answer.answer == assistant.ask(QUESTIONS[0]).answer
    assert trial.answer.mode == "extractive"
    assert trial.answer.label
    assert 1 <= trial.requests <= 3


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("fault", WRITING, ids=lambda fault: fault.name)
def test_nothing_untrue_is_shown(assistant: Assistant, fault: Fault, question: str) -> None:
    """Whatever the model writes, nothing that it made up is shown."""
    check(try_serve(assistant, fault.serve(write), question + fault.asked, CALM))  # time enough for repairs


def test_nobody_there(assistant: Assistant) -> None:
    """Where nothing listens at the model's address, the answer is the one without a model."""
    trial = try_absence(assistant, QUESTIONS[0])
    check(trial)
    assert trial.answer.mode == "extractive"


def test_nothing_follows_a_redirect(assistant: Assistant) -> None:
    """A server that sends its clients elsewhere moves neither question nor key there."""
    trial, came = try_redirect(assistant, QUESTIONS[0])
    check(trial)
    assert trial.requests == 1
    assert not came


def test_a_failing_model_is_left_alone_and_tried_again(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """After some failures in a row nobody waits for the model; when its rest is over and it is well, it writes again."""
    monkeypatch.setattr("assistant.model.client.REST", 1)
    with with_model(assistant, OUTAGES[0].serve(write), deadline=0.5) as (broken, stub):
        trials = [ask(broken, QUESTIONS[0], stub) for _ in range(5)]
        reasons = [one.answer.written.fallback for one in trials if one.answer.written]
        assert reasons[0] == "deadline"
        assert reasons[-1] == "open_circuit"
        assert trials[-1].requests == 0
        stub.serve = speaking(write)
        assert broken.writer
        broken.writer._deadline = CALM
        time.sleep(1.1)
        assert ask(broken, QUESTIONS[0], stub).answer.mode == "model"
        assert ask(broken, QUESTIONS[0], stub).answer.mode == "model"


@pytest.mark.parametrize("name", ["unauthorized", "server_error", "error_midway", "cut_stream", "bad_json"])
def test_the_key_is_told_to_nobody(
    assistant: Assistant, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    """Neither the log at its most talkative nor anything printed holds the key, even where the server repeats it."""
    fault = next(one for one in FAULTS if one.name == name)
    with caplog.at_level(logging.DEBUG), with_model(assistant, fault.serve(write), CALM) as (asking, stub):
        trial = ask(asking, QUESTIONS[0], stub)
        assert f"Bearer {CANARY}" in stub.requests[0].headers["authorization"]
    printed = capfd.readouterr()
    told = [record.getMessage() + str(record.exc_info) for record in caplog.records]
    assert CANARY not in "".join([caplog.text, *told, printed.out, printed.err, repr(asking), str(trial.answer)])


def test_the_key_is_in_no_setting_that_is_shown(assistant: Assistant) -> None:
    """Settings, and every part of the assistant that holds the key, are printed without it."""
    url = "http://127.0.0.1:9/v1"
    settings = load_settings({"LLM_API_KEY": CANARY, "LLM_BASE_URL": url, "LLM_MODEL": "m"}, Path("/nonexistent.toml"))
    assert settings.llm_api_key.get_secret_value() == CANARY
    asking = at_address(assistant, url)
    writer = asking.writer
    assert writer
    client = writer._model
    parts = [settings, writer, client, client._endpoint, client._chat, client._chat.root_client]  # type: ignore[attr-defined]
    assert not [part for part in parts if CANARY in f"{part!r}{part}"]
    close(asking)


def test_only_question_and_evidence_leave(good: tuple[Assistant, ModelStub]) -> None:
    """What reaches the model is the prompt, words of the plan and this question: no earlier turn, nobody's data."""
    asking, stub = good
    turns = ["我叫张三，你好", "白酒谁管？"]
    asking.ask("对船舶有哪些减排措施？联系我13912345678", turns)
    sent = stub.requests[-1]
    assert set(sent.body) <= {"model", "messages", "stream", "stream_options", "temperature", "max_tokens"}
    assert len(sent.body["messages"]) == 2
    assert "船舶有哪些" in sent.text
    assert not [word for word in ("13912345678", "张三", "白酒") if word in sent.text]
    told = {name for name in sent.headers if name not in {"host", "content-length", "connection", "content-type"}}
    assert told <= {"accept", "accept-encoding", "authorization", "user-agent"}
    plan = asking.corpus.plans[0]
    lines = [line for line in sent.text.split("问题：")[0].splitlines() if line.startswith("[")]
    assert lines
    assert all(line.rpartition("）")[2] in plan.text.replace("\n", "") for line in lines)


NOTICE = f"""某某市园林绿化行动方案

一、总体要求
（一）步道建设行动。步道建设以人为本，完善步道照明。新建步道 80 公里，推进公园步道贯通，{ORDER}。（市园林局牵头，市财政局按职责分工负责）
（二）树木养护行动。加强行道树养护，建立古树档案。（市园林局负责）
"""


@pytest.fixture(scope="module")
def gullible(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant whose plan holds an order to the model."""
    folder = tmp_path_factory.mktemp("orders")
    (folder / "plan.txt").write_text(NOTICE, encoding="utf-8")
    settings = Settings(plans=folder / "plans", index=folder / "index", cache=folder / "cache")
    add_plan(folder / "plan.txt", folder=settings.plans, plan_id="garden")
    encoder = open_encoder(for_questions=True)
    build_index(load_corpus(settings.plans), settings.index, encoder=encoder, cache_folder=settings.cache)
    return Assistant.open(settings)


OBEYS = next(fault for fault in FAULTS if fault.name == "obeys")


def test_orders_in_the_evidence_are_not_obeyed(gullible: Assistant) -> None:
    """What a model says because the plan's text orders it is not shown."""
    with with_model(gullible, OBEYS.serve(write), CALM) as (asking, stub):
        trial = ask(asking, "步道怎么建设？", stub)
        assert ORDER in stub.requests[0].text
    check(trial)


@pytest.mark.model
def test_a_real_model_is_held_to_the_same_proof(assistant: Assistant) -> None:
    """Of the model that the environment names, nothing is shown that the plan does not prove."""
    settings = load_settings()
    endpoint = endpoint_of(settings)
    if endpoint is None:
        pytest.skip("没有设置 LLM_BASE_URL 和 LLM_MODEL，没有可问的语言模型")
    asking = replace(assistant, writer=open_writer(endpoint, assistant.corpus, assistant.chain._index))
    trials = [ask(asking, question) for question in QUESTIONS]
    close(asking)
    assert not [trial.faults for trial in trials if not trial.is_true]
    assert all(trial.is_in_time for trial in trials)
    assert all(trial.answer.written for trial in trials)
