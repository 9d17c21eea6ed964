"""Names that a pronoun stands for: 该比例, 这一指标, 其占比."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from corpus.drafts import Context, Draft, Reading
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
    """Put the name back that a pronoun stands for: 该比例, 这一指标, 其占比; ``None`` where nothing was named."""
    noun = find_noun(reading.name, context, unit)
    if noun:
        return replace(reading, name=noun.name, start=noun.start)
    rest = reading.name.removeprefix("其")
    if rest == reading.name or not rest or context.last is None:
        return None
    return replace(reading, name=context.last.name + rest, start=context.last.start)


def find_noun(name: str, context: Context, unit: str = "") -> Draft | None:
    """Return the target last read whose name ends as the pronoun does (该规模), or, for 这一指标, that has its unit."""
    found = _pronoun().match(name)
    if found is None:
        return None
    end = found["head"] or name[found.end() :]
    said = context.said or context.earlier
    base = to_base(Decimal(1), unit)[1]
    named = [draft for draft in said if draft.name.endswith(end)]
    general = found["head"] in read_target_words().lists["anaphora"]["quantities"]
    alike = [draft for draft in said if general and to_base(Decimal(1), draft.unit)[1] == base]
    return next(reversed(named or alike), None)
