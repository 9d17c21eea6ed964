"""The database of kept dialogues: the one module that knows SQLAlchemy. SQLite, or whatever else its URL names.

Every text is masked here, on its way in, so that no caller can forget it. Every fault becomes a :class:`RecordsFault`
of one line without the values of the statement and without the URL's password.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.errors import RecordsFault
from assistant.records.kept import KeptTurn, Rating, Record
from assistant.records.masking import mask

# The writer stands behind the answers and can wait for whoever else reads or cleans the file.
WAIT = 20
_SCHEMA = sql.MetaData()
TURNS = sql.Table(
    "turns",
    _SCHEMA,
    sql.Column("turn_id", sql.String(32), primary_key=True),
    sql.Column("at", sql.String(20), nullable=False, index=True),
    sql.Column("question", sql.Text, nullable=False),
    sql.Column("history", sql.Text, nullable=False),  # a JSON list
    sql.Column("status", sql.String(20), nullable=False),
    sql.Column("answer", sql.Text, nullable=False),
    sql.Column("plan_id", sql.Text, nullable=False),
    sql.Column("clauses", sql.Text, nullable=False),  # a JSON list
)
RATINGS = sql.Table(
    "ratings",
    _SCHEMA,
    sql.Column("turn_id", sql.String(32), primary_key=True),
    sql.Column("at", sql.String(20), nullable=False, index=True),
    sql.Column("useful", sql.Boolean, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
)


class Database:
    """A place to keep dialogues. Nothing is opened or made before the first use."""

    def __init__(self, url: str, folder: Path) -> None:
        """Take ``url``; the file of a SQLite URL is relative to ``folder``."""
        self._secret = ""
        with self._translated():
            address = _with_driver(sql.make_url(url))
            self._secret = str(address.password or "")
            if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
                address = address.set(database=str(folder / str(address.database)))
            self._address = address
            self._engine = self._make_engine()
        self._made = False

    def _make_engine(self) -> sql.Engine:
        options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
        if self._address.get_backend_name() == "postgresql":
            # Of a server that does not even refuse, who waits should hear in time.
            return sql.create_engine(self._address, connect_args={"connect_timeout": WAIT}, **options)
        if self._address.get_backend_name() != "sqlite":
            return sql.create_engine(self._address, **options)
        engine = sql.create_engine(self._address, connect_args={"timeout": WAIT}, **options)
        # What is deleted is overwritten in the file, not only taken out of the list.
        sql.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete = ON"))
        return engine

    @property
    def file(self) -> Path | None:
        """Return the file of a SQLite database, ``None`` where there is none."""
        path = self._address.database
        return Path(path) if self._address.get_backend_name() == "sqlite" and path and path != ":memory:" else None

    def write(self, records: Sequence[Record]) -> None:
        """Write all of them or none; what is there under the same id is replaced. Raises :class:`RecordsFault`."""
        with self._translated(), self._begun() as connection:
            for record in records:
                table = TURNS if isinstance(record, KeptTurn) else RATINGS
                connection.execute(sql.delete(table).where(table.c.turn_id == record.turn_id))
                connection.execute(sql.insert(table).values(_row(record)))

    def purge(self, before: str) -> int:
        """Delete what is older than ``before`` (a :func:`moment`), and return how many questions went."""
        if self.file is not None and not self.file.exists():
            return 0
        with self._translated(), self._begun() as connection:
            connection.execute(sql.delete(RATINGS).where(RATINGS.c.at < before))
            connection.execute(
                sql.delete(RATINGS).where(RATINGS.c.turn_id.in_(sql.select(TURNS.c.turn_id).where(TURNS.c.at < before)))
            )
            return connection.execute(sql.delete(TURNS).where(TURNS.c.at < before)).rowcount

    def rated(self) -> list[tuple[KeptTurn, Rating]]:
        """Return the rated turns, oldest first."""
        if self.file is not None and not self.file.exists():
            return []
        query = sql.select(TURNS, RATINGS.c.useful, RATINGS.c.reason, RATINGS.c.at.label("rated_at"))
        query = query.join(RATINGS, RATINGS.c.turn_id == TURNS.c.turn_id).order_by(TURNS.c.at, TURNS.c.turn_id)
        with self._translated(), self._begun() as connection:
            return [(_turn(row), _rating(row)) for row in connection.execute(query).mappings()]

    def count(self) -> int:
        """Return how many questions are kept."""
        with self._translated(), self._begun() as connection:
            return int(connection.execute(sql.select(sql.func.count()).select_from(TURNS)).scalar_one())

    def close(self) -> None:
        """Let the connections go."""
        self._engine.dispose()

    @contextmanager
    def _begun(self) -> Iterator[sql.Connection]:
        if not self._made and self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.touch(mode=0o600)  # for the owner alone, from its first byte on
        with self._engine.begin() as connection:
            if not self._made:
                _SCHEMA.create_all(connection)
            yield connection
        self._made = True

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ArgumentError, ModuleNotFoundError, ValueError) as error:
            name = f"：缺少 {error.name}" if isinstance(error, ModuleNotFoundError) else ""
            raise RecordsFault(f"设置项 database 的地址不能使用{name}。请对照 README 修改，或安装所需的驱动") from None
        except (SQLAlchemyError, OSError) as error:
            raise RecordsFault(f"保存问答的数据库不能使用：{self._said(error)}") from None

    def _said(self, error: Exception) -> str:
        """Return the first line of what the driver said, without the password if a driver should repeat it."""
        cause = getattr(error, "orig", None) or error
        line = f"{type(cause).__name__}: {cause}".splitlines()[0]
        return line.replace(self._secret, "***") if self._secret else line


def _with_driver(address: sql.URL) -> sql.URL:
    """Name the driver that is installed where an address of PostgreSQL names none, as those of its own tools do.

    >>> _with_driver(sql.make_url("postgresql://u@h/d")).drivername, _with_driver(sql.make_url("sqlite:///x.db")).drivername
    ('postgresql+psycopg', 'sqlite')
    """
    plain = address.drivername in {"postgresql", "postgres"}
    return address.set(drivername="postgresql+psycopg") if plain else address


def _row(record: Record) -> dict[str, Any]:
    if isinstance(record, Rating):
        return {"turn_id": record.turn_id, "at": record.at, "useful": record.useful, "reason": mask(record.reason)}
    masked = replace(record, question=mask(record.question), answer=mask(record.answer))
    lists = {"history": [mask(turn) for turn in record.history], "clauses": record.clauses}
    texts = {name: getattr(masked, name) for name in TURNS.c.keys() if name not in lists}  # noqa: SIM118 (no dict)
    return texts | {name: json.dumps(value, ensure_ascii=False) for name, value in lists.items()}


def _turn(row: sql.RowMapping) -> KeptTurn:
    history, clauses = (tuple(json.loads(row[name])) for name in ("history", "clauses"))
    facts = (row["status"], row["answer"], row["plan_id"], clauses, row["at"])
    return KeptTurn(row["turn_id"], row["question"], history, *facts)


def _rating(row: sql.RowMapping) -> Rating:
    return Rating(row["turn_id"], row["useful"], row["reason"], row["rated_at"])
