"""The chat's parts in Gradio, and which event of :class:`Chat` answers to which. The look is in ``static/``."""

from __future__ import annotations

import sys
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.web.chat import Chat
from assistant.web.dialogue import Dialogue
from assistant.web.frame import NAME

# At some thirty milliseconds a question this many wait two or three seconds; who would wait longer is asked to come again.
MAX_QUEUE = 64
# Finding an answer is work for a processor, and so is serving the page: with four at once, a reader under ten times the
# usual load waited up to half a minute to be refused, with one 0.3 s. A model is waited for, which costs nothing here.
AT_ONCE, AT_ONCE_WITH_MODEL = 1, 4
STATE_SECONDS = 8 * 3600
MAX_SESSIONS = 1000


def build(chat: Chat) -> gr.Blocks:
    """Put the page together."""
    at_once = AT_ONCE_WITH_MODEL if chat.has_model else AT_ONCE
    page = gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True)
    with page:
        dialogue = gr.State(Dialogue(), time_to_live=STATE_SECONDS)
        # Empty: the page comes with the first words (frame.py), and the script puts them here.
        greeting = gr.HTML("", elem_id="greeting", apply_default_css=False, js_on_load=None)
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
        queued = common | {"concurrency_limit": at_once, "concurrency_id": "ask"}
        page.load(chat.greet, None, greeting, queue=False, **common)
        asked = question.submit(chat.ask, [question, dialogue], shown, api_name="send", **queued)
        asked_again = again.click(chat.again, dialogue, shown, **queued)
        question.stop(chat.stop, dialogue, shown, cancels=[asked, asked_again], queue=False, **common)
        clear.click(chat.clear, None, shown, cancels=[asked, asked_again], queue=False, **common)
        markdown.click(chat.take_markdown, dialogue, taken, queue=False, **common)
        word.click(chat.take_word, dialogue, taken, queue=False, **common)
        api(chat.ask_json, api_name="ask", concurrency_limit=at_once, concurrency_id="ask")
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
