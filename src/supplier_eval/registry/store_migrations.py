"""Versions of a store: making one, telling which version it has, bringing an earlier one up to this program's."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import Connection, Index, MetaData, Table, create_mock_engine, inspect
from sqlalchemy.schema import CreateColumn, CreateIndex

from supplier_eval.errors import Finding, NotAStore, StoreVersion
from supplier_eval.registry.store_schemas import Schema, newest, schema_at, versions, wanted
from supplier_eval.registry.store_tables import OWN, built, column, index_name
from supplier_eval.registry.store_triggers import TRIGGERS

FORMAT = "supplier-eval-registry"
DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}


def tables_at(version: int) -> MetaData:
    """All tables of a version, the store's own among them."""
    return built(schema_at(version))


def create_schema(connection: Connection, version: int | None = None) -> None:
    """Make all tables, indexes and triggers, of this program's version or of an earlier one, and say which it is.

    Raises
    ------
    NotAStore
        Where something is there already.
    """
    if inspect(connection).get_table_names():
        raise NotAStore(Finding("registry.store.occupied", "registry"))
    dialect = connection.dialect.name
    tables = _newest_tables(dialect) if version is None else _statements(dialect, tables_at(version))
    for statement in (*tables, *TRIGGERS[dialect]):
        connection.exec_driver_sql(statement)
    say_version(connection, newest() if version is None else version)


@functools.cache
def _newest_tables(dialect: str) -> tuple[str, ...]:
    """What the declarations ask for as SQL; worked out once."""
    return _statements(dialect, built(wanted()))


def _statements(dialect: str, tables: MetaData) -> tuple[str, ...]:
    told: list[str] = []

    def tell(statement: Any, *_: object, **__: object) -> None:  # noqa: ANN401 - any statement
        told.append(str(statement.compile(dialect=recorder.dialect)))

    recorder = create_mock_engine(DRIVERS[dialect], tell)
    tables.create_all(recorder, checkfirst=False)
    return tuple(told)


def say_version(connection: Connection, version: int) -> None:
    """Write down which version a store has."""
    meta = built({}).tables["meta"]
    for name, value in (("format", FORMAT), ("schema", str(version))):
        connection.execute(meta.delete().where(meta.c.name == name))
        connection.execute(meta.insert().values(name=name, value=value))


def schema_version(connection: Connection) -> int:
    """The version that a store says it has.

    Raises
    ------
    NotAStore
        For a database that holds something else.
    """
    if not {"meta", "audit"} <= set(inspect(connection).get_table_names()):
        raise NotAStore(Finding("registry.store.not_a_store", "registry"))
    found = {str(row[0]): str(row[1]) for row in connection.exec_driver_sql("SELECT name, value FROM meta")}
    if found.get("format") != FORMAT or not found.get("schema", "").isdecimal():
        raise NotAStore(Finding("registry.store.not_a_store", "registry"))
    return int(found["schema"])


def require_current(connection: Connection) -> None:
    """Refuse a store of an older or a newer version, naming the command that upgrades.

    Raises
    ------
    StoreVersion, NotAStore
        As they say.
    """
    version = schema_version(connection)
    if version != newest():
        raise other_version(version)


def other_version(version: int) -> StoreVersion:
    """What is said of a store that this program does not read as it is."""
    facts = {"version": version, "known": newest()}
    if version < newest():
        return StoreVersion(Finding("registry.store.older", "registry", facts=facts))
    return StoreVersion(Finding("registry.store.newer", "registry", facts=facts))


def migrate(connection: Connection) -> tuple[int, int]:
    """Bring a store up to this program's version, one version after the other; gives both versions.

    Raises
    ------
    StoreVersion
        For one that is newer than this program.
    """
    before = schema_version(connection)
    if before > newest():
        raise other_version(before)
    for number in range(before + 1, newest() + 1):
        _step(connection, number)
        say_version(connection, number)
    return before, newest()


def _step(connection: Connection, number: int) -> None:
    """Add what a version adds: tables with their indexes, columns, indexes of tables that were there."""
    before, whole = schema_at(number - 1), built(schema_at(number))
    added: Schema = versions()[number - 1]
    new = [kind for kind in added if kind not in before and kind not in OWN]
    whole.create_all(connection, tables=[whole.tables[kind] for kind in new], checkfirst=False)
    for kind, more in added.items():
        if kind in new:
            continue
        for name, type_, nullable in more["columns"]:
            _add_column(connection, whole.tables[kind], name, (type_, nullable, more["refers"].get(name, "")))
        for name in more["indexes"]:
            _add_index(connection, whole.tables[kind], name)


def _add_column(connection: Connection, table: Table, name: str, told: tuple[str, bool, str]) -> None:
    """A column that may be empty, with its reference; what must be filled is filled with its empty value."""
    type_, nullable, refers = told
    kind = table.name
    made = column(kind, name, type_, nullable)
    Table(kind, MetaData(), made)
    text = str(CreateColumn(made).compile(dialect=connection.dialect))
    if not nullable:
        text = text.replace("NOT NULL", f"DEFAULT {EMPTY[type_]} NOT NULL")
    if refers:
        deferred = "DEFERRABLE INITIALLY DEFERRED"
        text += f' CONSTRAINT fk_{kind}_{name} REFERENCES "{refers}" (id) {deferred}'
    connection.exec_driver_sql(f'ALTER TABLE "{kind}" ADD COLUMN {text}')


def _add_index(connection: Connection, table: Table, name: str) -> None:
    wanted = index_name(table.name, name)
    index: Index | Any = next(index for index in table.indexes if index.name == wanted)
    connection.execute(CreateIndex(index))


EMPTY = {"text": "''", "boolean": "false"}
"""What stands in a new column of the rows that are there; a new figure or day has to be optional (convention §1)."""
