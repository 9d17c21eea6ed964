"""What a run's folder holds, read as it stands: how many answers there are so far, and the figures at the end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

# The report's own policy stands in its head, before any word of a question or an answer.
_POLICY = re.compile(
    r'\A\s*<!doctype html>\s*<html lang="zh-CN">\s*<head>\s*<meta charset="utf-8">\s*'
    r'<meta http-equiv="Content-Security-Policy" content="'
    r"(default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none')\""
)
# Whatever might yet run in a report would run apart from this site: it could neither ask nor read anything here.
SANDBOX = "frame-ancestors 'self'; sandbox allow-scripts allow-modals allow-popups"
NOTHING = "default-src 'none'"


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a judged run: questions right, of how many, answers with something unproved, ``seconds`` of answering."""

    right: int
    whole: int
    unproved: int
    seconds: float


def answered(folder: Path) -> int:
    """Return how many answers a run has so far; 0 before the first."""
    try:
        return (folder / "answers.jsonl").read_bytes().count(b"\n")
    except OSError:
        return 0


def result(folder: Path) -> Result | None:
    """Return the figures of a run, ``None`` where it was not judged."""
    try:
        summary, run = (json.loads((folder / name).read_bytes()) for name in ("summary.json", "run.json"))
        right, unproved = summary["total"]["right"], summary["total"]["unproved"]
        return Result(int(right["part"]), int(right["whole"]), int(unproved["part"]), float(run["seconds"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def policy(report: str) -> str:
    """Return the policy under which a report is shown: its own, closed off from the site.

    >>> policy("<script>alert(1)</script>").partition(";")[0]
    "default-src 'none'"
    """
    found = _POLICY.match(report)
    return f"{found[1] if found else NOTHING}; {SANDBOX}"
