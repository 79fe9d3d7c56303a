"""Tampering with any single cell of a store, past the program, is found."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from supplier_eval.errors import NotAStore
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_tables import shapes
from supplier_eval.registry.verification import head_anchor, verify_store

SYSTEM = ("_key", "_state", "_version", "_changed_at", "_changed_by")


def fill(registry: Registry) -> None:
    supplier, certificate, contract = (kind_named(kind) for kind in ("supplier", "certificate", "contract"))
    registry.add(supplier(id="A", name="Acme", categories=("ITO", "BPO"), founded_on=date(2001, 1, 31)))
    registry.add(supplier(id="B", name="Bee", parent="A"))
    registry.add(certificate(id="iso", supplier="A", name="ISO", valid_until=date(2027, 1, 1)))
    registry.add(contract(id="K", supplier="A", title="Cleaning", owner="ann", value="1234.50", credit_cap="0.15"))
    registry.edit(registry.get("supplier", "A"), name="Acme Ltd")
    registry.attach(b"content", "a.pdf", "application/pdf", "internal")
    received = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    due = {name: datetime(2026, 12, 1, 7, tzinfo=UTC) for name in ("respond_due", "resolve_due", "satisfaction_due")}
    who = {"client": "C", "channel": "phone", "owner": "bob", "subject": "slow", "text": "=1+1 \u202e"}
    registry.add(kind_named("complaint")(id="P", supplier="A", received_at=received, **due, **who))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "store"
    with Registry.create(path, actor="tester", clock=lambda: datetime(2026, 11, 30, 8, tzinfo=UTC)) as registry:
        fill(registry)
    return path


@pytest.fixture
def path(made, tmp_path):
    """A copy to be tampered with."""
    return Path(shutil.copy(made, tmp_path / "store"))


def verdict(path, anchor=None):
    with Registry.open(path, actor="auditor") as registry:
        return verify_store(registry, anchor)


def tamper(path, *statements):
    """Write past the program: without its triggers, which stand again afterwards, and without checks of references."""
    with sqlite3.connect(path) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            assert connection.execute(statement).rowcount >= 1
        for _, made in triggers:
            connection.execute(made)
        connection.commit()
    connection.close()


def test_an_untouched_store_is_sound_on_every_database(registry):
    fill(registry)
    found = verify_store(registry, str(head_anchor(registry)))
    assert found.is_sound, found.explain()
    assert (found.lines, found.records, found.contents) == (8, 6, 1)


CELLS = [
    (kind, name)
    for kind in ("supplier", "certificate", "contract", "complaint", "attachment")
    for name in (*shapes()[kind].names, *SYSTEM)
]


@pytest.mark.parametrize(("kind", "name"), CELLS)
def test_any_cell_of_a_record_that_is_changed_past_the_program_is_found(path, kind, name):
    column = shapes()[kind].by_name.get(name)
    integer = name == "_version" or (column is not None and column.type == "integer")
    value = "8" if integer else "'2020-02-02'" if column is not None and column.type == "date" else "'x'"
    tamper(path, f'UPDATE "{kind}" SET "{name}" = {value} WHERE rowid = (SELECT min(rowid) FROM "{kind}")')
    found = verdict(path)
    assert not found.is_sound
    assert kind in {finding.table for finding in found.findings}


@pytest.mark.parametrize("name", ["seq", "at", "actor", "kind", "id", "event", "version", "after", "previous", "hash"])
def test_any_cell_of_the_audit_that_is_changed_is_found_and_its_line_named(path, name):
    value = "77" if name in {"seq", "version"} else "'x'"
    tamper(path, f'UPDATE audit SET "{name}" = {value} WHERE seq = 4')
    first = verdict(path).first
    assert first.code in {"audit.row_altered", "audit.row_missing"}
    assert first.rows[0] in {4, 5}


@pytest.mark.parametrize("name", ["at", "actor", "kind", "id", "event", "before", "after", "previous", "hash"])
def test_bytes_in_place_of_text_are_found_too(path, name):
    tamper(path, f"UPDATE audit SET \"{name}\" = x'00ff' WHERE seq = 4")
    assert (verdict(path).first.code, verdict(path).first.rows) == ("audit.row_altered", (4,))
    tamper(path, "UPDATE supplier SET name = x'00ff' WHERE id = 'B'")
    assert "audit.record_differs" in {finding.code for finding in verdict(path).findings}


def test_rules_contents_and_a_cut_tail_are_found(path):
    with Registry.open(path, actor="auditor") as registry:
        anchor = str(head_anchor(registry))
    assert verdict(path, anchor).is_sound
    tamper(path, "DELETE FROM audit WHERE seq = 8", "DELETE FROM complaint")
    assert verdict(path).is_sound
    assert verdict(path, anchor).first.code == "audit.tail_cut"
    tamper(path, "UPDATE content SET bytes = x'00'", "UPDATE meta SET value = value || ' ' WHERE name = 'rules'")
    assert {f.code for f in verdict(path).findings} == {"audit.content_differs", "audit.rules_altered"}


def test_a_record_that_is_taken_out_is_found(path):
    tamper(path, "DELETE FROM certificate")
    assert verdict(path).first.code == "audit.record_missing"


@pytest.mark.parametrize(
    ("statement", "table", "after"),
    [
        ("DROP TABLE certificate", "certificate", "audit.record_missing"),
        ('ALTER TABLE supplier RENAME COLUMN "name" TO "other"', "supplier", "audit.record_missing"),
        ("DROP TABLE content", "content", "audit.content_missing"),
    ],
)
def test_a_table_that_is_gone_or_lacks_a_column_is_the_first_finding(path, statement, table, after):
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    found = verdict(path)
    assert (found.first.code, found.first.value) == ("audit.table_missing", table)
    assert after in {finding.code for finding in found.findings}


def test_on_every_database_a_table_that_is_gone_is_named(empty_url, clock):
    with Registry.create(empty_url, actor="tester", clock=clock) as registry:
        fill(registry)
        with registry._database.writing() as connection:
            connection.exec_driver_sql("DROP TABLE complaint")
        assert [(f.code, f.table) for f in verify_store(registry).findings] == [
            ("audit.table_missing", "complaint"),
            ("audit.record_missing", "complaint"),
        ]


def test_rules_that_were_taken_out_are_found(path):
    tamper(path, "DELETE FROM meta WHERE name = 'rules'")
    assert verdict(path).first.code == "audit.rules_altered"
    with Registry.open(path, actor="auditor") as registry, pytest.raises(NotAStore, match="rules"):
        _ = registry.rules


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DROP TRIGGER audit_no_delete", "audit.trigger_missing"),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON supplier BEGIN UPDATE supplier SET name = 'x'; END",
            "audit.trigger_strange",
        ),
    ],
)
def test_triggers_that_are_gone_or_not_the_programs_are_found(path, statement, code):
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    found = verdict(path)
    assert [finding.code for finding in found.findings] == [code]
    assert found.first.line("zh")
