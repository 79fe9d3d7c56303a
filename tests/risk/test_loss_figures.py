"""VaR, TVaR and exceedance by hand, and whether their standard errors are what they say."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.risk.loss_figures import exceeded, tail_value_at_risk, value_at_risk

HUNDRED = np.arange(1.0, 101.0)


def test_levels_of_1_to_100_by_hand():
    assert value_at_risk(HUNDRED, 0.95).value == 95
    assert tail_value_at_risk(HUNDRED, 0.95).value == pytest.approx(98)
    assert value_at_risk(HUNDRED, 0.945).value == 95
    assert tail_value_at_risk(HUNDRED, 0.945).value == pytest.approx((0.5 * 95 + 96 + 97 + 98 + 99 + 100) / 5.5)


def test_a_share_of_0_or_1_has_a_bound_instead_of_no_error():
    assert exceeded(HUNDRED, 50).value == 0.5
    assert exceeded(HUNDRED, 100).value == 0
    assert exceeded(HUNDRED, 100).error == pytest.approx(1 - 0.05**0.01)
    assert exceeded(HUNDRED, 0).error == exceeded(HUNDRED, 100).error


def test_equal_years_have_no_spread():
    same = np.full(500, 7.0)
    for got in (value_at_risk(same, 0.9), tail_value_at_risk(same, 0.9)):
        assert (got.value, got.error) == (7.0, 0.0)


@pytest.mark.parametrize("figure", [value_at_risk, tail_value_at_risk])
def test_the_standard_error_is_the_spread_over_many_samples(figure):
    rng = np.random.default_rng(11)
    samples = np.sort(rng.exponential(size=(400, 2000)), axis=1)
    got = [figure(sample, 0.95) for sample in samples]
    spread = np.std([one.value for one in got])
    assert np.mean([one.error for one in got]) == pytest.approx(spread, rel=0.12)
    exact = -np.log(0.05) + (figure is tail_value_at_risk)
    assert np.mean([one.value for one in got]) == pytest.approx(exact, abs=0.01)
