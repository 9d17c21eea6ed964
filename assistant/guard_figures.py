"""The numbers of an answer: each from the words that its markers point to, and told as firmly and widely as there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.guard_claims import (
    AT,
    EACH,
    Told,
    Year,
    each_of,
    every_each,
    measures_of,
    read_told,
    read_years,
    told_by,
    without_asked_years,
)
from assistant.guard_names import Kind, Mention, masked
from assistant.guard_sources import Sources, squeezed
from assistant.guard_sums import RECKONED, wrong_sums
from assistant.guard_text import Line, Sentence
from assistant.guard_wording import guard_words
from corpus.model import Indicator

_NUMBER = re.compile(
    r"(?<![\d.])\d+(?:[.,]\d+)*(?![\d.]*\d)\s*([%％a-zA-Z\u4e00-\u9fff]?)|(?<![A-Za-z])[IVX]{1,4}(?=\s*类)()|[Ⅰ-Ⅹ]()"
)
_JOINED = re.compile(r"[\s、和与及]*")
_NAME = "\ue002"
_NAMING: frozenset[Kind] = frozenset(("clause", "indicator", "title"))


def unproved_figures(lines: Sequence[Line], sources: Sources, computed: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the numbers in an answer's own lines; ``computed`` are those it declares as worked out."""
    for line in lines:
        if line.is_quotation:
            continue
        for said in line.sentences:
            if line.is_question:
                yield from _unheard_of(said, sources)
                continue
            sentence = replace(said, text=without_asked_years(said.text, computed))
            mentions = [one for one in sources.shelf.names.find(sentence.text) if "indicator" in one.kinds]
            yield from _unknown(sentence, sources, computed)
            yield from wrong_sums(sentence.text)
            if not RECKONED.search(sentence.text):
                yield from _retold(sentence, mentions, sources)
                yield from _wrong_years(sentence, sources)
    yield from _reworded(lines, sources)


def _unknown(sentence: Sentence, sources: Sources, computed: Collection[str]) -> Iterator[str]:
    """Find numbers that stand in no source, or not in the words that their own markers point to."""
    reckoned = RECKONED.search(sentence.text) is not None
    names = [one for one in sources.shelf.names.find(sentence.text) if one.kinds & _NAMING]
    text = guard_words().both.sub(lambda one: _NAME * len(one[0]), masked(sentence.text, names, lambda _: _NAME))
    proved, unproved = [], []
    for one in read_told(text):
        near = sources if reckoned else sources.only(sentence.markers_at(one.end))
        value, unit = one.measure
        if one.measure in _measures(near):
            proved.append(one)
        elif not _is_computed(format(value, "f"), unit, computed, reckoned=reckoned):
            unproved.append(one)
            yield f"quantity {value}{unit} has no source{'' if near is sources else ' where its marker points to'}"
    for match in _NUMBER.finditer(text):
        number, unit = _key(match)
        if any(one.start <= match.start() < one.end for one in unproved):
            continue
        near = sources if reckoned else sources.only(sentence.markers_at(match.end()))
        known = _keys(near)
        # A number that was read with its whole unit above only has to have the digits of a source: 3.2, not 3.20.
        bare = not unit or any(one.start <= match.start() < one.end for one in proved)
        if (number, unit) in known or (bare and any(number == one for one, _ in known)):
            continue
        if not _is_computed(number, unit, computed, reckoned=reckoned):
            yield f"number {number}{unit} has no source"


