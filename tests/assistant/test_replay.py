"""Replaying a dialogue: what was answered before is not answered once more, and nothing is answered differently for it."""

from __future__ import annotations

from dataclasses import replace

from assistant.replay import Replay
from assistant.service import Assistant
from assistant.state import NOTHING, State


class Counting:
    """Leaves a state that tells all questions so far; ``asked`` holds what was really answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def after(self, question: str, state: State, plan_id: str | None) -> State:
        self.asked.append(question)
        return State(plan_id or "", (*state.clauses, question))


def test_a_dialogue_that_goes_on_is_not_answered_again() -> None:
    """Of a longer dialogue only the turns behind the remembered ones are answered; what was left by hand counts too."""
    counting = Counting()
    replay = Replay(counting.after)
    assert replay.state(["甲", "乙"], None).clauses == ("甲", "乙")
    replay.left(["甲", "乙", "丙"], None, State("", ("甲", "乙", "丙")))
    assert replay.state(["甲", "乙", "丙", "丁"], None).clauses == ("甲", "乙", "丙", "丁")
    assert counting.asked == ["甲", "乙", "丁"]
    assert replay.state([], None) is NOTHING


def test_other_dialogues_and_plans_are_kept_apart() -> None:
    """The same question behind another one, about another plan, or cut at another place, is another dialogue."""
    counting = Counting()
    replay = Replay(counting.after)
    for turns, plan_id in ((["甲", "乙"], None), (["乙"], None), (["甲", "乙"], "p"), (["甲乙"], None)):
        assert replay.state(turns, plan_id) == State(plan_id or "", tuple(turns))
    assert counting.asked == ["甲", "乙", "乙", "甲", "乙", "甲乙"]


def test_what_is_remembered_is_bounded() -> None:
    """Of too many dialogues the oldest is forgotten, and answered again when it goes on."""
    counting = Counting()
    replay = Replay(counting.after, most=2)
    for turn in ("甲", "乙", "丙", "甲"):
        replay.state([turn], None)
    assert counting.asked == ["甲", "乙", "丙", "甲"]


def test_follow_ups_are_answered_as_in_a_new_process(assistant: Assistant) -> None:
    """Turn by turn, with what is remembered of the turns before, the answers are those of a replay from the beginning."""
    turns = [
        "农村生活污水治理率的目标是多少？",
        "秸秆呢？",
        "谁负责？",
        "它还负责什么？",
        "能耗下降的目标是多少？",
        "你好",
        "那2030年呢？",
        "第二个由谁牵头？",
        "交通物流由谁牵头？",
        "下一条呢？",
    ]
    fresh = Replay(lambda question, state, plan_id: assistant.chain.answer(question, state, plan_id)[1], most=0)
    for at, turn in enumerate(turns):
        answer = assistant.ask(turn, turns[:at])
        expected = replace(assistant, replay=fresh).ask(turn, turns[:at])
        assert replace(answer, timings_ms={}) == replace(expected, timings_ms={})
