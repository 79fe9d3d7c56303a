"""Who bids: one spelling of each bidder, and names that look alike."""

from __future__ import annotations

from supplier_eval.intake.bid_checks import bidders_of, name_findings


def record(bid: str, bidder: str = "", name: str = "", lot: str = "", row: int = 2) -> dict[str, object]:
    return {"bid": bid, "bidder": bidder, "name": name or bid, "lot": lot, "row": row}


def test_a_bidder_is_spelled_as_in_its_first_bid_whatever_the_order_of_rows():
    rows = [record("B2", "acme"), record("B1", "ACME"), record("B3")]
    assert bidders_of(rows) == bidders_of(rows[::-1]) == {"acme": "ACME", "b3": "B3"}


def test_look_alikes_are_warned_of_with_both_rows_in_full_width_too():
    rows = [record("B1", name="Acme（深圳）", row=2), record("B2", name="Аcme(深圳)", row=3)]  # a Cyrillic А
    (finding,) = name_findings(rows)
    assert (finding.code, finding.severity, set(finding.rows)) == ("bids.look_alike", "warning", {2, 3})


def test_one_name_for_two_bidders_of_a_lot_is_warned_of_and_over_two_lots_is_not():
    same = [record("B1", "K1", "Acme", "L1", 2), record("B2", "K2", "ACME", "L1", 3)]
    (finding,) = [f for f in name_findings(same) if f.code == "bids.name.twice_in_lot"]
    assert (finding.rows, finding.facts["first"], finding.severity) == ((3,), 2, "warning")
    assert not name_findings([record("B1", "K1", "Acme", "L1"), record("B9", "K1", "Acme", "L2")])
