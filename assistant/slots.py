"""What a question names and the evidence lacks: the reasons for which a plan cannot answer, whatever the subject is."""

from __future__ import annotations

import re

from assistant.asked import asked_units
from assistant.asked_years import is_later, outside_years
from assistant.lexicon import lexicon
from assistant.measures import asks_measure, is_money
from assistant.reading import Evidence, Reading
from corpus.agencies import place_names
from index import Passage
from index.lay_words import official_words

_MONEY = re.compile(r"\d\s*[万亿千百]*元|[万亿]元|元/")


def missing_slot(reading: Reading, evidence: Evidence) -> str:
    """Return the key of the reason; empty where nothing that the question names is missing."""
    links = reading.links
    if links.missing_clauses and not links.clauses:
        return "clause"
    if links.unknown_bodies and not links.agencies and _asks_of_body(reading):
        return "body"
    if links.other_periods or reading.asks("later") or is_later(reading):
        return "period"
    if reading.asks("contact"):
        return "contact"
    if reading.asks("person") and not _asks_body_beside(reading.text) and not names_person(evidence):
        return "person"
    if _asks_what_was_reached(reading) and reading.intent in ("value", "content", "table"):
        return "actual"
    if _lacks_particulars(reading):
        return "subject"
    if _wants_share_of_each(reading):
        return "figure"
    if (
        wants_money(reading)
        and reading.intent != "who"
        and not _part_of_a_term(reading)
        and not any(_MONEY.search(passage.text) for passage in evidence.passages)
    ):
        return "money"
    if reading.asks("site") and not reading.asks("who") and not _tells_place(reading, evidence):
        return "site"
    if reading.asks("why") and _about_figure(reading, evidence):
        return "reason"
    places = links.places and not (reading.intent in ("content", "term") and _tells_home(reading))
    if places and reading.intent not in ("tasks", "register") and not _names_place(reading, evidence):
        return "place"
    if _foreign_name(reading):
        return "subject"
    if outside_years(reading):
        return "year"
    return ""


def _wants_share_of_each(reading: Reading) -> bool:
    """Whether the parts of those who only carry out are wanted, which no target of the whole tells: 各市州的分配数."""
    if not reading.asks("share_of_place") or reading.intent not in ("value", "table") or reading.asks("list", "count"):
        return False
    local = {row.name for row in reading.plan.responsibilities if row.role == "local"}
    return any(name in local for name in reading.links.names) or _EVERYWHERE.search(reading.text) is not None


_EVERYWHERE = re.compile(r"各(?:个)?[市县州区地]|每个?[市县州区]|[市县]州")


def _lacks_particulars(reading: Reading) -> bool:
    """Whether a list, an annex, a rate … is asked for, and the plan holds no such word: 某某企业名单在哪个附件."""
    if reading.intent not in ("content", "value", "term", "outline", "table") or reading.asks(
        "who", "lead", "share", "duty", "body"
    ):
        return False
    asked = [match.group() for match in lexicon().cues["particulars"].finditer(reading.text)]
    return bool(asked) and not any(word in reading.plan.text for word in asked)


# 组长：某某 县长; 某某同志兼任办公室主任
_NAMED = re.compile(r"(?:组\s*长|主\s*任|负责人|总指挥|召集人|联系人)[：:]\s*[\u4e00-\u9fff]|同志(?:兼任|担任|任)")


def names_person(evidence: Evidence) -> tuple[Passage, ...]:
    """Return those of the best sentences that name somebody in an office: a list of a working group's members."""
    return tuple(passage for passage in evidence.passages[:2] if _NAMED.search(passage.text))


_ALLOWED = re.compile(r"能不能|能否|可不可以|可否|要不要|该不该|准不准|让不让")
_NOW = re.compile(r"今年|现在|目前")


def _asks_what_was_reached(reading: Reading) -> bool:
    """Whether a question asks how far things are; 今年增速快，能不能多给点 asks what is allowed now."""
    allowed = _ALLOWED.search(reading.text) and not lexicon().has("actual", _NOW.sub("", reading.text))
    return reading.asks("actual") and not allowed


def wants_money(reading: Reading) -> bool:
    """Whether a question asks for an amount of money; 每度电用煤多少克 asks for one of coal."""
    units = asked_units(reading.text)
    counted = units and not any(is_money(unit) for unit in units) and not _HOW_MUCH_MONEY.search(reading.text)
    whether = reading.asks("given") and not reading.asks("amount") and _WHETHER.search(reading.text)  # 发不发奖金
    return reading.asks("money") and not counted and not whether


_WHETHER = re.compile(r"有没有|有无|是否|能否|会不会|([\u4e00-\u9fff])不\1|[吗么不没][?？]?$")
_HOW_MUCH_MONEY = re.compile(r"(?:几|多少)\s*(?:个亿|亿|千万|百万|分钱|毛钱?|角钱)(?!吨|立方|千瓦|亩|人|斤|度)")


