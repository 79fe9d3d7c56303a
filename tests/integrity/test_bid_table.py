"""The checked table of bids: canonical order, everything that is wrong at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.bid_table import BidTable, read_bids

NAMES = ("甲乙丙" * 30, "a", "A b", "00123")


def bids(**more):
    frame = {"tender": ["t2", "t1", "t1"], "bidder": ["B", "B", "A"], "price": [3, 2.0, 1]}
    return pd.DataFrame({**frame, **more})


def refused(frame, columns=None):
    with pytest.raises(InvalidInput) as raised:
        read_bids(frame, columns)
    for finding in raised.value.findings:
        assert finding.line("en")
        assert finding.line("zh")
    return {(finding.code, finding.rows) for finding in raised.value.findings}


def test_bids_stand_in_the_order_of_their_ids():
    table = read_bids(bids(winner=[1, 0, 1], reserve=[5, 4, 4]))
    assert (table.tenders, table.bidders, table.labels) == (("t1", "t2"), ("A", "B"), ("t1", "t2"))
    assert table.tender.tolist() == [0, 0, 1]
    assert table.price.tolist() == [1, 2, 3]
    assert table.row.tolist() == [3, 2, 1]
    assert table.winner.tolist() == [True, False, True]
    assert table.reserve.tolist() == [4, 5]
    assert table.n_bids.tolist() == [2, 1]
    assert table.price[table.bids_of(0)].tolist() == [1, 2]
    assert repr(table) == "BidTable(3 bids, 2 tenders, 2 bidders; winner, reserve)"


def test_each_lot_is_a_competition():
    table = read_bids(bids(lot=["", "2", "1"]))
    assert table.labels == ("t1/1", "t1/2", "t2")
    assert read_bids(bids(tender=["a/b", "a", "a"], lot=["", "b", "c"])).labels == ("a//b", "a//c", "a/b")


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(12)), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_reach_the_table(order, random):
    frame = pd.DataFrame(
        {
            "tender": [f"t{i // 4}" for i in range(12)],
            "bidder": [NAMES[i % 4] for i in range(12)],
            "price": [100 + i for i in range(12)],
            "buyer": [f"b{i // 4}" for i in range(12)],
            "bank": ["x" if i % 3 else "" for i in range(12)],
        }
    )
    columns = list(frame.columns)
    random.shuffle(columns)
    one, other = read_bids(frame), read_bids(frame.iloc[list(order)][columns])
    for field in ("tenders", "bidders"):
        assert getattr(one, field) == getattr(other, field)
    for field in ("tender", "bidder", "price", "buyer", "bank"):
        assert np.array_equal(getattr(one, field), getattr(other, field))


def test_everything_wrong_comes_at_once_in_both_languages():
    frame = bids(winner=["yes", "maybe", ""], reserve=[1, "x", 0], submitted_at=["2026-01-01 10:00", "", None])
    frame["price"] = [0, np.inf, np.nan]
    frame.loc[0, "bidder"] = None
    assert refused(frame) == {
        ("bid_table.missing", (1,)),
        ("bid_table.missing", (3,)),
        ("bid_table.infinite", (2,)),
        ("bid_table.not_positive", (1,)),
        ("bid_table.not_positive", (3,)),
        ("bid_table.not_yes_no", (2,)),
        ("bid_table.not_a_number", (2,)),
        ("bid_table.no_time_zone", (1,)),
    }


def test_a_table_without_rows_is_refused():
    assert refused(bids().iloc[:0]) == {("bid_table.empty", ())}


def test_a_bidder_twice_at_the_same_price_is_refused_and_at_another_price_a_warning():
    frame = pd.DataFrame({"tender": "t", "bidder": ["A", "a", "B"], "price": [1, 1, 2]})
    assert refused(frame) == {("bid_table.duplicate", (2,))}
    table = read_bids(frame.assign(price=[1, 3, 2]))
    assert [finding.code for finding in table.warnings] == ["bid_table.several_bids"]
    assert table.price.tolist() == [1, 3, 2]


def test_a_figure_of_the_tender_that_differs_from_row_to_row_is_refused():
    frame = bids(reserve=[1, 4, None], currency=["CNY", "CNY", "EUR"], buyer=["x", "y", "y"])
    assert refused(frame) == {("bid_table.varies", (2,))}
    found = {finding.column for finding in _findings(frame)}
    assert found == {"reserve", "currency"}


def test_a_tender_without_ceiling_has_none():
    assert np.isnan(read_bids(bids(reserve=[1, None, None])).reserve[0])


def test_the_frame_is_not_changed():
    frame = bids(winner=["yes", "no", "no"])
    before = frame.copy(deep=True)
    assert isinstance(read_bids(frame), BidTable)
    pd.testing.assert_frame_equal(frame, before)


def _findings(frame):
    with pytest.raises(InvalidInput) as raised:
        read_bids(frame)
    return raised.value.findings


def test_a_tender_of_more_bids_than_can_be_compared_is_refused_in_words():
    """A column that is the same in all rows, taken for the tender, would ask for the pairs of a whole market."""
    frame = pd.DataFrame({"tender": "same", "bidder": np.arange(5_001), "price": 1.0 + np.arange(5_001)})
    with pytest.raises(InvalidInput) as refused:
        read_bids(frame)
    (finding,) = refused.value.findings
    assert (finding.code, finding.value, finding.facts["count"]) == ("bid_table.crowded", "same", 5_001)
    assert finding.line("en") and "5001" in finding.line("zh").replace(",", "")
    assert len(read_bids(frame.iloc[1:])) == 5_000
