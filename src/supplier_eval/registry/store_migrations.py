"""Versions of the schema: what a new store is made with, and the numbered ways from every earlier version on."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from supplier_eval.errors import Finding, NotAStore, StoreVersion
from supplier_eval.registry.store_tables import declared_tables

FORMAT = "supplier-eval-registry"
SCHEMA = 1
"""Version of the schema that the declarations ask for."""

_REFUSE = "lines of the audit are written once"
_TRIGGERS = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_no_{event} BEFORE {event.upper()} ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        for event in ("update", "delete")
    ),
    "postgresql": (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}


def create_schema(connection: Connection) -> None:
    """Make all tables, indexes and triggers of this version, and say so.

    Raises
    ------
    StoreVersion
        Where something is there already.
    """
    if inspect(connection).get_table_names():
        raise NotAStore(Finding("registry.store.occupied", "registry"))
    declared_tables().create_all(connection, checkfirst=False)
    for trigger in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(trigger)
    mark = "?, ?" if connection.dialect.name == "sqlite" else "%s, %s"
    insert = f"INSERT INTO meta (name, value) VALUES ({mark})"
    connection.exec_driver_sql(insert, [("format", FORMAT), ("schema", str(SCHEMA))])


def schema_version(connection: Connection) -> int:
    """The version that a store says it has.

    Raises
    ------
    NotAStore
        For a database that holds something else.
    """
    names = set(inspect(connection).get_table_names())
    if not {"meta", "audit"} <= names:
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
    if version != SCHEMA:
        problem = "older" if version < SCHEMA else "newer"
        facts = {"version": version, "known": SCHEMA}
        raise StoreVersion(Finding(f"registry.store.{problem}", "registry", facts=facts))