_BARE = 4  # characters of a piece that only asks for the person before it: 他是谁啊
_PIECES = re.compile(r"[,，;；。?？!！]")


def _asks_body_beside(text: str) -> bool:
    """Whether a piece of a question without any person asks for bodies: 给处长写单子，牵头单位是哪几家."""
    return any(
        lexicon().has("who", piece)
        and not lexicon().has("person", piece)
        and (lexicon().groups(piece) & {"lead", "share", "sole", "duty", "body"} or len(piece) > _BARE)
        for piece in _PIECES.split(text)
    )


_CAUSES = re.compile(r"因为|由于|鉴于|考虑到|立足")


def _tells_place(reading: Reading, evidence: Evidence) -> bool:
    """Whether a sentence of the evidence names any place but the plan's own region."""
    about = f"{reading.plan.region}{reading.plan.title}"
    places = [place for place in place_names() if place not in about]
    return any(place in passage.text for passage in evidence.passages for place in places)


def _about_figure(reading: Reading, evidence: Evidence) -> bool:
    """Whether a figure or a target is in question whose sentences give no cause: 为什么定在86%."""
    named = [one for one, share in evidence.series if share >= 1.0]
    claimed = [one for one, share in evidence.claimed if share > 0]
    figure = any(one in named for one in claimed) if named and reading.links.quantities else bool(named or claimed)
    return figure and not any(_CAUSES.search(passage.text) for passage in evidence.passages)


def _part_of_a_term(reading: Reading) -> bool:
    """Whether the word for money belongs to a term of the plan and asks for no amount: 用能预算管理."""
    text = "".join(reading.plan.text.split())
    matches = list(lexicon().cues["money"].finditer(reading.text))
    terms = [reading.text[max(0, one.start() - 2) : one.end()] for one in matches]
    return all(len(term) > len(one.group()) + 1 and term in text for term, one in zip(terms, matches, strict=True))


# Who asks is not asked about: 我是市教育局的, 我在县水利局上班.
_ASKER = re.compile(r"(?:我们?|咱们?|本人)(?:单位)?(?:就)?(?:是|在|来自)[^,，。；;!?！？]{0,4}$")


def _tells_home(reading: Reading) -> bool:
    """Whether the places of a question only tell where the asker is: 我在某市开印刷厂，油墨有什么说法."""
    return all(_ASKER.search(reading.text[: reading.text.find(place)]) for place in reading.links.places)


def _asks_of_body(reading: Reading) -> bool:
    """Whether a question is about the body that it names, not about a task of which it may be a body."""
    if all(_ASKER.search(reading.text[: reading.text.find(name)]) for name in reading.links.unknown_bodies):
        return False
    whole = reading.subject.is_empty and not (reading.links.clauses or reading.titled)
    return reading.intent in ("tasks", "content", "value") or (reading.intent == "who" and whole)


_LATIN_NAME = re.compile(r"(?=[a-z0-9.-]*[a-z])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")  # 5G+工业互联网 names 5G


def _foreign_name(reading: Reading) -> bool:
    """Whether the subject is a name in Latin letters for which the plan has no word: COP28, not PM2.5 (细颗粒物)."""
    if reading.english:
        return False
    text = plain_latin(reading.plan.text)
    known = {plain_latin(alias) for row in reading.plan.indicators for alias in (row.name, *row.aliases)}
    subject = reading.subject
    lay = [word for word, instead in zip(subject.words, subject.official, strict=False) if instead]  # GDP能耗
    names = [
        plain_latin(word)
        for word in _LATIN_NAME.findall(reading.text.lower())
        if not any(word in plain_latin(one) and len(word) < len(one) for one in lay)
    ]
    known |= {lay for lay, instead in official_words(reading.text) if plain_latin(instead[0]) in text}
    own = lexicon().function_words  # 非化石能源的target
    return any(
        name not in text and not any(name in alias for alias in known)
        for name in names
        if len(name) > 1 and name not in own
    )


def plain_latin(text: str) -> str:
    """Return a text for comparing Latin names: lower case, no blanks.

    >>> plain_latin("PM 2.5")
    'pm2.5'
    """
    return "".join(text.lower().split())


_MEANT = 0.5  # share from which an indicator may be what is asked for


def _names_place(reading: Reading, evidence: Evidence) -> bool:
    """Whether a sentence of the evidence names every place that the question names; for a target, its own words."""
    if reading.intent in ("value", "table"):
        quotes = [row.quote for one, share in evidence.series if share >= _MEANT for row in one.rows]
        if quotes or asks_measure(reading.text) or reading.asks("amount", "count", "indicator"):
            return any(all(place in quote for place in reading.links.places) for quote in quotes)
    places = [
        one for one in reading.links.places if not any(f"{one}{two}" in reading.text for two in reading.links.places)
    ]
    return any(
        all(place in passage.text for place in places) for passage in evidence.passages
    )  # 广西|百色 is one place
