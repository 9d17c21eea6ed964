"""One responder for each intent: from a reading and its evidence to a draft."""

from __future__ import annotations

from collections.abc import Callable

from assistant.draft import Draft
from assistant.intent import Intent
from assistant.reading import Evidence, Reading
from assistant.respond.content import respond_content
from assistant.respond.outline import respond_outline
from assistant.respond.register import respond_register
from assistant.respond.table import respond_table
from assistant.respond.tasks import respond_tasks
from assistant.respond.term import respond_term
from assistant.respond.value import respond_value
from assistant.respond.who import respond_who

Responder = Callable[[Reading, Evidence, Draft], Draft]

RESPONDERS: dict[Intent, Responder] = {
    "who": respond_who,
    "tasks": respond_tasks,
    "value": respond_value,
    "table": respond_table,
    "register": respond_register,
    "content": respond_content,
    "term": respond_term,
    "outline": respond_outline,
}
