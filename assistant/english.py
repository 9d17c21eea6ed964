"""An English question becomes a Chinese gloss of it, by word list and frames, that the Chinese pipeline can read.

This is no translation: answers quote the plan in Chinese anyway, so a gloss only has to hold the right words in an order
that asks the right thing. All English lies in ``data/english.csv``, whose head explains its kinds.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from assistant.english_list import english_list
from assistant.normalize import is_english

# At least this share of the words of an English question is known; Spanish or pinyin stays far below.
_KNOWN_SHARE = 0.55

_SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=[^\W\d])\.\s+")
_MARKS = re.compile(r"[\"“”‘`,:;!?()\[\]{}*/–—<>=_]+|'(?!\w)|(?<!\w)'|\.(?!\d)")
_WORD = re.compile(r"[a-z][a-z']*")
_TOKEN = re.compile(r"⟨[^⟩]*⟩|‹[^›]*›|[^\W\d_㐀-鿿][\w'.]*|\d[\d.,]*%?|[㐀-鿿]+|\S")
_INNER_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w*")
_SHORT_FORM = re.compile(r"\b(what|who|where|how|when|it|that|there|which)'s\b")
_POSSESSIVE = re.compile(r"(?<!\bwomen)(?<!\bpeople)(?:(?<=\w)'s\b|(?<=s)'(?!\w))")
# Isn't it 90%? asks the same as: Is it 90%?
_NEGATED = re.compile(r"^(is|are|was|were|do|does|did|has|have|will|would|should|must|can|could) not ")
_ARTICLE = re.compile(r"\bthe ")
_HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_PERCENT = re.compile(r"(?<=\d) ?(?:percent|per cent)\b")
_ABOUT = re.compile(r"(?<!what )(?<!how )\b(?:about|around|approximately|roughly) (\d[\d.]*%?)")
_MARK = re.compile(r"(12|[&#@※\d])")
_YEAR = r"((?:19|20)\d\d)\b"
_COMPARED = re.compile(
    rf"\b(?:compared (?:with|to)|relative to|versus|from|against|over|than) (?:the )?{_YEAR}(?: levels?)?"
)
_BY_YEAR = re.compile(rf"\b(?:by|until|before|through) (?:the )?(?:end of )?(?:the )?(?:year )?{_YEAR}")
_IN_YEAR = re.compile(rf"\b(?:(?:in|for|of|during|as of) )?(?:the )?(?:year )?{_YEAR}")
_CHAPTER = re.compile(r"\b(?:chapter|part) (\d{1,2}|[a-z]+)\b|\bthe (?:(last)|([a-z]+)) (?:chapter|part)\b")
_CLAUSE = re.compile(r"\b(?:clause|section|article|item|paragraph) (\d{1,2}(?:\.\d{1,3})*)\b")
# 统计局 and 发展改革委 take no further 厅 or 局.
_WHOLE_NAME = re.compile(r"(?:局|委|办|会|厅|部|行|院|中心|队|团|关|联|府|司|网|门)$")
_SUFFIXES_OF_LEVEL = {"省": "厅局委办", "国家": "部局委", "": "厅局委部"}
_SUFFIXES_BELOW = "局委办"


def gloss(text: str, bodies: Container[str] = frozenset()) -> str:
    """Return a Chinese gloss of an English question; any other text, and one with few known words, unchanged.

    ``bodies``: names known to the plan, by which 厅 is told from 局 where the English does not.

    >>> gloss("Who leads the transport and logistics energy-saving project?")
    '交通物流节能工程由谁牵头'
    >>> gloss("What is the 2025 target for straw utilization?"), gloss("谁牵头？")
    ('2025年秸秆综合利用目标是多少', '谁牵头？')
    """
    if not is_english(text) or not _is_known(text):
        return text
    return "，".join(filter(None, (_sentence(one, bodies) for one in _SENTENCE.split(text)))) or text


def _is_known(text: str) -> bool:
    """Whether most words are on the list, so that the text is English and no other language in Latin letters."""
    names = {word.lower() for word in _INNER_NAME.findall(text)}  # a place's name is on no list
    known = [english_list().knows(word) for word in _WORD.findall(_plain(text))]
    unnamed = [one for one, word in zip(known, _WORD.findall(_plain(text)), strict=True) if one or word not in names]
    return bool(unnamed) and sum(unnamed) >= _KNOWN_SHARE * len(unnamed)


def _plain(text: str) -> str:
    """Return a sentence as frames see it: lower case, without marks, short forms written out.

    >>> _plain("What's the Finance Department's role in energy-saving?")
    'what is the finance department role in energy saving'
    """
    text = _THOUSANDS.sub("", text.lower().replace("’", "'").replace("&", " and "))
    text = _SHORT_FORM.sub(r"\1 is", text).replace("can't", "can not").replace("won't", "will not")
    text = _MARKS.sub(" ", _HYPHEN.sub(" ", _POSSESSIVE.sub("", text.replace("n't", " not"))))
    return _NEGATED.sub(r"\1 ", " ".join(text.split()))


def _sentence(sentence: str, bodies: Container[str]) -> str:
    text = _ABOUT.sub(r"\1 approximately", _PERCENT.sub("%", _plain(sentence)))
    text = _CLAUSE.sub(r"‹\1›", _CHAPTER.sub(_chapter, text))
    text = _body_pattern().sub(lambda found: f"⟨{_body(found, bodies)}⟩", text)
    years, text = _years(text)
    return _joined([years, _framed(_polite().sub("", _ARTICLE.sub("", text)).strip())])


def _framed(text: str) -> str:
    for frame in english_list().frames:
        found = frame.pattern.fullmatch(f"{text} ")
        if found is not None:
            return _fill(frame.chinese, found)
    return _phrase(text)


def _fill(chinese: str, found: re.Match[str]) -> str:
    """Put the glossed stretches of a sentence into the Chinese of its frame; what it does not use goes first.

    Two stretches side by side (12) are glossed as one, so that phrases reach across: straw utilization + target.
    """
    slots = {name: words for name, words in found.groupdict().items() if words}
    counted, asking = _counted(slots.pop("counted")) if "counted" in slots else ("", "")
    values = {"&": counted, "#": asking}
    for name, words in slots.items():
        values[{"body": "@", "clause": "※"}.get(name, name[1:])] = _phrase(words)
    values["12"] = _phrase(slots.get("s1", "") + slots.get("s2", "")) if "12" in chinese else ""
    first = [value for mark, value in values.items() if value and mark not in chinese]
    return _joined([*first, *(values.get(part, part) for part in _MARK.split(chinese))])


def _counted(words: str) -> tuple[str, str]:
    """Return what is counted and how it is asked for.

    >>> _counted("kilometres of sewage pipes"), _counted("key projects")
    (('污水管网', '多少公里'), ('重点工程', '多少项'))
    """
    tokens = _TOKEN.findall(words)
    for size in range(min(len(tokens), 4), 0, -1):
        unit = english_list().look_up("unit", " ".join(tokens[:size]))
        if unit is not None and (len(tokens) == size or tokens[size] == "of"):
            return _phrase(" ".join(tokens[size + 1 :])), f"多少{unit}"
    found = [measure for token in tokens if (measure := english_list().look_up("measure", token))]
    return _phrase(words), f"多少{found[-1] if found else '个'}"


def _phrase(text: str) -> str:
    """Gloss a stretch of words, longest phrases first; A of B becomes B A, a verb stays before all of it.

    >>> _phrase("the utilization rate of livestock manure in villages"), _phrase("curbing blind growth of steel")
    ('村畜禽粪污利用率', '遏制钢铁盲目增长')
    """
    tokens = _TOKEN.findall(text)
    chunks: list[list[str]] = [[]]
    verb = ""
    at = 0
    while at < len(tokens):
        entry, size = english_list().longest(tokens[at:])
        chinese = entry.chinese if entry else tokens[at].strip("⟨⟩‹›")
        if entry and entry.kind == "join":
            chunks.append([])
        elif entry and entry.kind == "verb" and not any(chunks) and not verb:
            verb = chinese
        elif chinese not in chunks[-1][-1:]:  # liquor (baijiu) companies
            chunks[-1].append(chinese)
        at += size
    return _joined([verb, *(piece for chunk in reversed(chunks) for piece in chunk)])


def _joined(pieces: list[str]) -> str:
    """Join pieces, with a blank only between two Latin ones.

    >>> _joined(["单位", "GDP", "能耗"]), _joined(["EV", "battery"])
    ('单位GDP能耗', 'EV battery')
    """
    text = ""
    for piece in filter(None, pieces):
        blank = " " if text and text[-1].isascii() and piece[0].isascii() and text[-1].isalnum() else ""
        text += blank + piece
    return text


def _chapter(found: re.Match[str]) -> str:
    word = found.group(1) or found.group(2) or found.group(3)
    if word == "last":
        return "‹最后一章›"
    number = word if word.isdecimal() else english_list().kinds["number"].get(word)
    return f"‹第{number}章›" if number else found.group()


def _years(text: str) -> tuple[str, str]:
    """Take the years out of a sentence and return them in Chinese: they stand first there.

    >>> _years("coal use in 2030 compared with 2020")
    ('2030年比2020年', 'coal use')
    """
    parts: list[str] = []
    for pattern, form in ((_COMPARED, "比{}年"), (_BY_YEAR, "到{}年"), (_IN_YEAR, "{}年")):
        years = dict.fromkeys(found.group(1) for found in pattern.finditer(text))
        if years:
            parts.append(form.format("年和".join(years)))
            text = pattern.sub(" ", text)
    return "".join(reversed(parts)), " ".join(text.split())


def _body(found: re.Match[str], bodies: Container[str]) -> str:
    """Return the Chinese name of a government body."""
    kinds = english_list().kinds
    place = kinds["place"].get(found["place"] or "", "")
    level = kinds["level"].get(found["level"] or "", "")
    before = place if place.endswith(level) else place + level
    words: str = found["whole"] or found["kernel"] or found["kernel_first"]
    name = kinds["body"].get(words) or kinds["kernel"][words]
    if _WHOLE_NAME.search(name):
        return before + name
    rank = "省" if place and not level else level
    usual = kinds["noun"].get(found["noun"] or found["noun_last"] or "", "")
    fitting = _SUFFIXES_OF_LEVEL.get(rank, _SUFFIXES_BELOW)
    order: dict[str, None] = dict.fromkeys((usual if not rank and usual else fitting[0], *fitting))
    return before + name + next((one for one in order if before + name + one in bodies), next(iter(order)))


@cache
def _body_pattern() -> re.Pattern[str]:
    place, level, noun, kernel, whole = map(english_list().any_of, ("place", "level", "noun", "kernel", "body"))
    before = rf"(?:(?:the |both )?(?:(?P<place>{place}) )?(?:(?P<level>{level}) )?)"
    after = rf"(?: (?:{noun}))?"
    return re.compile(
        rf"\b{before}(?:(?P<whole>{whole})|(?P<noun>{noun}) (?:of|for) (?:the )?(?P<kernel>{kernel}){after}"
        rf"|(?P<kernel_first>{kernel}) (?:and )?(?P<noun_last>{noun}))\b"
    )


@cache
def _polite() -> re.Pattern[str]:
    polite, tail = map(english_list().any_of, ("polite", "tail"))
    return re.compile(rf"^(?:(?:{polite})\b ?)+|(?: (?:{tail}))+$")
