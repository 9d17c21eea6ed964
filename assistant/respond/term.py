"""What a term of the plan means: the plan's own definition, or the places where it uses the term without defining it."""

from __future__ import annotations

from assistant.draft import Draft
from assistant.reading import Evidence, Reading
from assistant.respond.content import respond_content
from assistant.respond.value import one_line
from corpus import Definition


def find_definition(reading: Reading) -> Definition | None:
    """Return the definition whose term or full form the question names, the longest first."""
    text = _plain(reading.text)
    fitting = [row for row in reading.plan.definitions if _plain(row.term) in text or _plain(row.meaning) in text]
    if not fitting:
        words = [_plain(word) for word in reading.subject.words if len(word) > 1]
        fitting = [row for row in reading.plan.definitions if any(_is_kernel(word, _plain(row.term)) for word in words)]
    return max(fitting, key=lambda row: len(row.term), default=None)


def respond_term(reading: Reading, evidence: Evidence, draft: Draft) -> Draft:
    """Quote the definition; where the plan has none, say so and quote where the term is used."""
    definition = find_definition(reading)
    if definition is None:
        draft.say("方案没有给出这个词的定义，下面是它在方案中出现的地方。")
        return respond_content(reading, evidence, draft)
    marker = draft.cite(definition.clause_id, definition.start, definition.end)
    if definition.kind == "meaning":
        draft.say(f"方案中的**{definition.term}**是指：{one_line(definition.meaning)}{marker}。")
    else:
        draft.say(f"方案中的**{definition.term}**是**{definition.meaning}**的简称{marker}。")
    draft.say(f"> {one_line(draft.plan.text[definition.start : definition.end])}{marker}")
    return draft


def _is_kernel(word: str, term: str) -> bool:
    """Whether a word is at least half of a term: 两高 of 两高项目."""
    kernel = next((term.removesuffix(tail) for tail in _TAILS if term.endswith(tail)), term)
    return word in kernel and 2 * len(word) >= len(kernel)


_TAILS = ("项目", "工程", "制度", "计划", "行动")


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
