"""What the head of a document tells about it: title, issuer, region, period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.agencies import place_names
from corpus.lines import DATE_LINE, TITLE_END
from corpus.numbering import read_mark
from corpus.wording import wording

HEAD = 12
TITLE_LENGTH = 120
WORDS = wording("front")
DOCUMENT_NUMBER = re.compile(r".*〔[0-9]{4}〕.*号.*")
ISSUED = re.compile(r"(?P<issuer>[^，。；：《》]{2,60}?)(?:印发|关于)")
GOVERNMENT = re.compile(r"(?:.*[ 、])?(?P<place>[^ 、]{2,20}?)(?:人民政府|政府)(?:办公厅|办公室)?")
LEVEL = "省|自治区|特别行政区|市|自治州|州|盟|地区|自治县|县|自治旗|旗|新区|开发区|区"
REGION = re.compile(rf"[^，。；：《》“”（）0-9年]{{2,12}}?(?:{LEVEL})")
NO_REGION = re.compile("|".join(WORDS["no_region"]))
NO_TITLE = re.compile("|".join(WORDS["no_title"]))
PERIOD = re.compile(r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?=规划|时期|[^，。]{0,30}(?:方案|规划|计划|意见|行动))")
YEARS = re.compile(r"[0-9]{4} ?年? ?[—–－～~至-]{1,2} ?[0-9]{4} ?年")


@dataclass(frozen=True, slots=True)
class Front:
    """Title, issuer, region and period of a document; what its head does not tell is empty."""

    title: str = ""
    issuer: str = ""
    region: str = ""
    period: str = ""


def read_front(text: str) -> Front:
    r"""Return what the first lines of a cleaned text tell.

    >>> read_front("海北省人民政府办公厅关于印发\n海北省“十四五”节水规划的通知\n各市人民政府：")
    Front(title='海北省人民政府办公厅关于印发海北省“十四五”节水规划的通知', issuer='海北省人民政府办公厅', region='海北省', period='“十四五”')
    """
    title = _title(text)
    issuer = _issuer(title)
    period = YEARS.search(title) or PERIOD.search(title)
    return Front(title, issuer, _region(title, issuer), period.group() if period else "")


def _title(text: str) -> str:
    """Return the first lines up to one that ends as titles do; else the first line, if it can be a title at all."""
    words: list[str] = []
    for line in text[:4000].split("\n")[:HEAD]:
        if DOCUMENT_NUMBER.fullmatch(line) or DATE_LINE.fullmatch(line) or (not words and NO_TITLE.fullmatch(line)):
            continue
        if read_mark(line) is not None or line[-1:] in "。；：，":
            break
        words.append(line)
        if TITLE_END.search(line) or len("".join(words)) > TITLE_LENGTH:
            return "".join(words)[:TITLE_LENGTH]
    return words[0][:TITLE_LENGTH] if words else ""


def _issuer(title: str) -> str:
    found = ISSUED.match(title)
    return found["issuer"] if found is not None and found["issuer"].endswith(tuple(WORDS["issuer_endings"])) else ""


def _region(title: str, issuer: str) -> str:
    """Return the place that a title begins with: 贵州省, 包头市; a word like 城市 or 园区 is none."""
    government = GOVERNMENT.fullmatch(issuer)
    if government is not None:
        return government["place"]
    place = max((name for name in place_names() if title.startswith(name)), key=len, default="")
    found = REGION.match(title)
    if found is not None and NO_REGION.search(found.group()) is None:
        return found.group()
    return place
