"""The words given to the model: the files under ``prompts/``, checked when the product starts, versioned by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from assistant.errors import SettingsFault
from assistant.model.endpoint import endpoint_of
from assistant.settings import Settings

FOLDER = Path(__file__).resolve().parents[2] / "prompts"
# Every prompt with the fields that it must have, and may not exceed.
FIELDS: dict[str, frozenset[str]] = {
    "answer": frozenset(),
    "evidence": frozenset(("evidence", "question")),
    "repair": frozenset(("evidence", "reason", "sentence")),
}
_DIGITS = 12


@dataclass(frozen=True)
class Prompts:
    """All prompts by name."""

    texts: Mapping[str, str]

    def fill(self, name: str, **values: str) -> str:
        """Return a prompt with its fields filled in; what a value holds is never read as a field."""
        return Template(self.texts[name]).substitute(values)

    @property
    def hashes(self) -> dict[str, str]:
        """The first digits of each text's SHA-256."""
        return {name: hashlib.sha256(text.encode()).hexdigest()[:_DIGITS] for name, text in sorted(self.texts.items())}


def model_facts(settings: Settings) -> dict[str, str]:
    """Return the name of the model that the settings switch on and the hashes of its prompts; nothing where none is on.

    >>> model_facts(Settings())
    {}
    >>> sorted(model_facts(Settings(llm_base_url="http://127.0.0.1:1/v1", llm_model="m")))
    ['answer', 'evidence', 'name', 'repair']
    """
    endpoint = endpoint_of(settings)
    return {"name": endpoint.model, **load_prompts().hashes} if endpoint else {}


def load_prompts(folder: Path = FOLDER) -> Prompts:
    """Read the prompts; raises :class:`SettingsFault` for one that is missing or whose fields are not the agreed ones.

    >>> "问题" in load_prompts().fill("evidence", evidence="甲", question="乙 $evidence")
    True
    """
    return Prompts({name: _read(folder / f"{name}.txt", wanted) for name, wanted in FIELDS.items()})


def _read(file: Path, wanted: frozenset[str]) -> str:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFault(f"提示词文件 {file} 无法读取，请恢复这个文件") from error
    template = Template(text)
    if not text or not template.is_valid() or set(template.get_identifiers()) != wanted:
        told = "、".join(f"${name}" for name in sorted(wanted)) or "没有字段"
        raise SettingsFault(f"提示词文件 {file} 的字段应为：{told}。文字里的 $ 要写成 $$")
    return text
