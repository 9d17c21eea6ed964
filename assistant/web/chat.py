"""The chat itself, in Gradio: the only module that knows it. The look is in ``static/``, the words in :mod:`render`."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.errors import AssistantError
from assistant.records.opening import privacy_sentence
from assistant.records.recorder import Recorder, nothing_kept
from assistant.web.dialogue import Dialogue
from assistant.web.export import dialogue_markdown, turn_markdown
from assistant.web.opening import Answerer, Opening
from assistant.web.rating import rating_html
from assistant.web.render import answer_html, download_html, greeting_html, notice_html, question_html, waiting_html

TITLE = "政策问答助手"
# At some ten milliseconds a question this many wait a second or two; who would wait longer is asked to come again.
MAX_QUEUE = 64
AT_ONCE = 4
# Earlier questions are replayed to understand a follow-up; more than these last ones no follow-up refers to.
MAX_HISTORY = 8
STATE_SECONDS = 8 * 3600
MAX_SESSIONS = 1000
FAULT = "系统出了点问题，这个问题没有答上来。请稍后重试。"

log = logging.getLogger(__name__)

Message = dict[str, Any]


class Chat:
    """The events of the page: each takes values and gives what the page shows next."""

    def __init__(self, opening: Opening, max_question: int, recorder: Recorder | None = None, model: str = "") -> None:
        self._opening = opening
        self._max_question = max_question
        self._recorder = recorder or nothing_kept()
        self.privacy = privacy_sentence(self._recorder.keep, self._recorder.keep_days, model)

    async def greet(self) -> str:
        """Return the greeting with its examples as soon as the assistant is there."""
        try:
            assistant = await self._opening.ready()
        except Exception:  # noqa: BLE001 # told to the operator where it happened; the reader hears it with a question
            return greeting_html((), waiting=False, privacy=self.privacy)
        return greeting_html(assistant.examples(), waiting=False, privacy=self.privacy)

    async def ask(self, question: str, dialogue: Dialogue) -> AsyncIterator[tuple[Any, Any, Any]]:
        """Show the question, then its answer. What is too long or blank is not asked, and stays in the box."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        if len(question) > self._max_question:
            text = f"问题太长了（{len(question)} 字），请精简到 {self._max_question} 字以内再发送。"
            yield messages(dialogue, notice_html(text)), gr.skip(), gr.skip()
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
        waiting = waiting_html("正在查找……" if self._opening.answers else "正在准备资料，准备好后自动回答……")
        yield messages(dialogue, question_html(question), waiting), dialogue.asking(question), box(running=True)
        try:
            assistant = await self._opening.ready()
            answer = await asyncio.to_thread(assistant.ask, question, dialogue.questions[-MAX_HISTORY:])
            titles = _titles(assistant)
            rating = rating_html(self._recorder.answered(answer, dialogue.questions[-MAX_HISTORY:]))
            html, markdown = answer_html(answer, titles, rating), turn_markdown(answer, titles)
        except AssistantError as error:
            shown = messages(dialogue, question_html(question), notice_html(str(error), question, "error"))
            yield shown, dialogue, box()
        except Exception:
            log.exception("A question could not be answered")
            shown = messages(dialogue, question_html(question), notice_html(FAULT, question, "error"))
            yield shown, dialogue, box()
        else:
            dialogue = dialogue.answered(question, html, markdown)
            yield messages(dialogue), dialogue, box()

    async def ask_json(self, question: str, history: list[str]) -> dict[str, Any]:
        """Answer a program: the same object as ``python -m assistant ask --json``, or ``{"error": …}``."""
        turns = [question, *history] if isinstance(history, list) else [None]
        fits = all(isinstance(turn, str) and len(turn) <= self._max_question for turn in turns)
        if not fits or not question.strip():
            return {"error": f"问题应为 1 到 {self._max_question} 字的文字。"}
        assistant = await self._opening.ready()
        answer = await asyncio.to_thread(assistant.ask, question, history[-MAX_HISTORY:])
        if self._recorder.keep == "all":  # a program cannot rate, so there is no reason to remember it for that
            self._recorder.answered(answer, history[-MAX_HISTORY:])
        return answer.to_json()

    def stop(self, dialogue: Dialogue) -> tuple[Any, Any, Any]:
        """Give up waiting and put the question back into the box."""
        notice = (notice_html("已停止，问题放回了输入框。"),) if dialogue.pending else ()
        return messages(dialogue, *notice), dialogue.asking(""), box(dialogue.pending)

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


