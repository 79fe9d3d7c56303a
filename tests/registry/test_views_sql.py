"""The statements of the views: what they are made of, and that an index answers them."""

from __future__ import annotations

from datetime import date

import pytest

from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.store import Registry
from supplier_eval.registry.views_archive import archive_fields
from supplier_eval.registry.views_due import due_marks
from supplier_eval.registry.views_sql import contents, due_statement, matching_rows, raw_rows, rows_of, state_counts


@pytest.fixture
def filled(registry):
    supplier, certificate = kind_named("supplier"), kind_named("certificate")
    registry.add_many(supplier(id=key, name=key * 2) for key in ("B", "A", "Z\U0010ffff"))
    for key, of, day in (("C2", "A", date(2027, 1, 2)), ("C1", "A", date(2027, 1, 3)), ("C3", "B", date(2027, 1, 2))):
        registry.add(certificate(id=key, supplier=of, name="ISO", valid_until=day))
    registry.attach(b"two", "b", data_class="internal")
    registry.attach(b"one", "a", data_class="internal")
    return registry


def test_records_of_a_supplier_come_by_id_and_no_more_than_asked_for(filled):
    with filled.reading() as reading:
        assert [one.id for one in rows_of(reading.driver, "certificate", "supplier", "A", 9)] == ["C1", "C2"]
        assert [one.id for one in rows_of(reading.driver, "certificate", "supplier", "A", 1)] == ["C1"]


def test_clauses_hold_together_and_an_open_end_is_open(filled):
    with filled.reading() as reading:
        asked = lambda *clauses: [one.id for one in matching_rows(reading.driver, "supplier", clauses, "name", 9)]  # noqa: E731
        assert asked() == ["A", "B", "Z\U0010ffff"]
        assert asked(("prefix", "name", ("Z\U0010ffff",))) == ["Z\U0010ffff"]
        assert asked(("prefix", "name", ("",))) == ["A", "B", "Z\U0010ffff"]
        assert asked(("equal", "owner", ()), ("contains", "name", ("a",))) == ["A"]


def test_what_falls_due_comes_by_day_then_id(filled):
    query = due_statement("certificate", "valid_until", ("id",), "", 0, False, "?")
    assert query.endswith('ORDER BY "valid_until", "id"')
    with filled.reading() as reading:
        query = due_statement("certificate", "valid_until", ("id",), "", 1, False, reading.driver.mark)
        found = reading.driver.rows(query, ("2027-01-31", "withdrawn"))
        assert [row[0] for row in found] == ["C2", "C3", "C1"]


def test_states_rows_and_contents_are_told_as_they_stand(filled):
    with filled.reading() as reading:
        ((state, n, _),) = state_counts(reading.driver, "supplier")
        assert (state, n) == ("candidate", 3)
        assert [(row[0], row[-1]) for row in raw_rows(reading.driver, "certificate")] == [
            ("C1", "c1"),
            ("C2", "c2"),
            ("C3", "c3"),
        ]
        assert sorted(content for _, content in contents(reading.driver)) == [b"one", b"two"]


def test_an_index_answers_every_question_of_due_and_archive(tmp_path):
    with Registry.create(tmp_path / "store", actor="tester") as made, made.reading() as reading:
        for mark in due_marks():
            query = due_statement(mark.kind, mark.field, mark.columns, mark.done, 0, mark.is_moment, "?")
            plan = " ".join(str(row[-1]) for row in reading.driver.rows(f"EXPLAIN QUERY PLAN {query}", ("2027",)))
            assert f"INDEX ix_{mark.kind}_{mark.field} ({mark.field}<?)" in plan, plan
        for kind, field in archive_fields().items():
            plan = reading.driver.rows(f'EXPLAIN QUERY PLAN SELECT * FROM "{kind}" WHERE "{field}" = ?', ("A",))
            assert f"INDEX ix_{kind}_{field} ({field}=?)" in str(plan[0][-1])
