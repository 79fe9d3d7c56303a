"""What the registry holds of a tender: read as one, compared with the result that is shown."""

from __future__ import annotations

import dataclasses

import pytest

from registry_sample import TENDER, SampleStore
from report.made_files import desk_record, sample
from supplier_eval.errors import UnknownName
from supplier_eval.report.tender_record import TenderRecord, read_record


def test_openings_panel_objections_and_awards_are_read():
    record = desk_record()
    assert record.tender.id == "service-desk-2026"
    assert {one.envelope for one in record.of("opening", ("signed",))} == {"technical", "price"}
    assert len(record.of("evaluator", ("seated",))) == 5
    assert record.of("objection")
    assert record.of("award")
    assert record.of("opening", ("no such state",)) == ()


def test_suppliers_are_named_with_their_ids():
    record = desk_record()
    assert record.supplier("QH").endswith("(QH)")
    assert record.supplier("nobody") == "nobody"


def test_the_head_of_the_audit_is_that_of_the_store(tmp_path):
    store = SampleStore(tmp_path)
    with store.registry.reading() as reading:
        seq, digest = reading.head()
    assert str(read_record(store.registry, TENDER).anchor) == f"{seq}-{digest}"
    store.registry.close()


def test_an_unknown_tender_is_refused_with_near_names(tmp_path):
    store = SampleStore(tmp_path)
    with pytest.raises(UnknownName, match="tender"):
        read_record(store.registry, "service-desk-2027")
    store.registry.close()


def test_the_kept_result_is_compared_in_policy_data_order_and_totals():
    evaluation, record = sample("service-desk"), desk_record()
    for lot, result in evaluation.lots.items():
        kept = record.result_of(lot)
        assert TenderRecord.agreement(evaluation, result, kept) == "same"
        for fields, said in (
            ({"policy_fingerprint": "sha256:" + "0" * 64}, "other_policy"),
            ({"tender_fingerprint": "sha256:" + "0" * 64}, "other_data"),
            ({"order": kept.order[::-1]}, "other_order"),
            ({"totals": ("1.0", *kept.totals[1:])}, "other_order"),
        ):
            other = dataclasses.replace(kept, record=kept.record.model_copy(update=fields))
            assert TenderRecord.agreement(evaluation, result, other) == said


def test_an_annulled_result_is_not_the_one_that_stands():
    record = desk_record()
    annulled = tuple(dataclasses.replace(one, state="annulled") for one in record.of("result"))
    assert dataclasses.replace(record, parts={**record.parts, "result": annulled}).result_of("L1") is None
