"""Abnormal prices of a block are those of each tender, also on the line itself."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.batch.abnormal import flagged_points, flagged_prices
from supplier_eval.intake.notice import Lot
from supplier_eval.policy.rules import AbnormalRule
from supplier_eval.qualify.cases import abnormal_points, abnormal_prices
from supplier_eval.score.minor_units import from_minor

KINDS = ("below_share_of_mean", "above_share_of_mean", "below_share_of_ceiling", "below_share_of_second")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(["0.5", "0.6", "0.75", "0.8", "1", "1.2"]),
    st.integers(1, 3),
    st.integers(0, 2**32 - 1),
)
def test_a_block_flags_what_each_tender_flags(kind, limit, fewest, seed):
    rng = np.random.default_rng(seed)
    rule = AbnormalRule(kind=kind, limit=limit, minimum_bids=fewest)
    minor = rng.integers(1, 7, (4, 12)) * 1000
    inside = rng.random((4, 12)) < 0.8
    ceiling = rng.choice([50.0, 60.0, np.nan], 12)
    ((code, found),) = flagged_prices((rule,), minor / 100, inside, ceiling, 2)
    assert code == f"price.abnormal.{kind}"
    for t in range(12):
        prices = {str(b): from_minor(int(minor[b, t]), 2) for b in range(4) if inside[b, t]}
        top = None if np.isnan(ceiling[t]) else Decimal(str(ceiling[t]))
        flags = {flag.bid for flag in abnormal_prices(prices, (rule,), Lot(id="1", ceiling=top))}
        assert {str(b) for b in np.flatnonzero(found[:, t])} == flags


def test_without_a_ceiling_that_line_says_nothing():
    rule = AbnormalRule(kind="below_share_of_ceiling", limit="0.9")
    ((_, found),) = flagged_prices((rule,), np.array([[10.0]]), np.array([[True]]), None, 2)
    assert not found.any()


@pytest.mark.parametrize("limit", ["0.6", "0.8"])
def test_points_that_both_reach_the_line_are_flagged(limit):
    rule = AbnormalRule(kind="points_fraction", limit=limit)
    values = np.array([[80.0, 50.0, 90.0], [60.0, 90.0, 95.0]])[..., None]
    weights = np.array([0.4, 0.6])
    ((code, found),) = flagged_points((rule,), values, weights, [0], np.ones((3, 1), bool))
    shares = [{str(b): values[i, b, 0] / 100 for b in range(3)} for i in range(2)]
    flags = {flag.bid for flag in abnormal_points(*shares, (rule,), "1")}
    assert (code, {str(b) for b in np.flatnonzero(found)}) == ("price.abnormal.points_fraction", flags)
    assert not list(flagged_points((rule,), values, weights, [], np.ones((3, 1), bool)))
