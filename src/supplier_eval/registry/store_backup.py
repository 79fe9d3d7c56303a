"""Backups: one file whatever the database, made from one view of the store, compared with it before it counts.

The file is a store of its own (SQLite, no files beside it). Restoring makes a new store of it, in a file or on a
server, and compares every table and the end of the audit's chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table

from supplier_eval.errors import Finding, NotAStore
from supplier_eval.messages import Lang, message
from supplier_eval.registry.audit import Anchor
from supplier_eval.registry.store_engine import Database, Driver
from supplier_eval.registry.store_faults import translated
from supplier_eval.registry.store_migrations import (
    create_schema,
    migrate,
    other_version,
    schema_version,
    tables_at,
)
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_schemas import newest
from supplier_eval.registry.store_statements import insert, listed, quoted
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

BATCH = 2_000


@dataclass(frozen=True, repr=False)
class Copied(Shown):
    """What a backup holds, or what was restored from one.

    Parameters
    ----------
    place : str
        The file that was written, or the store that was made.
    version : int
        Version of its schema.
    rows : mapping
        Table → rows, compared with the other side.
    head : Anchor
        Number and hash of the last line of the audit, compared with the other side.
    """

    place: str
    version: int
    rows: Mapping[str, int]
    head: Anchor

    def to_frame(self) -> pd.DataFrame:
        """Table and rows."""
        import pandas as pd

        return pd.DataFrame(list(self.rows.items()), columns=["table", "rows"])

    def explain(self, lang: Lang = "en") -> str:
        """What was copied and compared."""
        facts = {"place": self.place, "rows": sum(self.rows.values()), "version": self.version, "head": self.head}
        return message("registry.backup.done", lang, **facts)

    def __repr__(self) -> str:
        return f"Copied({self.place!r}, rows={sum(self.rows.values())}, head={self.head.seq})"


def back_up(database: Database, target: Path) -> Copied:
    """Copy a store into a new file.

    Raises
    ------
    NotAStore
        Where the file is there already, or the copy is not what was copied.
    StoreError
        Where there is no room, or no right to write there.
    """
    if target.exists():
        raise NotAStore(Finding("registry.backup.occupied", "registry", value=target.name), str(target))
    with _part(target) as part, database.reading() as connection:
        said = _said(connection, str(target))
        if database.is_sqlite:
            _copy_file(Driver.of(connection), part)
        else:
            _copy_rows_into_file(connection, said.version, part)
        _compare(said, _of_file(part, str(target)))
        _put(part, target)
    return said


def _put(part: Path, target: Path) -> None:
    """Give the file its name, which nobody has taken meanwhile."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise NotAStore(Finding("registry.backup.occupied", "registry", value=target.name), str(target)) from None
    except OSError:  # a file system without links
        part.rename(target)


def restore(backup: Path, url: str | Path) -> Copied:
    """Make a new store of a backup, of this program's version whatever the backup's is.

    Raises
    ------
    NotAStore
        Where the backup is none or is damaged, where something is stored at the target already, or where the copy
        is not what was copied.
    """
    source = Database(backup)
    target = Database(url, create=True)
    made = target.path is not None and not target.path.exists()
    try:
        with source.reading() as connection:
            _sound(connection, str(backup))
            said = _said(connection, target.source)
            with target.writing() as other:
                create_schema(other, said.version)
                _copy_rows(connection, other, said.version)
                _compare(said, _said(other, target.source))
                _, version = migrate(other)
    except BaseException:
        target.close()
        if made and target.path is not None:
            _forget(target.path)
        raise
    finally:
        source.close()
    target.close()
    return Copied(said.place, version, said.rows, said.head)


def upgrade(url: str | Path, backup: Path) -> Copied:
    """Back a store up, then bring it up to this program's version; gives what the backup holds.

    Raises
    ------
    StoreVersion
        For a store that is newer than this program.
    """
    database = Database(url)
    try:
        kept = back_up(database, backup)
        with database.writing() as connection:
            migrate(connection)
    finally:
        database.close()
    return kept


def _said(connection: Connection, place: str) -> Copied:
    """What one view of a store holds."""
    version, driver = schema_version(connection), Driver.of(connection)
    if version > newest():
        raise other_version(version)
    names = tables_at(version).tables
    rows = {name: int(driver.rows(f"SELECT count(*) FROM {quoted(name)}")[0][0]) for name in names}
    return Copied(place, version, rows, Anchor(*Reading(connection).head()))


def _compare(said: Copied, copied: Copied) -> None:
    differing = [name for name, number in said.rows.items() if copied.rows.get(name) != number]
    if differing or said.head != copied.head:
        value = ", ".join(differing) or "audit"
        raise NotAStore(Finding("registry.backup.differs", "registry", value=value), said.place)


def _sound(connection: Connection, place: str) -> None:
    found = Driver.of(connection).rows("PRAGMA integrity_check")
    if [tuple(row) for row in found] != [("ok",)]:
        raise NotAStore(Finding("registry.store.damaged", "registry", value=str(found[0][0])), place)


def _of_file(path: Path, place: str) -> Copied:
    """What a file holds, once its pages are sound."""
    file = Database(path)
    try:
        with file.reading() as connection:
            _sound(connection, place)
            return _said(connection, place)
    finally:
        file.close()


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """A file beside the target that becomes it, or goes."""
    part = target.with_name(target.name + ".part")
    _forget(part)
    try:
        yield part
    finally:
        _forget(part)


def _forget(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _copy_file(source: Driver, part: Path) -> None:
    """Page by page, within the view that is open."""
    with translated(str(part)):
        other = sqlite3.connect(part)
        try:
            source.raw.backup(other)
            other.execute("PRAGMA journal_mode=DELETE")
        finally:
            other.close()


def _copy_rows_into_file(connection: Connection, version: int, part: Path) -> None:
    file = Database(part, create=True)
    try:
        with file.writing() as other:
            create_schema(other, version)
            _copy_rows(connection, other, version)
        with file.engine.connect() as plain:
            Driver.of(plain).run("PRAGMA journal_mode=DELETE")
    finally:
        file.close()


def _copy_rows(source: Connection, target: Connection, version: int) -> None:
    """Every row of every table; references are checked when the transaction ends."""
    reader, writer = Driver.of(source), Driver.of(target)
    writer.run("DELETE FROM meta")
    for table in tables_at(version).tables.values():
        names = tuple(column.name for column in table.columns)
        ways = _ways(table)
        rows = reader.stream(f"SELECT {listed(names)} FROM {quoted(table.name)}")
        statement = insert(table.name, names, writer.mark)
        while batch := [_told(row, ways) for row in islice(rows, BATCH)]:
            writer.run_many(statement, batch)


def _told(row: Sequence[Any], ways: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    told = list(row)
    for place, way in ways:
        if told[place] is not None:
            told[place] = way(told[place])
    return told


def _ways(table: Table) -> list[tuple[int, Callable[[Any], Any]]]:
    """Days as text and truths as truths: what both drivers take."""
    ways: Mapping[str, Callable[[Any], Any]] = {"DATE": str, "BOOLEAN": bool, "BLOB": bytes}
    named = [(place, str(column.type)) for place, column in enumerate(table.columns)]
    return [(place, ways[name]) for place, name in named if name in ways]
