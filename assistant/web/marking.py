"""A piece of a plan's text as HTML in which some ranges are marked; every character is shown once, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the plan's text to be marked; ``name`` is the id that addresses point to."""

    start: int
    end: int
    name: str
    kind: str = "quote"


class Marker:
    """Marks spans; where they overlap the earlier of the list is shown. A span's first piece alone bears its name."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = [span for span in spans if span.start < span.end]
        self._named: set[str] = set()

    def html(self, text: str, offset: int) -> Markup:
        """Return ``text``, which stands at ``offset`` of the plan.

        >>> Marker([Span(2, 4, "quote")]).html("甲<乙丙丁", 0)
        Markup('甲&lt;<mark class="quote" id="quote">乙丙</mark>丁')
        """
        near = [span for span in self._spans if span.start < offset + len(text) and span.end > offset]
        if not near:
            return escape(text)
        inner = {at - offset for span in near for at in (span.start, span.end) if 0 < at - offset < len(text)}
        pieces = pairwise(sorted({0, len(text), *inner}))
        return Markup("").join(self._piece(text[left:right], offset + left, near) for left, right in pieces)

    def _piece(self, text: str, at: int, near: Sequence[Span]) -> Markup:
        span = next((one for one in near if one.start <= at < one.end), None)
        if span is None:
            return escape(text)
        if span.name in self._named:
            return Markup('<mark class="{}">{}</mark>').format(span.kind, text)
        self._named.add(span.name)
        return Markup('<mark class="{}" id="{}">{}</mark>').format(span.kind, span.name, text)
