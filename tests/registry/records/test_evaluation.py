"""Results, publications, objections, awards: what a declaration takes and what it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry_procedure import fingerprint
from supplier_eval.errors import Refused
from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.evaluation import Objection, Publication, Result
from supplier_eval.registry.store_findings import make_record

AWARD = {"id": "W-1", "tender": "T-1", "bid": "B-1", "supplier": "S-1", "amount": "880000.50", "currency": "CNY"}
RESULT = {"policy_fingerprint": fingerprint("policy"), "tender_fingerprint": fingerprint("tender"), "tender": "T-1"}


def test_a_result_names_both_fingerprints_and_its_standing():
    with pytest.raises(Refused) as caught:
        make_record("result", {"id": "R-1", "tender": "T-1", "standing": "official"})
    assert {finding.code for finding in caught.value.findings} == {
        "result.policy_fingerprint.not_given",
        "result.tender_fingerprint.not_given",
        "result.standing.no_choice",
    }


def test_the_order_of_a_result_stays_as_it_is_given():
    result = make_record("result", {"id": "R-1", **RESULT, "standing": "binding", "order": ["B-9", "B-1"]})
    assert result.order == ("B-9", "B-1")
    assert references(Result)["candidates"] == "bid"


def test_what_falls_due_after_a_publication():
    assert due_fields(Publication)["standstill_until"].what == "standstill"
    assert (due_fields(Objection)["answer_due"].what, due_fields(Objection)["answer_due"].done) == (
        "answer",
        "answered_on",
    )


def test_the_amount_of_an_award_is_exact():
    assert make_record("award", AWARD).amount == Decimal("880000.50")
    with pytest.raises(Refused):
        make_record("award", AWARD | {"amount": "880000.505"})
