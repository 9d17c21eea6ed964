"""What a reader meets when the service is on its way, slow or busy: a stand-in answers in the pace that a test needs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.answer import Answer
from assistant.settings import Settings
from tests.browser.conftest import reading
from tests.browser.reader import Reader
from tests.fakes import FakeAssistant
from tests.web.conftest import running

QUESTION = "示范车辆占比是多少？"


class Held(FakeAssistant):
    """Answers when it is let go, and not before."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def ask(self, question: str, history: Sequence[str] = (), plan_id: str | None = None) -> Answer:
        self.free.wait(20)
        return super().ask(question, history, plan_id)


@contextmanager
def _met(browser: Browser, assistant: FakeAssistant, settings: Settings | None = None) -> Iterator[Reader]:
    """Give a reader of a service in which this assistant answers."""
    with running(lambda: assistant, settings) as address, reading(browser, address) as reader:
        yield reader


@pytest.fixture
def held(browser: Browser) -> Iterator[tuple[Reader, Held]]:
    """A reader of a service that answers only when it is let go."""
    assistant = Held()
    with _met(browser, assistant) as reader:
        yield reader, assistant
        assistant.free.set()


def test_stopping_gives_the_question_back(held: tuple[Reader, Held]) -> None:
    """Who stops has the question in the box again, no answer, and can ask anew."""
    reader, assistant = held
    reader.open()
    reader.box.fill(QUESTION)
    reader.box.press("Enter")
    reader.page.locator("#question .stop-button").click()
    expect(reader.box).to_have_value(QUESTION)
    expect(reader.answers).to_have_count(0)
    assistant.free.set()
    reader.box.press("Enter")
    reader.answered(1)


def test_a_full_queue_is_told_within_a_second(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no more questions can wait, the reader hears it at once, keeps the question, and is answered later on."""
    monkeypatch.setattr("assistant.web.blocks.MAX_QUEUE", 2)
    assistant = Held()
    with running(lambda: assistant) as address, reading(browser, address) as reader, ExitStack() as end:
        end.callback(assistant.free.set)
        reader.open()
        assert _fill_queue(address)
        reader.box.fill(QUESTION)
        sent = time.monotonic()
        reader.box.press("Enter")
        expect(reader.page.get_by_text("请稍后再试").first).to_be_visible()
        assert time.monotonic() - sent < 1
        expect(reader.box).to_have_value(QUESTION)
        assistant.free.set()
        _wait_for_room(address)
        reader.box.press("Enter")
        reader.answered(1)


def _fill_queue(address: str) -> bool:
    """Ask as programs do until somebody is refused; tell whether that happened."""
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        return any(_ask(client) != httpx.codes.OK for _ in range(20))


def _wait_for_room(address: str) -> None:
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as client:
        while _ask(client) != httpx.codes.OK:
            time.sleep(0.05)


def _ask(client: httpx.Client) -> int:
    return client.post("/gradio_api/call/ask", json={"data": [QUESTION, []]}).status_code


def test_who_asks_too_often_is_told(browser: Browser) -> None:
    """Past the limit of one client the reader hears how long to wait, and keeps the question."""
    with _met(browser, FakeAssistant(), Settings(rate_limit="4/minute")) as reader:
        reader.open()
        reader.ask(QUESTION)
        for _ in range(4):
            reader.box.fill(QUESTION)
            reader.box.press("Enter")
            if reader.page.get_by_text("秒后再试").count():
                break
            reader.page.wait_for_timeout(300)
        expect(reader.page.get_by_text("秒后再试").first).to_be_visible()


def test_a_question_that_comes_early_waits(browser: Browser) -> None:
    """The page is there before the assistant; what is asked meanwhile is answered once it is."""
    opened = threading.Event()

    def open_assistant() -> FakeAssistant:
        opened.wait(20)
        return FakeAssistant()

    with running(open_assistant) as address, reading(browser, address) as reader, ExitStack() as end:
        end.callback(opened.set)
        reader.page.goto("/")
        reader.box.fill(QUESTION)
        reader.box.press("Enter")
        expect(reader.questions).to_have_text([QUESTION])
        expect(reader.page.locator("#log [role=status]").last).to_be_visible()
        expect(reader.answers).to_have_count(0)
        opened.set()
        reader.answered(1)


def test_the_layout_holds_while_an_answer_arrives(browser: Browser) -> None:
    """While a page opens and while an answer comes, what is in sight shifts little (the browser's own measure), and the box not at all."""
    with _met(browser, FakeAssistant(delay=1.0)) as reader:
        reader.page.add_init_script(
            "window.shift = 0;"
            "new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shift += one.value; })"
            ".observe({type: 'layout-shift', buffered: true});"
        )
        reader.open()
        assert reader.page.evaluate("window.shift") < 0.1
        for count in (1, 2):
            reader.box.fill(QUESTION)
            reader.box.press("Enter")
            expect(reader.questions).to_have_count(count)
            reader.page.wait_for_timeout(500)
            before = reader.box.bounding_box()
            reader.page.evaluate("window.shift = 0")
            reader.answered(count)
            reader.page.wait_for_timeout(200)
            assert reader.box.bounding_box() == before
            assert reader.page.evaluate("window.shift") < 0.05


def test_an_answer_grows_in_place(browser: Browser) -> None:
    """While a model writes, words are added below words and nothing above them moves; what belongs to a whole answer comes last."""
    parts = ["第一句。", "第一句。\n\n第二句。", "第一句。\n\n第二句。\n\n第三句。"]
    with _met(browser, FakeAssistant(delay=0.7, parts=parts)) as reader:
        reader.open()
        for count in (1, 2):
            reader.box.fill(QUESTION)
            reader.box.press("Enter")
            growing = reader.page.locator("#log article.growing")
            expect(growing.locator(".words p")).to_have_count(1)
            first = growing.locator(".words p").first.bounding_box()
            expect(growing.locator(".words p")).to_have_count(3)
            assert growing.locator(".words p").first.bounding_box() == first
            expect(growing.locator(".proof, footer").first).to_be_hidden()
            expect(reader.page.locator("#log [role=log]")).to_have_attribute("aria-busy", "true")
            expect(reader.page.locator("#question .stop-button")).to_be_visible()
            answer = reader.answered(count)
            expect(answer.locator("footer")).to_be_visible()
            expect(reader.page.locator("#log [role=log]")).to_have_attribute("aria-busy", "false")
