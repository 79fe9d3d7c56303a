"""All screens across tenders: planted patterns are found, chance is not, names and order of rows do not matter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrity.made_markets import fair_market, joined, ring_in_turn, tender
from supplier_eval.errors import InvalidInput
from supplier_eval.integrity import MarketSettings, screen_market
from supplier_eval.integrity.bid_table import read_bids

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "market" / "bids.csv"
COLUMNS = {"tender": "pid", "bidder": "bidder_id", "price": "bid", "reserve": "reserveprice", "minimum": "minprice"}


def sample():
    frame = pd.read_csv(SAMPLE, dtype={"pid": str, "bidder_id": str})
    return frame.assign(date=pd.to_datetime(frame[["year", "month", "day"]]).dt.date)


def test_a_planted_ring_is_flagged_by_what_it_does():
    found = screen_market(joined(fair_market(1), ring_in_turn(36)))
    flags = found.to_frame()
    of_ring = flags[flags["names"] == "A + B + C"]
    assert of_ring["screen"].tolist() == ["rotation"]
    pairs = found.to_frame("pairs").set_index(["first", "second"])
    assert (pairs.loc[[("A", "B"), ("A", "C"), ("B", "C")], "p_joint_wins"] < 0.005).all()
    outsiders = flags[(flags["screen"] == "losing")]["names"].tolist()
    assert outsiders == ["X", "Y"]  # they never win against the ring


def test_chance_alone_raises_hardly_a_flag():
    """Among 16 fair markets a screen may raise a false flag in about 5 % (all its tests together)."""
    light = MarketSettings(draws=999, coalition_sizes=(3,))
    raised: dict[str, int] = {}
    for seed in range(16):
        for screen in set(screen_market(fair_market(seed, 120, 12), settings=light).to_frame()["screen"]):
            raised[screen] = raised.get(screen, 0) + 1
    assert all(n <= 16 * 0.05 + 3 * np.sqrt(16 * 0.05 * 0.95) for n in raised.values()), raised


@settings(max_examples=4)
@given(st.integers(0, 10), st.randoms(use_true_random=False))
def test_rows_columns_and_names_do_not_matter(seed, rng):
    frame = joined(fair_market(seed, 60, 8), ring_in_turn(12))
    there = screen_market(frame).tables
    rows, columns = list(frame.index), list(frame.columns)
    rng.shuffle(rows)
    rng.shuffle(columns)
    again = screen_market(frame.loc[rows, columns]).tables
    for kind, table in there.items():
        pd.testing.assert_frame_equal(table, again[kind], check_exact=True)
    names = sorted(frame["bidder"].unique())
    others = [f"N{i:03d}" for i in range(len(names))]
    rng.shuffle(others)
    renamed = screen_market(frame.assign(bidder=frame["bidder"].map(dict(zip(names, others, strict=True))))).tables
    for kind in ("bidders", "pairs", "coalitions"):
        for column in (c for c in there[kind].columns if c.startswith("p_") and c != "p_dominance"):
            here = np.sort(there[kind][column].to_numpy(dtype=float, na_value=np.nan))
            assert here == pytest.approx(
                np.sort(renamed[kind][column].to_numpy(dtype=float, na_value=np.nan)), nan_ok=True
            )


def test_the_sample_market_has_the_hole_next_to_zero_that_its_authors_describe():
    found = screen_market(sample(), columns=COLUMNS)
    market = found.to_frame("market").iloc[0]
    assert (market["tenders"], market["bidders"], market["decided"]) == (1225, 252, 1222)
    assert (market["close_gaps"], market["wider_gaps"], market["coarse_gaps"]) == (61, 131, 497)
    assert market["p_missing_close"] == pytest.approx(2.4e-7, rel=0.01)
    assert (market["subsets_of_3"], market["left_out_of_3"]) == (16511, 0)
    assert "cartel" not in " ".join(flag.say() for flag in found.flags)
    undefined = found.to_frame("screens").set_index("screen")["why"]
    assert undefined["single_bid"] == "market.undefined.none_single_bid"


def test_small_tables_give_reasons_and_no_figures():
    for frame in (tender("T", 0, ("A", 1.0)), tender("T", 0, ("A", 1.0), ("B", 1.0)), ring_in_turn(2)):
        found = screen_market(frame)
        assert found.flags == ()
        assert (found.to_frame("screens")["why"] != "").all() or len(frame) > 2
        assert found.explain()
    bare = screen_market(ring_in_turn(9)[["tender", "bidder", "price"]])
    assert set(bare.to_frame("screens").set_index("screen")["column"]) >= {"winner"}


def test_equal_prices_everywhere_are_no_crash():
    frame = ring_in_turn(12).assign(price=100.0)
    found = screen_market(frame)
    assert (found.to_frame("coalitions")["mean_cv"] == 0).all()
    assert not (found.to_frame()["screen"] == "close_coalition").any()


def test_days_are_needed_for_turns_and_say_so():
    found = screen_market(ring_in_turn(12).drop(columns="date"))
    screens = found.to_frame("screens").set_index(["screen", "unit"])
    assert screens.loc[("rotation", "pairs"), "column"] == "date"
    assert screens.loc[("even_shares", "pairs"), "tested"] > 0


def test_shared_details_and_single_bids_are_flagged():
    alone = [tender(f"S{i:02d}", 500 + i, ("M", 10.0)).assign(buyer="solo") for i in range(10)]
    frame = joined(fair_market(2, 100).assign(buyer="open"), *alone)
    frame["address"] = [f"street {i}" for i in range(len(frame))]
    frame.loc[:1, "address"] = ["1, High St.", "1 high st"]
    found = screen_market(frame)
    flags = found.to_frame()
    assert flags[flags["screen"] == "single_bid"]["names"].tolist() == ["M", "solo"]
    assert flags[flags["screen"] == "shared_detail"]["tender"].tolist() == ["T0000"]
    assert found.to_frame("shared")["kind"].tolist() == ["address"]


def test_a_table_that_was_read_is_taken_and_anything_else_refused():
    table = read_bids(ring_in_turn(6))
    assert screen_market(table).to_frame("market").equals(screen_market(ring_in_turn(6)).to_frame("market"))
    for wrong in (None, 3, [1], {"tender": []}):
        with pytest.raises(InvalidInput):
            screen_market(wrong)
    with pytest.raises(InvalidInput):
        screen_market(ring_in_turn(3).drop(columns="price"))
    with pytest.raises(InvalidInput):
        screen_market(ring_in_turn(3).iloc[:0])
    with pytest.raises(InvalidInput):
        screen_market(ring_in_turn(3), settings="strict")
