"""Versions of the schema: every frozen one is led up to this program's, and comes out as the declarations ask."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from supplier_eval.errors import NotAStore, StoreError, StoreVersion
from supplier_eval.registry import store_schemas
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_engine import Database
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_migrations import create_schema, migrate, schema_version
from supplier_eval.registry.store_schemas import newest, schema_at, versions
from supplier_eval.registry.verification import verify_store

STORES = Path(__file__).with_name("stores")
"""A dump of a store of every version, frozen when the version was."""


@pytest.fixture(params=range(1, newest() + 1))
def frozen(request, tmp_path):
    """A store as the program of that version left it."""
    path = tmp_path / f"version-{request.param}"
    with sqlite3.connect(path) as file:
        file.executescript((STORES / f"{request.param:04}.sql").read_text(encoding="utf-8"))
    file.close()
    return request.param, path


def anatomy(connection):
    """Tables, columns with type and whether they may be empty, keys, references and indexes; not their order."""
    found = {}
    seen = inspect(connection)
    for table in seen.get_table_names():
        foreign = {(*key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(table)}
        found[table] = {
            "columns": {(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)},
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "foreign": foreign,
            "unique": {tuple(u["column_names"]) for u in seen.get_unique_constraints(table)},
            "indexes": {(i["name"], *i["column_names"]) for i in seen.get_indexes(table)},
        }
    return found


def anatomy_of(url):
    database = Database(url)
    with database.reading() as connection:
        found = anatomy(connection)
    database.close()
    return found


def test_the_frozen_versions_end_where_the_declarations_are():
    """Who changes a declaration writes down the next version: `lacking` says what it holds, `written` how."""
    missing = store_schemas.lacking(store_schemas.wanted(), schema_at(newest()))
    assert missing == {}, store_schemas.written(missing, f"Version {newest() + 1}: say what for.")


def test_there_is_a_dump_of_every_version():
    assert [f.name for f in sorted(STORES.glob("*.sql"))] == [f"{n:04}.sql" for n in range(1, newest() + 1)]


def test_every_earlier_version_becomes_this_one(frozen, tmp_path):
    """What migrations make equals what the declarations make; what was in it is in it; the audit holds."""
    version, path = frozen
    if version < newest():
        with pytest.raises(StoreVersion, match="registry upgrade"):
            Registry.open(path, actor="a")
    kept = Registry.upgrade(path, tmp_path / "kept")
    assert kept.version == version
    Registry.create(tmp_path / "fresh", actor="a").close()
    assert anatomy_of(path) == anatomy_of(tmp_path / "fresh")
    with Registry.open(path, actor="a") as upgraded:
        assert verify_store(upgraded, kept.head).is_sound
        assert upgraded.get("supplier", "S1").address == "'; DROP TABLE supplier; -- <b>长</b>"
        assert upgraded.get("certificate", "C1").supplier == "S1"
        given = {"reason": "fraud", "decided_by": "w", "decided_on": "2026-11-30"}
        assert upgraded.move(upgraded.get("supplier", "S1"), "bar", **given).state == "barred"
        for kind in kinds():
            upgraded.where(kind)


def test_every_earlier_version_is_restored_as_this_one(frozen, empty_url):
    """A backup that an earlier program made, on either database."""
    _, path = frozen
    restored = Registry.restore(path, empty_url)
    assert restored.version == newest()
    with Registry.open(empty_url, actor="a") as upgraded:
        assert verify_store(upgraded, restored.head).is_sound
        assert upgraded.get("certificate", "C1").supplier == "S1"


def test_versions_made_one_after_the_other_equal_the_newest_made_at_once(empty_url, tmp_path):
    """On either database: version 1, then each step."""
    database = Database(empty_url, create=True)
    with database.writing() as connection:
        create_schema(connection, 1)
        assert migrate(connection) == (1, newest())
        assert migrate(connection) == (newest(), newest())
        grown = anatomy(connection)
        dialect = connection.dialect.name
    database.close()
    if dialect == "sqlite":
        Registry.create(tmp_path / "fresh", actor="a").close()
        assert grown == anatomy_of(tmp_path / "fresh")


SUPPLIER = {
    "columns": [["nickname", "text", True], ["labels", "text", False], ["chief", "text", True]],
    "refers": {"chief": "supplier"},
    "indexes": ["chief", "phone"],
}
PARCEL = {
    "columns": [["id", "text", False], ["supplier", "text", False]],
    "refers": {"supplier": "supplier"},
    "indexes": ["supplier"],
}
AUDIT = {"columns": [], "refers": {}, "indexes": ["actor"]}


def versions_to_come(monkeypatch, *added):
    grown = (*versions(), *added)
    monkeypatch.setattr(store_schemas, "versions", lambda: grown)
    monkeypatch.setattr("supplier_eval.registry.store_migrations.versions", lambda: grown)
    return len(grown)


def test_a_step_adds_tables_columns_references_and_indexes(registry_to_grow, monkeypatch):
    """On either database, with records in it."""
    registry, url = registry_to_grow
    registry.add(make_record("supplier", {"id": "S1", "name": "a"}))
    registry.close()
    number = versions_to_come(monkeypatch, {"supplier": SUPPLIER, "parcel": PARCEL, "audit": AUDIT})
    database = Database(url)
    with database.writing() as connection:
        assert migrate(connection) == (number - 1, number)
        grown = anatomy(connection)
        row = connection.exec_driver_sql("SELECT nickname, labels, chief FROM supplier").one()
    assert tuple(row) == (None, "", None)
    assert ("chief", "supplier") in grown["supplier"]["foreign"]
    assert {("ix_supplier_chief", "chief"), ("ix_supplier_phone", "phone")} <= grown["supplier"]["indexes"]
    assert ("supplier", "supplier") in grown["parcel"]["foreign"]
    assert ("ix_audit_actor", "actor") in grown["audit"]["indexes"]
    database.close()


@pytest.fixture
def registry_to_grow(empty_url, clock):
    with Registry.create(empty_url, actor="a", clock=clock) as made:
        yield made, empty_url


def test_steps_of_which_one_fails_leave_the_version_that_there_was(registry_to_grow, monkeypatch, tmp_path):
    """The second of two steps meets a table that somebody made by hand; the first is taken back with it."""
    registry, url = registry_to_grow
    with registry._database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE parcel (id TEXT)")
    before = anatomy_of(url)
    number = versions_to_come(monkeypatch, {"supplier": SUPPLIER}, {"parcel": PARCEL})
    with pytest.raises(StoreError, match="already exists"):
        Registry.upgrade(url, tmp_path / "kept")
    with registry._database.reading() as connection:
        assert schema_version(connection) == number - 2
    assert anatomy_of(url) == before
    assert Registry.restore(tmp_path / "kept", tmp_path / "again").version == number


def test_a_newer_store_is_not_migrated(tmp_path, clock):
    Registry.create(tmp_path / "store", actor="a", clock=clock).close()
    with sqlite3.connect(tmp_path / "store") as file:
        file.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    file.close()
    with pytest.raises(StoreVersion, match="99"):
        Registry.upgrade(tmp_path / "store", tmp_path / "kept")


def test_an_empty_database_has_no_version(tmp_path):
    database = Database(tmp_path / "empty", create=True)
    with database.writing() as connection, pytest.raises(NotAStore):
        schema_version(connection)
    database.close()
