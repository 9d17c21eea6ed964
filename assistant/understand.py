"""A typed question becomes a reading: what it names, what it wants, what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.asked import asked_units, conversions
from assistant.bounds import bound_spans
from assistant.desk import Desk
from assistant.english import gloss
from assistant.forms import exclusions, form_spans
from assistant.grades import with_grades
from assistant.intent import Intent, IntentModel
from assistant.lexicon import lexicon
from assistant.links import Links, mask
from assistant.normalize import is_english
from assistant.orders import without_orders
from assistant.ordinals import in_numbers
from assistant.reading import Reading, Subject
from assistant.roster_table import first_match
from assistant.roster_words import drop_left_out
from assistant.spelling import Speller
from assistant.spoken import put_plainly
from assistant.subject import read_subject
from corpus import Plan
from index.encode import DEFAULT_MODEL, Encoder
from index.segment import Segmenter

_SURE = 0.8  # share from which the words alone decide; the embedding takes some ten milliseconds


@dataclass(frozen=True)
class Reader:
    """Reads questions about any plan; holds what all plans share."""

    segmenter: Segmenter
    encoder: Encoder

    @cached_property
    def intents(self) -> IntentModel:
        """The trained intent classifier."""
        return IntentModel.load()

    def _intent_shares(self, masked: str) -> tuple[tuple[Intent, float], ...]:
        """Ask the words first, and the embedding as well where they leave doubt; another model's vectors mean nothing here."""
        shares = self.intents.predict(masked)
        if shares[0][1] >= _SURE or self.encoder.name != DEFAULT_MODEL:
            return shares
        return self.intents.predict(masked, self.encoder.encode_queries([masked])[0])

    @cached_property
    def _spellers(self) -> dict[str, Speller]:
        return {}

    def _speller(self, plan: Plan) -> Speller:
        return self._spellers.setdefault(plan.plan_id, Speller.of(plan, self.segmenter))

    def read(self, question: str, desk: Desk) -> Reading:
        """Return the reading of one question on its own, without the turns before it."""
        text, ordered = without_orders(question)
        text = _PLACEHOLDER.sub("", text)
        english = is_english(text)
        text = put_plainly(self._speller(desk.plan).correct(gloss(desk.untitled(text))))
        if not lexicon().groups(text) & {"term", "short_form"}:  # 某某简称什么 asks for the short form itself
            text = desk.in_short(text)
        text = with_grades(text, desk.plan.text)
        text = in_numbers(text, desk.plan)
        text, without = self._left_out(text, desk)
        links = desk.linker.link(text)
        groups = lexicon().groups(text)
        if any(one.unit == "倍" for one in links.quantities):  # 甲是不是乙的50倍
            groups |= {"ratio"}
        if any(_MEAN in name and name in text for name, _ in desk.names):
            groups -= {"mean"}  # 平均供电煤耗 is what is measured
        said = _without_forms(text, links, groups, desk.plan)
        subject = self._subject(said, links, desk)
        subject = subject.without(asked_units(text))  # 多少万吨: the unit is no subject
        if said != text:  # a lone character beside a form is a part of its wording
            subject = subject.without([word for word in subject.words if len(word) < _WORD])
        about = f"{desk.plan.region} {desk.plan.title}"
        towns = tuple(
            town
            for town in _towns((*subject.words, *_first_town(text)), links, text, desk.plan.text)
            if town not in about
        )
        links = replace(links, places=(*links.places, *towns))
        chapters = desk.chapters_named(text)
        if "chapter" in groups:  # 政策机制那章 is as good as its number
            links = replace(links, clauses=tuple(dict.fromkeys((*links.clauses, *chapters))))
        links = replace(links, clauses=links.clauses or desk.chapters_counted(text))
        shares = self._intent_shares(mask(text, desk.mask_names(text, links)))
        named = links
        links = drop_left_out(text, named, desk.plan)
        groups -= {"local"} if links != named else set()
        intent, confidence = _settle(shares, links, groups, subject)
        return Reading(
            question=question,
            text=text,
            plan=desk.plan,
            links=links,
            groups=groups,
            subject=subject,
            intent=intent,
            confidence=confidence,
            off_topic=dict(shares)["other"],
            titled=desk.titled(text, subject.words),
            chapters=chapters,
            without=without,
            english=english,
            ordered=ordered,
        )

    def _subject(self, text: str, links: Links, desk: Desk) -> Subject:
        """Read what a question is about; behind 谁, words that the plan does not hold only ask (某事，谁去打理)."""
        held = desk.coverage
        subject = read_subject(text, links, self.segmenter, held.rare_characters, held.own_text).without(
            desk.linker.own_words
        )
        asks = lexicon().cues["who"].search(text)
        told = [word for word in subject.words if asks and word in text[: asks.start()]]
        if not asks or not any(len(word) > 1 for word in told):
            return subject
        return subject.without(
            [word for word in subject.words if word not in told and desk.coverage.share([word], desk.plan.text) < _HELD]
        )

    def _left_out(self, text: str, desk: Desk) -> tuple[str, tuple[str, ...]]:
        """Take the clauses out of a question that are named only to be left out: 除了某某那条，别的还管什么, 第三章以外的目标."""
        match = first_match("clauses.left_out", text)
        if match and desk.linker.link(f"{text[: match.start()]} {text[match.end() :]}").agencies:
            found = self._clauses_of(match["told"], desk)
            return (text.replace(match.group(), ""), found) if found else (text, ())
        left_out: list[str] = []
        for words, told in exclusions(text):
            if desk.tells_target(told):
                continue  # 除了能耗，还有哪些要求下降的
            rest = text.replace(words, "")
            if found := self._clauses_of(told, desk) or self._item_of(rest, told, desk):
                text = rest
                left_out += found
        return text, tuple(dict.fromkeys(left_out))

    def _item_of(self, rest: str, told: str, desk: Desk) -> tuple[str, ...]:
        """Return the item of this number in the one chapter that the rest of a question keeps to: 第三章除了第五条，还有哪些."""
        inside = desk.linker.link(rest).clauses if _ITEM.fullmatch(told) else ()
        if len(inside) != 1 or not any(desk.plan.children(inside[0])):
            return ()
        return desk.linker.link(f"第{inside[0]}章{told}").clauses

    def _clauses_of(self, told: str, desk: Desk) -> tuple[str, ...]:
        links = desk.linker.link(told)
        if links.agencies:  # 某项工作，甲局之外谁还要管: the body is left out
            return ()
        words = read_subject(told, links, self.segmenter).words
        if found := links.clauses or desk.titled(f"{told}那条", words):
            return found
        owners = dict.fromkeys(one.clause_id for one in desk.named_series(told))  # 秸秆利用率那条
        return tuple(owners) if len(owners) == 1 and _CLAUSE.search(told) else ()


