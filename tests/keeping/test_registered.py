"""What the registry says of a tender, gathered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from registry_sample import TENDER, SampleStore
from supplier_eval.errors import Refused, UnknownName
from supplier_eval.keeping.registered import last_scorecard, made, percent, plain_decimal, registered
from supplier_eval.registry.records.suppliers import ScorecardRecord


def test_it_gathers_bids_panel_past_scores_and_moments(opened):
    known = registered(opened.registry, TENDER.upper())
    assert known.tender.id == TENDER
    assert known.lots == ("L1", "L2", "L3")
    assert len(known.bids) == 18
    assert known.bids["ta-1"].received == datetime(2026, 3, 10, 1, 37, tzinfo=UTC)
    assert {key: one.role for key, one in known.panel.items()} == dict.fromkeys(("e1", "e2", "e3", "e4"), "expert") | {
        "e5": "buyer"
    }
    assert known.panel["e4"].conflict_with == ("LB",)
    assert set(known.past) == {"yx", "bt", "qh", "hz", "ny"}
    assert known.published == datetime(2026, 2, 2, 1, 0, tzinfo=UTC)
    assert known.opened == datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
    assert known.marks_locked == datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    assert set(known.channels) == {"company site", "tender platform"}


def test_an_unknown_tender_is_named(opened):
    with pytest.raises(UnknownName, match=TENDER):
        registered(opened.registry, "service-desk-2025")


def test_the_last_scorecard_is_the_last_period_that_was_confirmed_with_a_score(opened):

    def last(supplier: str):
        with opened.registry.reading() as reading:
            return last_scorecard(reading, supplier)

    assert last("YX").period == "2025-H2"
    assert last("TY") is None
    fields = {"supplier": "YX", "policy_fingerprint": "sha256:" + "0" * 64, "scored_by": ("wu.fang",), "grade": "A"}
    for key, first, after in (
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2026", date(2026, 1, 1), date(2026, 3, 1)),
    ):
        card = ScorecardRecord(
            id=f"YX-{key}", period=key, period_from=first, period_to=after, score=90, standing="binding", **fields
        )
        opened.registry.add(card)
        assert last("YX").period == "2025-H2"
    for key in ("2024", "2026"):
        opened.move("scorecard", f"YX-{key}", "confirm", confirmed_by="chen.bo", confirmed_on=date(2026, 3, 10))
    assert last("YX").period == "2026"
    opened.move("scorecard", "YX-2026", "supersede", reason="counted anew")
    assert last("YX").period == "2025-H2"


def test_before_the_marks_are_locked_there_is_no_such_moment(tmp_path):
    store = SampleStore(tmp_path, "bids_in")
    known = registered(store.registry, TENDER)
    assert (known.marks_locked, known.opened, len(known.panel), len(known.bids)) == (None, None, 0, 18)
    store.registry.close()


@pytest.mark.parametrize(
    ("figure", "shown"),
    [("88.50", "88.5"), ("100", "100"), ("1E+2", "100"), ("0.0", "0"), ("0.000001", "0.000001"), (None, "")],
)
def test_a_decimal_is_written_plainly(figure, shown):
    assert plain_decimal(None if figure is None else Decimal(figure)) == shown


def test_a_share_is_written_in_per_cent():
    assert (percent(Decimal("0.875")), percent(None)) == (Decimal("87.500"), None)


def test_a_field_that_does_not_fit_is_refused_in_words():
    """An amount of a currency with three decimals: the registry keeps hundredths."""
    fields = {"tender": "T-1", "bid": "B-1", "supplier": "S-1", "currency": "KWD"}
    with pytest.raises(Refused) as refused:
        made("award", id="W-1", amount=Decimal("1.005"), **fields)
    assert [(f.table, f.column) for f in refused.value.findings] == [("award", "amount")]
