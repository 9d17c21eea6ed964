"""Evidence under closed handles: the model may write only those that it was given, and the program reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.draft import Draft
from assistant.records.masking import mask
from index import Passage

LONGEST = 300  # characters of a sentence; what goes on without an end is none
_ONE = r"[ci]\d{1,3}"
_LIST = rf"{_ONE}(?:\s*[、,，;；和]?\s*{_ONE})*"
_HANDLES = re.compile(rf"[\[【〔(（]\s*{_LIST}\s*[\])）〕】]|(?<![A-Za-z0-9]){_LIST}(?![A-Za-z0-9])")
_HANDLE = re.compile(_ONE)
_BRACKETS = r"[\[【〔(（]"
# A whole sentence with the handles behind its full stop; what might still grow, half a handle too, is held back.
_SENTENCE = re.compile(
    rf"[^。！？!?\n]*(?:[。！？!?]|\n)(?>(?:\s*(?:{_HANDLES.pattern}))*。?)(?!\s*(?:{_BRACKETS}[\dci、,，;；和\s]*|[ci]\d*)?$)"
)
_LEADING = re.compile(r"^\s*(?:[-*•>#]+|\d{1,2}[.、)）])\s*")
_FRAME = re.compile(r"^\s*(?:原文\s*[:：]|[\[【（(]\s*原文\s*[\])】）])\s*")
_NUMBERED = re.compile(r"\[\s*\d+\s*\]")
_MARKUP = re.compile(r"[*_`#|<>\\]|!?\[[^\]]*\]\([^)]*\)|[\x00-\x1f\x7f]")
_QUOTE_LINE = re.compile(r"^> .*?((?:\[\d+\])+)$", re.MULTILINE)
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of the plan under its handle: ``c`` from a clause, ``i`` the words of a target."""

    handle: str
    citation: Citation

    @property
    def text(self) -> str:
        """The plan's words on one line."""
        return "".join(part.strip() for part in self.citation.quote.splitlines())

    @property
    def line(self) -> str:
        """The item as the model gets it."""
        return mask(f"[{self.handle}]{self.place}{self.text}")

    @property
    def place(self) -> str:
        """Where it stands, as the model gets it."""
        return f"（{self.citation.label}）"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the model wrote it: its words, and its valid handles in order."""

    words: str
    handles: tuple[str, ...]


def items_of(draft: Draft, more: Sequence[Passage] = ()) -> tuple[Item, ...]:
    """Return what a draft quotes, each under a handle, in the draft's order, then passages that it does not quote."""
    text = "\n".join(draft.lines)
    quoted = [int(one) for line in _QUOTE_LINE.finditer(text) for one in _MARKER.findall(line[1])]
    targets = {(row.start, row.end) for row in draft.rows}
    by_marker = {row.marker: row for row in draft.citations}
    counts = {"c": 0, "i": 0}
    items = []
    found = [by_marker[marker] for marker in dict.fromkeys(quoted)]
    found += [Citation(0, one.plan_id, one.clause_id, one.label, one.text, one.start, one.end) for one in more]
    for row in found:
        kind = "i" if (row.start, row.end) in targets else "c"
        counts[kind] += 1
        items.append(Item(f"{kind}{counts[kind]}", row))
    return tuple(items)


def read_sentence(raw: str, known: Sequence[Item]) -> Said | None:
    """Return a sentence without handles and markup, and its handles that are ``known``; None where it has no words.

    What small models copy from around the evidence is left out: 原文：, the place of an item in brackets.

    >>> item = Item("c1", Citation(1, "p", "3.4", "三、（四）某工程", "推进改造。", 0, 5))
    >>> read_sentence("- **推进**改造[c1][c9]。", [item])
    Said(words='推进改造。', handles=('c1',))
    >>> read_sentence("原文：[c1]（三、（四）某工程）推进改造。", [item]).words
    '推进改造。'
    """
    found = [handle for one in _HANDLES.finditer(raw) for handle in _HANDLE.findall(one[0])]
    words = _NUMBERED.sub("", _HANDLES.sub("", _LEADING.sub("", raw)))
    words = _FRAME.sub("", words)
    for place in dict.fromkeys(one.place for one in known):
        words = words.strip().removeprefix(place)
    words = _MARKUP.sub("", words).strip().rstrip("。；;，,、.").strip()
    if not any(character.isalnum() for character in words):
        return None
    end = "" if words.endswith(("！", "？", "!", "?", "：", ":")) else "。"
    handles = {one.handle for one in known}
    return Said(f"{words}{end}", tuple(dict.fromkeys(one for one in found if one in handles)))


class Sentences:
    """Cuts a stream into whole sentences; what might still grow is held back."""

    def __init__(self) -> None:
        self._rest = ""

    @property
    def held(self) -> int:
        """How many characters wait for their end."""
        return len(self._rest)

    def feed(self, text: str) -> Iterator[str]:
        """Yield the sentences that are whole now.

        >>> cut = Sentences()
        >>> [list(cut.feed(text)) for text in ("推进改造。[c", "1]加快", "建设[c2]。")], list(cut.end())
        ([[], ['推进改造。[c1]'], []], ['加快建设[c2]。'])
        """
        self._rest += text
        while match := _SENTENCE.match(self._rest):
            self._rest = self._rest[match.end() :]
            if match[0].strip():
                yield match[0].strip()

    def end(self) -> Iterator[str]:
        """Yield what is left when the stream has ended."""
        yield from self.feed("\n.")
        self._rest = ""
