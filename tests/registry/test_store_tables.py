"""Tables from the declarations: real columns, references and indexes."""

from __future__ import annotations

from sqlalchemy import inspect

from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_tables import KEY, OWN, STATE, SYSTEM, built, described, shapes


def test_every_kind_has_one_table_with_a_column_for_each_field(registry):
    with registry._database.reading() as connection:
        seen = inspect(connection)
        assert set(seen.get_table_names()) == {*kinds(), *OWN}
        for kind, declared in kinds().items():
            columns = {column["name"] for column in seen.get_columns(kind)}
            assert columns == {*declared.model_fields, KEY, *SYSTEM}


def test_every_reference_is_a_foreign_key_with_an_index(registry):
    with registry._database.reading() as connection:
        seen = inspect(connection)
        for kind, fields in shapes().items():
            single = {column.name: column.refers for column in fields.references if not column.many}
            foreign = {key["constrained_columns"][0]: key["referred_table"] for key in seen.get_foreign_keys(kind)}
            indexed = {index["column_names"][0] for index in seen.get_indexes(kind)}
            assert foreign == single
            assert {*single, STATE} <= indexed


def test_days_due_and_fields_that_are_marked_have_an_index():
    for kind, declared in kinds().items():
        indexes = described()[kind]["indexes"]
        assert set(due_fields(declared)) <= set(indexes)
        assert {name for name in references(declared) if name in described()[kind]["refers"]} <= set(indexes)


def test_one_looks_a_record_up_by_an_index(kept_stores):
    """By id, by reference, by day: no question walks through the table (PostgreSQL walks through small ones)."""
    with Registry.open(kept_stores["sqlite"], actor="a") as registry, registry.reading() as reading:
        for question in ('"_key" = ?', '"supplier" = ?', '"valid_until" <= ?', '"_state" = ?'):
            told = f"EXPLAIN QUERY PLAN SELECT * FROM certificate WHERE {question}"
            plan = reading.driver.rows(told, ("x",))
            assert all("SEARCH" in row[3] for row in plan), (question, plan)


def test_the_store_has_three_tables_of_its_own():
    assert set(built({}).tables) == {"audit", "content", "meta"}
    assert not set(kinds()) & set(OWN)
