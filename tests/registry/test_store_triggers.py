"""The triggers of the audit stand in every new store, and one that was put in place of another is seen."""

from __future__ import annotations

import pytest

from supplier_eval.registry.store_triggers import TRIGGERS, trigger_findings


def codes(registry):
    with registry.reading() as reading:
        return [finding.code for finding in trigger_findings(reading.driver)]


def test_a_new_store_has_its_triggers_on_every_database(registry):
    assert codes(registry) == []


def test_a_trigger_that_does_nothing_in_place_of_one_that_refuses_is_seen(registry):
    if not registry._database.is_sqlite:
        with registry._database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER audit_no_change")
        assert codes(registry) == ["audit.trigger_missing"]
        with registry._database.writing() as connection:
            connection.exec_driver_sql("ALTER TABLE audit ENABLE TRIGGER audit_no_change")
        return
    with registry._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT 1; END")
    assert codes(registry) == ["audit.trigger_missing"]


@pytest.mark.parametrize("dialect", sorted(TRIGGERS))
def test_every_way_to_change_a_line_has_its_trigger(dialect):
    told = " ".join(TRIGGERS[dialect])
    assert "UPDATE" in told
    assert "DELETE" in told
