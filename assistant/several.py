"""Several questions in one turn: which pieces of a turn ask, and what each of them is read with.

A turn is cut at its stops. A piece that asks begins a part; what stands before it in the same sentence belongs to it
(园区节能，由谁牵头), what stands in sentences before it is its background, and what follows it stays with it (不算市州政府).
Whether the parts are answered one by one is decided in ``joint.py``, from what each of them finds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.lexicon import lexicon, word_lists
from assistant.meaning import is_remark

MOST = 3  # parts that are answered in one turn; a turn with more is read as one question

_STOPS = "。！!？?；;\n"
# A quotation or a bracket stays whole: “谁建设、谁运营、谁管理”.
_PIECE = re.compile(
    rf"((?:“[^”]*”|「[^」]*」|《[^》]*》|（[^（）]*）|\([^()]*\)|\[[^\[\]]*\]|[^{_STOPS}，,、：:])+)([{_STOPS}，,、：:\s]*)"
)
# 1. … 2. …; 一是 … 二是 …; ① … ②; 第一, … 第二, …
_NUMBERED = re.compile(
    r"(?:(?<=[：:；;，,。？?\n\s])|^)\s*(?:[①-⑩]|[（(]?\d{1,2}(?:[.、．](?!\d)|[)）])|[一二三四]是|第[一二三四]个?(?:问题)?[,，:：])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a turn. ``before`` is what the turn tells first: the part is read with it only where it needs it.

    ``aside`` is a statement that the part is set against (能耗要降15%，那用水呢): read as a turn of its own, never answered.
    """

    text: str
    before: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    end: str
    asks: bool

    @property
    def closes(self) -> bool:
        """Whether a sentence ends behind the piece."""
        return any(stop in self.end for stop in _STOPS)


def parts(turn: str) -> tuple[Part, ...]:
    """Return the questions of a turn in order; empty where nothing in it asks by its form.

    >>> [part.text for part in parts("方案有几章，第四章讲哪些？")]
    ['方案有几章', '第四章讲哪些？']
    >>> [part.text for part in parts("园区节能，由谁牵头？不算市州政府。")]
    ['园区节能，由谁牵头？不算市州政府。']
    >>> parts("我在镇上管环保，老被投诉。请问污水治理率是多少？")
    (Part(text='请问污水治理率是多少？', before='我在镇上管环保，老被投诉。', aside=''),)
    """
    numbered = _numbered(turn)
    return numbered or _asked(_pieces(turn))


# What is … and who leads it? What is the target for A, and for B?
_ENGLISH_CUT = re.compile(
    r"(?<=[?;.!])\s+(?=[A-Z])|\s*;\s*|,?\s+and\s+(?=(?:also\s+)?(?:what|who|which|how|when|where|by when|does|do|is|are|will)\b)"
    r"|,\s+and\s+(?=(?:for|in|on|of)\b)",
    re.IGNORECASE,
)


_ENGLISH_TIE = re.compile(r"(?:for|in|on|of) ", re.IGNORECASE)


def english_parts(turn: str) -> tuple[Part, ...]:
    """Return the questions of an English turn in order.

    >>> [part.text for part in english_parts("What is the target for straw, and who leads it?")]
    ['What is the target for straw', 'who leads it?']
    >>> [part.text for part in english_parts("What is the target for straw, and for manure?")]
    ['What is the target for straw', 'What is the target for manure?']
    """
    found: list[str] = []
    for piece in _ENGLISH_CUT.split(turn):
        words = piece.strip(" ,")
        tie = _ENGLISH_TIE.match(words)
        if tie and found and f" {tie.group()}" in found[-1]:  # for B asks the same as What is the target for A
            words = f"{found[-1].rpartition(f' {tie.group()}')[0]} {words}"
        if words.strip(".?!"):
            found.append(words)
    return tuple(map(Part, found))


_HEADS = re.compile(
    r"^([^，,。？?；;：:、和与跟及]{2,14}(?:(?:、|和|与|跟|以及|及)[^，,。？?；;：:、和与跟及]{2,14})+)(?:[，,][^，,。]{0,6})?$"
)
_AND = re.compile(r"、|和|与|跟|以及|及")


def shared_out(turn: str) -> tuple[Part, ...]:
    """Return a question that is shared out among several things once for each; empty where it is not.

    >>> [part.text for part in shared_out("钢铁行业和水泥行业分别有什么要求？")]
    ['钢铁行业有什么要求？', '水泥行业有什么要求？']
    """
    match = _patterns()["sharing"].search(turn)
    heads = _HEADS.match(turn[: match.start()].strip()) if match else None
    if not match or not heads:
        return ()
    asked = match.group().removeprefix("分别").removeprefix("各自").removeprefix("各")  # 各是什么态度: 是什么态度
    return tuple(Part(f"{head.strip()}{asked}{turn[match.end() :]}") for head in _AND.split(heads.group(1)))


