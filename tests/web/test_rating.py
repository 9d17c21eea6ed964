"""有用 and 没用: what a reader says of an answer is kept, and the answer never depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from assistant.errors import RecordsFault
from assistant.records.kept import KeptTurn, Rating
from assistant.records.recorder import Keep, Recorder
from tests.fakes import FakeAssistant, FakeKeeper
from tests.web.conftest import running
from tests.web.visitor import Visitor


class Kept:
    """A served page with what it keeps."""

    def __init__(self, client: httpx.Client, keeper: FakeKeeper, recorder: Recorder) -> None:
        self.client, self.keeper, self.recorder = client, keeper, recorder

    def turn(self, question: str = "示范车辆占比是多少？") -> str:
        """Ask, and return the id under which the answer can be rated, empty where it cannot."""
        found = re.search(r'data-turn="(\w+)"', Visitor(self.client).ask(question)[-1])
        return found[1] if found else ""

    def said(self, **fields: object) -> httpx.Response:
        """Rate."""
        return self.client.post("/feedback", json=fields)


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    keep: Keep = getattr(request, "param", "rated")
    keeper = FakeKeeper()
    recorder = Recorder(keep, 30, lambda: keeper)
    with running(FakeAssistant, recorder=recorder) as where, httpx.Client(base_url=where, timeout=20) as client:
        yield Kept(client, keeper, recorder)


def test_a_rating_is_kept_with_its_question_and_reason(kept: Kept) -> None:
    """没用 with a reason keeps the question, the answer and the reason; nothing was kept before."""
    visitor_turn = kept.turn()
    assert not kept.keeper.written
    response = kept.said(turn=visitor_turn, useful=False, reason="没有答全")
    assert response.status_code == 200
    assert "谢谢" in response.json()["detail"]
    kept.recorder.stop()
    turn, rating = kept.keeper.written
    assert isinstance(turn, KeptTurn)
    assert turn.question == "示范车辆占比是多少？"
    assert turn.clauses == ("1.1",)
    assert isinstance(rating, Rating)
    assert (rating.useful, rating.reason) == (False, "没有答全")


def test_a_useful_answer_has_no_reason(kept: Kept) -> None:
    """有用 is kept without words that came along."""
    kept.said(turn=kept.turn(), useful=True, reason="x")
    kept.recorder.stop()
    rating = kept.keeper.written[-1]
    assert isinstance(rating, Rating)
    assert (rating.useful, rating.reason) == (True, "")


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{}", '{"turn": 1, "useful": true}', '{"turn": "x", "useful": "no"}', "[" * 5000]
)
def test_what_is_no_rating_is_refused(client: httpx.Client, body: str) -> None:
    """Whatever is sent there, the server says in Chinese that it is none."""
    response = client.post("/feedback", content=body)
    assert response.status_code == 400
    assert "评价" in response.json()["detail"]


def test_long_reasons_and_unknown_answers_are_refused(kept: Kept) -> None:
    """A reason is bounded by the server, and nobody can rate what was not answered here."""
    assert kept.said(turn=kept.turn(), useful=False, reason="长" * 201).status_code == 400
    assert kept.said(turn="0" * 24, useful=True).status_code == 404


@pytest.mark.parametrize("kept", ["none"], indirect=True)
def test_where_nothing_is_kept_there_are_no_buttons(kept: Kept) -> None:
    """With ``none`` an answer has no buttons, and the page says that nothing is kept."""
    assert kept.turn() == ""
    assert "不会被保存。" in kept.client.get("/").text


@pytest.mark.parametrize("kept", ["all"], indirect=True)
def test_where_all_is_kept_the_page_says_so(kept: Kept) -> None:
    """With ``all`` each answer is written without being rated, and the page says so with the number of days."""
    kept.turn()
    kept.recorder.stop()
    assert len(kept.keeper.written) == 1
    assert "会保存 30 天" in kept.client.get("/").text


@pytest.mark.parametrize(("kept", "count"), [("rated", 0), ("all", 1)], indirect=["kept"])
def test_questions_of_programs_are_kept_only_with_all(kept: Kept, count: int) -> None:
    """What a program asks is written with ``all`` and otherwise not even remembered."""
    event = kept.client.post("/gradio_api/call/ask", json={"data": ["占比？", []]}).json()["event_id"]
    kept.client.get(f"/gradio_api/call/ask/{event}")
    kept.recorder.stop()
    assert len(kept.keeper.written) == len(kept.recorder._recent) == count


@pytest.mark.parametrize("kept", ["all"], indirect=True)
def test_a_broken_database_takes_no_answer_away(kept: Kept) -> None:
    """While nothing can be written, questions are answered and ratings are taken as ever."""
    kept.keeper.fault = RecordsFault("disk is full")
    turn = kept.turn()
    assert turn
    assert kept.said(turn=turn, useful=True).status_code == 200
    assert kept.turn()


def test_the_page_says_by_default_what_is_kept(kept: Kept) -> None:
    """The greeting tells that only rated answers are kept, for how long and what is masked."""
    text = kept.client.get("/").text
    assert "只有您点" in text
    assert "30 天" in text
