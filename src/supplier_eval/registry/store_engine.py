"""Opening a database: SQLite in a file, or PostgreSQL by URL; one writer at a time, readers never wait for it.

SQLite: write-ahead log, every commit on the disk before it is acknowledged (``synchronous`` FULL), foreign keys,
``BEGIN IMMEDIATE`` for writes, recursive triggers (so that no ``REPLACE`` slips past the audit's). PostgreSQL: the
writers queue at one advisory lock, since the chain of the audit has one end.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from supplier_eval.errors import Finding, InvalidInput, MissingExtra, NotAStore
from supplier_eval.registry.store_faults import translated

WAIT_SECONDS = 30.0
WRITER = "immediate"
CHAIN_LOCK = 7_328_501_944
"""Number of the advisory lock at which PostgreSQL's writers queue."""
VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
NUMBERS = itertools.count()
SETTINGS = ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "trusted_schema=OFF", "cache_size=-65536")


class Database:
    """An opened database: transactions for reading and for writing.

    Parameters
    ----------
    url : str or Path
        A path, ``sqlite:///path``, or ``postgresql+psycopg://…``.
    create : bool
        Whether the file may be made.
    wait : float
        Seconds to wait for another writer.
    """

    def __init__(self, url: str | Path, *, create: bool = False, wait: float = WAIT_SECONDS) -> None:
        self.path = sqlite_path(url)
        self.source = str(self.path) if self.path else make_url(str(url)).render_as_string(hide_password=True)
        self.wait = wait
        if self.path and not create and not os.path.lexists(self.path):
            raise NotAStore(Finding("registry.store.missing", "registry", value=self.path.name), self.source)
        self.engine = _sqlite(self.path, create, wait) if self.path else _postgresql(str(url))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.path is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of everything, whatever is written meanwhile."""
        with translated(self.source), self.engine.connect() as connection, connection.begin():
            if not self.is_sqlite:
                connection.exec_driver_sql(VIEW)
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Driver]:
        """The same for statements that are text: past SQLAlchemy's own bookkeeping, which costs more than they do."""
        with translated(self.source):
            pooled = self.engine.raw_connection()
            try:
                driver = Driver(pooled.dbapi_connection, self.is_sqlite)
                driver.run("BEGIN" if self.is_sqlite else VIEW)
                yield driver
            finally:
                pooled.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing; nobody else writes meanwhile."""
        with translated(self.source), self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITER: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self.wait * 1000)}")
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})")
                yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


class Driver:
    """The driver's own cursor within a transaction, for statements that are text already.

    Parameters
    ----------
    raw : connection of the driver
        In a transaction.
    is_sqlite : bool
        Which driver it is.
    """

    def __init__(self, raw: Any, is_sqlite: bool) -> None:  # noqa: ANN401 - either driver's connection
        self._is_sqlite = is_sqlite
        self.raw = raw
        self._cursor = raw.cursor()
        self.mark = "?" if is_sqlite else "%s"

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """That of a connection."""
        return cls(cast(Any, connection.connection.dbapi_connection), connection.dialect.name == "sqlite")

    def rows(self, statement: str, given: Sequence[Any] = ()) -> list[Any]:
        """All rows of an answer."""
        self._cursor.execute(statement, given)
        return list(self._cursor.fetchall())

    def run(self, statement: str, given: Sequence[Any] = ()) -> None:
        """A statement without an answer."""
        self._cursor.execute(statement, given)

    def run_many(self, statement: str, given: Sequence[Sequence[Any]]) -> None:
        """The same statement for many rows."""
        self._cursor.executemany(statement, given)

    def stream(self, statement: str, given: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of an answer of any size, a few at a time."""
        cursor = self.raw.cursor() if self._is_sqlite else self.raw.cursor(name=f"stream_{next(NUMBERS)}")
        try:
            cursor.execute(statement, given)
            yield from cursor
        finally:
            cursor.close()


def sqlite_path(url: str | Path) -> Path | None:
    """The file that is meant; None for a server.

    Raises
    ------
    InvalidInput
        For the URL of a database that is neither.
    """
    if isinstance(url, Path) or "://" not in url:
        return Path(url)
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise _not_an_address(url) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return Path(parsed.database)
    if parsed.get_backend_name() == "postgresql" and parsed.get_driver_name() == "psycopg":
        return None
    raise _not_an_address(parsed.render_as_string(hide_password=True))


def _not_an_address(url: str) -> InvalidInput:
    return InvalidInput([Finding("registry.url.unknown", "registry", "url", value=url)])


def _sqlite(path: Path, create: bool, wait: float) -> Engine:
    address = f"file:{quote(str(path.absolute()))}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        for setting in SETTINGS:
            opened.execute(f"PRAGMA {setting}")
        if create and opened.execute("PRAGMA page_count").fetchone() == (0,):  # a file of somebody else stays as it is
            opened.execute("PRAGMA journal_mode=WAL")
        return opened

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITER)
        Driver.of(connection).run("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True, insertmanyvalues_page_size=5_000)
    except ImportError:
        raise MissingExtra("psycopg", "postgres") from None
