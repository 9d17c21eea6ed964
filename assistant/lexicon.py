"""The word lists by which questions are read (``data/lexicon.toml``), and how they are matched."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "lexicon.toml"
_OPEN = re.compile(r"有没(?=有)|(?<=有)无|([\u4e00-\u9fff])不(?=\1)")
_DENIALS = frozenset(
    ("no_lead", "no_body", "absent", "text_value", "no_year")
)  # groups that say that something is not there
_CONFIRMS = re.compile(r"吧[。.!！?？~\s]*$")
_PUNCTUATION = re.compile(r"[^\w%]+")


@dataclass(frozen=True)
class Lexicon:
    """All word lists. ``cues`` maps a group's name to its pattern; the rest are sets of whole words or turns."""

    cues: dict[str, re.Pattern[str]]
    compounds: re.Pattern[str]
    speech: dict[str, frozenset[str]]
    injection: re.Pattern[str]
    commands: re.Pattern[str]
    styles: re.Pattern[str]
    pronouns: re.Pattern[str]
    openers: tuple[str, ...]
    function_words: frozenset[str]
    fillers: re.Pattern[str]
    requests: re.Pattern[str]
    opposites: tuple[tuple[re.Pattern[str], ...], ...]

    def groups(self, text: str) -> frozenset[str]:
        """Return the names of the cue groups of which ``text`` holds a word.

        >>> sorted(lexicon().groups("哪些任务没有牵头单位"))[:4]
        ['body', 'clause', 'lead', 'list']
        """
        text = self.compounds.sub(" ", text)
        positive = _OPEN.sub("", text)  # 有没有牵头单位 and 参不参与 do not say that there is none
        found = {name for name, pattern in self.cues.items() if pattern.search(positive if name in _DENIALS else text)}
        if _CONFIRMS.search(text) and not self.requests.search(text):
            found.add("verify")  # 是2030年的要求吧 claims something; 说说垃圾分类吧 does not
        return frozenset(found)

    def has(self, group: str, text: str) -> bool:
        """Whether ``text`` holds a word of one cue group."""
        return self.cues[group].search(text) is not None

    def speech_act(self, text: str) -> str | None:
        """Return the name of the list that holds the whole turn, or None.

        >>> lexicon().speech_act("您好！"), lexicon().speech_act("您好，谁牵头？")
        ('greeting', None)
        """
        turn = _PUNCTUATION.sub("", text.lower())
        spaced = " ".join(_PUNCTUATION.sub(" ", text.lower()).split())
        return next((name for name, turns in self.speech.items() if turn in turns or spaced in turns), None)

    def strip_cues(self, text: str, *groups: str) -> str:
        """Return ``text`` with the words of the named groups blanked; 数字政府 holds 数字 and asks for no figure."""
        kept = [found.span() for found in self.compounds.finditer(text)]

        def blanked(found: re.Match[str]) -> str:
            inside = any(start <= found.start() and found.end() <= end for start, end in kept)
            return found.group() if inside else " " * len(found.group())

        for name in groups:
            text = self.cues[name].sub(blanked, text)
        return text

    def opposes(self, text: str, name: str) -> bool:
        """Whether a text speaks of the other side of what a name says: 支流 beside 干流, 城市 beside 农村.

        >>> lexicon().opposes("支流的水质", "某河干流水质"), lexicon().opposes("干流和支流", "某河干流水质")
        (True, False)
        """
        for sides in self.opposites:
            said = {at for at, side in enumerate(sides) if side.search(text)}
            own = {at for at, side in enumerate(sides) if side.search(name)}
            if said and own and not said & own:
                return True
        return False


def words_pattern(words: list[str]) -> re.Pattern[str]:
    """Compile a list of words: longest word first; Latin words only as whole words, in either case."""
    parts = [_edged(word) for word in sorted(words, key=lambda word: (-len(word), word))]
    return re.compile("|".join(parts), re.IGNORECASE)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def word_lists(section: str) -> dict[str, list[str]]:
    """Return the lists of one section by name. Raises ``KeyError`` for an unknown section.

    >>> word_lists("ranks")["next"][:2]
    ['次高', '次低']
    """
    return dict(_tables()[section])


def _composed(group: str) -> list[str]:
    """Return the words of a cue group that are put together from parts: 高|出|多少, 再|提|几."""
    return ["".join(parts) for lists in _tables()["composed"].get(group, ()) for parts in product(*lists)]


def _forms(lists: dict[str, list[str]]) -> str:
    """Return the pattern of a wish for a form: 请用 JSON 格式输出, 以海盗的口气来说."""
    # No edge of a word is asked for: in 用JSON输出 there is none.
    ordered = (sorted(lists[name], key=lambda word: (-len(word), word)) for name in ("forms", "form_verbs"))
    forms, verbs = ("|".join(map(re.escape, words)) for words in ordered)
    return (
        rf"(?:请|麻烦)?(?:只|都|一律)?[用以按]\s*(?:{forms})\s*的?(?:格式|形式|方式|口吻|口气|语气|风格)?来?(?:{verbs})"
    )


def _edged(word: str) -> str:
    """A Latin word ends where its letters end, also beside a character (的target是); a mark (<script) needs no such edge."""
    before = "(?<![a-z0-9])" if _LATIN.match(word[0]) else ""
    behind = "(?![a-z0-9])" if _LATIN.match(word[-1]) else ""
    return f"{before}{re.escape(word)}{behind}"


_LATIN = re.compile("[A-Za-z0-9]")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Build the patterns once per process."""
    data = _tables()
    return Lexicon(
        cues={name: words_pattern([*words, *_composed(name)]) for name, words in data["cues"].items()},
        compounds=words_pattern(data["compounds"]["words"]),
        speech={name: frozenset(turns) for name, turns in data["speech"].items()},
        injection=words_pattern([*data["injection"]["words"], *_composed("injection")]),
        commands=words_pattern(data["injection"]["commands"]),
        styles=re.compile(
            f"{_forms(data['injection'])}|{words_pattern(data['injection']['styles']).pattern}", re.IGNORECASE
        ),
        pronouns=words_pattern(data["context"]["pronouns"]),
        openers=tuple(data["context"]["openers"]),
        function_words=frozenset(data["function"]["words"]) | frozenset(data["function"]["english"]),
        fillers=words_pattern(data["fillers"]["words"]),
        requests=words_pattern(data["several"]["requesting"]),
        opposites=tuple(tuple(map(re.compile, sides)) for sides in data["opposites"].values()),
    )
