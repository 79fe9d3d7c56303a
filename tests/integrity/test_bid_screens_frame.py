"""Figures and flags as tables; what is not defined says why."""

from __future__ import annotations

import numpy as np

from screened_bids import tenders
from supplier_eval.integrity.bid_screens_frame import FLAG_COLUMNS, why_not
from supplier_eval.integrity.screening import screen_bids


def test_one_row_a_tender_in_the_order_of_ids():
    frame = screen_bids(tenders([100, 110, 112, 114, 119], [5])).to_frame()
    assert frame["tender"].tolist() == ["t0", "t1"]
    assert frame["n_bids"].tolist() == [5, 1]
    assert frame["cv"].iloc[0] == 7 / 111
    assert frame["not_defined"].iloc[0] == ""


def test_every_figure_that_is_missing_has_a_reason_and_no_other():
    cases = ([5], [5, 6], [5, 6, 7], [5, 5, 5], [5, 7, 7, 7], [5, 6, 7, 8], [5, 5, 5, 5, 5])
    frame = screen_bids(tenders(*cases)).to_frame().set_index("tender")
    figures = frame.select_dtypes("float64").drop(columns=["lowest", "second", "highest", "mean"])
    for tender, row in figures.iterrows():
        said = frame.loc[tender, "not_defined"]
        named = {name.strip() for part in said.split(";") for name in part.partition(":")[2].split(",")} - {""}
        assert named == set(row.index[row.isna()]), tender


def test_reasons_are_told_apart():
    assert set(why_not(2, False, False)) == {"few_bids"}
    assert set(why_not(4, True, True)) == {"equal_prices", "equal_losers"}
    assert why_not(5, False, True) == {"equal_losers": ["relative_distance", "alternative_distance"]}
    assert why_not(5, False, False) == {}


def test_a_bidder_with_two_prices_counts_once_as_bidder():
    frame = screen_bids(tenders([812_311, 893_817, 951_003]).assign(bidder=["A", "A", "B"])).to_frame()
    assert (frame["n_bids"][0], frame["n_bidders"][0]) == (3, 2)
    assert (frame["flags"][0], frame["screens"][0]) == (1, "several_bids")


def test_flags_as_a_table_in_both_languages():
    screens = screen_bids(tenders([812_311, 893_817, 893_817, 1_097_754]))
    en, zh = screens.flags_frame(), screens.flags_frame("zh")
    assert tuple(en.columns) == FLAG_COLUMNS
    assert en["screen"].tolist() == ["identical_prices"]
    assert "报价相同" in zh["says"][0]
    empty = screen_bids(tenders([812_311, 893_817, 951_003])).flags_frame()
    assert len(empty) == 0
    assert empty["figure"].dtype == np.float64
