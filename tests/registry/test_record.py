"""What a record is, whoever makes or copies one."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.errors import Refused
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.record import supposed
from supplier_eval.registry.store_findings import make_record


def test_a_copy_with_other_values_is_checked_like_a_new_record():
    supplier = kind_named("supplier")(id="S1", name="Acme")
    assert supplier.model_copy(update={"name": "Other"}).name == "Other"
    assert supplier.model_copy(deep=True) == supplier
    for wrong in ({"name": "a\x00b"}, {"id": " S1"}, {"name": "x" * 501}, {"founded_on": "soon"}, {"nothing": 1}):
        with pytest.raises(ValidationError):
            supplier.model_copy(update=wrong)


def test_no_record_is_made_past_its_checks():
    with pytest.raises(ValidationError):
        kind_named("supplier").model_construct(id="S1\x00", name="Acme")
    assert kind_named("supplier").model_construct(id="S1", name="Acme").name == "Acme"


def test_a_record_that_is_only_supposed_may_hold_what_none_can():
    """Guards add amounts up that no field could hold."""
    assert supposed(kind_named("supplier")(id="S1", name="Acme"), name="x" * 501).name == "x" * 501


@pytest.mark.parametrize(("kind", "field"), [("need", "estimated_value"), ("contract", "value")])
def test_a_size_below_nought_is_refused(kind, field):
    """A negative value would be small by any threshold and within any authority."""
    with pytest.raises(Refused) as refused:
        make_record(kind, {"id": "X", field: "-0.01"})
    assert f"{kind}.{field}.below" in {finding.code for finding in refused.value.findings}
