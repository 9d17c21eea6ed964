"""What a list of bodies says that each of them does: 省财政厅牵头，省税务局、省审计厅等按职责分工负责.

The list is read entry by entry. A label (牵头单位：) holds until the next one; a verb (牵头, 负责, 配合) closes the names that
wait before it. Entries that are no bodies (6月底完成, 持续推进) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from corpus.agencies import split_name
from corpus.bodies import (
    ENDINGS,
    WEAK_ENDINGS,
    Item,
    explicit_prefix,
    is_collective,
    is_named_body,
    restore_names,
    split_items,
)
from corpus.model import Role
from corpus.wording import wording

Manner = Literal["lead", "shared", "duty", "local", "plain", "other"]
WORDS = wording("duties")
LONGEST_NAME = 40
GOVERNMENTS = ("管委会", "政府", "行署")  # 各市（州）人民政府、贵安新区管委会负责落实


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


LABELS: dict[str, Manner] = {
    **dict.fromkeys(WORDS["lead_labels"], "lead"),
    **dict.fromkeys(WORDS["shared_labels"], "shared"),
    **dict.fromkeys(WORDS["plain_labels"], "plain"),
    **dict.fromkeys(WORDS["other_labels"], "other"),
}
VERBS: dict[str, Manner] = {
    **dict.fromkeys(WORDS["lead_verbs"], "lead"),
    **dict.fromkeys(WORDS["shared_verbs"], "shared"),
    **dict.fromkeys(WORDS["duty_verbs"], "duty"),
    **dict.fromkeys(WORDS["local_verbs"], "local"),
}
LABEL = re.compile(
    rf"(?:省级|市级|县级|区级|省直|市直|具体|第一)?(?P<label>{any_of(LABELS)})(?:为|（[^（）]{{1,6}}）)?[：:]"
)
VERB = re.compile(
    rf"(?P<open>{any_of(WORDS['open_ends'])})?(?P<adverbs>(?:{any_of(WORDS['adverbs'])})*)(?P<verb>{any_of(VERBS)})$"
)
TASK = re.compile(rf"(?P<name>.{{3,}}?)(?P<verb>负责|牵头|配合)(?!{any_of(WORDS['not_tasks'])})[^负牵配]{{2,}}$")
SHARING = re.compile(any_of(WORDS["sharing"]))
OPEN_END = re.compile(rf"(?P<open>{any_of(WORDS['open_ends'])})$")
JOINER = re.compile(any_of(WORDS["joiners"]))
LEAD_IN = re.compile(rf"(?:{any_of(WORDS['lead_ins'])})")
OWN_ROLE = re.compile(r"[（(](?P<verb>牵头|配合|参与|协助|主办|协办)[）)]$")
NOT_DUTY = re.compile(rf"(?:{any_of(WORDS['not_duties'])})")
NOT_BODY = re.compile(
    rf"(?:{any_of(WORDS['not_bodies'])})|[0-9]+ ?(?:年|月|日)|[0-9.%]+$|.*(?:{any_of(WORDS['not_body_ends'])})$"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One body's part as a list has it; ``start`` and ``end`` are those of the printed name in the list's text."""

    name: str
    role: Role
    open_list: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Named:
    item: Item
    manner: Manner
    group: int
    open_list: bool


def read_duties(content: str, *, bare: bool = False) -> tuple[Duty, ...]:
    """Return the duties in the words of a bracket, none where it is no responsibility.

    ``bare`` also takes a list of nothing but bodies, without label or verb.

    >>> [(duty.name, duty.role) for duty in read_duties("省财政厅牵头，税务局等按职责分工负责，各市（州）人民政府负责落实")]
    [('省财政厅', 'lead'), ('省税务局', 'shared'), ('各市（州）人民政府', 'local')]
    >>> read_duties("含电力"), read_duties("谁主管、谁负责")
    ((), ())
    """
    labelled = LABEL.search(content) is not None
    if NOT_DUTY.match(content) and not labelled:
        return ()
    reader = _Reader()
    for item in _labelled_items(content):
        reader.read(item)
    named = reader.finish(bare=bare)
    if not labelled and not any(is_named_body(row.item.text) for row in named):
        return ()
    return _with_roles(named)


def _labelled_items(content: str) -> list[Item]:
    """Return the entries, a label and its ： as an entry of their own."""
    items: list[Item] = []
    for item in split_items(content):
        rest = item
        found = LABEL.search(rest.text)
        while found is not None:
            if found.start() > 0:
                items.append(rest.cut(after=len(rest.text) - found.start()))
            items.append(Item(found.group(), rest.start + found.start(), rest.start + found.end()))
            rest = rest.cut(before=found.end())
            found = LABEL.search(rest.text)
        if rest.text:
            items.append(rest)
    return items


