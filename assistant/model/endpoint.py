"""Where the model is: an address, a name, a key that is never shown, and how long an answer may take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pydantic import SecretStr

from assistant.errors import SettingsFault
from assistant.settings import NO_KEY, Settings


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint. ``deadline``: seconds from the question to the whole answer."""

    base_url: str
    model: str
    key: SecretStr = NO_KEY
    deadline: float = 20.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a reply; its last piece tells the tokens, where the server counts them."""

    text: str = ""
    read: int = 0
    written: int = 0


class Model(Protocol):
    """What writes: :class:`assistant.model.client.Client`, or a stand-in."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def write(self, system: str, user: str, until: float) -> Iterator[Piece]:
        """Yield the reply as it comes; raises ModelFault, at the latest at ``until`` (``time.monotonic()``)."""
        ...


def endpoint_of(settings: Settings) -> Endpoint | None:
    """Return the endpoint that the settings name, none where they name none; raises :class:`SettingsFault` for half of it.

    >>> endpoint_of(Settings()) is None
    True
    >>> endpoint_of(Settings(llm_base_url="http://127.0.0.1:8089/v1/", llm_model="m", llm_api_key=SecretStr("k")))
    Endpoint(base_url='http://127.0.0.1:8089/v1', model='m', key=SecretStr('**********'), deadline=20.0)
    """
    if bool(settings.llm_base_url) != bool(settings.llm_model):
        missing = "llm_model（LLM_MODEL）" if settings.llm_base_url else "llm_base_url（LLM_BASE_URL）"
        raise SettingsFault(f"要使用语言模型，还缺设置项 {missing}；不使用的话，请把另一项也去掉")
    if not settings.llm_base_url:
        return None
    return Endpoint(
        settings.llm_base_url.rstrip("/"), settings.llm_model, settings.llm_api_key, float(settings.llm_deadline)
    )