def weighs(text: str) -> bool:
    """Whether a piece weighs what was named before it, so that the turn is one question.

    >>> weighs("两个差几个百分点"), weighs("由谁负责")
    (True, False)
    """
    return _patterns()["weighing"].search(text) is not None


def _numbered(turn: str) -> tuple[Part, ...]:
    """Return the items of a numbered list; each is a question, also where it is only a name."""
    marks = list(_NUMBERED.finditer(turn))
    if len(marks) < 2:
        return ()
    ends = [*(mark.start() for mark in marks[1:]), len(turn)]
    return tuple(Part(turn[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True))


def _pieces(turn: str) -> list[_Piece]:
    marked = _is_marked(turn)
    found: list[_Piece] = []
    for sentence in _sentences(_untied(turn)):
        if marked and not _is_marked(sentence[-1][1]) and not any(_has("requesting", words) for words, _ in sentence):
            found += [_Piece(words, end, asks=False) for words, end in sentence]  # a story: the question has its mark
        else:
            found += _read_sentence(sentence)
    return _whole_lists([piece for piece in found if lexicon().speech_act(piece.words) is None])


def _read_sentence(sentence: Sequence[tuple[str, str]]) -> list[_Piece]:
    """Tell for each piece of a sentence whether it asks; a request asks where no question follows (请问…，谁牵头)."""
    found: list[_Piece] = []
    asked_behind = False
    for at in reversed(range(len(sentence))):
        words, end = sentence[at]
        following = sentence[at + 1][0] if at + 1 < len(sentence) else ""
        names_topic = words.endswith("呢") and following and not following.endswith("呢")  # 碳价呢，定了多少
        conceding = _patterns()["conceding"].match(words.strip()) is not None
        asks = not (names_topic or conceding) and (has_asking_word(words) or _is_marked(end))
        asks = asks or (not asked_behind and not conceding and _has("requesting", words))
        asked_behind = asked_behind or asks
        found.append(_Piece(words, end, asks))
    return found[::-1]


def _whole_lists(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Put the items of a list together: 推广涂料、油墨? is one piece, A是多少、B是多少? are two."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and last.end.strip() == "、" and not (has_asking_word(last.words) and has_asking_word(piece.words)):
            found[-1] = _Piece(f"{last.words}{last.end}{piece.words}", piece.end, last.asks or piece.asks)
        else:
            found.append(piece)
    return found


def _is_marked(text: str) -> bool:
    return "?" in text or "？" in text


def _untied(turn: str) -> str:
    """Put a comma before a word that ties a second question on: 目标是多少以及谁负责."""
    return _patterns()["tying"].sub(lambda match: f"，{match.group()}", turn)


def _sentences(turn: str) -> list[list[tuple[str, str]]]:
    sentences: list[list[tuple[str, str]]] = [[]]
    for words, end in _PIECE.findall(turn):
        if not words.strip():
            continue
        sentences[-1].append((words, end))
        if any(stop in end for stop in _STOPS):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def has_asking_word(words: str) -> bool:
    """Whether a piece of a turn asks by one of its words.

    >>> has_asking_word("谁知道呢，归谁管"), has_asking_word("我是卖手机的")
    (True, False)
    """
    return _has("asking", _patterns()["telling"].sub(" ", words))


def _asked(pieces: Sequence[_Piece]) -> tuple[Part, ...]:
    found: list[Part] = []
    told, before = "", ""  # what the sentence tells before it asks, and the sentences before it
    for at, piece in enumerate(pieces):
        words = f"{piece.words}{piece.end}"
        continues = not told and _patterns()["continuing"].match(piece.words.strip())
        goes_on = found and (continues or is_remark(piece.words))
        if goes_on or (found and not (told or before or piece.asks or _asks_later(pieces[at:]))):
            found[-1] = replace(found[-1], text=f"{found[-1].text}{words}")
        elif piece.asks:
            contrast = told and _patterns()["contrasting"].match(piece.words.strip())
            found.append(Part(words, before, told) if contrast else Part(f"{told}{words}", before))
            told = before = ""
        else:
            told += words
        if piece.closes and told:
            told, before = "", f"{before}{told}"
    if found and (told or before):
        found[-1] = replace(found[-1], text=f"{found[-1].text}{before}{told}")
    return tuple(replace(part, text=part.text.strip(" ，,、：:\n")) for part in found)


def _asks_later(pieces: Sequence[_Piece]) -> bool:
    """Whether a piece behind the first one, in the same sentence, asks: 还有，快递包装怎么做."""
    for last, piece in itertools.pairwise(pieces):
        if last.closes:
            return False
        if piece.asks:
            return True
    return False


def _has(name: str, words: str) -> bool:
    return _patterns()[name].search(words) is not None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    longest_first = {
        name: sorted(words, key=lambda word: (-len(word), word)) for name, words in word_lists("several").items()
    }
    return {name: re.compile("|".join(map(re.escape, words))) for name, words in longest_first.items()}