def _unheard_of(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """Find numbers that no plan holds in a question that is offered; it states nothing, so nothing is cited for it."""
    for match in _NUMBER.finditer(sentence.text):
        number, unit = _key(match)
        if not any(number in sources.shelf.text(plan.plan_id) for plan in sources.plans):
            yield f"number {number}{unit} is in no plan"


def _is_computed(number: str, unit: str, computed: Collection[str], *, reckoned: bool) -> bool:
    """Whether a number is one that was declared, where numbers may be worked out: 共 7 条, and behind a = sign."""
    return number in computed and (reckoned or not unit or unit[0] in guard_words().counts)


def _measures(sources: Sources) -> frozenset[tuple[object, str]]:
    return frozenset(
        {one.measure for row in sources.citations for text in (row.quote, row.label) for one in read_told(text)}
        | {measure for _, row in sources.rows for measure in measures_of(row.value, row.unit)}
    )


def _keys(sources: Sources) -> frozenset[tuple[str, str]]:
    texts = [text for row in sources.citations for text in (row.quote, row.label)]
    for _, row in sources.rows:
        texts.append(f"{row.value}{row.unit}")
        texts += [f"{year}年" for year in (row.target_year, row.base_year) if year]
    return frozenset(_key(match) for text in texts for match in _NUMBER.finditer(text))


def _key(match: re.Match[str]) -> tuple[str, str]:
    unit = match.group(1) or ""
    return squeezed(match[0]).removesuffix(unit).replace(",", ""), "%" if unit == "％" else unit


def _retold(sentence: Sentence, mentions: Sequence[Mention], sources: Sources) -> Iterator[str]:
    """Compare 以上, 左右, 力争, 下降 with those that each number has in its source, and whose number it is."""
    for one in read_told(masked(sentence.text, mentions, lambda _: _NAME)):
        near = sources.only(sentence.markers_at(one.end))
        known = _tellings(one, near)
        value, unit = one.measure
        if not known:
            continue
        for what, fitting in (
            ("comparator", [told for told in known if one.signs <= told.signs]),
            ("strength", [told for told in known if told.strengths & one.strengths]),
            ("change", [told for told in known if _same_turn(one, told)]),
        ):
            known = [told for told in known if told in fitting]
            if not known:
                yield f"quantity {value}{unit} has another {what} in its source"
                break
        if _is_anothers(sentence, one, mentions, near):
            yield f"quantity {value}{unit} belongs to another indicator"


def _tellings(one: Told, near: Sources) -> list[Told]:
    """Return how the rows tell the same number, and the cited words outside of these rows."""
    rows = [row for row in near.rows if one.measure in measures_of(row[1].value, row[1].unit)]
    known = [told for _, row in rows for told in told_by(row) if told.measure == one.measure]
    for cited in near.citations:
        spans = [(row.start - cited.start, row.end - cited.start) for plan_id, row in rows if plan_id == cited.plan_id]
        known += [
            told
            for told in read_told(cited.quote)
            if told.measure == one.measure and not any(start <= told.start < end for start, end in spans)
        ]
    return known


def _same_turn(said: Told, told: Told) -> bool:
    """Whether a change is told as in the source, and not left out where the number is by how much something changes."""
    if said.turn and said.turn != AT:
        return said.turn in told.turns
    return (told.silent and not said.turn) or not told.turn.endswith("by")


def _is_anothers(sentence: Sentence, one: Told, mentions: Sequence[Mention], near: Sources) -> bool:
    """Whether a number stands behind the name of an indicator that does not have it, and is another's."""
    each = each_of(sentence.text, one.start)
    listed = [known for row in near.citations for known in every_each(row.quote) if set(known) == set(each)]
    if each and listed:
        return each not in listed  # 甲、乙分别达到 55%、45%: the order tells which is whose
    names = _names_before(sentence, one, mentions)
    if not names:
        return False
    named = [found for name in names for found in near.shelf.names.indicators[name] if found[1].is_numeric]
    having = [row for _, row in near.rows if one.measure in measures_of(row.value, row.unit)]
    own = [
        row
        for plan_id, row in named
        if one.measure in measures_of(row.value, row.unit)
        or (near.cites(plan_id, row) and _holds_alone(row, one, having))
    ]
    return bool(named and having) and not own


def _holds_alone(row: Indicator, one: Told, having: Sequence[Indicator]) -> bool:
    """Whether a row's words hold a number that is no other row's there (下降 13% behind 14.5% of one indicator)."""
    return any(told.measure == one.measure for told in read_told(row.quote)) and all(
        other.quote != row.quote for other in having
    )


def _names_before(sentence: Sentence, one: Told, mentions: Sequence[Mention]) -> list[str]:
    """Return the name nearest before a number with those joined to it; all of a sentence where 分别 parts them."""
    before = [mention for mention in mentions if mention.end <= one.start]
    if not before or EACH in sentence.text:
        return [mention.name for mention in before]
    names = [before[-1].name]
    for earlier, later in zip(before[-2::-1], before[:0:-1], strict=True):
        if not _JOINED.fullmatch(sentence.text, earlier.end, later.start):
            break
        names.append(earlier.name)
    return names


def _wrong_years(sentence: Sentence, sources: Sources) -> Iterator[str]:
    """Find years that are not those of the numbers beside them, and base years told as years to be reached."""
    if not read_years(sentence.text):
        return
    mentions = [one for one in sources.shelf.names.find(sentence.text) if one.kinds & _NAMING]
    figures = read_told(sentence.text)
    for one in read_years(masked(sentence.text, mentions, lambda _: _NAME)):
        markers = sentence.markers_at(one.end)
        near = sources.only(markers)
        beside = [told.measure for told in figures if sentence.markers_at(told.end) == markers]
        rows = [row for _, row in near.rows if any(value in measures_of(row.value, row.unit) for value in beside)]
        if not (_is_right(one, rows, ()) if rows else _is_right(one, [row for _, row in near.rows], _texts(near))):
            yield f"year {sentence.text[one.start : one.end].strip()} is not that of its source"


def _texts(near: Sources) -> list[str]:
    """Return where a year may stand that belongs to no number: cited words, and what the whole plan is for."""
    own = [text for plan in near.plans for text in (plan.title, plan.period)]
    return [*own, *(text for row in near.citations for text in (row.quote, row.label))]


def _is_right(one: Year, rows: Sequence[Indicator], texts: Iterable[str]) -> bool:
    printed = [known for text in (*(row.quote for row in rows), *texts) for known in read_years(text)]
    if one.period:
        return any(row.period and one.period in row.period for row in rows) or any(
            one.period == known.period for known in printed
        )
    if one.year is None:
        return True  # 6月底: the digits have been looked up
    set_for = {row.base_year if one.is_base else row.target_year for row in rows}
    set_for |= {known.year for known in printed if known.is_base == one.is_base}
    return one.year in set_for | {known.first_year for known in printed}


def _reworded(lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    """Find joined targets without a number whose words (达到国家要求) do not stand in the answer as they are.

    They have to stand somewhere, and in each sentence that names the target and cites its words.
    """
    wanted = [found for found in sources.rows if not found[1].is_numeric]
    if not wanted:
        return
    text = "\n".join(squeezed(line.text) for line in lines)
    for _, row in wanted:
        if not _is_told(row, text):
            yield f"the target of {row.name} is not told in the plan's words"
    for line in lines:
        for sentence in () if line.is_quotation else line.sentences:
            for one in sources.shelf.names.find(sentence.text):
                near = sources.only(sentence.markers_at(one.end))
                rows = [row for plan_id, row in wanted if row.name == one.name and near.cites(plan_id, row)]
                if near is not sources and rows and not any(_is_told(row, squeezed(sentence.text)) for row in rows):
                    yield f"the target of {one.name} is told in other words than the plan's"


def _is_told(row: Indicator, text: str) -> bool:
    return squeezed(row.quote) in text or squeezed(row.quote.removeprefix(row.name)) in text
