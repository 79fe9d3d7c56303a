"""Reading: by id however spelled, by fields, by days, in the same order on every database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supplier_eval.errors import Refused, UnknownName
from supplier_eval.registry.store_findings import make_record


def supplier(key, **fields):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}", **fields})


def certificate(key, until, owner="S1"):
    return make_record("certificate", {"id": key, "supplier": owner, "name": "ISO 9001", "valid_until": until})


@pytest.fixture
def certificates(registry):
    registry.add(supplier("S1"))
    days = {"C3": "2027-03-01", "C1": "2027-01-01", "C2": "2027-03-01", "C4": "2028-01-01", "C5": None}
    registry.add_many(certificate(key, until) for key, until in days.items())
    return registry


def ids(found):
    return [stored.id for stored in found]


def test_days_are_found_between_two_both_included_by_day_and_id(certificates):
    assert ids(certificates.between("certificate", "valid_until", date(2027, 1, 1), date(2027, 3, 1))) == [
        "C1",
        "C2",
        "C3",
    ]
    assert ids(certificates.between("certificate", "valid_until", date(2027, 3, 1), None)) == ["C2", "C3", "C4"]
    assert ids(certificates.between("certificate", "valid_until", None, date(2027, 2, 1))) == ["C1"]
    assert ids(certificates.between("certificate", "valid_until", None, None)) == ["C1", "C2", "C3", "C4"]
    assert certificates.between("certificate", "valid_until", None, None, but=("held",)) == ()


def test_order_is_by_the_numbers_of_letters_on_every_database(registry):
    """Not by the rules of a language, which differ between servers."""
    keys = ["b", "B2", "a", "_x", "é", "中", "Z", "-1", "10", "9"]
    registry.add_many(supplier(key) for key in keys)
    assert ids(registry.where("supplier")) == sorted(keys)


def test_every_record_comes_by_id(registry):
    registry.add_many(supplier(f"S{i:04}") for i in range(1_200))
    with registry.reading() as reading:
        assert [stored.id for stored in reading.every("supplier")] == [f"S{i:04}" for i in range(1_200)]


def test_counts_and_states(certificates):
    assert certificates.count("certificate") == 5
    assert certificates.count("certificate", valid_until=None) == 1
    with certificates.reading() as reading:
        assert reading.states("certificate") == {"held": 5}
        assert reading.states("award") == {}


def test_many_ids_are_spelled_at_once(registry):
    registry.add_many(supplier(f"S{i}") for i in range(1_100))
    with registry.reading() as reading:
        assert len(reading.spelled("supplier", [f"s{i}" for i in range(1_200)])) == 1_100


def test_lines_of_the_audit_come_in_order_from_behind_one(certificates):
    with certificates.reading() as reading:
        assert [line.seq for line in reading.lines()] == list(range(1, 8))
        assert [line.seq for line in reading.lines(after=5)] == [6, 7]
        assert reading.head()[0] == 7


def test_hostile_values_find_nothing_and_do_nothing(certificates):
    for value in ("' OR '1'='1", "%", '"; DROP TABLE supplier; --', "%s", "?"):
        assert certificates.where("supplier", name=value) == ()
        assert certificates.where("certificate", supplier=value) in {
            (),
            certificates.where("certificate", supplier="S1"),
        }
    assert certificates.count("supplier") == 1
    with pytest.raises(Refused, match="NUL"):
        certificates.where("supplier", name="a\x00b")


@pytest.mark.parametrize(
    ("field", "value", "other"),
    [
        ("estimated_value", Decimal("12.3"), Decimal("12.31")),
        ("volume", Decimal("1.5"), Decimal("1.51")),
        ("term_months", 36, 35),
        ("next_review", date(2027, 1, 31), date(2027, 2, 1)),
        ("currency", "CNY", None),
        ("department", "IT", "it"),
        ("id", "n1", "n2"),
    ],
)
def test_a_field_of_every_type_is_compared_as_its_value(registry, field, value, other):
    """However it was written: 12.30 is 12.3, 1.500 is 1.5; only ids without case."""
    head = {"id": "N1", "department": "IT", "category": "ITO", "title": "Desk", "owner": "amy", "currency": "CNY"}
    figures = {"estimated_value": "12.30", "volume": "1.500", "term_months": 36, "next_review": "2027-01-31"}
    registry.add(make_record("need", head | figures))
    assert ids(registry.where("need", **{field: value})) == ["N1"]
    assert registry.where("need", **{field: other}) == ()


@pytest.mark.parametrize(
    ("field", "value"), [("term_months", "many"), ("estimated_value", "1.234"), ("next_review", 3)]
)
def test_a_value_that_no_field_of_the_type_can_have_is_refused(registry, field, value):
    with pytest.raises(Refused):
        registry.where("need", **{field: value})


@pytest.mark.parametrize("ask", ["where", "count"])
def test_unknown_kinds_and_fields_are_named(certificates, ask):
    with pytest.raises(UnknownName, match="kind"):
        getattr(certificates, ask)("certificates")
    with pytest.raises(UnknownName, match="field"):
        getattr(certificates, ask)("certificate", suplier="S1")
