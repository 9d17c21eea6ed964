from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.web.blocks import build
from assistant.web.chat import FAULT, Chat
from assistant.web.dialogue import HISTORY, MAX_TURNS, Dialogue, Turn
from assistant.web.opening import Opening
from tests.fakes import FakeAssistant
from tests.web.markup import plain
from tests.web.visitor import messages


def _chat(assistant: FakeAssistant | None = None) -> Chat:
    opening = Opening(lambda: assistant or FakeAssistant())
    opening.start()
    return Chat(opening, 2000)


def _run(steps: AsyncIterator[tuple[Any, Any, Any]]) -> list[tuple[Any, Any, Any]]:
    async def all_of_them() -> list[tuple[Any, Any, Any]]:
        return [step async for step in steps]

    return asyncio.run(all_of_them())


def _html(shown: list[dict[str, Any]]) -> list[str]:
    return messages([message | {"content": [message["content"]]} for message in shown])


def test_a_question_that_comes_early_waits_for_the_assistant() -> None:
    """Asked before the assistant is open, a question shows that it waits and is then answered."""
    gate = threading.Event()

    def open_slowly() -> FakeAssistant:
        gate.wait(10)
        return FakeAssistant()

    opening = Opening(open_slowly)
    opening.start()

    async def ask() -> list[Any]:
        seen = []
        async for shown, _, _ in Chat(opening, 2000).ask("示范车辆占比？", Dialogue()):
            seen.append(_html(shown)[-1])
            gate.set()
        return seen

    waiting, answer = asyncio.run(ask())
    assert "准备好后自动回答" in waiting
    assert "以原文为准" in answer


def test_the_box_is_emptied_only_when_the_question_is_taken() -> None:
    """While the answer is made the box is empty and offers 停止; afterwards it offers 发送."""
    (_, _, during), (_, _, after) = _run(_chat().ask("示范车辆占比？", Dialogue()))
    assert (during["value"], during["submit_btn"], during["stop_btn"]) == ("", False, "停止")
    assert (after["submit_btn"], after["stop_btn"]) == ("发送", False)


@pytest.mark.parametrize("blank", ["", "  \n\t　", None])
def test_a_blank_question_changes_nothing(blank: str | None) -> None:
    """Nothing is asked and nothing shown when only blanks were sent."""
    assistant = FakeAssistant()
    ((shown, state, _),) = _run(_chat(assistant).ask(blank, Dialogue()))  # type: ignore[arg-type]
    assert shown == state
    assert not assistant.asked


@pytest.mark.parametrize(
    ("fault", "said"),
    [(AssistantError("索引正在更新，请稍后再试"), "索引正在更新"), (RuntimeError("secret path"), FAULT)],
)
def test_a_fault_becomes_a_sentence_and_can_be_retried(fault: Exception, said: str) -> None:
    """A known fault is told in its words, an unknown one without its details; the question can be asked again."""
    *_, (shown, state, _) = _run(_chat(FakeAssistant(fault=fault)).ask("为什么？", Dialogue()))
    assert said in _html(shown)[-1]
    assert "secret" not in _html(shown)[-1]
    assert 'data-ask="为什么？"' in _html(shown)[-1]
    assert state == Dialogue()


def test_answering_again_replaces_the_last_turn() -> None:
    """重新回答 asks the last question anew with the history before it."""
    assistant = FakeAssistant()
    chat = _chat(assistant)
    dialogue = Dialogue().answered(Turn.of("甲？", "旧")).answered(Turn.of("乙？", "旧答案"))
    *_, (shown, state, _) = _run(chat.again(dialogue))
    assert assistant.asked == [("乙？", ("甲？",))]
    assert state.questions == ("甲？", "乙？")
    assert "旧答案" not in "".join(_html(shown))
    assert len(_run(chat.again(Dialogue()))) == 1


def test_stopping_gives_the_question_back() -> None:
    """After 停止 the question stands in the box again and no turn was added."""
    shown, state, box = _chat().stop(Dialogue().answered(Turn.of("甲？", "答")).asking("乙？"))
    assert box["value"] == "乙？"
    assert state.questions == ("甲？",)
    assert "已停止" in _html(shown)[-1]


def test_clearing_forgets_everything() -> None:
    """清空对话 empties the log and the history."""
    shown, state, _ = _chat().clear()
    assert shown == []
    assert state == Dialogue()


def test_a_long_dialogue_stays_bounded() -> None:
    """The page keeps its last turns, and the assistant is given only the last questions."""
    assistant = FakeAssistant()
    dialogue = Dialogue()
    for number in range(MAX_TURNS + 5):
        dialogue = dialogue.answered(Turn.of(f"问题{number}", "答"))
    assert len(dialogue.turns) == MAX_TURNS
    _run(_chat(assistant).ask("还有呢？", dialogue))
    assert HISTORY <= len(assistant.asked[0][1]) < 2 * HISTORY
    assert assistant.asked[0][1][-1] == dialogue.questions[-1]