@dataclass
class _Reader:
    """Goes through the entries of one list and says of each body in what manner it takes part."""

    manner: Manner | None = None
    group: int = 0
    waiting: list[Item] = field(default_factory=list)
    open_until: int = 0  # so many of the waiting names stand before an 等
    after_joiner: bool = False
    named: list[_Named] = field(default_factory=list)

    def read(self, item: Item) -> None:
        label = LABEL.fullmatch(item.text)
        if label is not None:
            self._close(self.manner or "plain")
            self.manner = LABELS[label["label"]]
            return
        if self.manner == "other":
            return
        item = _without_lead_in(item)
        joined = self._split_joined(item)
        if joined is not None:
            first, item = joined
            self._read_name(first)
            self._close("lead")
            self.after_joiner = True
        self._read_name(item)

    def _split_joined(self, item: Item) -> tuple[Item, Item] | None:
        """Split 省财政厅会同省税务局: what stands before 会同 leads."""
        for found in JOINER.finditer(item.text, 2):
            left = item.cut(after=len(item.text) - found.start())
            right = item.cut(before=found.end())
            if is_named_body(left.text.removesuffix("牵头")) and len(right.text) > 1:
                return left, right
        return None

    def _read_name(self, item: Item) -> None:
        own = OWN_ROLE.search(item.text)
        if own is not None:  # 责任单位：省发展改革委（牵头）、省财政厅
            self._name(item.cut(after=len(own.group())), VERBS[own["verb"]], open_list=False)
            return
        verb = VERB.search(item.text)
        task = TASK.match(item.text) if verb is None else None
        if task is not None and is_named_body(task["name"]):  # 省财政厅负责资金筹措
            self._wait(item.cut(after=len(item.text) - task.end("name")))
            self._close(VERBS[task["verb"]])
            return
        if verb is None or (verb.start() == 0 and not self.waiting):
            self._wait(item)
            return
        if verb.start() > 0:
            self._wait(item.cut(after=len(item.text) - verb.start()))
        if verb["open"] is not None:
            self.open_until = len(self.waiting)
        manner = VERBS[verb["verb"]]
        if manner in {"duty", "local"} and SHARING.search(verb["adverbs"]):
            manner = "shared"
        self._close("shared" if self.after_joiner and manner != "local" else manner)
        self.after_joiner = False

    def _wait(self, item: Item) -> None:
        """Keep a name until its verb comes; what cannot be a name is dropped."""
        found = OPEN_END.search(item.text)
        if found is not None:
            item = item.cut(after=len(found.group()))
        if 1 < len(item.text) <= LONGEST_NAME and _may_be_body(item.text, labelled=self.manner is not None):
            self.waiting.append(item)
        if found is not None:
            self.open_until = len(self.waiting)

    def _close(self, manner: Manner) -> None:
        for rank, item in enumerate(self.waiting):
            self._name(item, manner, open_list=rank < self.open_until)
        if self.waiting:
            self.group += 1
        self.waiting, self.open_until = [], 0

    def _name(self, item: Item, manner: Manner, *, open_list: bool) -> None:
        self.named.append(_Named(item, manner, self.group, open_list))

    def finish(self, *, bare: bool) -> list[_Named]:
        """Return all that was read; names that no verb closed go by the label, or follow the ones before."""
        if self.manner is not None:
            self._close(self.manner)
        elif self.named:
            self._close("shared")
        elif bare and self.waiting and _are_bodies([item.text for item in self.waiting]):
            self._close("plain")
        return [row for row in self.named if row.manner != "other"]


def _without_lead_in(item: Item) -> Item:
    """Return the entry without what stands before a name: 由省教育厅, 此项工作由省教育厅."""
    for found in LEAD_IN.finditer(item.text):
        rest = item.text[found.end() :]
        stands_before_name = found.start() == 0 or found.group().endswith("由")
        if stands_before_name and (explicit_prefix(rest) is not None or is_named_body(VERB.sub("", rest))):
            return item.cut(before=found.end())
    return item


def _may_be_body(text: str, *, labelled: bool) -> bool:
    """Whether an entry can be a name: after a label nearly anything, before a verb what ends or begins like a body."""
    if is_named_body(text):
        return True
    if NOT_BODY.match(text):
        return False
    return labelled or text.endswith((*ENDINGS, *WEAK_ENDINGS)) or explicit_prefix(text) is not None


def _are_bodies(names: list[str]) -> bool:
    """Whether a list without label or verb names nothing but bodies, the first of them beyond doubt."""
    first = names[0]
    known = explicit_prefix(first) is not None or is_collective(first) or split_name(first)[1] is not None
    return known and all(map(is_named_body, names))


def _with_roles(named: list[_Named]) -> tuple[Duty, ...]:
    names = restore_names([row.item.text for row in named])
    groups: dict[int, list[_Named]] = {}
    for row in named:
        groups.setdefault(row.group, []).append(row)
    sizes = {key: len(group) for key, group in groups.items()}
    locals_ = {key: sum(is_collective(row.item.text) for row in group) for key, group in groups.items()}
    labelled = sum(row.manner == "plain" for row in named)
    has_lead = any(row.manner == "lead" for row in named)

    def role(row: _Named) -> Role:
        if row.manner in {"lead", "shared"}:
            return "lead" if row.manner == "lead" else "shared"
        size, local = sizes[row.group], locals_[row.group]
        follows = row.manner == "duty" and local == size and row.group != named[0].group
        if local and (row.manner == "local" or follows):
            return "local" if is_collective(row.item.text) or row.item.text.endswith(GOVERNMENTS) else "shared"
        alone = (labelled if row.manner == "plain" else size) == 1
        return "sole" if alone and not row.open_list and not has_lead else "shared"

    return tuple(
        Duty(name, role(row), row.open_list, row.item.start, row.item.end)
        for name, row in zip(names, named, strict=True)
    )
