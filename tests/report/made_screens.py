"""Screens that the tests of charts, tables and pages look at."""

from __future__ import annotations

import functools

import pandas as pd

from integrity.made_markets import fair_market, joined, ring_in_turn, tender
from supplier_eval.integrity import screen_bids, screen_market
from supplier_eval.integrity.bid_screens import BidScreens
from supplier_eval.integrity.market_result import MarketScreens
from supplier_eval.integrity.screen_answers import ScreenAnswers


def bids(names: tuple[str, ...] = ()) -> pd.DataFrame:
    """A fair market, a ring in turn, and one tender with a bank account in common; with other names where given."""
    frame = joined(fair_market(1, 60, 12), ring_in_turn(24), tender("S1", 900, ("A", 1.0), ("B", 2.0)))
    frame["minimum"] = frame["reserve"] * 0.5
    frame["bank"] = ["6222 0001" if name == "S1" else "" for name in frame["tender"]]
    return frame.replace({"bidder": dict(zip("ABC", names, strict=False))}) if names else frame


@functools.cache
def made(names: tuple[str, ...] = ()) -> ScreenAnswers:
    frame = bids(names)
    return ScreenAnswers(screen_bids(frame), screen_market(frame))


def inside(names: tuple[str, ...] = ()) -> BidScreens:
    found = made(names).bids
    assert found is not None
    return found


def across(names: tuple[str, ...] = ()) -> MarketScreens:
    found = made(names).market
    assert found is not None
    return found
