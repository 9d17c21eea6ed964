"""The errors of the assistant.

AssistantError
├── SettingsFault       a setting cannot be used
├── BadRequest          the question or the batch file cannot be read
├── RecordsFault        the database of kept dialogues cannot be used
├── TrainerFault        what a trainer asked for on the page 评测 cannot be done
├── ModelFault          a language model gave nothing that can be used (assistant/model/faults.py)
└── PortTaken           the port cannot be had (assistant/web/serve.py)
"""

from __future__ import annotations


class AssistantError(Exception):
    """Any failure of the assistant; its text is Chinese and made for people."""


class SettingsFault(AssistantError):
    """A setting has a value that cannot be used."""


class BadRequest(AssistantError):
    """A question or a line of a batch is not of the agreed form."""


class RecordsFault(AssistantError):
    """The database of kept dialogues cannot be used."""


class TrainerFault(AssistantError):
    """What a trainer asked for cannot be done; the message says why and what to do."""
