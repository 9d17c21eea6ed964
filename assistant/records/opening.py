"""What the settings say of keeping dialogues → the recorder, the database, and the sentence that tells readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from assistant.records.recorder import Keep, Recorder
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    from assistant.records.database import Database


def open_database(settings: Settings) -> Database:
    """Return the database that the settings name; raises :class:`assistant.errors.RecordsFault`."""
    # SQLAlchemy takes half a second to import; the page is there before, and a command that keeps nothing never pays.
    from assistant.records.database import Database  # noqa: PLC0415

    return Database(settings.database, ROOT)


def open_recorder(settings: Settings) -> Recorder:
    """Return the recorder for a server; it opens its database in its own thread."""
    return Recorder(cast("Keep", settings.keep), settings.keep_days, lambda: open_database(settings))


def privacy_sentence(keep: str, days: int, model: str = "") -> str:
    """Say plainly to a reader what is kept, and what the language model of that name is sent.

    >>> privacy_sentence("none", 180)
    '您的提问和回答不会被保存。'
    >>> privacy_sentence("none", 180, "m")
    '您的提问和回答不会被保存。提问和找到的原文会发给语言模型（m）归纳，身份证号、手机号、银行卡号和邮箱先遮去。'
    """
    masked = "身份证号、手机号、银行卡号和邮箱先遮去"
    sent = f"提问和找到的原文会发给语言模型（{model}）归纳，{masked}。" if model else ""
    return _kept(keep, days, masked) + sent


def _kept(keep: str, days: int, masked: str) -> str:
    if keep == "all":
        return f"您的提问和回答会保存 {days} 天，用于改进（{masked}，不记录您是谁）。请不要输入个人信息。"
    if keep == "rated":
        return (
            "您的提问和回答不会被保存；只有您点“有用”或“没用”时，才把这一问一答和此前的提问"
            f"保存 {days} 天，用于改进（{masked}，不记录您是谁）。"
        )
    return "您的提问和回答不会被保存。"
