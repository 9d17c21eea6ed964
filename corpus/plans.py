"""Plan folders and loose documents become :class:`~corpus.model.Plan` values.

A folder under ``plans/`` holds ``plan.txt`` (cleaned), ``plan.toml`` (what a person read: title, issuer, region, period,
aliases, notes) and, where the targets were reviewed, ``indicators.csv``.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.clean import clean
from corpus.definitions import find_definitions
from corpus.errors import FaultyPlan, UnknownPlan
from corpus.front import read_front
from corpus.indicator_table import load_indicators
from corpus.indicators import extract_indicators
from corpus.model import Clause, Indicator, Plan
from corpus.notes import Note
from corpus.outline import parse_outline
from corpus.responsibilities import find_responsibilities

PACKAGE = Path(__file__).parent
PLANS = PACKAGE / "plans"
TABLES = ("*.toml", "*.csv", "*.txt")
PLAN_FILES = ("plan.txt", "plan.toml", "indicators.csv")


@dataclass(frozen=True)
class Corpus:
    """The plans that questions are asked about. ``digest`` changes with any file that they came from."""

    plans: tuple[Plan, ...]
    digest: str

    @cached_property
    def _by_id(self) -> dict[str, Plan]:
        return {plan.plan_id: plan for plan in self.plans}

    def plan(self, plan_id: str) -> Plan:
        """Return the plan of that id; raises :class:`UnknownPlan` where there is none."""
        try:
            return self._by_id[plan_id]
        except KeyError:
            raise UnknownPlan(f"没有编号为“{plan_id}”的方案") from None


def load_corpus(folder: Path = PLANS) -> Corpus:
    """Load every plan folder under ``folder``, ordered by id. Raises :class:`FaultyPlan`.

    >>> corpus = load_corpus()
    >>> len(corpus.digest), all(corpus.plan(plan.plan_id) is plan for plan in corpus.plans)
    (64, True)
    """
    folders = plan_folders(folder)
    return Corpus(tuple(load_plan(path) for path in folders), _digest(folders))


def plan_folders(folder: Path = PLANS) -> list[Path]:
    """Return the plan folders under ``folder``, ordered by id; empty where there is none.

    >>> plan_folders(PLANS / "nowhere")
    []
    """
    return sorted(path.parent for path in folder.glob("*/plan.toml"))


def load_plan(folder: Path) -> Plan:
    """Load one plan folder; raises :class:`FaultyPlan` where it lacks a file or holds what no cleaned text is."""
    text, facts = check_plan_folder(folder)
    return _assemble(text, folder.name, facts, folder / "indicators.csv")


def check_plan_folder(folder: Path) -> tuple[str, dict[str, Any]]:
    """Return the text and the facts of a plan folder; raises :class:`FaultyPlan` as :func:`load_plan` does."""
    facts = _read_facts(folder / "plan.toml")
    try:
        text = (folder / "plan.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise FaultyPlan(f"方案“{folder.name}”缺少可读的 plan.txt") from fault
    if text != clean(text):
        raise FaultyPlan(f"方案“{folder.name}”的 plan.txt 不是整理后的文本，请用 python -m corpus add 重新加入")
    return text, facts


def read_plan(raw: str, plan_id: str, title: str | None = None) -> Plan:
    r"""Read a loose document: its text is cleaned, everything else is found by rule.

    >>> plan = read_plan("某市节水行动方案\n一、主要目标\n到 2025 年用水量下降 16%。", "water")
    >>> plan.title, [clause.label for clause in plan.clauses]
    ('某市节水行动方案', ['前言', '一、主要目标'])
    """
    return _assemble(clean(raw), plan_id, {"title": title} if title else {})


def _assemble(text: str, plan_id: str, facts: dict[str, Any], table: Path | None = None) -> Plan:
    clauses = parse_outline(text)
    front = read_front(text)
    reviewed = table is not None and table.exists()
    return Plan(
        plan_id=plan_id,
        title=facts.get("title") or front.title or plan_id,
        text=text,
        clauses=clauses,
        responsibilities=find_responsibilities(text, clauses, _notes(facts, text, clauses)),
        definitions=find_definitions(text, clauses),
        indicators=_indicators(text, clauses, table if reviewed else None),
        issuer=facts.get("issuer", front.issuer),
        region=facts.get("region", front.region),
        period=facts.get("period", front.period),
        aliases=tuple(facts.get("aliases", ())),
        reviewed=reviewed,
    )


def _indicators(text: str, clauses: Sequence[Clause], table: Path | None) -> tuple[Indicator, ...]:
    return load_indicators(table, text, clauses) if table else extract_indicators(text, clauses)


def _notes(facts: dict[str, Any], text: str, clauses: Sequence[Clause]) -> tuple[Note, ...] | None:
    """Return the notes that a person recorded, each found in its clause; ``None`` where nobody recorded any."""
    if "notes" not in facts:
        return None
    notes = []
    places = {clause.clause_id: clause for clause in clauses}
    for row in facts["notes"]:
        clause = places.get(row.get("clause_id"))
        start = text.find(row.get("quote", "\n\n"), clause.start, clause.end) if clause else -1
        if start < 0 or row.get("body", "\n") not in row["quote"]:
            raise FaultyPlan(f"plan.toml 的 notes 与正文不符：{row.get('quote', '缺少 quote')}")
        notes.append(Note((row["body"],), start, start + len(row["quote"])))
    return tuple(notes)


def _read_facts(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FaultyPlan(f"方案“{path.parent.name}”的 plan.toml 无法读取") from fault


def _digest(folders: Iterable[Path]) -> str:
    """Return the SHA-256 of every file that the plans came from: their folders and the tables of this package."""
    files = [path for pattern in TABLES for path in PACKAGE.glob(pattern)]
    files += [folder / name for folder in folders for name in PLAN_FILES]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.exists()):
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
