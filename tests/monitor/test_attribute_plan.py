"""Single sampling plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from supplier_eval.monitor.attribute_plan import (
    acceptance,
    failing_items,
    outgoing_limit,
    outgoing_quality,
    smallest_plan,
    total_inspection,
)

# D. C. Montgomery, Introduction to Statistical Quality Control, table 15.1: n = 89, c = 2 (recalled).
TABLE = {
    0.005: 0.9897,
    0.01: 0.9397,
    0.02: 0.7366,
    0.03: 0.4985,
    0.04: 0.3042,
    0.05: 0.1721,
    0.06: 0.0919,
    0.07: 0.0468,
}


def test_the_operating_curve_of_montgomery():
    assert acceptance(89, 2, list(TABLE)) == pytest.approx(list(TABLE.values()), abs=1.1e-4)


def test_outgoing_quality_and_inspection_of_montgomery():
    # Section 15.2.3: the limit is near .0155; at p = .01 and N = 10,000 about 687 items are inspected.
    assert outgoing_limit(89, 2) == pytest.approx(0.0155, abs=2e-4)
    assert total_inspection(89, 2, 0.01, 10_000, finite=False) == pytest.approx(687, abs=1)
    assert outgoing_quality(89, 2, 0.01, 10_000, finite=False) == pytest.approx(0.0093, abs=5e-5)
    assert outgoing_limit(89, 2, 10_000, finite=False) == pytest.approx(outgoing_limit(89, 2) * 9911 / 10_000)


def brute(p1, p2, alpha, beta, lot=None):
    """The first sample size at which some acceptance number keeps both risks."""
    most = 400 if lot is None else lot - 1
    low = p1 if lot is None else failing_items(p1, lot, up=False) / lot
    high = p2 if lot is None else failing_items(p2, lot, up=True) / lot
    for n in range(1, most + 1):
        c = np.arange(min(n, 30))
        keeps = (acceptance(n, c, high, lot) <= beta) & (acceptance(n, c, low, lot) >= 1 - alpha)
        if keeps.any():
            return n, int(np.argmax(keeps))
    return None


@pytest.mark.parametrize("risks", [(0.05, 0.1), (0.05, 0.075), (0.1, 0.2)])
@pytest.mark.parametrize("shares", [(0.01, 0.08), (0.05, 0.15), (0.02, 0.1)])
@pytest.mark.parametrize("lot", [None, 60, 150])
def test_no_smaller_sample_keeps_both_risks(risks, shares, lot):
    assert smallest_plan(*shares, *risks, lot) == brute(*shares, *risks, lot)


def test_a_known_plan():
    # R package AcceptanceSampling, find.plan(PRP = c(0.05, 0.95), CRP = c(0.15, 0.075)): n = 80, c = 7 (recalled).
    assert smallest_plan(0.05, 0.15, 0.05, 0.075) == (80, 7)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 60), st.integers(0, 8), st.integers(61, 300))
def test_the_hypergeometric_curve_falls_and_meets_scipy(n, c, lot):
    shares = np.arange(lot + 1) / lot
    curve = acceptance(n, c, shares, lot)
    assert (np.diff(curve) <= 1e-12).all() and curve[0] == 1.0
    assert curve[lot // 2] == pytest.approx(stats.hypergeom(lot, lot // 2, n).cdf(c))


def test_a_lot_too_small_has_no_plan_below_it():
    assert smallest_plan(0.01, 0.02, 0.01, 0.01, 50) is None
    assert failing_items(0.01, 300, up=False) == failing_items(0.01, 300, up=True) == 3


def test_the_worst_outgoing_share_is_the_largest_of_the_curve():
    grid = outgoing_quality(50, 1, np.linspace(0, 1, 100_001)).max()
    assert outgoing_limit(50, 1) == pytest.approx(grid, rel=1e-6)
    assert outgoing_limit(20, 0, 100) == pytest.approx(max(outgoing_quality(20, 0, np.arange(101) / 100, 100)))


@pytest.mark.parametrize(("lot", "n", "c"), [(20, 10, 0), (30, 8, 2), (7, 7, 1), (12, 11, 3), (5, 1, 0)])
def test_what_an_accepted_lot_still_holds_is_counted_failure_by_failure(lot, n, c):
    for failing in range(lot + 1):
        found = np.arange(min(c, n, failing) + 1)
        left = float(np.sum(stats.hypergeom.pmf(found, lot, failing, n) * (failing - found))) / lot
        assert outgoing_quality(n, c, failing / lot, lot) == pytest.approx(left, abs=1e-12)
    # one failure in twenty, ten checked, none may fail: half of the lots pass, and all of these hold it
    assert outgoing_quality(10, 0, 1 / 20, 20) == pytest.approx(0.5 / 20)
