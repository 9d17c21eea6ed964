"""What the settings say of a language model: off by default, half of it is told, a key is never shown, prompts are checked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsFault
from assistant.model.endpoint import endpoint_of
from assistant.model.prompts import FIELDS, FOLDER, load_prompts
from assistant.settings import ROOT, Settings, load_settings

NOWHERE = Path("/nonexistent/settings.toml")


def test_there_is_no_model_unless_one_is_set() -> None:
    """By default nothing is asked of any model."""
    assert endpoint_of(Settings()) is None


def test_without_a_model_its_libraries_are_not_loaded() -> None:
    """Who answers from the plan alone does not wait for the seconds that the vendor's libraries take."""
    code = (
        "import sys, assistant.service; print([name for name in ('langchain_openai', 'openai') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("given", "missing"), [("LLM_BASE_URL", "LLM_MODEL"), ("LLM_MODEL", "LLM_BASE_URL")], ids=["address", "name"]
)
def test_half_of_a_model_is_told(given: str, missing: str) -> None:
    """An address without a name, or a name without an address, is answered with what is missing."""
    values = {"LLM_BASE_URL": "http://127.0.0.1:1/v1", "LLM_MODEL": "m"}
    with pytest.raises(SettingsFault, match=missing):
        endpoint_of(load_settings({given: values[given]}, NOWHERE))


@pytest.mark.parametrize(
    "address", ["api.example.org/v1", "ftp://a.cn", "http://me:hunter2@a.cn/v1", "http://a.cn?key=hunter2"]
)
def test_an_address_must_be_one(address: str) -> None:
    """An address that is none, or that holds a key, is refused with an example, and is not repeated."""
    with pytest.raises(SettingsFault, match=r"llm_base_url.*http") as fault:
        load_settings({"LLM_BASE_URL": address}, NOWHERE)
    assert "hunter2" not in str(fault.value)


def test_a_prompt_may_be_reworded_and_its_hash_changes(tmp_path: Path) -> None:
    """Other words with the same fields are another version, which its hash tells."""
    folder = tmp_path / "prompts"
    shutil.copytree(FOLDER, folder)
    file = folder / "repair.txt"
    file.write_text(f"请改写。{file.read_text(encoding='utf-8')}", encoding="utf-8")
    before, after = load_prompts().hashes, load_prompts(folder).hashes
    assert {name for name in before if before[name] != after[name]} == {"repair"}


@pytest.mark.parametrize("text", ["没有字段", "$evidence $reason $sentence $more", "$evidence $reason $ $sentence", ""])
def test_a_prompt_with_other_fields_is_refused(tmp_path: Path, text: str) -> None:
    """A field that is missing, unknown or broken is told before the first question, with the fields that there must be."""
    folder = tmp_path / "prompts"
    shutil.copytree(FOLDER, folder)
    (folder / "repair.txt").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsFault, match=r"repair.*\$evidence、\$reason、\$sentence"):
        load_prompts(folder)


def test_every_prompt_is_used(tmp_path: Path) -> None:
    """The folder holds the prompts that are read and no others; a missing one is told by its name."""
    assert {file.stem for file in FOLDER.iterdir()} == set(FIELDS)
    with pytest.raises(SettingsFault, match=r"answer\.txt"):
        load_prompts(tmp_path)
