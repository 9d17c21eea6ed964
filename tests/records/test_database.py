"""The database: what is written comes back masked, old things go, and every fault is one line without secrets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assistant.answer import Answer, Citation
from assistant.errors import RecordsFault
from assistant.records import database as door
from assistant.records.database import RATINGS, TURNS, Database
from assistant.records.kept import KeptTurn, Rating, moment

PHONE = "13800138000"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///kept/dialogues.db", tmp_path)
    yield opened
    opened.close()


def _turn(question: str = "谁牵头？", at: str = "2026-01-31T08:00:00Z", turn_id: str = "a") -> KeptTurn:
    return KeptTurn(turn_id, question, ("先前？",), "answered", "甲局牵头[1]。", "demo", ("1.1",), at)


def test_what_is_written_comes_back(database: Database) -> None:
    """A rated turn is read as it was written; one that nobody rated is kept and not among them."""
    rating = Rating("a", False, "答非所问", "2026-01-31T08:01:00Z")
    database.write([_turn(), rating, _turn(turn_id="b")])
    assert database.rated() == [(_turn(), rating)]
    assert database.count() == 2


def test_a_second_rating_replaces_the_first(database: Database) -> None:
    """Who thinks better of it leaves one rating, the last one."""
    database.write([_turn(), Rating("a", True)])
    database.write([_turn(), Rating("a", False, "没有答全")])
    assert [rating.reason for _, rating in database.rated()] == ["没有答全"]


def test_nothing_personal_reaches_the_file(database: Database) -> None:
    """Question, history, answer and reason are masked on their way in: the file holds the number nowhere."""
    turn = KeptTurn("a", f"我是{PHONE}", (f"打{PHONE}",), "answered", f"您问的是{PHONE}")
    database.write([turn, Rating("a", False, f"请回电{PHONE}")])
    assert database.file is not None
    assert PHONE.encode() not in database.file.read_bytes()
    ((kept, rating),) = database.rated()
    assert (kept.question, kept.history, rating.reason) == ("我是[手机号]", ("打[手机号]",), "请回电[手机号]")


def test_the_file_is_its_owners_alone(database: Database) -> None:
    """Nobody else on the machine may read the file, and its folder is made where it is missing."""
    database.write([_turn()])
    assert database.file is not None
    assert database.file.stat().st_mode & 0o077 == 0


def test_what_is_old_goes_and_is_overwritten(database: Database) -> None:
    """A purge deletes the older turns with their ratings, and their words are no longer in the file."""
    old, new = _turn("从前的问题", "2020-01-01T00:00:00Z"), _turn("新近的问题", moment(), "b")
    database.write([old, Rating("a", True), new, Rating("b", True)])
    assert database.purge(moment(timedelta(days=30))) == 1
    assert [turn.question for turn, _ in database.rated()] == ["新近的问题"]
    assert database.file is not None
    assert "从前的问题".encode() not in database.file.read_bytes()
    assert database.purge("9999") == 1
    assert database.count() == 0


def test_reading_makes_no_file(database: Database) -> None:
    """Where nothing was ever kept, looking and purging leave nothing behind."""
    assert database.rated() == []
    assert database.purge("9999") == 0
    assert database.file is not None
    assert not database.file.exists()


def test_only_what_an_answer_says_is_taken() -> None:
    """Of an answer its words and the clauses of the first plan are kept; two answers never share an id."""
    rows = tuple(Citation(n, "p", clause, "", "", 0, 0) for n, clause in enumerate(("2", "3.1", "2"), 1))
    answer = Answer("问", "answered", "答", rows)
    first, second = KeptTurn.of(answer, ["前"]), KeptTurn.of(answer)
    assert (first.plan_id, first.clauses, first.history) == ("p", ("2", "3.1"), ("前",))
    assert first.turn_id != second.turn_id


@pytest.mark.parametrize("content", [b"this is no database, and it is long enough to tell" * 40, None])
def test_a_broken_or_blocked_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    """A file that is none of SQLite's, or a folder in its place, is a fault of one line."""
    path = tmp_path / "dialogues.db"
    path.mkdir() if content is None else path.write_bytes(content)
    database = Database("sqlite:///dialogues.db", tmp_path)
    with pytest.raises(RecordsFault) as fault:
        database.write([_turn("不可泄露的问题")])
    database.close()
    assert len(str(fault.value).splitlines()) == 1
    assert "不可泄露" not in str(fault.value)


def test_a_locked_file_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process holds the file, writing fails after the wait and works again afterwards."""
    monkeypatch.setattr(door, "WAIT", 0.05)
    database = Database("sqlite:///dialogues.db", tmp_path)
    database.write([_turn()])
    holder = sqlite3.connect(tmp_path / "dialogues.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(RecordsFault, match="locked"):
        database.write([_turn(turn_id="b")])
    holder.execute("COMMIT")
    holder.close()
    database.write([_turn(turn_id="b")])
    assert database.count() == 2
    database.close()


def test_a_full_disk_is_a_fault_and_loses_nothing_older(tmp_path: Path) -> None:
    """When the file may not grow, the new turn is refused whole and the earlier ones stay."""
    database = Database("sqlite:///dialogues.db", tmp_path)
    database.write([_turn()])
    with database._engine.connect() as connection:  # the limit belongs to the pooled connection
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(RecordsFault, match="full"):
        database.write([_turn("长" * 50_000, turn_id="b")])
    assert database.count() == 1
    database.close()


@pytest.mark.parametrize("url", ["postgresql+nodriver://u:hunter2@host/d", "postgresql://u:hunter2@host:port/d"])
def test_an_unusable_address_does_not_tell_its_password(tmp_path: Path, url: str) -> None:
    """A driver that is not there, or an address that cannot be read, is told without the password."""
    with pytest.raises(RecordsFault) as fault:
        Database(url, tmp_path)
    assert "hunter2" not in str(fault.value)
    assert fault.value.__cause__ is None


def test_the_tables_suit_postgresql() -> None:
    """The same tables can be made there."""
    for table in (TURNS, RATINGS):
        assert "PRIMARY KEY (turn_id)" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
