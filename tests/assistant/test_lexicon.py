"""The word lists by which questions are read: each list in order, each list used, each word able to match."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.lexicon import FILE, lexicon
from assistant.normalize import normalize
from corpus import load_corpus

LISTS = tomllib.loads(FILE.read_text(encoding="utf-8"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(FILE).parents[1].rglob("*.py")))


def lists() -> Iterator[tuple[str, list[str]]]:
    for part, groups in LISTS.items():
        for name, words in groups.items():
            if part == "composed":
                for at, parts in enumerate(one for composed in words for one in composed):
                    yield f"{part}.{name}.{at}", parts
            else:
                yield f"{part}.{name}", words


ALL = dict(lists())


@pytest.mark.parametrize("name", ALL)
def test_a_list_is_in_order(name: str) -> None:
    """No list is empty, holds a blank word, or the same word twice."""
    words = ALL[name]
    assert words
    empty = name.startswith("composed")  # a part may be left out there
    assert all(word == word.strip() and (word or empty) for word in words)
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name in ALL if name.split(".")[0] in ("cues", "injection")])
def test_a_word_survives_normalising(name: str) -> None:
    """Every word is written as questions are after normalising; else it could never match."""
    assert [word for word in ALL[name] if normalize(word) != word] == []


@pytest.mark.parametrize("group", LISTS["cues"])
def test_a_group_finds_its_own_words(group: str) -> None:
    """Every word of a cue group is found in a question that holds it, in either case."""
    for word in LISTS["cues"][group]:
        assert lexicon().has(group, f"请问 {word} 吗")
        assert lexicon().has(group, f"请问 {word.upper()} 吗")


@pytest.mark.parametrize(
    ("group", "question"),
    [
        ("difference", "甲率和乙率之间的差值"),
        ("difference", "甲率高出来几个点"),
        ("difference", "最大的比例减最小的"),
        ("remaining", "还需再提几个点才够"),
        ("falling", "比以前要少打多少"),
    ],
)
def test_a_cue_is_put_together_from_parts(group: str, question: str) -> None:
    """A wording that no list holds whole is found by its parts; a composed group has words of its own too."""
    assert lexicon().has(group, question)
    assert group in LISTS["cues"]


@pytest.mark.parametrize(
    ("question", "claims"),
    [("那是2030年的要求吧", True), ("拖到明年就行了吧。", True), ("说说垃圾分类吧", False), ("聊聊电价吧！", False)],
)
def test_a_turn_that_ends_in_a_guess_claims_something(question: str, claims: bool) -> None:
    """…吧 asks whether what was said is so, unless it asks to be told something."""
    assert ("verify" in lexicon().groups(question)) == claims


def test_every_group_is_asked_for_in_the_code() -> None:
    """A group that no stage asks for would be read in vain."""
    rules = (FILE.parent / "reroutes.toml").read_text(encoding="utf-8")
    unused = {group for group in LISTS["cues"] if not re.search(rf"[\"']{group}[\"']", CODE + rules)}
    assert unused <= {"share_of_place"}  # a county's part of a target is refused by the place that it names


def test_the_code_asks_for_groups_that_are_there() -> None:
    """A misspelled group would never be found in any question."""
    asked = {name for call in re.findall(r"\.asks\(([^()]*)\)", CODE) for name in re.findall(r'"(\w+)"', call)}
    assert len(asked) > 20
    assert asked <= set(LISTS["cues"])


def test_latin_words_match_whole_words_alone() -> None:
    """``lead`` is no part of ``misleading``, nor ``how many`` of ``somehow manyfold``."""
    assert not lexicon().has("lead", "is this misleading")
    assert lexicon().has("lead", "who leads it")


@pytest.mark.parametrize("act", LISTS["speech"])
def test_a_greeting_is_the_whole_turn(act: str) -> None:
    """Each listed turn is known whatever its punctuation and case; with a question behind it, it is none."""
    for turn in LISTS["speech"][act]:
        assert lexicon().speech_act(f"{turn.upper()}！~") is not None, turn
        assert lexicon().speech_act(f"{turn}，谁牵头？") is None, turn


def test_no_turn_stands_in_two_lists() -> None:
    """A whole turn has one meaning."""
    turns = Counter(turn for turns in LISTS["speech"].values() for turn in turns)
    assert [turn for turn, count in turns.items() if count > 1] == []


def test_no_word_belongs_to_a_plan() -> None:
    """The lists know how people ask, not what one plan is about: no body's name and no target's name stands in them."""
    plan = load_corpus().plans[0]
    names = {row.name for row in plan.responsibilities} | {row.name for row in plan.indicators}
    words = {word for words in ALL.values() for word in words}
    assert names & words == set()
    assert not any(word for word in words if plan.region and plan.region in word)
