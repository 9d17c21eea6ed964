"""The whole answer around the model's sentences: what the program says, the sentences, and the plan's words that they left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.draft import Draft
from assistant.model.handles import Item
from assistant.model.written import Written

LEAD = "概括起来："
_PIECES = re.compile(r"[，,；;。：:、]")
_MARKERS = re.compile(r"(?:\[\d+\])+$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that is shown with what proves it; one of the plan's own stands as a quotation."""

    words: str
    items: tuple[Item, ...]
    is_quotation: bool = False


def is_open(draft: Draft) -> bool:
    """Whether a draft is plain quotation that a model may word: nothing in it was worked out."""
    return draft.status == "answered" and not draft.computed and _first_quote(draft) is not None


def partial(whole: Answer, draft: Draft, shown: Sequence[Shown], written: Written) -> Answer:
    """Return the answer as far as it is there: what the program says first, then the sentences."""
    new = Draft(draft.plan)
    new.take_over(draft, draft.lines[: _first_quote(draft)])
    new.say(LEAD, *_paragraphs(new, shown))
    told = new.finish(whole.question)
    return replace(told, mode="model", reading=whole.reading, written=written)


def compose(whole: Answer, draft: Draft, shown: Sequence[Shown], written: Written) -> Answer:
    """Return the finished answer: the sentences, then what the plan says beside them word by word, then the bodies."""
    at = _first_quote(draft) or 0
    new = Draft(draft.plan)
    new.take_over(draft, draft.lines[:at])
    new.say(LEAD, *_paragraphs(new, shown))
    new.take_over(draft, _left_over(draft.lines[at:], shown))
    told = new.finish(whole.question)
    return replace(
        whole, answer=told.answer, citations=told.citations, indicators=whole.indicators, mode="model", written=written
    )


def _paragraphs(draft: Draft, shown: Sequence[Shown]) -> list[str]:
    """Return the sentences, those of the model that follow one another in one paragraph."""
    lines: list[str] = []
    running = False
    for one in shown:
        markers = "".join(
            draft.cite(item.citation.clause_id, item.citation.start, item.citation.end) for item in one.items
        )
        if one.is_quotation:
            lines.append(f"> {one.words}{markers}\n")
        elif running:
            lines[-1] += f"{one.words[:-1]}{markers}{one.words[-1]}"
        else:
            lines.append(f"{one.words[:-1]}{markers}{one.words[-1]}")
        running = not one.is_quotation
    return lines


def _first_quote(draft: Draft) -> int | None:
    """Return where the quotations begin, with the line that introduces them."""
    for at, line in enumerate(draft.lines):
        if line.startswith("> "):
            return at
        if line.endswith("："):
            following = draft.lines[at + 1 : at + 3]
            if any(one.startswith("> ") for one in following) and not line.startswith("方案没有"):
                return at
    return None


def _left_over(lines: Sequence[str], shown: Sequence[Shown]) -> list[str]:
    """Return the lines without the quotations that the sentences hold piece by piece, and without idle introductions."""
    said = "".join(one.words for one in shown).replace(" ", "")
    kept: list[str] = []
    for line in lines:
        if not line.startswith("> "):
            kept.append(line)
            continue
        quotes = [one for one in line.split("\n") if one.strip() and not _is_said(one, said)]
        if quotes:
            kept.append("\n".join(f"{one}\n" for one in quotes))
        elif kept and kept[-1].endswith("写道："):
            kept.pop()
    if kept and kept[0].endswith("讲到这一内容：") and not any(one.startswith("> ") for one in kept):
        kept.pop(0)
    return kept


def _is_said(quote: str, said: str) -> bool:
    words = _MARKERS.sub("", quote.removeprefix("> ").strip()).replace(" ", "")
    return all(piece in said for piece in _PIECES.split(words))
