"""The same database on a real PostgreSQL server, where the environment names one: ``TEST_POSTGRESQL=postgresql://…``.

Every test has a schema of its own, which is dropped at its end; whatever else the server keeps stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pytest
import sqlalchemy as sql

from assistant.answer import Answer
from assistant.errors import RecordsFault
from assistant.records.database import Database
from assistant.records.kept import KeptTurn, Rating, moment
from assistant.records.recorder import Recorder

SERVER = os.environ.get("TEST_POSTGRESQL", "")
PHONE = "13800138000"

pytestmark = pytest.mark.skipif(not SERVER, reason="没有用环境变量 TEST_POSTGRESQL 指定 PostgreSQL 的地址")


@pytest.fixture
def url() -> Iterator[str]:
    """The server's address with a new schema in it."""
    schema = f"test_{token_hex(4)}"
    with _engine() as engine:
        with engine.begin() as connection:
            connection.execute(sql.schema.CreateSchema(schema))
        within = sql.make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
        yield within.render_as_string(hide_password=False)
        with engine.begin() as connection:
            connection.execute(sql.schema.DropSchema(schema, cascade=True))


@contextmanager
def _engine() -> Iterator[sql.Engine]:
    engine = sql.create_engine(sql.make_url(SERVER).set(drivername="postgresql+psycopg"))
    yield engine
    engine.dispose()


@pytest.fixture
def database(url: str, tmp_path: Path) -> Iterator[Database]:
    opened = Database(url, tmp_path)
    yield opened
    opened.close()


def _turn(question: str = "谁牵头？", at: str = "2026-01-31T08:00:00Z", turn_id: str = "a") -> KeptTurn:
    return KeptTurn(turn_id, question, ("先前？",), "answered", "甲局牵头[1]。", "demo", ("1.1",), at)


def test_what_is_written_comes_back(database: Database) -> None:
    """A turn and its rating are read as they were written; a second rating replaces the first."""
    rating = Rating("a", False, "答非所问", "2026-01-31T08:01:00Z")
    database.write([_turn(), Rating("a", True), _turn(turn_id="b")])
    database.write([_turn(), rating])
    assert database.rated() == [(_turn(), rating)]
    assert database.count() == 2


def test_what_is_old_goes(database: Database) -> None:
    """A purge deletes the older turns with their ratings and tells how many went."""
    database.write([_turn(at="2020-01-01T00:00:00Z"), Rating("a", True), _turn(at=moment(), turn_id="b")])
    database.write([Rating("b", True)])
    assert database.purge(moment(timedelta(days=30))) == 1
    assert [turn.turn_id for turn, _ in database.rated()] == ["b"]
    assert database.purge("9999") == 1
    assert (database.count(), database.rated()) == (0, [])


def test_odd_and_personal_words_are_kept_masked(database: Database) -> None:
    """Signs that the server cannot store, NUL and halves of pairs, are dropped; a number is masked; rare characters stay."""
    database.write([_turn(f"\x00𠮷\ud800野%s {{}} ' \\ {PHONE}"), Rating("a", False, "\x00" + PHONE)])
    ((turn, rating),) = database.rated()
    assert (turn.question, rating.reason) == ("𠮷野%s {} ' \\ [手机号]", "[手机号]")


def test_a_long_answer_fits(database: Database) -> None:
    """No text is cut off or refused for its length."""
    database.write([_turn("长" * 100_000), Rating("a", True)])
    assert len(database.rated()[0][0].question) == 100_000


def test_a_closed_connection_is_opened_again(database: Database) -> None:
    """When the server ends our connections, as at its restart, the next records are written nevertheless."""
    database.write([_turn()])
    with database._engine.connect() as ours:  # the one connection of the pool
        number = ours.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with _engine() as other, other.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT pg_terminate_backend({number})").scalar_one()
    database.write([_turn(turn_id="b")])
    assert database.count() == 2


def test_the_recorder_writes_there(url: str, tmp_path: Path) -> None:
    """A rated answer gets to the server through the thread behind the answers."""
    recorder = Recorder("rated", 180, lambda: Database(url, tmp_path))
    recorder.start()
    assert recorder.rate(recorder.answered(Answer("问", "answered", "答")), True)
    recorder.stop()
    database = Database(url, tmp_path)
    assert [turn.question for turn, _ in database.rated()] == ["问"]
    database.close()


def test_a_wrong_password_or_no_server_is_one_line(tmp_path: Path) -> None:
    """Either is a fault of one line that does not tell the password."""
    address = sql.make_url(SERVER)
    secret = "hunter2"  # noqa: S105 (nobody's)
    for wrong in (address.set(password=secret), address.set(port=1, password=secret)):
        database = Database(wrong.render_as_string(hide_password=False), tmp_path)
        with pytest.raises(RecordsFault) as fault:
            database.write([_turn("不可泄露的问题")])
        database.close()
        assert len(str(fault.value).splitlines()) == 1
        assert secret not in str(fault.value)
        assert "不可泄露" not in str(fault.value)
