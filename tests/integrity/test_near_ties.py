"""Missing close finishes."""

from __future__ import annotations

import numpy as np
import pytest

from integrity.made_markets import fair_market, joined, plain, tender
from supplier_eval.integrity.near_ties import Gaps, gaps, missing_close, windows


def test_gaps_by_hand():
    market = plain(joined(tender("T1", 0, ("A", 100.0), ("B", 102.0), ("C", 90.0)), tender("T2", 1, ("A", 5.0))))
    assert gaps(market, np.array([200.0, 10.0])).share[0] == pytest.approx(10 / 200)
    assert gaps(market).share[0] == pytest.approx(10 / 90)
    assert gaps(market, np.array([np.nan, 10.0])).share[0] == pytest.approx(10 / 90)
    assert np.isnan(gaps(market).share[1])


def test_a_bid_that_cannot_win_makes_no_gap():
    market = plain(tender("T1", 0, ("A", 100.0), ("B", 102.0), ("C", 90.0)))
    assert gaps(market, np.array([200.0]), np.array([95.0])).share[0] == pytest.approx(2 / 200)
    assert np.isnan(gaps(market, None, np.array([101.0])).share[0])


def two(*pairs):
    low, second = np.array(pairs, dtype=float).T
    return Gaps(low, second, np.full(len(pairs), 1_000_000.0))


def test_the_step_is_the_last_written_digit_of_both():
    found = two((900_000, 950_000), (900_000, 950_500), (10.25, 12.5), (10.251, 12.5), (100.0, 3000.0))
    assert found.step == pytest.approx([10_000, 100, 0.01, 0, 100])


def test_gaps_are_counted_in_steps_and_coarse_prices_left_out():
    # Window 0.2 % of 1,000,000: 2,000. Step 1,000: two steps are close, three and four wider.
    found = two((900_000, 901_000), (901_000, 903_000), (901_000, 904_000), (901_000, 905_000), (901_000, 906_000))
    close, wider, coarse = windows(found, 0.002)
    assert (close.tolist(), wider.tolist()) == ([True, True] + [False] * 3, [False, False, True, True, False])
    assert not coarse.any()
    close, wider, coarse = windows(two((900_000, 910_000), (900_000, 900_000.501)), 0.002)
    assert (close.tolist(), wider.tolist(), coarse.tolist()) == ([False, True], [False, False], [True, False])


def test_the_chance_of_few_close_finishes_by_hand():
    # 1 of 5 with chance one half: (1 + 5) / 32.
    assert missing_close(np.array([1]), np.array([4]))[0] == pytest.approx(6 / 32)
    assert missing_close(np.array([0]), np.array([0]))[0] == 1.0


@pytest.mark.parametrize("digits", [2, 0, -1])
def test_a_fair_market_has_its_close_finishes_however_round_its_prices(digits):
    made = [fair_market(seed) for seed in range(4)]
    found = [gaps(plain(frame.assign(price=frame["price"].round(digits)))) for frame in made]
    for width in (0.005, 0.01, 0.02):
        close, wider = (np.array([sum(windows(one, width)[i].sum() for one in found)]) for i in (0, 1))
        assert missing_close(close, wider)[0] > 0.01
