"""Rows of a table as arrays: duplicates, tenders whose rows disagree, who is considered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import bind
from supplier_eval.batch.rows import read_rows
from supplier_eval.policy import Policy


def read(frame: pd.DataFrame, **rules: object):
    plan = compile_plan(Policy.from_mapping(policy_mapping(**rules)))
    return read_rows(plan, frame, bind(plan, frame))


def bids(n: int = 4, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"tender": ["T"] * n, "bid": [f"B{i}" for i in range(n)]})
    frame[["quality", "capability", "emergency", "price"]] = 50.0
    return frame.assign(**columns)


@pytest.mark.parametrize("n", [4, 60])
def test_a_bid_that_stands_twice_is_a_fault_of_both_rows(n):
    names = [f"B{i}" for i in range(n)]
    names[-1] = "b0"
    _, faults = read(bids(n, bid=names))
    assert [(f.code, f.at.tolist(), f.value) for f in faults.found] == [("batch.bid.twice", [0, n - 1], "B0")]
    _, faults = read(bids(n, bid=names, tender=["T"] * (n - 1) + ["U"]))
    assert not faults.found


def test_limits_and_deadlines_that_differ_inside_a_tender_are_faults():
    _, faults = read(bids(ceiling=[100.0, 100.0, 90.0, np.nan]))
    assert [(f.code, f.at.tolist()) for f in faults.found] == [("batch.tender.differs", [2, 3])]
    moments = pd.to_datetime(pd.Series(["2026-01-01", "2026-01-02"] * 2)).dt.tz_localize("UTC")
    _, faults = read(bids(deadline=moments, received=moments))
    assert [f.column for f in faults.found] == ["deadline"]


def test_floors_and_limits_take_bids_out_with_their_reason():
    frame = bids(quality=[50.0, 30.0, 50.0, 50.0], price=[50.0, 50.0, 101.0, 9.0], ceiling=100.0, price_floor=10.0)
    rows, faults = read(frame, floors=[{"criterion": "quality", "minimum": 40}])
    assert not faults.found
    assert rows.eligible.tolist() == [True, False, False, False]
    assert rows.opened.tolist() == [True, False, True, True]
    codes = rows.reasons.categories("en")[0]
    assert codes.tolist()[1:] == ["qualify.floor[quality]", "qualify.ceiling", "qualify.price_floor"]


def test_where_too_few_are_left_before_prices_no_price_is_looked_at():
    frame = bids(2, quality=[50.0, 30.0], price=[101.0, np.nan], ceiling=100.0)
    rules = {"floors": [{"criterion": "quality", "minimum": 40}], "procedure": {"minimum_valid_bids": 2}}
    rows, faults = read(frame, **rules)
    assert not faults.found
    assert rows.unopened.all()
    assert rows.eligible.tolist() == [True, False]


def test_the_rows_of_a_mask_alone_are_the_same_rows():
    frame = bids(6, tender=["T", "U", "T", "U", "V", "V"], ceiling=100.0, price_floor=1.0)
    rows, _ = read(frame)
    kept = rows.kept(np.array([True, False, True, False, True, True]))
    assert kept.groups.n == 2
    assert kept.bids.codes.tolist() == [0, 2, 4, 5]
    assert kept.prices is not None
    assert kept.prices.money.tolist() == [50.0] * 4
    assert kept.first_deadline is None
