"""The events of the chat: each takes values and gives what the page shows next. The words are in :mod:`render`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.errors import AssistantError
from assistant.records.opening import privacy_sentence
from assistant.records.recorder import Recorder, nothing_kept
from assistant.web.dialogue import HISTORY, Dialogue, Turn
from assistant.web.export import dialogue_markdown, turn_markdown
from assistant.web.growing import growing
from assistant.web.opening import Answerer, Opening
from assistant.web.proof import Plans
from assistant.web.rating import rating_html
from assistant.web.render import answer_html, download_html, greeting_html, notice_html, question_html, waiting_html

FAULT = "系统出了点问题，这个问题没有答上来。请稍后重试。"

log = logging.getLogger(__name__)

Message = dict[str, Any]


class Chat:
    """What happens on one page after another; the dialogues are with the pages."""

    def __init__(self, opening: Opening, max_question: int, recorder: Recorder | None = None, model: str = "") -> None:
        self._opening = opening
        self._max_question = max_question
        self._recorder = recorder or nothing_kept()
        self.has_model = bool(model)
        self._privacy = privacy_sentence(self._recorder.keep, self._recorder.keep_days, model)

    async def greet(self) -> str:
        """Return the greeting with its examples as soon as the assistant is there."""
        try:
            assistant = await self._opening.ready()
        except Exception:  # noqa: BLE001 # told to the operator where it happened; the reader hears it with a question
            return greeting_html(waiting=False, privacy=self._privacy)
        return self._greeting(assistant)

    def first_words(self) -> str:
        """Return the greeting as it can be shown at once."""
        assistant = self._opening.opened
        return self._greeting(assistant) if assistant else greeting_html(waiting=True, privacy=self._privacy)

    def _greeting(self, assistant: Answerer) -> str:
        return greeting_html(assistant.examples_by_reader(), waiting=False, privacy=self._privacy)

    async def ask(self, question: str, dialogue: Dialogue) -> AsyncIterator[tuple[Any, Any, Any]]:
        """Show the question, then its answer. What is too long or blank is not asked, and stays in the box."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        if len(question) > self._max_question:
            text = f"问题太长了（{len(question)} 字），请精简到 {self._max_question} 字以内再发送。"
            yield [*messages(dialogue), _told(notice_html(text))], gr.skip(), gr.skip()
            return
        async for shown in self._answered(question, dialogue):
            yield shown

    async def again(self, dialogue: Dialogue) -> AsyncIterator[tuple[Any, Any, Any]]:
        """Answer the last question once more, in the place of its first answer."""
        if not dialogue.turns:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        async for shown in self._answered(dialogue.turns[-1].question, dialogue.without_last()):
            yield shown

    async def _answered(self, question: str, dialogue: Dialogue) -> AsyncIterator[tuple[Any, Any, Any]]:
        before = [*messages(dialogue), _asked(question)]
        waiting = waiting_html("正在查找……" if self._opening.answers else "正在准备资料，准备好后自动回答……")
        yield [*before, _told(waiting)], dialogue.asking(question), box(running=True)
        try:
            assistant = await self._opening.ready()
            history = dialogue.recent
            plans = {plan.plan_id: plan for plan in assistant.corpus.plans}
            async for answer, whole in growing(partial(assistant.stream, question, history)):
                if whole:
                    after = dialogue.answered(self._turn(answer, history, plans))
                    yield messages(after), after, box()
                else:
                    yield [*before, _told(answer_html(answer, plans, growing=True))], gr.skip(), gr.skip()
        except AssistantError as error:
            yield [*before, _told(notice_html(str(error), question, "error"))], dialogue, box()
        except Exception:
            log.exception("A question could not be answered")
            yield [*before, _told(notice_html(FAULT, question, "error"))], dialogue, box()

    def _turn(self, answer: Answer, history: Sequence[str], plans: Plans) -> Turn:
        rating = rating_html(self._recorder.answered(answer, history))
        return Turn.of(answer.question, answer_html(answer, plans, rating), turn_markdown(answer, plans))

    async def ask_json(self, question: str, history: list[str]) -> dict[str, Any]:
        """Answer a program: the same object as ``python -m assistant ask --json``, or ``{"error": …}``."""
        turns = [question, *history] if isinstance(history, list) else [None]
        fits = all(isinstance(turn, str) and len(turn) <= self._max_question for turn in turns)
        if not fits or not question.strip():
            return {"error": f"问题应为 1 到 {self._max_question} 字的文字。"}
        assistant = await self._opening.ready()
        answer = await asyncio.to_thread(assistant.ask, question, history[-HISTORY:])
        if self._recorder.keep == "all":  # a program cannot rate, so there is no reason to remember it for that
            self._recorder.answered(answer, history[-HISTORY:])
        return answer.to_json()

    def stop(self, dialogue: Dialogue) -> tuple[Any, Any, Any]:
        """Give up waiting and put the question back into the box."""
        notice = [_told(notice_html("已停止，问题放回了输入框。"))] if dialogue.pending else []
        return [*messages(dialogue), *notice], dialogue.asking(""), box(dialogue.pending)

    def take_markdown(self, dialogue: Dialogue) -> str:
        """Return the dialogue as a Markdown file."""
        return download_html("问答记录.md", "text/markdown", _as_markdown(dialogue).encode())

    async def take_word(self, dialogue: Dialogue) -> str:
        """Return the dialogue as a Word file."""
        from assistant.web.word import word_of  # noqa: PLC0415 (its import takes a while, and few ask for it)

        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return download_html("问答记录.docx", kind, await asyncio.to_thread(word_of, _as_markdown(dialogue)))

    def clear(self) -> tuple[Any, Any, Any]:
        """Begin anew."""
        return [], Dialogue(), box()


def _as_markdown(dialogue: Dialogue) -> str:
    return dialogue_markdown([turn.markdown for turn in dialogue.turns], datetime.now().astimezone().date())


def box(value: str = "", *, running: bool = False) -> Any:
    """Return the state of the input: its text, and 发送 or 停止 beside it."""
    return gr.update(value=value, submit_btn=False if running else "发送", stop_btn="停止" if running else False)


def messages(dialogue: Dialogue) -> list[Message]:
    """Return the messages of a dialogue."""
    return [message for turn in dialogue.turns for message in (_asked(turn.question), _told(turn.html))]


def _asked(question: str) -> Message:
    return _message("user", question_html(question))


def _told(html: str) -> Message:
    return _message("assistant", html)


def _message(role: str, html: str) -> Message:
    # A component message: Gradio inserts its HTML as it is. As Markdown it would be rendered and sanitized by the page,
    # with links, pictures and tags of whatever a reader or a document says.
    props = {"html_template": "${value}", "css_template": "", "js_on_load": None, "apply_default_css": False}
    content = {"type": "component", "component": "html", "value": html, "constructor_args": {}, "props": props}
    return {"role": role, "content": content}
