from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.web.chat import FAULT, MAX_HISTORY, Chat, build
from assistant.web.dialogue import MAX_TURNS, Dialogue
from assistant.web.opening import Opening
from tests.fakes import FakeAssistant
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
    dialogue = Dialogue().answered("甲？", "旧").answered("乙？", "旧答案")
    *_, (shown, state, _) = _run(chat.again(dialogue))
    assert assistant.asked == [("乙？", ("甲？",))]
    assert state.questions == ("甲？", "乙？")
    assert "旧答案" not in "".join(_html(shown))
    assert len(_run(chat.again(Dialogue()))) == 1


def test_stopping_gives_the_question_back() -> None:
    """After 停止 the question stands in the box again and no turn was added."""
    shown, state, box = _chat().stop(Dialogue().answered("甲？", "答").asking("乙？"))
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
        dialogue = dialogue.answered(f"问题{number}", "答")
    assert len(dialogue.turns) == MAX_TURNS
    _run(_chat(assistant).ask("还有呢？", dialogue))
    assert len(assistant.asked[0][1]) == MAX_HISTORY
    assert assistant.asked[0][1][-1] == dialogue.questions[-1]


def test_the_greeting_brings_examples_to_click_on() -> None:
    """Once the assistant is there the greeting holds its examples; if it never comes, none and no error."""
    assert 'data-ask="示范行动由谁牵头？"' in asyncio.run(_chat().greet())

    def fails() -> FakeAssistant:
        raise AssistantError("还没有索引")

    opening = Opening(fails)
    opening.start()
    assert "data-ask" not in asyncio.run(Chat(opening, 2000).greet())


def test_gradio_is_set_up_as_a_public_page_needs_it() -> None:
    """No analytics, a bounded queue that cannot be passed by, no tags, bounded sessions."""

    async def built() -> Any:
        return build(Opening(FakeAssistant), 2000)

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
        return build(Opening(FakeAssistant), 2000)._queue

    queue = asyncio.run(built())
    queue.events_recorded = 5
    records = [{"function": "ask", "status": "success", "process_time": 1.0}]
    assert queue.compute_analytics_summary(records) == {"functions": {}}