_PLACEHOLDER = re.compile(r"[×✕＊*]{2,}|[Xx]{2,}(?=[\u4e00-\u9fff])")  # “××利用率”: any word may stand there
_MEAN = "平均"
_WORD = 2  # characters
_CLAUSE = re.compile(r"[那这]一?[条块节]$")
_ITEM = re.compile(r"第[一二三四五六七八九十\d]+[条项节点]")
_FRAGMENT = re.compile(r"的(?:呢|有|是|那些|那几个)*(?:吗|么|没有|哪些|哪几个|几个|多少)?[?。]?$")  # 不是百分数的呢
_ROWS = frozenset(("indicator", "list", "count", "items", "most", "least", "order"))


def _without_forms(text: str, links: Links, groups: frozenset[str], plan: Plan) -> str:
    """Return a text of the same length without the words that only say by what form or figure targets are chosen.

    Where no rows of the table are asked for, a word like 上限 says something of a figure, or is a subject.
    """
    spans = list(conversions(text))
    if groups & _ROWS or links.quantities or _FRAGMENT.search(text):
        spans += (*form_spans(text, plan), *bound_spans(text, plan, links.quantities))
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


_HELD = 0.5  # share of a word from which the plan holds it
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}[市县旗]|[\u4e00-\u9fff]{2,3}[州区镇乡]|[\u4e00-\u9fff]{2}新区")
_NO_TOWN = re.compile(
    r"[城都省各全我本园社景片小校地特行辖街新发范护治政能业验济技术作居工][市区县]|城市|城镇|乡镇|村镇|集镇|地区|园区|服务区|保护区|生活区|居住区|风景区|商务区|库区|矿区|林区|灌区|^[我你您他她咱俺]|各|全|本|有关|相关"
)


