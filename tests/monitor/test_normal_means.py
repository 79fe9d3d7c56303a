"""Normal shrinkage of means on arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from supplier_eval.monitor.normal_means import (
    SPREADS,
    NormalPrior,
    dersimonian_laird,
    fit_normal,
    james_stein,
    paule_mandel,
    reml,
    shrink_normal,
)

# Eight schools, Rubin 1981, Journal of Educational Statistics 6:377-401, Table 1 (recalled)
SCHOOLS = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
ERRORS = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])
APART = np.array([61.0, 75.0, 82.0, 70.0, 94.0])
VARIANCES = np.array([9.0, 4.0, 25.0, 1.0, 16.0])


def test_schools_that_do_not_differ_beyond_chance_have_no_spread():
    """Rubin 1981: the estimated spread of the eight schools is zero, the common mean 7.7."""
    prior = fit_normal(SCHOOLS, ERRORS**2, "paule_mandel")
    assert prior.spread == 0
    assert prior.mean == pytest.approx(7.7, abs=0.05)
    common = combine_effects(SCHOOLS, ERRORS**2, method_re="iterated")
    assert prior.mean == pytest.approx(common.mean_effect_fe)
    found = shrink_normal(SCHOOLS, ERRORS**2, prior)
    assert found.estimate == pytest.approx(prior.mean)
    assert np.all(found.sd > common.sd_eff_w_fe)


@pytest.mark.parametrize(("ours", "theirs"), [(paule_mandel, "iterated"), (dersimonian_laird, "chi2")])
def test_the_spread_is_that_of_statsmodels(ours, theirs):
    expected = combine_effects(APART, VARIANCES, method_re=theirs).tau2
    assert ours(APART, VARIANCES) == pytest.approx(expected, rel=1e-4)


def test_equal_variances_have_the_spread_of_the_analysis_of_variance():
    """With one V all moment estimates and REML are the sample variance less V."""
    expected = np.var(APART, ddof=1) - 4
    for estimate in (paule_mandel, dersimonian_laird, reml):
        assert estimate(APART, np.full(5, 4.0)) == pytest.approx(expected, rel=1e-6)
    assert SPREADS["likelihood"](APART, np.full(5, 4.0)) == pytest.approx(np.var(APART) - 4, rel=1e-6)


def test_reml_is_the_top_of_its_likelihood():
    def restricted(tau2):
        w = 1 / (VARIANCES + tau2)
        mean = np.sum(w * APART) / np.sum(w)
        return np.sum(w * (APART - mean) ** 2) - np.sum(np.log(w)) + np.log(np.sum(w))

    found = reml(APART, VARIANCES)
    assert all(restricted(found) <= restricted(found * factor) + 1e-9 for factor in (0.5, 0.9, 0.99, 1.01, 1.1, 2))


def test_james_stein_reproduces_efron_and_morris():
    """Efron and Morris 1975, JASA 70:311; 1977, Sci. Am. 236(5):119: 18 players, 45 at bats."""
    y = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]) / 45
    found, c = james_stein(y, float(np.mean(y) * (1 - np.mean(y)) / 45))
    published = [0.294, 0.289, 0.285, 0.28, 0.275, 0.275, 0.27, 0.266, 0.261, 0.261]
    published += [0.256] * 5 + [0.251, 0.247, 0.242]
    assert c == pytest.approx(0.212, abs=6e-4)
    assert found.estimate == pytest.approx(published, abs=1.1e-3)
    true = np.array([346, 298, 276, 222, 273, 270, 263, 210, 269, 230, 264, 256, 303, 264, 226, 285, 316, 200]) / 1000
    ratio = np.sum((y - true) ** 2) / np.sum((found.estimate - true) ** 2)
    assert ratio == pytest.approx(3.5, abs=0.1)


def test_a_factor_below_zero_is_zero_unless_asked():
    y = np.array([1.0, 1.1, 0.9, 1.0, 1.05])
    assert james_stein(y, 1.0)[1] == 0
    assert james_stein(y, 1.0, positive=False)[1] < 0
    assert james_stein(np.ones(5), 1.0)[0].estimate.tolist() == [1.0] * 5


def test_a_stated_prior_by_hand():
    """V = 4, tau = 2: half way; sd = sqrt(4 * 1/2). Without a mean of its own the prior stands alone."""
    found = shrink_normal(np.array([90.0, 0.0]), np.array([4.0, np.inf]), NormalPrior(80.0, 2.0, stated=True))
    assert found.estimate.tolist() == [85.0, 80.0]
    assert found.reliability.tolist() == [0.5, 0.0]
    assert found.sd == pytest.approx([np.sqrt(2), 2.0])


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(st.floats(-100, 100), st.floats(0.01, 50)), min_size=4, max_size=12),
    method=st.sampled_from(sorted(SPREADS)),
)
def test_an_estimate_lies_between_own_mean_and_peers_mean(rows, method):
    y, V = (np.array(column) for column in zip(*rows, strict=True))
    prior = fit_normal(y, V, method)
    found = shrink_normal(y, V, prior)
    assert np.all(found.estimate >= np.minimum(y, prior.mean) - 1e-6)
    assert np.all(found.estimate <= np.maximum(y, prior.mean) + 1e-6)
    assert np.all(np.isfinite(found.sd) & (found.sd > 0))


@pytest.mark.parametrize(("peers", "spread"), [(4, 1.0), (8, 0.5), (30, 0.5), (30, 3.0)])
def test_intervals_hold_the_true_mean_about_as_often_as_they_say(peers, spread):
    rng, held = np.random.default_rng(peers), []
    for _ in range(150):
        V = rng.uniform(0.2, 3, peers)
        true = rng.normal(0, spread, peers)
        y = rng.normal(true, np.sqrt(V))
        found = shrink_normal(y, V, fit_normal(y, V, "paule_mandel"))
        held.append(np.mean(np.abs(found.estimate - true) <= 1.96 * found.sd))
    assert 0.9 < np.mean(held) < 0.99
