"""The table of bids as a market; bidders, buyers, periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from integrity.made_markets import joined, tender
from supplier_eval.integrity import market_units as units
from supplier_eval.integrity.bid_table import read_bids
from supplier_eval.integrity.market_settings import MarketSettings


def frame():
    return joined(
        tender("T1", 0, ("A", 100.0), ("B", 120.0)),
        tender("T2", 40, ("A", 100.0), ("C", 90.0)),
        tender("T3", 400, ("B", 100.0)),
    ).assign(buyer=["x", "x", "x", "x", "y"], reserve=[101.0, 101.0, 200.0, 200.0, 100.5])


def made(settings=None):
    table = read_bids(frame())
    market = units.market_from(table, "year")
    return table, market, units.figures_of(table, market, settings or MarketSettings())


def test_tenders_stand_in_time_and_in_their_year():
    _, market, _ = made()
    assert (market.order.tolist(), market.period.tolist()) == ([0, 1, 2], [2020, 2020, 2021])
    assert units.market_from(read_bids(frame()), "quarter").period.tolist() == [20201, 20201, 20211]
    assert units.market_from(read_bids(frame()), "month").period.tolist() == [202001, 202002, 202102]


def test_a_tender_without_a_day_has_no_place_in_time():
    given = frame()
    given["date"] = pd.to_datetime(given["date"])
    given.loc[given["tender"] == "T1", "date"] = pd.NaT
    market = units.market_from(read_bids(given), "year")
    assert (market.order.tolist(), market.period.tolist()) == ([-1, 0, 1], [-1, 2020, 2021])


def test_figures_by_bidder_by_hand():
    settings = MarketSettings(least_tenders=1)
    table, market, own = made(settings)
    bidders, parts = units.bidders(table, market, own, settings)
    row = bidders.set_index("bidder").loc["A"]
    assert (row["tenders"], row["chances"], row["wins"], row["expected_wins"]) == (2, 2, 1, 1.0)
    assert (row["reserve_wins"], row["near_reserve_wins"]) == (1, 1)
    assert bidders.set_index("bidder")["single_bids"].to_dict() == {"A": 0, "B": 1, "C": 0}
    by_screen = {part.screen: part for part in parts}
    assert by_screen["near_minimum"].why == "market.undefined.column"
    assert by_screen["single_bid"].p.tolist() == pytest.approx([1.0, 2 / 5, 1.0])


def test_figures_by_buyer_and_by_period():
    table, market, own = made()
    buyers, parts = units.buyers(table, market, own, MarketSettings(least_tenders=1))
    assert buyers["single_bids"].tolist() == [0, 1]
    assert parts[0].p.tolist() == pytest.approx([1.0, 1 / 3])
    periods = units.periods(market)
    assert periods["hhi"].tolist()[0] == pytest.approx(0.5)
    assert np.isnan(periods["instability"]).tolist() == [True, True]  # 2021 has no decided tender


def test_without_buyers_and_days_these_tables_are_empty():
    table = read_bids(frame().drop(columns=["buyer", "date"]))
    market = units.market_from(table, "year")
    own = units.figures_of(table, market, MarketSettings())
    assert units.buyers(table, market, own, MarketSettings())[1] == []
    assert len(units.periods(market)) == 0


def test_shares_of_wins_are_the_same_to_the_last_bit_whatever_bidders_are_called():
    days = [(f"T{i:02d}", 9 * i, i % 3 + i // 41) for i in range(82)]
    plain = [units.periods(units.market_from(read_bids(_won_by(days, names)), "year")) for names in ("ABCDE", "DCEAB")]
    pd.testing.assert_frame_equal(plain[0], plain[1], check_exact=True)
    assert plain[0]["instability"].between(0, 1).tolist() == [False, True]


def _won_by(days, names):
    made = [tender(label, day, (names[who], 100.0), (names[4], 120.0)) for label, day, who in days]
    return joined(*made)