_FIRST_TOWN = re.compile(r"(?:请问|那|那么)?([\u4e00-\u9fff]{2}(?:[县镇乡]|新区))(?![级域区镇乡村政府长里上])")


def _first_town(text: str) -> tuple[str, ...]:
    """Return the county or town that a question begins with, which no word list holds: 柳河镇要修几公里."""
    found = _FIRST_TOWN.match(text)
    return (found[1],) if found is not None and not _ANY_TOWN.search(found[1]) else ()


_ANY_TOWN = re.compile(
    r"我们|咱们|你们|哪个|哪些|这个|那个|几个|一个|每个|多少|所有|试点|重点|示范|城市|城镇|产业|园区"
)


# The sign of a town behind a word that was cut off from it, not the beginning of another word: 市场, 县域.
_LEVEL = re.compile(r"[市县旗](?![州场级政域民区委长容值面城志直郊制花])")


_NO_NAME = re.compile("[不每各个这那哪全几多少到在由对按于以的是有没要把被和与跟及或]")


def _towns(words: Iterable[str], links: Links, text: str, own: str) -> tuple[str, ...]:
    """Return the words of a subject that are towns and counties by their form: 仁怀市, not 示范区.

    One that was cut off from its 市 counts where the plan (``own``) holds the whole, or nothing of it.
    """
    cut_off = (
        whole
        for word in words
        if not _NO_NAME.search(word)
        for at in (text.find(word) + len(word),)
        if _LEVEL.match(text, at) and ((whole := word + text[at]) in own or word not in own)
    )
    return tuple(
        word
        for word in dict.fromkeys((*words, *cut_off))
        if _TOWN.fullmatch(word)
        and not _NO_TOWN.search(word.removesuffix("新区") or word)
        and not any(place in word for place in links.places)
    )


def _settle(
    shares: tuple[tuple[Intent, float], ...], links: Links, groups: frozenset[str], subject: Subject
) -> tuple[Intent, float]:
    """Take the likeliest intent for which the question holds what that intent needs."""
    for intent, share in shares:
        if _possible(intent, links, groups, subject):
            return intent, share
    return shares[0]


def _possible(intent: Intent, links: Links, groups: frozenset[str], subject: Subject) -> bool:
    if intent == "tasks":
        return bool(links.agencies or links.unknown_bodies)
    if intent == "register":
        whole = bool(groups & {"no_lead", "joint_lead", "no_body", "most", "least"}) or len(subject.words) < _FEW
        return whole and not (links.agencies or links.unknown_bodies)
    if intent == "outline":
        return bool(
            groups & _DOCUMENT
            or links.clauses
            or links.missing_clauses
            or links.open_clauses
            or len(subject.words) < _FEW
        )
    if intent == "who":
        sections = [one for one in links.clauses if "." in one]  # 甲委第四章只参与的有哪些 asks for its tasks there
        nothing = not any(len(word) > 1 for word in subject.words)
        alone = links.agencies and nothing and not sections and "verify" not in groups
        return bool(groups & _DUTIES) and not alone
    return True


_DOCUMENT = frozenset(("title", "issuer", "period", "purpose", "chapters", "document", "chapter"))
_FEW = 2  # words of a subject; a question over all clauses has hardly any of its own
_DUTIES = frozenset(("who", "lead", "share", "sole", "local", "part", "duty"))