def test_a_turn_is_kept_packed_to_the_letter() -> None:
    """What was answered comes back as it was, odd signs included, and takes a fraction of its room."""
    html = "<p>\ud800𠮷&amp;" + "方案没有写。" * 500
    turn = Turn.of("甲？", html, "**乙**")
    assert (turn.question, turn.html, turn.markdown) == ("甲？", html, "**乙**")
    assert len(turn.packed) < len(html) / 4


def test_the_greeting_brings_examples_to_click_on() -> None:
    """Once the assistant is there the greeting holds questions for each kind of reader; if it never comes, none and no error."""
    chat = _chat()
    html = asyncio.run(chat.greet())
    assert [plain(part) for part in re.findall(r"<h3>(.*?)</h3>", html)] == ["工作人员", "公众"]
    assert 'data-ask="示范行动由谁牵头？"' in html
    assert chat.first_words() == html

    def fails() -> FakeAssistant:
        raise AssistantError("还没有索引")

    opening = Opening(fails)
    opening.start()
    assert "data-ask" not in asyncio.run(Chat(opening, 2000).greet())


def test_the_first_words_do_not_wait() -> None:
    """Before the assistant is open the page says that it is being prepared and that one may type already."""
    html = Chat(Opening(FakeAssistant), 2000).first_words()
    assert "正在准备资料" in html
    assert "可以先输入问题" in html


def test_an_answer_is_shown_as_it_grows() -> None:
    """Each part is shown without what belongs below a whole answer, the last one with it; only that one becomes a turn."""
    gate = threading.Event()
    assistant = FakeAssistant(delay=0.2, parts=["甲", "甲乙"], gate=gate)

    async def ask() -> list[tuple[str, Any]]:
        seen = []
        async for shown, state, _ in _chat(assistant).ask("示范车辆占比？", Dialogue()):
            seen.append((_html(shown)[-1], state))
            if "甲乙" in seen[-1][0]:
                gate.set()
        return seen

    (_, _), *parts, (whole, state) = asyncio.run(ask())
    assert [plain(html).strip() for html, _ in parts] == ["甲", "甲乙"]
    assert all("growing" in html and "footer" not in html for html, _ in parts)
    assert "growing" not in whole
    assert "以原文为准" in whole
    assert state.questions == ("示范车辆占比？",)
    assert assistant.closed


def test_an_answer_that_comes_whole_is_shown_once() -> None:
    """Without a model there is the word that it is looked for, and then the answer: nothing in between."""
    steps = _run(_chat().ask("示范车辆占比？", Dialogue()))
    assert len(steps) == 2


def test_who_stops_ends_the_stream() -> None:
    """Giving up while an answer grows closes its source as soon as the thread is back, and no answer is kept."""
    gate = threading.Event()
    assistant = FakeAssistant(parts=["甲"], gate=gate)

    async def give_up() -> None:
        steps = _chat(assistant).ask("示范车辆占比？", Dialogue())
        async for shown, _, _ in steps:
            if "growing" in _html(shown)[-1]:
                break
        await steps.aclose()  # type: ignore[attr-defined]
        gate.set()
        for _ in range(100):
            if assistant.closed:
                return
            await asyncio.sleep(0.02)

    asyncio.run(give_up())
    assert assistant.closed


def test_gradio_is_set_up_as_a_public_page_needs_it() -> None:
    """No analytics, a bounded queue that cannot be passed by, no tags, bounded sessions."""

    async def built() -> Any:
        return build(Chat(Opening(FakeAssistant), 2000))

    page = asyncio.run(built())
    log = next(block for block in page.blocks.values() if block.elem_id == "log")
    assert log.allow_tags is False
    assert log.sanitize_html is True
    assert page.analytics_enabled is False
    assert page.api_open is False
    assert page._queue.max_size == 64
    assert page.state_session_capacity == 1000
    public = [fn.api_name for fn in page.fns.values() if fn.api_visibility == "public"]
    assert public == ["ask"]


def test_no_table_of_events_is_made() -> None:
    """Gradio's summary of past events, a pandas table after every question, is switched off."""

    async def built() -> Any:
        return build(Chat(Opening(FakeAssistant), 2000))._queue

    queue = asyncio.run(built())
    queue.events_recorded = 5
    records = [{"function": "ask", "status": "success", "process_time": 1.0}]
    assert queue.compute_analytics_summary(records) == {"functions": {}}
