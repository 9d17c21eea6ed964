"""Names that a pronoun stands for: 该比例, 这一指标, 其占比."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from corpus.drafts import Context, Reading
from corpus.quantities import to_base
from corpus.target_words import read_target_words


@cache
def _pronoun() -> re.Pattern[str]:
    """该比例, 这一指标; 其占比, but not 其中."""
    words = read_target_words()
    which, head = (
        words.one_of("anaphora", "pronouns"),
        f"{words.one_of('heads', 'words')}|{words.one_of('anaphora', 'quantities')}",
    )
    return re.compile(rf"{which}项?(?P<head>{head})$|其(?![中他它余次])")


def is_pronoun(name: str) -> bool:
    """Whether a name is a pronoun, or begins with one.

    >>> is_pronoun("该比例"), is_pronoun("其占比"), is_pronoun("该县覆盖率"), is_pronoun("其中城镇")
    (True, True, False, False)
    """
    return bool(_pronoun().match(name))


def read_pronoun(reading: Reading, unit: str, context: Context) -> Reading | None:
    """Put the name back that a pronoun stands for: 该比例, 这一指标, 其占比."""
    found = _pronoun().match(reading.name)
    head = found["head"] if found else None
    rest = "" if head or not found else reading.name[found.end() :]
    said = context.said or context.earlier
    base = to_base(Decimal(1), unit)[1]
    named = [draft for draft in said if draft.name.endswith(head or rest or draft.name)]
    alike = [draft for draft in said if to_base(Decimal(1), draft.unit)[1] == base]
    general = head in read_target_words().lists["anaphora"]["quantities"]
    last = next(reversed(named), None) or (next(reversed(alike), None) if general else None)
    if last is None and rest and context.last:
        return replace(reading, name=context.last.name + rest, start=context.last.start)
    return replace(reading, name=last.name, start=last.start) if last else None
