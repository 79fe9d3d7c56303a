"""Beta-binomial shrinkage on arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta as beta_distribution
from scipy.stats import betabinom, binom

from supplier_eval.monitor.beta_binomial import BetaPrior, identifiable, log_likelihood, posterior
from supplier_eval.monitor.beta_binomial_fit import fit_likelihood, fit_moments

EVENTS = np.array([9.0, 17.0, 46.0, 70.0, 198.0, 450.0])
CASES = np.array([12.0, 18.0, 50.0, 90.0, 210.0, 600.0])


def test_the_likelihood_is_that_of_scipy():
    a, b = 0.8 * 25, 0.2 * 25
    coefficients = binom.logpmf(EVENTS, CASES, 0.5) + CASES * np.log(2)
    expected = float(np.sum(betabinom.logpmf(EVENTS, CASES, a, b) - coefficients))
    assert log_likelihood(EVENTS, CASES, 0.8, 25.0) == pytest.approx(expected, rel=1e-10)


def test_the_posterior_by_hand():
    """Prior Beta(18, 2); 3 of 3 give Beta(21, 2), mean 21/23; reliability 3/23."""
    found = posterior(np.array([3.0, 0.0]), np.array([3.0, 0.0]), BetaPrior(0.9, 20.0, stated=True))
    assert found.estimate == pytest.approx([21 / 23, 0.9])
    assert found.reliability == pytest.approx([3 / 23, 0.0])
    assert found.sd == pytest.approx([beta_distribution.std(21, 2), beta_distribution.std(18, 2)])
    lower, upper = found.interval(0.9)
    assert lower == pytest.approx(beta_distribution.ppf(0.05, [21, 18], 2))
    assert upper == pytest.approx(beta_distribution.ppf(0.95, [21, 18], 2))


def test_peers_that_do_not_differ_share_one_rate_but_not_without_doubt():
    events, n = np.full(6, 18.0), np.full(6, 20.0)
    prior = fit_likelihood(events, n)
    assert (prior.mean, prior.strength) == (pytest.approx(0.9), np.inf)
    found = posterior(events, n, prior)
    lower, upper = found.interval(0.95)
    assert found.estimate == pytest.approx(0.9)
    assert np.all(lower < 0.87)
    assert np.all(upper > 0.93)


def test_no_failure_at_all_is_not_proof_of_perfection():
    events = n = np.array([3.0, 5.0, 8.0, 2.0, 7.0])
    found = posterior(events, n, fit_likelihood(events, n))
    lower, upper = found.interval(0.95)
    assert found.estimate.tolist() == [1.0] * 5
    assert lower == pytest.approx(beta_distribution.ppf(0.025, 25.5, 0.5))
    assert np.all(upper <= 1)


def test_suppliers_that_are_all_good_or_all_bad_keep_their_own_rate():
    events, n = np.array([0.0, 40.0, 0.0, 40.0, 40.0]), np.full(5, 40.0)
    found = posterior(events, n, fit_likelihood(events, n))
    assert found.estimate == pytest.approx([0, 1, 0, 1, 1], abs=0.01)
    assert np.all(found.reliability > 0.99)


def test_one_case_each_tells_nothing_of_the_spread():
    assert not identifiable(np.array([1.0, 1.0, 1.0]))
    assert not identifiable(np.array([5.0, 0.0]))
    assert identifiable(np.array([5.0, 1.0]))


@settings(deadline=None, max_examples=60)
@given(
    data=st.lists(st.tuples(st.integers(1, 400), st.floats(0, 1)), min_size=2, max_size=12).filter(
        lambda rows: any(n > 1 for n, _ in rows)
    ),
    fit=st.sampled_from([fit_likelihood, fit_moments]),
)
def test_an_estimate_lies_between_own_rate_and_peers_rate(data, fit):
    n = np.array([float(size) for size, _ in data])
    events = np.round(n * [share for _, share in data])
    prior = fit(events, n)
    found = posterior(events, n, prior)
    own = events / n
    assert np.all(found.estimate >= np.minimum(own, prior.mean) - 1e-9)
    assert np.all(found.estimate <= np.maximum(own, prior.mean) + 1e-9)
    lower, upper = found.interval(0.95)
    assert np.all((lower >= 0) & (upper <= 1) & (lower <= upper))
    assert np.all(found.sd > 0)


def test_intervals_of_few_peers_hold_the_true_rate_about_as_often_as_they_say():
    """Eight peers, true rates Beta(18, 2), 3 to 3,000 cases: the plain posterior holds 82 %, this one nine in ten."""
    rng, held, plain = np.random.default_rng(8), [], []
    for _ in range(150):
        n = np.round(np.exp(rng.uniform(np.log(3), np.log(3000), 8)))
        true = rng.beta(18, 2, 8)
        events = rng.binomial(n.astype(int), true).astype(float)
        prior = fit_likelihood(events, n)
        for widened, kept in ((True, held), (False, plain)):
            lower, upper = posterior(events, n, prior, widened=widened).interval(0.95)
            kept.append((lower <= true) & (true <= upper))
    assert 0.89 < np.mean(held) < 0.97
    assert np.mean(plain) < np.mean(held) - 0.03


def test_shrinkage_at_least_halves_the_error_of_raw_rates_and_finds_the_best():
    """200 suppliers, true rates Beta(18, 2), cases log-uniform 3 to 3,000; see benchmarks/monitor_estimates.py."""
    rng, raw, shrunk, found_raw, found = np.random.default_rng(20), [], [], [], []
    for _ in range(25):
        n = np.round(np.exp(rng.uniform(np.log(3), np.log(3000), 200)))
        true = rng.beta(18, 2, 200)
        events = rng.binomial(n.astype(int), true).astype(float)
        estimate = posterior(events, n, fit_likelihood(events, n)).estimate
        raw.append(np.mean((events / n - true) ** 2))
        shrunk.append(np.mean((estimate - true) ** 2))
        best = set(np.argsort(-true)[:20].tolist())
        found_raw.append(len(best & set(np.argsort(-events / n, kind="stable")[:20].tolist())) / 20)
        found.append(len(best & set(np.argsort(-estimate, kind="stable")[:20].tolist())) / 20)
    assert np.mean(raw) > 2.4 * np.mean(shrunk)
    assert np.mean(found) > 0.48
    assert np.mean(found_raw) < 0.3


@pytest.mark.parametrize(("events", "size"), [(10, 10), (0, 10), (10**7, 10**7)])
def test_an_interval_never_leaves_its_estimate_out(events, size):
    k, n = np.full(5, float(events)), np.full(5, float(size))
    found = posterior(k, n, BetaPrior(events / size, np.inf))
    lower, upper = found.interval(0.95)
    assert (lower <= found.estimate).all() and (found.estimate <= upper).all() and (lower < upper).all()
    skewed = posterior(np.array([0.0]), np.array([0.0]), BetaPrior(0.001, 1.0, stated=True))
    assert skewed.interval(0.95)[1][0] >= skewed.estimate[0]
