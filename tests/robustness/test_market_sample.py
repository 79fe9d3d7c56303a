"""Where simulated prices come from: the market sample, a table of one's own, a stated distribution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from supplier_eval.robustness.market_sample import drawn_prices, market_sample, prices_of

FULL = Path(__file__).parents[2] / "data" / "samples" / "market" / "bids.csv"


def test_the_packaged_prices_are_those_of_the_sample():
    """1,225 tenders of the city of Tsuchiura with 5,388 bids; no bid above its ceiling."""
    bids = pd.read_csv(FULL)
    sample = market_sample()
    assert sample.shares.shape == (18, 1225) and sample.present.sum() == 5388
    of_file = prices_of(bids.rename(columns={"pid": "tender", "bid": "price", "reserveprice": "ceiling"}))
    own = np.sort(of_file.shares[of_file.present])
    np.testing.assert_allclose(np.sort(sample.shares[sample.present]), own, atol=5e-7)
    assert np.nanmax(sample.shares) <= 1


def test_a_table_of_ones_own_is_read_against_its_ceiling_or_its_highest_price():
    frame = pd.DataFrame({"tender": ["a", "a", "b"], "price": [50, 100, 30]})
    assert prices_of(frame).shares[:, 0].tolist() == [0.5, 1.0]
    ceiled = prices_of(frame.assign(ceiling=[200, 200, 60]))
    assert ceiled.shares[0].tolist() == [0.25, 0.5] and np.isnan(ceiled.shares[1, 1])


def test_the_order_of_rows_changes_nothing():
    frame = pd.DataFrame({"tender": ["b", "a", "a"], "price": [30, 100, 50]})
    np.testing.assert_array_equal(prices_of(frame).shares, prices_of(frame[::-1]).shares)


@pytest.mark.parametrize(
    ("frame", "codes"),
    [
        (pd.DataFrame({"prize": [1]}), ["market.column_missing", "market.column_missing"]),
        (pd.DataFrame({"tender": [], "price": []}), ["market.empty"]),
        (
            pd.DataFrame({"tender": [1, 1], "price": [0, "x"], "ceiling": [1, -1]}),
            ["market.not_positive", "market.not_positive"],
        ),
    ],
)
def test_what_cannot_be_used_is_named_all_at_once(frame, codes):
    with pytest.raises(se.InvalidInput) as refused:
        prices_of(frame)
    assert [f.code for f in refused.value.findings] == codes


def test_drawn_prices_stay_below_the_ceiling_and_repeat_with_their_seed():
    first, second = (drawn_prices(5, 0.1, 40, np.random.default_rng(1)).shares for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.shape == (5, 40) and first.max() <= 1 and first.min() > 0
    with pytest.raises(ValueError, match="spread"):
        drawn_prices(5, 0.0, 40, np.random.default_rng(1))
