"""The words that an answer gives as another's: quoted lines, words in quotation marks, titles of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.guard_sources import Sources, squeezed
from assistant.guard_text import Line, plain

_QUOTED = re.compile(r"“([^“”]{2,})”|「([^「」]{2,})」|『([^『』]{2,})』|‘([^‘’]{2,})’|\"([^\"]{2,})\"")
_DOCUMENT = re.compile(r"《([^《》]+)》")


def unproved_quotations(lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    """Yield the quotations that are not, word for word, where the answer says they are."""
    texts = [sources.shelf.text(plan.plan_id) for plan in sources.plans]
    for line in lines:
        if line.is_quotation:
            words = squeezed(line.text)
            near = sources.only(line.markers)
            if not any(words in squeezed(plain(row.quote)) for row in near.citations):
                yield f"quotation {line.text!r} is not in the words that are cited for it"
            continue
        for first in _QUOTED.finditer(line.text):
            words = next(group for group in first.groups() if group)
            if not any(squeezed(words) in text for text in texts):
                yield f"quotation {words!r} is not in the plan"
        for title in _DOCUMENT.findall(line.text):
            if not any(squeezed(title) in text for text in texts) and title not in sources.shelf.names.titles:
                yield f"document {title!r} is not named in the plan"
