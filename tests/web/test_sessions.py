"""What the server keeps of open pages: their dialogues, for a time, and no copy of what they show."""

from __future__ import annotations

import asyncio

import gradio as gr
import httpx
import pytest
from gradio.routes import App
from starlette.routing import Mount

from assistant.records.recorder import nothing_kept
from assistant.settings import Settings
from assistant.web.opening import Opening
from assistant.web.sessions import Sessions, sessions_of
from assistant.web.site import Site, build_site
from tests.fakes import FakeAssistant
from tests.web.visitor import Visitor


@pytest.fixture
def blocks() -> gr.Blocks:
    return asyncio.run(_blocks())


async def _blocks() -> gr.Blocks:  # outside of a running loop Gradio would make loops of its own and leave them open
    with gr.Blocks() as page:
        gr.State(())
        gr.Textbox()
    page.state_session_capacity = 2
    return page


def _state(blocks: gr.Blocks) -> int:
    return next(key for key, block in blocks.blocks.items() if isinstance(block, gr.State))


def test_a_page_keeps_its_state_and_no_copy_of_what_it_shows(blocks: gr.Blocks) -> None:
    """State and properties of components are a page's own; what the components show is not kept, however often it changes."""
    sessions = sessions_of(blocks)
    state, text = _state(blocks), next(key for key, block in blocks.blocks.items() if isinstance(block, gr.Textbox))
    one = sessions["one"]
    one[state] = ("甲",)
    one[text] = gr.Textbox(label="乙", render=False)
    one._update_value_in_config(text, "丙" * 1000)
    one._update_config(text)
    assert sessions["one"][state] == ("甲",)
    assert sessions["two"][state] == ()
    assert (one[text].label, sessions["two"][text].label) == ("乙", blocks.blocks[text].label)
    assert list(one.components) == []


def test_a_closed_page_is_forgotten_whole_after_its_time(blocks: gr.Blocks) -> None:
    """An open page stays; of a closed one everything goes once its time is over."""
    sessions = sessions_of(blocks)
    for name in ("open", "closed"):
        sessions[name][_state(blocks)] = ("甲",)
    sessions["closed"].is_closed = True
    sessions.delete_all_expired_state()
    assert "closed" in sessions
    sessions["closed"].STATE_TTL_WHEN_CLOSED = -1
    sessions.delete_all_expired_state()
    assert "open" in sessions
    assert "closed" not in sessions
    assert "closed" not in sessions.time_last_used


def test_of_too_many_pages_the_one_that_rested_longest_goes(blocks: gr.Blocks) -> None:
    """The number of pages that are remembered is bounded."""
    sessions = sessions_of(blocks)
    for name in ("one", "two", "one", "three"):
        assert sessions[name] is sessions[name]
    assert [name in sessions for name in ("one", "two", "three")] == [True, False, True]


def test_the_site_remembers_its_pages_this_way(client: httpx.Client) -> None:
    """The running application uses this store, and a dialogue goes on in it."""
    site = asyncio.run(_site())
    chat = next(one.app for one in site.application._app.routes if isinstance(one, Mount) and isinstance(one.app, App))
    assert isinstance(chat.state_holder, Sessions)
    assert chat.get_blocks().state_holder is chat.state_holder
    visitor = Visitor(client)
    assert [len(visitor.ask("谁？")) for _ in range(3)] == [2, 4, 6]


async def _site() -> Site:
    return build_site(Opening(FakeAssistant), Settings(), nothing_kept())
