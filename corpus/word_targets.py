"""Targets without a number: 达到国家要求, 全部完成超低排放改造, 基本消除, 零填埋 (the frames of ``targets.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.drafts import Context, Draft
from corpus.leads import Lead
from corpus.model import Comparator
from corpus.names import clean_name, is_condition, is_name, split_dates
from corpus.phrases import Phrase
from corpus.pronouns import find_noun, is_pronoun
from corpus.target_words import read_target_words

BOUNDS: dict[str, Comparator] = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}
BETTER = ("达到或优于", "优于")


def read_words(text: str, phrase: Phrase, lead: Lead, context: Context) -> tuple[Draft, ...]:
    """Return the target without a number that a phrase of ``text`` states, if any."""
    body = phrase.text[lead.end :]
    if is_condition(body):
        return ()
    framed = context.framed or split_dates(body)[1] is not None
    for found in _matches(phrase.text, lead, framed=framed):
        name, date, versus = split_dates(found["name"])
        name = clean_name(name).removesuffix("实现")
        said = find_noun(name, context) if is_pronoun(name) else None
        if not is_name(name) or (is_pronoun(name) and said is None):
            continue
        start, end = phrase.span(lead.quote_start, len(phrase.text))
        draft = Draft(
            name=said.name if said else name,
            comparator=_comparator(found["value"]),
            value=text[slice(*phrase.span(*found.span("value")))],
            unit="",
            direction=found["direction"],
            strength="strive" if lead.strive or context.strive or _strives(found["name"]) else "firm",
            date=date or (lead.dates or context.dates or (None,))[-1],
            base_year=versus or lead.versus,
            start=said.start if said else start,
            end=end,
        )
        return (draft,)
    return ()


def _matches(text: str, lead: Lead, *, framed: bool) -> Iterator[re.Match[str]]:
    """Yield how the frames fit, in their order."""
    # 实现 belongs to the lead before a name (实现A达到…), to the frame before an outcome (实现A全覆盖): try both.
    held = lead.causative and text.endswith(lead.causative, 0, lead.end)
    begins = (lead.end, lead.end - len(lead.causative)) if held else (lead.end,)
    for frame in read_target_words().frames:
        if framed or not frame.framed:
            yield from filter(None, (frame.pattern.fullmatch(text, begin) for begin in begins))


def _strives(name: str) -> bool:
    return any(word in name for word in read_target_words().lists["lead"]["strive"])


def _comparator(value: str) -> Comparator:
    if value.startswith(BETTER):
        return ">="
    return next((sign for word, sign in BOUNDS.items() if value.endswith(word)), "=")
