"""The table of unit prices, checked against the bids."""

from __future__ import annotations

import pandas as pd
import pytest

from screened_bids import read_bids, tenders
from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.item_prices import read_items

BIDS = tenders([1, 2], [3, 4])


def items(**more):
    frame = {"tender": ["t1", "t0", "t0"], "bidder": ["A", "B", "A"], "item": "i", "unit_price": [3.0, 2, 1]}
    return pd.DataFrame({**frame, **more})


def refused(frame, columns=None):
    with pytest.raises(InvalidInput) as raised:
        read_items(frame, read_bids(BIDS), columns)
    return {(finding.code, finding.rows) for finding in raised.value.findings}


def test_unit_prices_stand_in_the_order_of_tender_item_and_bidder():
    table = read_items(items(), read_bids(BIDS))
    assert table.tender.tolist() == [0, 0, 1]
    assert table.unit_price.tolist() == [1, 2, 3]
    assert repr(table) == "ItemTable(3 unit prices, 1 items)"


def test_columns_can_be_named():
    frame = items().rename(columns={"unit_price": "单价", "item": "分项"})
    assert read_items(frame, read_bids(BIDS), {"unit_price": "单价", "item": "分项"}).items == ("i",)


def test_rows_of_no_bid_and_items_twice_are_refused():
    assert refused(items(bidder=["A", "Z", "A"])) == {("bid_table.item_of_no_bid", (2,))}
    assert refused(items(tender=["t9", "t0", "t0"])) == {("bid_table.item_of_no_bid", (1,))}
    assert refused(items(bidder=["A", "A", "A"])) == {("bid_table.item_twice", (3,))}


def test_everything_wrong_comes_at_once():
    assert refused(items(unit_price=[0, None, 1]).drop(columns="item")) == {
        ("bid_table.column_missing", ()),
        ("bid_table.missing", (2,)),
        ("bid_table.not_positive", (1,)),
    }
    assert refused(items().iloc[:0]) == {("bid_table.empty", ())}


def test_lots_tell_items_apart():
    bids = read_bids(BIDS.assign(lot=["1", "2", "1", "1"]))
    frame = items(lot=["1", "2", "1"])
    assert read_items(frame, bids).tender.tolist() == [0, 1, 2]
