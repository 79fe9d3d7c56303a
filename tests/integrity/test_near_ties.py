"""Missing close finishes."""

from __future__ import annotations

import numpy as np
import pytest

from integrity.made_markets import fair_market, joined, plain, tender
from supplier_eval.integrity.near_ties import gaps, missing_close


def test_gaps_by_hand():
    market = plain(joined(tender("T1", 0, ("A", 100.0), ("B", 102.0), ("C", 90.0)), tender("T2", 1, ("A", 5.0))))
    assert gaps(market, np.array([200.0, 10.0]))[0] == pytest.approx(10 / 200)
    assert gaps(market)[0] == pytest.approx(10 / 90)
    assert gaps(market, np.array([np.nan, 10.0]))[0] == pytest.approx(10 / 90)
    assert np.isnan(gaps(market)[1])


def test_a_bid_that_cannot_win_makes_no_gap():
    market = plain(tender("T1", 0, ("A", 100.0), ("B", 102.0), ("C", 90.0)))
    assert gaps(market, np.array([200.0]), np.array([95.0]))[0] == pytest.approx(2 / 200)
    assert np.isnan(gaps(market, None, np.array([101.0]))[0])


def test_the_chance_of_few_close_finishes_by_hand():
    # 1 of 5 with chance one half: (1 + 5) / 32.
    assert missing_close(np.array([1]), np.array([4]))[0] == pytest.approx(6 / 32)
    assert missing_close(np.array([0]), np.array([0]))[0] == 1.0


def test_a_fair_market_has_its_close_finishes():
    gap = np.concatenate([gaps(plain(fair_market(seed))) for seed in range(5)])
    for width in (0.002, 0.005, 0.01, 0.02):
        close, wider = (gap <= width).sum(), ((gap > width) & (gap <= 2 * width)).sum()
        assert missing_close(np.array([close]), np.array([wider]))[0] > 0.01
