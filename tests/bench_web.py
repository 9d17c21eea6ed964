"""The web service under measurement: its start up to the first paint, its answers for a crowd, its memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import httpx

from assistant.settings import Settings
from tests.browser.chromium import HOW_TO_GET_IT, installed, launched
from tests.crowd import Crowd, Reply
from tests.measured import Bench, Figure, NotMeasured, percentile
from tests.served import Service, served

# What the product is to bear: 50 readers, each with a question every 10 s; and what it is to survive, ten times as much.
READERS, PAUSE = 50, 10.0
LONGEST = Settings().max_question
_FIRST_PAINT = (
    "() => performance.getEntriesByName('first-contentful-paint').map((one) => performance.timeOrigin + one.startTime)"
)


def measure_start(bench: Bench) -> Iterator[Figure]:
    """Start the service as ``make run`` does when all is installed, with a browser that waits to open the page.

    The first start of all fills caches and is not counted.
    """
    path = installed()
    if path is None:
        raise NotMeasured(HOW_TO_GET_IT)
    whole, after = [], []
    with launched(path) as browser:
        for run in range(1 + len(bench.runs(3))):
            began = time.time()
            bench.command("-m", "index", "build", "--index", bench.environment["POLICY_QA_INDEX"])
            with served(bench.environment) as service, browser.new_context() as reader:
                page = reader.new_page()
                page.goto(service.address, wait_until="commit")
                painted = page.wait_for_function(f"({_FIRST_PAINT})()[0]", timeout=60_000).json_value() / 1000
                if run:
                    whole.append(painted - began)
                    after.append(painted - service.announced)
    yield Figure("再次启动，到页面首次显示", "秒", 8, tuple(whole))
    yield Figure("打印地址以后，到页面首次显示", "秒", 2, tuple(after))


def measure_load(bench: Bench) -> Iterator[Figure]:
    """Let 50 readers ask, then ten times as many; who is refused then must hear it soon, and nobody may get a fault."""
    usual = _replies(bench, Crowd(READERS, PAUSE, 2 if bench.quick else 12))
    name = f"{READERS} 人每 {PAUSE:g} 秒一问"
    yield Figure(f"{name}：整个回答，p95（{len(usual)} 问）", "秒", 1.5, (_slow(usual),))
    yield Figure(f"{name}：出错或被拒", "次", 0, (len([one for one in usual if one.fault or one.refused]),))
    # From many addresses: what one client may ask is bounded besides.
    many = _replies(bench, Crowd(10 * READERS, PAUSE, 1 if bench.quick else 3))
    refused = [one for one in many if one.refused]
    name = f"十倍的人（{len(many)} 问，{len(refused)} 次请稍后再试）"
    yield Figure(f"{name}：被拒，最长等待", "秒", 1, (max((one.seconds for one in refused), default=0.0),))
    yield Figure(f"{name}：出错", "次", 0, (len([one for one in many if one.fault]),))


def _replies(bench: Bench, crowd: Crowd) -> list[Reply]:
    # The limit for one client stays as it is set by default while the crowd is one that it is made for.
    limit = {} if crowd.readers == READERS else {"POLICY_QA_RATE_LIMIT": "none"}
    with served({**bench.environment, **limit}) as service:
        service.wait()
        replies = crowd.ask(service.address, _typed(bench))
        if service.process.poll() is not None:
            raise NotMeasured("网页服务在提问时停了")
        service.wait()
    for fault in {one.fault for one in replies} - {""}:
        print(f"出错：{fault}")
    return replies


def _typed(bench: Bench) -> list[str]:
    """Return the questions that the page sends; what is blank or too long stays in its box."""
    return [one.question for one in bench.questions if one.question.strip() and len(one.question) <= LONGEST]


def _whole(replies: list[Reply]) -> list[Reply]:
    """Return them all; raises :class:`NotMeasured` where one is no answer."""
    for one in replies:
        if one.fault or one.refused:
            raise NotMeasured(f"一个问题没有得到回答：{one.fault or '排队已满'}")
    return replies


def _slow(replies: list[Reply]) -> float:
    return percentile([one.seconds for one in replies if not one.refused], 95)


def measure_memory(bench: Bench) -> Iterator[Figure]:
    """Read the resident memory of the service: after a thousand questions of programs; after the turns of many readers.

    Readers keep coming, ten turns each; nobody's page stays open longer than that.
    """
    if not Path("/proc/self/status").is_file():
        raise NotMeasured("只能在 Linux 上测量网页服务占用的内存")
    with served({**bench.environment, "POLICY_QA_RATE_LIMIT": "none"}) as service:
        service.wait()
        count = 100 if bench.quick else 1000
        _ask_as_program(bench, service, count)
        yield Figure(f"网页服务答程序 {count} 题后的内存", "MB", 700, (service.memory(),))
    with served({**bench.environment, "POLICY_QA_RATE_LIMIT": "none"}) as service:
        service.wait()
        questions = _typed(bench)
        answered = 0
        while answered < bench.turns:
            at = answered % len(questions)
            replies = Crowd(8, 0, 10).ask(service.address, questions[at:] + questions[:at])
            answered += len(_whole(replies))
            print(f"问答 {answered} 轮：{service.memory():.0f} MB", file=sys.stderr, flush=True)
        yield Figure(f"网页上问答 {answered} 轮后的内存", "MB", 800, (service.memory(),))
        yield Figure(f"网页上问答 {answered} 轮，最多时的内存", "MB", 800, (service.most_memory(),))


def _ask_as_program(bench: Bench, service: Service, count: int) -> None:
    """Put questions into the queue and fetch their answers, one after another."""
    with httpx.Client(base_url=service.address, timeout=60, trust_env=False) as client:
        for question in islice(cycle(bench.questions), count):
            body = {"data": [question.question, list(question.history)]}
            joined = client.post("/gradio_api/call/ask", json=body).raise_for_status().json()
            answer = client.get(f"/gradio_api/call/ask/{joined['event_id']}").raise_for_status().text
            if not answer.startswith("event: complete"):
                raise NotMeasured(f"网页服务没有回答：{question.question}\n{answer}")