def _titles(assistant: Answerer) -> dict[str, str]:
    plans = assistant.corpus.plans
    return {plan.plan_id: plan.title for plan in plans} if len(plans) > 1 else {}


def _as_markdown(dialogue: Dialogue) -> str:
    return dialogue_markdown([turn.markdown for turn in dialogue.turns], datetime.now().astimezone().date())


def box(value: str = "", *, running: bool = False) -> Any:
    """Return the state of the input: its text, and 发送 or 停止 beside it."""
    return gr.update(value=value, submit_btn=False if running else "发送", stop_btn="停止" if running else False)


def messages(dialogue: Dialogue, *after: str) -> list[Message]:
    """Return the messages of a dialogue, and ``after`` them the HTML of others; the first is the reader's if it asks."""
    shown: list[Message] = []
    for turn in dialogue.turns:
        shown += [_message("user", question_html(turn.question)), _message("assistant", turn.html)]
    shown += [_message("user" if 'class="question"' in html else "assistant", html) for html in after]
    return shown


def _message(role: str, html: str) -> Message:
    # A component message: Gradio inserts its HTML as it is. As Markdown it would be rendered and sanitized by the page,
    # with links, pictures and tags of whatever a reader or a document says.
    props = {"html_template": "${value}", "css_template": "", "js_on_load": None, "apply_default_css": False}
    content = {"type": "component", "component": "html", "value": html, "constructor_args": {}, "props": props}
    return {"role": role, "content": content}


def build(opening: Opening, max_question: int, recorder: Recorder | None = None, model: str = "") -> gr.Blocks:
    """Put the page together; ``model`` is the language model that questions are sent to, if any."""
    chat = Chat(opening, max_question, recorder, model)
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        dialogue = gr.State(Dialogue(), time_to_live=STATE_SECONDS)
        greeting = gr.HTML(
            greeting_html((), waiting=True, privacy=chat.privacy),
            elem_id="greeting",
            apply_default_css=False,
            js_on_load=None,
        )
        log_ = gr.Chatbot(
            elem_id="log",
            show_label=False,
            label="问答记录",
            container=False,
            height=None,
            autoscroll=False,
            allow_tags=False,
            sanitize_html=True,
            latex_delimiters=[],
            buttons=[],
            feedback_options=None,
            allow_file_downloads=False,
        )
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question",
                show_label=False,
                label="问题",
                container=False,
                placeholder="请输入问题",
                lines=1,
                max_lines=6,
                submit_btn="发送",
                autofocus=True,
                html_attributes=gr.InputHTMLAttributes(enterkeyhint="send", autocomplete="off"),
            )
        with gr.Row(elem_id="tools"):
            gr.HTML("<small>回车发送，Shift＋回车换行</small>", apply_default_css=False, js_on_load=None)
            clear = gr.Button("清空对话", size="sm", variant="secondary", elem_id="clear", scale=0)
            markdown = gr.Button("导出 Markdown", size="sm", variant="secondary", elem_id="take-markdown", scale=0)
            word = gr.Button("导出 Word", size="sm", variant="secondary", elem_id="take-word", scale=0)
            taken = gr.HTML(elem_id="taken", visible="hidden", apply_default_css=False, js_on_load=None)
            again = gr.Button("重新回答", elem_id="again", visible="hidden")
        shown = [log_, dialogue, question]
        common: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        queued = common | {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
        page.load(chat.greet, None, greeting, queue=False, **common)
        asked = question.submit(chat.ask, [question, dialogue], shown, api_name="send", **queued)
        asked_again = again.click(chat.again, dialogue, shown, **queued)
        question.stop(chat.stop, dialogue, shown, cancels=[asked, asked_again], queue=False, **common)
        clear.click(chat.clear, None, shown, cancels=[asked, asked_again], queue=False, **common)
        markdown.click(chat.take_markdown, dialogue, taken, queue=False, **common)
        word.click(chat.take_word, dialogue, taken, queue=False, **common)
        api(chat.ask_json, api_name="ask", concurrency_limit=AT_ONCE, concurrency_id="ask")
    page.queue(api_open=False, max_size=MAX_QUEUE, default_concurrency_limit=AT_ONCE)
    page.state_session_capacity = MAX_SESSIONS
    _keep_no_books(page)
    return page


def _keep_no_books(page: gr.Blocks) -> None:
    # After every event Gradio makes a pandas table of the last 10,000 ones, for a dashboard that is closed here. Its own
    # switches are variables of the environment, which are no place for what must always be so.
    queue = page._queue
    queue.ANALYTICS_MAX_EVENTS = 1
    queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # spelt as Gradio spells it; a test watches the effect
