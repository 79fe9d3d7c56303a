"""Tenders, bids, openings, panels: what a declaration takes and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from registry_procedure import fingerprint
from supplier_eval.errors import Refused
from supplier_eval.registry.record import references
from supplier_eval.registry.records.tendering import Bid, ConflictDeclaration, Opening, Tender
from supplier_eval.registry.store_findings import make_record

TENDER = {"id": "T-1", "need": "N-1", "decision": "D-1", "title": "Desk", "category": "BPO"}
BID = {"id": "B-1", "tender": "T-1", "supplier": "S-1", "recorded_by": "desk", "digest": fingerprint("bid")}


def codes(kind, **values):
    with pytest.raises(Refused) as caught:
        make_record(kind, values)
    return {finding.code for finding in caught.value.findings}


@pytest.mark.parametrize("envelopes", [0, 3, True, "two"])
def test_a_tender_has_one_envelope_or_two(envelopes):
    assert len(codes("tender", **TENDER, envelopes=envelopes)) == 1


def test_a_tender_is_one_lot_with_one_envelope_unless_it_says_otherwise():
    tender = make_record("tender", TENDER)
    assert (tender.lots, tender.envelopes, tender.standstill_days) == ((), 1, None)


def test_the_moment_of_a_bid_has_a_zone_and_its_digest_a_form():
    assert codes("bid", **BID | {"received_at": "yesterday", "digest": "md5:1"}) == {
        "bid.received_at.no_day",
        "bid.digest.digest_form",
    }
    assert make_record("bid", BID | {"received_at": "2026-12-01T16:00:00+08:00"}).received_at == datetime(
        2026, 12, 1, 8, tzinfo=UTC
    )


def test_lists_of_ids_refer_to_records():
    assert references(Tender)["addenda"] == "addendum"
    assert references(Opening)["bids"] == "bid"
    assert references(ConflictDeclaration)["conflict_with"] == "supplier"
    assert references(Bid) == {"tender": "tender", "supplier": "supplier"}


def test_an_evaluator_has_a_role():
    given = {"id": "E-1", "tender": "T-1", "person": "li"}
    assert make_record("evaluator", given).panel_role == "expert"
    assert codes("evaluator", **given, panel_role="friend") == {"evaluator.panel_role.no_choice"}
