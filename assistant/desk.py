"""Everything prepared for reading questions about one plan: its links, its indicator names, its word weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from assistant.links import Linker, Links
from assistant.normalize import normalize
from assistant.reading import Series, series_of
from assistant.references import integer
from assistant.subject import Coverage
from corpus import Indicator, Plan
from corpus.agencies import general_bodies

_PLAIN = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return letters, digits and characters alone, as names are compared.

    >>> plain("秸秆 综合利用率（%）")
    '秸秆综合利用率'
    """
    return _PLAIN.sub("", normalize(text).lower())


@dataclass(frozen=True)
class Desk:
    """One plan, made ready once; threads may share it."""

    plan: Plan

    @cached_property
    def called(self) -> tuple[str, ...]:
        """What questions may call the plan, in plain form: title, region, aliases."""
        return tuple(plain(name) for name in (self.plan.title, self.plan.region, *self.plan.aliases) if name)

    def untitled(self, text: str) -> str:
        """Return a question with 方案 for the plan's title, whose words are none of its subject: 《某方案》里，谁牵头."""
        return self._title.sub("方案", text)

    @cached_property
    def _title(self) -> re.Pattern[str]:
        title = r"[\W_]*".join(map(re.escape, plain(self.plan.title)))
        return re.compile(rf"《?{title}\)?》?", re.IGNORECASE)

    @cached_property
    def linker(self) -> Linker:
        """Finds what a question names in this plan."""
        return Linker(self.plan, general_bodies())

    @cached_property
    def coverage(self) -> Coverage:
        """Weighs the words of this plan."""
        return Coverage(self.plan)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """The plan's indicators, all targets of one together."""
        return series_of(self.plan)

    @cached_property
    def told(self) -> dict[Series, str]:
        """What the plan says of each indicator: its names and its own words."""
        return {
            one: " ".join((*names_of(one), *(self._own_words(one, row) for row in one.rows))) for one in self.series
        }

    def _own_words(self, series: Series, row: Indicator) -> str:
        """Return a target's quotation without the targets that it only goes on from: 培育甲企业5家、乙基地3个."""
        words = row.quote
        for other in self.series:
            inside = other.clause_id == series.clause_id and any(row.start <= one.start < row.end for one in other.rows)
            if inside and other.name != series.name and other.name not in series.name:
                words = words.replace(other.name, "")
        return words

    def headed(self, series: Series) -> str:
        """Return what the plan says of an indicator, its clause's heading first."""
        return f"{self.plan.clause(series.clause_id).title} {self.told[series]}"

    @cached_property
    def names(self) -> tuple[tuple[str, Series], ...]:
        """Every name and alias of an indicator in plain form, longest first."""
        pairs = {(plain(name), series) for series in self.series for name in names_of(series)}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0], pair[1].rows[0].start)))

    def in_short(self, text: str) -> str:
        """Return a question with the short forms that the plan goes on with after giving them, for their full forms."""
        for row in self.plan.definitions:
            if row.kind == "short" and row.term not in text and len(plain(row.term)) > _FORM:
                text = text.replace(row.meaning, row.term)
        return text

    def titled(self, text: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return the clauses whose heading a question names, whole or without its generic tail (工程, 制度).

        A part of a heading will do where the question says that it means one (农业农村那一条, 政策机制这章).
        """
        question = plain(text)
        if _PREFACE.search(text) and self.plan.has_clause("0"):
            return ("0",)
        if opposed := self._opposed(text, words):
            return opposed
        found = {clause: len(title) for clause, title in self._titles.items() if _names_title(title, question)}
        longest = max(found.values(), default=0)
        whole = tuple(clause for clause, length in found.items() if length == longest)
        if whole or not _MEANS_A_CLAUSE.search(text):
            return whole
        two = _TWO_CLAUSES.search(text)
        if two:  # 交通和农业那两条
            each = [self.titled(f"{part}那条", [word for word in words if word in part]) for part in two.groups()]
            return tuple(one[0] for one in each) if all(len(one) == 1 for one in each) else ()
        told = _TELLS_A_CLAUSE.search(text)
        if told:  # 农业农村那条里，只设下限的有哪几个: the rest of the question tells nothing of the heading
            words = [word for word in words if word in told.group(1)]
        kernel = [word for word in words if word not in TITLE_TAILS and len(word) > 1]
        partly = [
            clause for clause, title in self._titles.items() if kernel and all(plain(word) in title for word in kernel)
        ]
        return tuple(partly) if len(partly) == 1 else ()

    def _opposed(self, text: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return the two clauses that a question sets against each other: 甲政策那条的单位比乙设施那条多几家."""
        for joint in _OPPOSES.finditer(text):
            parts = (text[: joint.start()], text[joint.end() :])
            if all(_TELLS_A_CLAUSE.search(part) for part in parts):
                each = [self.titled(part, [word for word in words if word in part]) for part in parts]
                if all(len(one) == 1 for one in each) and each[0] != each[1]:
                    return each[0][0], each[1][0]
        return ()

    def chapters_named(self, text: str) -> tuple[str, ...]:
        """Return the chapters of whose headings a question holds a part of four characters or more, the longest parts.

        重点工程比政策机制多几条 names 实施节能减排重点工程 and 健全节能减排政策机制.
        """
        question = plain(text)
        parts = sorted(
            (
                (_shared_part(question, plain(clause.title)), clause.clause_id)
                for clause in self.plan.clauses
                if clause.title and any(self.plan.children(clause.clause_id))
            ),
            key=lambda part: (part[0][0] - part[0][1], part[1]),
        )
        chosen: list[tuple[int, int]] = []
        found = []
        for (start, end), clause_id in parts:
            part = question[start:end]
            if (
                len(part) >= _PART
                and part not in plain(self.plan.title)
                and not any(start < right and left < end for left, right in chosen)
            ):
                chosen.append((start, end))
                found.append(clause_id)
        return tuple(sorted(found))

    def chapters_counted(self, text: str) -> tuple[str, ...]:
        """Return the chapter that a question tells by the number of its sections and a word of its heading: 十大工程."""
        found = [
            clause.clause_id
            for told in _COUNTED_CHAPTER.finditer(text)
            for clause in self.plan.clauses
            if clause.parent_id is None
            and told["what"] in clause.title
            and len(list(self.plan.children(clause.clause_id))) == integer(told["number"])
        ]
        return tuple(found) if len(set(found)) == 1 else ()

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {clause.clause_id: plain(clause.title) for clause in self.plan.clauses if clause.title}

    def named_series(self, text: str) -> tuple[Series, ...]:
        """Return the indicators whose whole name or alias stands in the question; inside a longer name it does not count."""
        rest = plain(text)
        found: dict[Series, None] = {}
        for name, series in self.names:
            if len(name) > 2 and name in rest:
                found[series] = None
        longest = {name for name, series in self.names if series in found and name in rest}
        first = {
            series: min(rest.find(name) for name, owner in self.names if owner == series and name in rest)
            for series in found
        }
        return tuple(
            series
            for series in sorted(found, key=lambda one: (first[one], one.rows[0].start))
            if any(
                name in longest and not any(name != other and name in other for other in longest)
                for name, owner in self.names
                if owner == series
            )
        )

    def tells_target(self, words: str) -> bool:
        """Whether words are a part of what an indicator is called, and mark no clause: 能耗, not 能耗双控那条."""
        if _MEANS_A_CLAUSE.search(words):
            return False
        short = plain(words)
        return any(short in plain(name) for one in self.series for name in names_of(one))

    def mask_names(self, text: str, links: Links) -> tuple[tuple[int, int, str], ...]:
        """Return the spans of a question with the names of indicators added, for the intent classifier."""
        spans = list(links.spans)
        for name, _ in self.names:
            at = text.find(name)
            if len(name) > 2 and at >= 0 and not any(at < end and start < at + len(name) for start, end, _ in spans):
                spans.append((at, at + len(name), "指标"))
        return tuple(spans)


_FORM = 2  # characters of a short form that might be any other word: 方案, 条例
_PART = 4
_PREFACE = re.compile(r"前言|序言|引言|导语|开头[那这]?段|第一章之前")


def _shared_part(question: str, title: str) -> tuple[int, int]:
    """Return where in ``question`` the longest stretch that ``title`` also holds lies."""
    match = SequenceMatcher(None, question, title, autojunk=False).find_longest_match()
    return match.a, match.a + match.size


# A large number of what headings end with: 十大工程, 这八项机制; two or three of them may be any.
_COUNTED_CHAPTER = re.compile(
    r"(?P<number>[四五六七八九]|十[一二三四五六七八九]?|\d{1,2})(?:大|项|个|条)(?:重点|主要)?(?P<what>工程|行动|任务|机制|制度|举措|措施)"
)
TITLE_TAILS = ("工程", "行动", "工作", "制度", "建设", "机制", "体系")
_MEANS_A_CLAUSE = re.compile(r"[这那该]?一?[条章节项块](?!款|件|目)|条款(?=[里中内下的])|工程|部分")


_TWO_CLAUSES = re.compile(r"([^,。;、?!]{2,8}?)(?:、|和|与|跟|及)([^,。;、?!]{2,10}?)[这那该]?[两二2][条章节项块]")
_OPPOSES = re.compile(r"比|和|与|跟|同|较")
_TELLS_A_CLAUSE = re.compile(
    r"([^,。;、?!]{2,16}?)(?:[这那该]一?[条章节项块](?!款|件|目)|[这那该]?条款(?=[里中内下的]))"
)


def _names_title(title: str, question: str) -> bool:
    short = next((title.removesuffix(tail) for tail in TITLE_TAILS if title.endswith(tail)), title)
    return len(short) >= 4 and (title in question or short in question)


def names_of(series: Series) -> Iterable[str]:
    """Yield the name of an indicator and every alias of its rows."""
    yield series.name
    for row in series.rows:
        yield from row.aliases
