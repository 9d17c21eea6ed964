"""What the head of a document tells about it: title, issuer, region, period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lines import DATE_LINE, TITLE_END
from corpus.numbering import read_mark

HEAD = 12
TITLE_LENGTH = 120
DOCUMENT_NUMBER = re.compile(r".*〔[0-9]{4}〕.*号.*")
ISSUED = re.compile(r"(?P<issuer>.{2,40}?)关于(?:印发|转发|发布|公布)")
REGION = re.compile(r"(?:.{2,12}?(?:省|自治区|特别行政区))|(?:.{2,8}?(?:市|州|盟|地区|区|县|旗))")
PERIOD = re.compile(r"“?[一二三四五六七八九十]{1,3}五”?(?=规划|时期|[^，。]{0,30}(?:方案|规划|计划|意见|行动))")
YEARS = re.compile(r"[0-9]{4} ?[—–－~～-]{1,2} ?[0-9]{4} ?年")


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
    issued = ISSUED.match(title)
    region = REGION.match(title)
    period = YEARS.search(title) or PERIOD.search(title)
    return Front(
        title,
        issued["issuer"] if issued else "",
        region.group() if region else "",
        period.group() if period else "",
    )


def _title(text: str) -> str:
    """Return the first lines up to one that ends as titles do; else the first line, if it can be a title at all."""
    words: list[str] = []
    for line in text[:4000].split("\n")[:HEAD]:
        if DOCUMENT_NUMBER.fullmatch(line) or DATE_LINE.fullmatch(line):
            continue
        if read_mark(line) is not None or re.search(r"[。；：，]$", line):
            break
        words.append(line)
        if TITLE_END.search(line) or len("".join(words)) > TITLE_LENGTH:
            return "".join(words)[:TITLE_LENGTH]
    return words[0][:TITLE_LENGTH] if words else ""
