"""The errors of the assistant.

AssistantError
├── SettingsFault       a setting cannot be used
├── BadRequest          the question or the batch file cannot be read
└── RecordsFault        the database of kept dialogues cannot be used
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
