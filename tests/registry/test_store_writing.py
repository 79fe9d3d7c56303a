"""Writing: guards see the records before in a batch; row and line of audit stand and fall together."""

from __future__ import annotations

import json

import pytest

from supplier_eval.errors import Refused, UnknownName
from supplier_eval.registry.record import Record
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_writing import BATCH, MOST_FINDINGS


def supplier(key, **fields):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}", **fields})


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def test_a_guard_sees_the_records_before_it_in_the_batch(registry):
    """A company has one archive: two suppliers with one code in one import."""
    with pytest.raises(Refused) as refused:
        registry.add_many([supplier("A", unified_code="91X"), supplier("B", unified_code="91X")])
    assert codes(refused) == ["supplier.unified_code.taken"]
    assert registry.count("supplier") == 0


def test_what_is_wrong_with_several_records_of_a_batch_is_said_at_once(registry):
    registry.add(supplier("A"))
    batch = [
        supplier("a"),
        supplier("B", parent="nobody"),
        supplier("C", categories=["XXX"]),
        make_record("certificate", {"id": "X", "supplier": "C", "name": "rests on one that is refused"}),
        make_record("certificate", {"id": "Y", "supplier": "nobody", "name": "dangles"}),
    ]
    with pytest.raises(Refused) as refused:
        registry.add_many(batch)
    assert codes(refused) == [
        "supplier.id.taken",
        "supplier.parent.no_such_record",
        "supplier.categories.unknown",
        "certificate.supplier.no_such_record",
    ]
    assert (registry.count("supplier"), registry.count("certificate")) == (1, 0)


def test_what_is_wrong_in_batches_far_apart_is_said_at_once(registry):
    """Later batches rest on what is right in a faulty one, and are not blamed for what is wrong in it."""
    given = [supplier(f"S{i}") for i in range(4 * BATCH)]
    given[10] = supplier("wrong", parent="nobody")
    given[3 * BATCH] = supplier("S3", name="taken, three batches later")
    given[-3:] = [
        supplier("child", parent="S11"),
        make_record("certificate", {"id": "X", "supplier": "WRONG", "name": "rests on one that is refused"}),
        make_record("certificate", {"id": "Y", "supplier": "nobody", "name": "dangles"}),
    ]
    with pytest.raises(Refused) as refused:
        registry.add_many(given)
    assert codes(refused) == [
        "supplier.parent.no_such_record",
        "supplier.id.taken",
        "certificate.supplier.no_such_record",
    ]
    assert (registry.count("supplier"), registry.count("certificate")) == (0, 0)
    with registry.reading() as reading:
        assert reading.head()[0] == 1


def test_a_table_that_is_wrong_throughout_is_not_read_to_its_end(registry):
    asked = iter(range(20 * BATCH))
    with pytest.raises(Refused) as refused:
        registry.add_many(supplier(f"S{i}", parent="nobody") for i in asked)
    assert len(refused.value.findings) == MOST_FINDINGS
    assert next(asked) == MOST_FINDINGS


def test_a_guard_reads_a_record_of_its_batch_however_it_is_spelled(registry):
    with pytest.raises(Refused) as refused:
        registry.add_many([supplier("A1"), supplier("B1", parent="a1"), supplier("C1", parent="c1")])
    assert codes(refused) == ["supplier.parent.itself"]


def test_a_late_fault_takes_everything_back(registry):
    def records():
        for i in range(5_000):
            yield supplier(f"S{i}")
        raise KeyError("the source broke off")

    with pytest.raises(KeyError):
        registry.add_many(records())
    assert registry.count("supplier") == 0
    with registry.reading() as reading:
        assert reading.head()[0] == 1


def test_every_record_of_a_batch_has_its_line(registry):
    registry.add_many(supplier(f"S{i}") for i in range(2_500))
    with registry.reading() as reading:
        lines = [line for line in reading.lines() if line.kind == "supplier"]
    assert [line.id for line in lines] == [f"S{i}" for i in range(2_500)]
    assert all(json.loads(line.after)["fields"]["id"] == line.id for line in lines)


def test_a_record_that_is_gone_is_named(registry):
    kept = registry.add(supplier("S1"))
    with registry._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM supplier")
    with pytest.raises(UnknownName, match="S1"):
        registry.edit(kept, phone="1")


def test_a_class_that_is_not_declared_is_not_stored(registry):
    class Impostor(Record):
        kind = "supplier"

    with pytest.raises(UnknownName):
        registry.add(Impostor(id="S1"))


def test_two_edits_of_the_same_version_cannot_both_be(registry):
    from supplier_eval.errors import Conflict

    seen = registry.add(supplier("S1"))
    registry.edit(seen, phone="1")
    for change in (lambda: registry.edit(seen, phone="2"), lambda: registry.move(seen, "approve")):
        with pytest.raises(Conflict, match="version 2"):
            change()
