"""A run as JUnit XML, which build servers show: a suite for each category, a case for each question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from evals.outcome import Outcome

# What XML 1.0 cannot hold, however it is escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write the report; a question that is not wholly right is a failure, a broken answer an error."""
    root = ET.Element("testsuites", _counts(outcomes) | {"name": "evals"})
    for name in dict.fromkeys(one.question.category for one in outcomes):
        own = [one for one in outcomes if one.question.category == name]
        suite = ET.SubElement(root, "testsuite", _counts(own) | {"name": name})
        for one in own:
            _case(suite, one)
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    broken = sum(one.reply is None for one in outcomes)
    wrong = sum(not one.right for one in outcomes) - broken
    seconds = sum(one.milliseconds or 0.0 for one in outcomes) / 1000
    return {"tests": str(len(outcomes)), "failures": str(wrong), "errors": str(broken), "time": f"{seconds:.3f}"}


def _case(suite: ET.Element, one: Outcome) -> None:
    seconds = f"{(one.milliseconds or 0.0) / 1000:.3f}"
    case = ET.SubElement(
        suite, "testcase", {"name": one.question.id, "classname": _clean(one.question.category), "time": seconds}
    )
    if one.right:
        return
    kinds = "、".join(dict.fromkeys(reason.kind.value for reason in one.reasons))
    fault = ET.SubElement(case, "failure" if one.reply else "error", {"type": kinds, "message": kinds})
    lines = [
        f"问：{one.question.question}",
        *map(str, one.reasons),
        *([f"答：{one.reply.answer}"] if one.reply else []),
    ]
    fault.text = _clean("\n".join(lines))


def _clean(text: str) -> str:
    r"""Replace what XML cannot hold.

    >>> _clean("非化石\x07能源")
    '非化石�能源'
    """
    return _IMPOSSIBLE.sub("\ufffd", text)
