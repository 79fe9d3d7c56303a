"""Intervals of a single rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.rate_intervals import RATE_INTERVALS, rate_interval

NEWCOMBE_1998_TABLE_I = {
    "wilson": {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    },
    "wilson_cc": {
        (81, 263): (0.2535, 0.3682),
        (15, 148): (0.0598, 0.1644),
        (0, 20): (0.0, 0.2005),
        (1, 29): (0.0018, 0.1963),
    },
    "clopper_pearson": {  # method 5, recalled
        (81, 263): (0.2527, 0.3676),
        (15, 148): (0.0578, 0.1617),
        (0, 20): (0.0, 0.1684),
        (1, 29): (0.0009, 0.1776),
    },
}


@pytest.mark.parametrize("method", NEWCOMBE_1998_TABLE_I)
def test_intervals_reproduce_newcombe_1998_table_1(method):
    """Newcombe 1998, Statistics in Medicine 17:857-872, Table I, methods 3, 4 and 5."""
    for (events, n), published in NEWCOMBE_1998_TABLE_I[method].items():
        lower, upper = rate_interval(events, n, method=method)
        assert (float(lower), float(upper)) == pytest.approx(published, abs=6e-5)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("wilson", "wilson"), ("clopper_pearson", "beta"), ("agresti_coull", "agresti_coull")]
)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_intervals_agree_with_statsmodels(ours, theirs, confidence):
    events, n = np.array([0, 1, 7, 49, 50]), np.array([50, 50, 50, 50, 50])
    lower, upper = rate_interval(events, n, confidence, ours)
    expected = proportion_confint(events, n, 1 - confidence, theirs)
    assert lower == pytest.approx(expected[0], abs=1e-12)
    assert upper == pytest.approx(expected[1], abs=1e-12)


def test_jeffreys_inside_agrees_with_statsmodels():
    lower, upper = rate_interval([1, 7, 49], [50, 50, 50], method="jeffreys")
    expected = proportion_confint(np.array([1, 7, 49]), np.array([50] * 3), 0.05, "jeffreys")
    assert (lower, upper) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


@pytest.mark.parametrize("method", RATE_INTERVALS)
@settings(deadline=None, max_examples=50)
@given(n=st.integers(1, 3000), share=st.floats(0, 1), confidence=st.floats(0.5, 0.999))
def test_an_interval_lies_in_0_to_1_around_the_rate_and_mirrors(method, n, share, confidence):
    events = round(n * share)
    lower, upper = rate_interval(events, n, confidence, method)
    assert 0 <= lower <= events / n + 1e-12
    assert events / n - 1e-12 <= upper <= 1
    mirrored = rate_interval(n - events, n, confidence, method)
    assert (1 - float(upper), 1 - float(lower)) == pytest.approx((float(mirrored[0]), float(mirrored[1])), abs=1e-9)


def test_no_case_gives_no_interval():
    lower, upper = rate_interval([0, 3], [0, 4])
    assert np.isnan([lower[0], upper[0]]).all()
    assert not np.isnan([lower[1], upper[1]]).any()


def test_every_wrong_count_is_found_at_once():
    with pytest.raises(InvalidInput) as refused:
        rate_interval([-1, 5], [3, -2])
    assert [f.code for f in refused.value.findings] == [
        "estimates.count.negative",
        "estimates.count.negative",
        "estimates.counts.above_n",
    ]
    for events, n, code in [
        ("a", 3, "estimates.figures.not_numbers"),
        ([1.0, None], [3, 3], "estimates.figures.missing"),
        ([1, 2, 3], [3, 3], "estimates.counts.shape"),
        ([True], [3], "estimates.figures.not_numbers"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            rate_interval(events, n)
        assert code in [f.code for f in refused.value.findings]


def test_a_method_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="wilson"):
        rate_interval(1, 2, method="wilsn")
