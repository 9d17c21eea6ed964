"""What stands before the words proper of a phrase: by when, how firmly, compared with which year, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from corpus.dates import Date, find_dates
from corpus.phrases import Phrase
from corpus.target_words import read_target_words
from corpus.units import any_of

# Three years are a term, not a quantity: 三年内, 用3年左右时间.
TERM = re.compile(
    r"(?:用|在|力争用|未来|今后)?[\d一二三四五六七八九十两]+(?:到\d+)?(?:年|个月)(?:左右)?(?:内|的?时间|左右)"
    # 3年累计完成4.5万户
    r"|[\d一二三四五六七八九十两]+年(?=累计|合计|总共|共)"
)
BY = re.compile(r"(?:底前|末前|底|末|初|前|之前|以前|年底|中期|起)?")


@dataclass(frozen=True, slots=True)
class Lead:
    """What a phrase says before its words proper, which begin at ``end``.

    ``dates`` are the terms (到2025年、2030年), ``versus`` the year compared with; ``past`` marks what is already done.
    A quote may begin at ``quote_start``, behind the terms. ``causative`` is the verb that sets others to do it (推动).
    """

    end: int = 0
    quote_start: int = 0
    causative: str = ""
    dates: tuple[Date, ...] = ()
    versus: int | None = None
    strive: bool = False
    assure: bool = False
    each_year: bool = False
    subset: bool = False
    past: bool = False
    term: bool = False


@dataclass(frozen=True)
class LeadWords:
    """Patterns for the words that stand before a target."""

    plain: re.Pattern[str]
    causative: re.Pattern[str]
    strive: re.Pattern[str]
    assure: re.Pattern[str]
    each: re.Pattern[str]
    subset: re.Pattern[str]
    until: re.Pattern[str]
    versus: re.Pattern[str]
    versus_after: re.Pattern[str]
    past: re.Pattern[str]


@cache
def read_lead_words() -> LeadWords:
    """Compile the words that stand before a target."""
    words = read_target_words()

    def spelled(word: str) -> str:
        return re.escape(word) + (f"(?![{words.not_before[word]}])" if word in words.not_before else "")

    def pattern(*names: str) -> re.Pattern[str]:
        return re.compile(any_of((word for name in names for word in words.lists["lead"][name]), spelled))

    return LeadWords(
        plain=pattern("connectors", "scope"),
        causative=pattern("causative"),
        strive=pattern("strive"),
        assure=pattern("assure"),
        each=pattern("frequency"),
        subset=pattern("subset"),
        until=pattern("until"),
        versus=pattern("versus"),
        versus_after=pattern("versus_after"),
        past=pattern("past"),
    )


def read_lead(phrase: Phrase) -> Lead:
    """Read what stands before the words proper.

    >>> lead = read_lead(Phrase("力争到2025年全市森林覆盖率达到40%", tuple(range(21)), "。"))
    >>> lead.end, lead.dates[0].year, lead.strive
    (10, 2025, True)
    """
    text = phrase.text
    starts = {date.start: date for date in find_dates(text)}
    lead = Lead()
    while lead.end < len(text):
        further = _step(text, lead, starts)
        if further.end == lead.end:
            break
        lead = further
    return lead


def _step(text: str, lead: Lead, starts: dict[int, Date]) -> Lead:
    words = read_lead_words()
    at = lead.end
    dated = _dated(text, lead, starts)
    if dated:
        return dated
    if found := TERM.match(text, at):
        return replace(lead, end=found.end(), quote_start=found.end(), term=True)
    if found := words.strive.match(text, at):
        return replace(lead, end=found.end(), strive=True)
    if found := words.assure.match(text, at):
        return replace(lead, end=found.end(), assure=True)
    if found := words.each.match(text, at):
        # 年均增长8% keeps its adverb for the verb.
        if found[0] == "年均":
            return lead
        return replace(lead, end=found.end(), each_year=True)
    if found := words.subset.match(text, at):
        return replace(lead, end=found.end(), subset=True)
    if found := words.causative.match(text, at):
        return replace(lead, end=found.end(), causative=found[0])
    if found := words.plain.match(text, at):
        return replace(lead, end=found.end())
    return lead


def _dated(text: str, lead: Lead, starts: dict[int, Date]) -> Lead | None:
    """Read 到2025年, “十四五”时期, 与2020年相比 at the lead's end."""
    words = read_lead_words()
    at = lead.end
    versus = words.versus.match(text, at)
    if versus and (date := starts.get(versus.end())) and date.year:
        after = words.versus_after.match(text, date.end)
        end = after.end() if after else date.end
        return replace(lead, end=end, quote_start=end, versus=date.year)
    until = words.until.match(text, at)
    joined = lead.dates and text[at : at + 1] in {"、", "和"}
    date = starts.get(until.end() if until else at + bool(joined))
    if date is None or not stands_alone(text, date, told=bool(until)):
        return None
    by = BY.match(text, date.end)
    end = by.end() if by else date.end
    if by and by[0] == "起" and TERM.match(text, end):
        return replace(lead, end=end, quote_start=end)  # 2026年起三年内: the year tells when it begins
    past = lead.past or bool(words.past.match(text, at)) or date.text.endswith("以来") or text.startswith("以来", end)
    return replace(lead, end=end, quote_start=end, dates=(*lead.dates, date), past=past)


def stands_alone(text: str, date: Date, *, told: bool) -> bool:
    """Whether a date tells when, and is not part of a name (“十四五”节能减排约束性目标)."""
    if date.period is None:
        return date.year is not None and text[date.end : date.end + 1] != "的"
    spanned = date.text[-1] in "期间末" or bool(
        re.match("[、和]“[一二三四五六七八九十]+五”(?:时期|期间)", text[date.end :])
    )
    return spanned or told or date.end == len(text)
