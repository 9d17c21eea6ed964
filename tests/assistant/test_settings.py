"""Settings: defaults, one file, the environment before the file, and clear errors."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.errors import SettingsFault
from assistant.settings import ROOT, Settings, load_settings, variable_of

NOWHERE = Path("/nonexistent/settings.toml")


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_setting_has_a_default() -> None:
    """Without a file and without variables the defaults hold, and every folder lies under the product's own."""
    settings = load_settings({}, NOWHERE)
    assert settings == Settings()
    folders = [getattr(settings, one.name) for one in fields(Settings) if isinstance(getattr(settings, one.name), Path)]
    assert folders
    assert all(folder.is_relative_to(ROOT) for folder in folders)


def test_the_default_listens_on_this_machine_alone() -> None:
    """Nobody else can reach the page unless a setting says so."""
    assert Settings().host == "127.0.0.1"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """A value of the file holds, unless the environment has another."""
    file = written(tmp_path, 'port = 8001\nhost = "0.0.0.0"\nmax_question = 500\n')
    settings = load_settings({"POLICY_QA_PORT": "8002", "POLICY_QA_UNKNOWN": "x", "PORT": "1"}, file)
    assert (settings.port, settings.host, settings.max_question) == (8002, "0.0.0.0", 500)  # noqa: S104


def test_the_file_can_lie_elsewhere(tmp_path: Path) -> None:
    """A variable names another file."""
    file = written(tmp_path, 'model = "other"\n')
    assert load_settings({"POLICY_QA_SETTINGS": str(file)}).model == "other"


# Settings of which not every text is a value.
FORMED = {
    "log_level": "DEBUG",
    "rate_limit": "17/second;100/hour",
    "trusted_proxies": "127.0.0.1,10.0.0.0/8,::1",
    "keep": "all",
    "llm_base_url": "http://127.0.0.1:8089/v1",
    "database": "postgresql+psycopg://me:hunter2@db/qa17",
    "trainers": "li:$argon2id$v=19$m=65536,t=3,p=17$c2FsdA$aGFzaA",
    "session_secret": "17" * 16,
}


@pytest.mark.parametrize("name", [one.name for one in fields(Settings)])
def test_every_setting_can_be_set_by_a_variable(name: str) -> None:
    """Each field has its variable, and its value becomes the field's own type."""
    default = getattr(Settings(), name)
    given = FORMED.get(name, "17")
    value = getattr(load_settings({variable_of(name): given}, NOWHERE), name)
    assert type(value) is type(default)
    shown = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    assert shown.endswith(given)


def test_a_level_of_the_log_has_a_name() -> None:
    """A number, which the commands could not use, is refused with the names."""
    with pytest.raises(SettingsFault, match=r"log_level.*DEBUG.*10"):
        load_settings({"POLICY_QA_LOG_LEVEL": "10"}, NOWHERE)


def test_a_relative_folder_is_taken_from_the_product(tmp_path: Path) -> None:
    """A relative folder does not depend on where the command is called; an absolute one stays."""
    settings = load_settings({"POLICY_QA_INDEX": "elsewhere/index", "POLICY_QA_CACHE": str(tmp_path)}, NOWHERE)
    assert (settings.index, settings.cache) == (ROOT / "elsewhere" / "index", tmp_path)


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    """A misspelled name is told, with the names that there are."""
    with pytest.raises(SettingsFault, match=r"prot.*port"):
        load_settings({}, written(tmp_path, "prot = 8000\n"))


@pytest.mark.parametrize("name", ["port", "max_question"])
def test_a_number_must_be_one(tmp_path: Path, name: str) -> None:
    """Words where a number belongs are told with the setting's name, from the file and from the environment."""
    with pytest.raises(SettingsFault, match=rf"{name}.*many"):
        load_settings({f"POLICY_QA_{name.upper()}": "many"}, NOWHERE)
    with pytest.raises(SettingsFault, match=name):
        load_settings({}, written(tmp_path, f'{name} = "many"\n'))


@pytest.mark.parametrize("name", ["rate_limit", "trusted_proxies", "keep", "database", "llm_base_url"])
def test_a_text_must_have_its_form(name: str) -> None:
    """A word that is none of the choices is told with them; an address, which may hold a password, is not repeated."""
    with pytest.raises(SettingsFault, match=name) as fault:
        load_settings({variable_of(name): "mysql://me:hunter2@db"}, NOWHERE)
    assert ("hunter2" in str(fault.value)) is (name not in ("database", "llm_base_url"))


def test_a_password_is_not_shown_with_the_settings() -> None:
    """Settings that are printed or logged show neither the address of the database nor the key of a language model."""
    settings = load_settings({"POLICY_QA_DATABASE": FORMED["database"], "LLM_API_KEY": "hunter2"}, NOWHERE)
    assert "hunter2" not in f"{settings!r} {settings} {settings.llm_api_key}"


def test_a_key_does_not_belong_in_the_file(tmp_path: Path) -> None:
    """A key in the file is refused with the variable that takes it, and is not repeated."""
    with pytest.raises(SettingsFault, match="LLM_API_KEY") as fault:
        load_settings({}, written(tmp_path, 'llm_api_key = "hunter2"\n'))
    assert "hunter2" not in str(fault.value)


@pytest.mark.parametrize("content", [b"port = = 1", 'host = "主机"'.encode("gb18030"), b"port"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """What is no TOML, or no UTF-8, is told in Chinese with the file's name."""
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsFault, match="无法读取") as fault:
        load_settings({}, file)
    assert str(file) in str(fault.value)
