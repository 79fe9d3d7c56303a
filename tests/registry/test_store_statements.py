"""Statements are made of declared names and marks; nothing that people give stands in them."""

from __future__ import annotations

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.registry.store_statements import (
    by_key,
    condition,
    field_named,
    insert,
    keys_among,
    quoted,
    record_columns,
    update,
)
from supplier_eval.registry.store_tables import shapes


def test_names_are_quoted():
    assert quoted("check") == '"check"'
    assert quoted('a"b') == '"a""b"'


def test_an_id_is_found_by_its_key():
    assert by_key("supplier", "?").endswith('FROM "supplier" WHERE "_key" = ?')
    assert keys_among("supplier", 2, "%s").endswith('WHERE "_key" IN (%s, %s)')


def test_conditions_have_a_mark_for_every_value():
    assert condition("supplier", 0, (), "?") == ""
    assert condition("supplier", 2, (("owner", True), ("parent", False)), "?") == (
        ' WHERE "_state" IN (?, ?) AND "owner" = ? AND "parent" IS NULL'
    )
    assert condition("certificate", 0, (("supplier", True),), "?") == (
        ' WHERE "supplier" = (SELECT "id" FROM "supplier" WHERE "_key" = ?)'
    )


def test_rows_are_written_by_name():
    assert insert("meta", ("name", "value"), "%s") == 'INSERT INTO "meta" ("name", "value") VALUES (%s, %s)'
    assert update("meta", ("value",), "?", "name") == 'UPDATE "meta" SET "value" = ? WHERE "name" = ?'


def test_a_field_that_there_is_not_stands_in_no_statement():
    with pytest.raises(UnknownName):
        field_named(shapes()["supplier"], '"; DROP TABLE supplier')


def test_the_columns_of_a_record_end_with_those_of_the_store():
    assert record_columns("supplier").endswith('"_state", "_version", "_changed_at", "_changed_by"')
