"""The errors of the assistant.

AssistantError
├── SettingsFault       a setting cannot be used
├── BadRequest          the question or the batch file cannot be read
└── GuardFault          an answer holds something without a source (caught inside, logged, never shown)
"""

from __future__ import annotations


class AssistantError(Exception):
    """Any failure of the assistant; its text is Chinese and made for people."""


class SettingsFault(AssistantError):
    """A setting has a value that cannot be used."""


class BadRequest(AssistantError):
    """A question or a line of a batch is not of the agreed form."""


class GuardFault(AssistantError):
    """An answer holds a number, an agency or a quotation that has no source."""
