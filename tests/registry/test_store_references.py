"""References of a batch: to the store, to one another, several at once."""

from __future__ import annotations

import pytest

from supplier_eval.errors import Refused
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_references import References


def supplier(key, **fields):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}", **fields})


def test_references_take_the_spelling_of_what_they_refer_to(registry):
    registry.add(supplier("Acme"))
    batch = [supplier("Child", parent="ACME"), supplier("Grandchild", parent="child")]
    with registry.reading() as reading:
        references = References(reading, batch)
        assert [references.resolved(record).parent for record in batch] == ["Acme", "Child"]
        assert references.resolved(batch[0]).name == "Supplier Child"


def test_a_reference_that_is_right_leaves_the_record_as_it_is(registry):
    registry.add(supplier("Acme"))
    record = supplier("Child", parent="Acme")
    with registry.reading() as reading:
        assert References(reading, [record]).resolved(record) is record


def test_every_reference_to_nothing_is_named(registry):
    batch = [make_record("certificate", {"id": "C", "supplier": "S9", "name": "n", "replaced_by": "C9"})]
    with registry.reading() as reading, pytest.raises(Refused) as refused:
        References(reading, batch).resolved(batch[0])
    assert [(f.column, f.value) for f in refused.value.findings] == [("supplier", "S9"), ("replaced_by", "C9")]


def test_what_a_record_rests_on_is_known_by_key():
    record = make_record("certificate", {"id": "C", "supplier": "ＡCME", "name": "n"} | {"supplier": "Acme"})
    assert References.of(record) == {("supplier", "acme")}
