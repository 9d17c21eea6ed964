"""A typed question becomes a reading: what it names, what it wants, what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.desk import Desk
from assistant.intent import Intent, IntentModel
from assistant.lexicon import lexicon
from assistant.links import Links, mask
from assistant.normalize import is_english, normalize
from assistant.reading import Reading, Subject
from assistant.subject import read_subject
from index.segment import Segmenter


@dataclass(frozen=True)
class Reader:
    """Reads questions about any plan; holds what all plans share."""

    segmenter: Segmenter

    @cached_property
    def intents(self) -> IntentModel:
        """The trained intent classifier."""
        return IntentModel.load()

    def read(self, question: str, desk: Desk) -> Reading:
        """Return the reading of one question on its own, without the turns before it."""
        text = normalize(question)
        links = desk.linker.link(text)
        subject = read_subject(text, links, self.segmenter)
        masked = mask(text, desk.mask_names(text, links))
        shares = self.intents.predict(masked)
        groups = lexicon().groups(text)
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
            titled=desk.titled(text, subject.words),
            english=is_english(text),
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
        return not (links.agencies or links.unknown_bodies)
    if intent == "who":
        return not (links.agencies and subject.is_empty and not links.clauses and "verify" not in groups)
    return True
