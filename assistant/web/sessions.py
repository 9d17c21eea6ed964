"""What the server remembers of each open page: its dialogue, and nothing else. The one module that knows Gradio's store.

Gradio keeps for every page a configuration of all its components with their latest values, which here is all that was
ever shown on it once more. It serves links to a page in some state, which are closed (:mod:`assistant.web.routes`).
"""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from gradio.blocks import Blocks
from gradio.components import State
from gradio.state_holder import SessionState, StateHolder

CLOSED_SECONDS = 3600


class Sessions(StateHolder):
    """The open pages, and for an hour those that were closed; past the capacity the one that rested longest goes."""

    def __getitem__(self, session_id: str) -> SessionState:
        """Return what is known of a page; of a new one nothing."""
        if session_id not in self.session_data:
            self.session_data[session_id] = _Session(self.blocks)
        return super().__getitem__(session_id)

    def delete_state(self, session_id: str, expired_only: bool = False) -> None:
        """Forget the dialogue of a page, and of a closed page everything."""
        super().delete_state(session_id, expired_only)
        session = self.session_data.get(session_id)
        if session is not None and session.is_closed and not session.state_data:
            self.session_data.pop(session_id, None)
            self.time_last_used.pop(session_id, None)


class _Session(SessionState):
    def __init__(self, blocks: Blocks) -> None:
        # Without what Gradio's own does: making the configuration of every component takes four milliseconds.
        self.blocks_config = copy(blocks.default_config)
        self.config_values = {}
        self.state_data = {}
        self._state_ttl = {}
        self.is_closed = False
        self.STATE_TTL_WHEN_CLOSED = CLOSED_SECONDS

    def __setitem__(self, key: int, value: Any) -> None:
        block = self.blocks_config.blocks.get(key)
        if isinstance(block, State):
            self._state_ttl[key] = (block.time_to_live, datetime.now())  # noqa: DTZ005 (Gradio compares it with its own)
            self.state_data[key] = value
        else:
            self.blocks_config.blocks[key] = value

    def _update_config(self, key: int) -> None:
        pass

    def _update_value_in_config(self, key: int, value: Any) -> None:
        pass


def sessions_of(blocks: Blocks) -> Sessions:
    """Return an empty store for the pages of an application, and let the application use it."""
    sessions = Sessions()  # type: ignore[no-untyped-call]
    sessions.set_blocks(blocks)
    return sessions
