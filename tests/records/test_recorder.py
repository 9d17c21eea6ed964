"""The recorder: it keeps what the setting allows, behind the answers, and no fault of a database reaches them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.errors import RecordsFault
from assistant.records import recorder as module
from assistant.records.kept import KeptTurn, Rating
from assistant.records.opening import privacy_sentence
from assistant.records.recorder import MAX_WAITING, Keep, Recorder, nothing_kept
from tests.fakes import FakeKeeper

ANSWER = Answer("谁牵头？", "not_stated", "方案没有写。")


def _started(keep: Keep, keeper: FakeKeeper) -> Recorder:
    recorder = Recorder(keep, 180, lambda: keeper)
    recorder.start()
    return recorder


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not there() and time.monotonic() < end:
        time.sleep(0.005)
    assert there()


def test_all_dialogues_are_kept_only_when_asked_for() -> None:
    """``all`` writes every answer."""
    keeper = FakeKeeper()
    recorder = _started("all", keeper)
    recorder.answered(ANSWER, ["先前？"])
    recorder.stop()
    (turn,) = keeper.written
    assert isinstance(turn, KeptTurn)
    assert (turn.question, turn.history) == ("谁牵头？", ("先前？",))
    assert keeper.closed


def test_by_default_only_what_a_reader_rates_is_kept() -> None:
    """``rated`` writes nothing until a reader rates, and then this one turn with the rating."""
    keeper = FakeKeeper()
    recorder = _started("rated", keeper)
    recorder.answered(Answer("别的？", "answered", "…"))
    turn_id = recorder.answered(ANSWER)
    assert recorder.rate(turn_id, useful=False, reason="长" * 999)
    recorder.stop()
    turn, rating = keeper.written
    assert isinstance(turn, KeptTurn)
    assert turn.question == "谁牵头？"
    assert isinstance(rating, Rating)
    assert (rating.turn_id, rating.useful, len(rating.reason)) == (turn_id, False, 200)


def test_nothing_is_kept_where_nothing_may_be() -> None:
    """``none`` gives no id, takes no rating and opens nothing."""
    recorder = nothing_kept()
    recorder.start()
    assert recorder.answered(ANSWER) == ""
    assert not recorder.rate("", useful=True)
    recorder.stop()


def test_an_answer_that_is_gone_cannot_be_rated(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown id is refused, and the memory of answers is bounded in number and in time."""
    monkeypatch.setattr(module, "MAX_RECENT", 2)
    recorder = Recorder("rated", 180, FakeKeeper)
    ids = [recorder.answered(ANSWER) for _ in range(3)]
    assert [recorder.rate(one, useful=True) for one in ["unknown", *ids]] == [False, False, True, True]
    monkeypatch.setattr(module, "RECENT_SECONDS", 0)
    recorder.answered(ANSWER)
    assert len(recorder._recent) == 1


def test_a_database_that_fails_costs_one_line_and_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    """While writing fails every answer goes on; the log has one line without what was asked, and one when it works again."""
    keeper = FakeKeeper(RecordsFault("disk is full"))
    recorder = _started("all", keeper)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert recorder.answered(ANSWER)
            _until(recorder._waiting.empty)
            time.sleep(0.02)
        keeper.fault = None
        recorder.answered(ANSWER)
        recorder.stop()
    failing, again = [row for row in caplog.records if row.name == module.__name__]
    assert "disk is full" in failing.getMessage()
    assert failing.exc_info is None
    assert "3 records were lost" in again.getMessage()
    assert "谁牵头" not in caplog.text
    assert len(keeper.written) == 1


def test_a_database_that_hangs_costs_neither_time_nor_memory() -> None:
    """Answers return at once while a write hangs, and no more wait than the bound."""
    gate = threading.Event()
    recorder = _started("all", FakeKeeper(gate=gate))
    begun = time.monotonic()
    for _ in range(MAX_WAITING + 500):
        recorder.answered(ANSWER)
    assert time.monotonic() - begun < 5
    assert recorder._waiting.qsize() <= MAX_WAITING
    assert recorder._lost > 0
    gate.set()
    recorder.stop()


def test_an_unexpected_fault_is_told_by_its_name_alone(caplog: pytest.LogCaptureFixture) -> None:
    """What is not translated may hold a question, so its text stays out of the log."""
    recorder = _started("all", FakeKeeper(ValueError("谁牵头？")))
    recorder.answered(ANSWER)
    recorder.stop()
    assert "ValueError" in caplog.text
    assert "谁牵头" not in caplog.text


def test_old_dialogues_are_deleted_at_the_start() -> None:
    """The retention holds without anybody calling the command, also after keeping was switched off."""
    for keep in ("none", "rated"):
        keeper = FakeKeeper()
        recorder = _started(keep, keeper)
        recorder.stop()
        assert len(keeper.purged) == 1


@pytest.mark.parametrize(("keep", "said"), [("none", "不会"), ("rated", "只有"), ("all", "会保存 90 天")])
def test_readers_are_told(keep: str, said: str) -> None:
    """Each way of keeping has its own plain sentence."""
    assert said in privacy_sentence(keep, 90)
