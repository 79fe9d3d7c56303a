"""The distribution of a total, without a draw."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta as beta_distribution
from scipy.stats import norm

from supplier_eval.monitor.scorecard_beliefs import Beliefs
from supplier_eval.monitor.scorecard_distribution import Spread, spread_of, total_distributions
from supplier_eval.monitor.scorecard_points import PointScale


def total_distribution(known, scales, shares):
    return total_distributions(known, scales, np.asarray(shares)[:, np.newaxis])[0]


WHOLE = PointScale(1, ((0.0, 0.0), (1.0, 100.0)), on_line=False)
POINTS = PointScale(1, ((0.0, 0.0), (100.0, 100.0)), on_line=False)


def beliefs(*parts):
    """Beliefs of one supplier: (family, value, first, second) by KPI."""
    family, value, first, second = (
        np.array(column, dtype=object).reshape(-1, 1) for column in zip(*parts, strict=True)
    )
    figures = [column.astype(float) for column in (value, first, second)]
    falls = np.zeros(len(parts), dtype=bool)
    return Beliefs(figures[0], family, figures[1], figures[2], falls, np.ones(family.shape), family)


def test_one_normal_figure_keeps_its_interval():
    found = total_distribution(beliefs(("split", 60, 4, 4)), [POINTS], [1.0])
    assert found.error == pytest.approx(4, abs=0.02)
    assert found.quantile([0.025, 0.5, 0.975]) == pytest.approx(norm.ppf([0.025, 0.5, 0.975], 60, 4), abs=0.1)
    assert found.share_below(57) == pytest.approx(norm.cdf(57, 60, 4), abs=0.002)


def test_a_sum_of_normal_figures_is_normal():
    both = beliefs(("split", 60, 4, 4), ("split", 80, 3, 3))
    found = total_distribution(both, [POINTS, POINTS], [0.6, 0.4])
    sd = np.hypot(0.6 * 4, 0.4 * 3)
    assert found.error == pytest.approx(sd, rel=0.005)
    assert found.quantile([0.025, 0.975]) == pytest.approx(norm.ppf([0.025, 0.975], 68, sd), abs=0.05)


def test_a_sum_of_rates_agrees_with_a_million_draws():
    parts = [("beta", 0.95, 95.5, 5.5), ("beta", 1.0, 3.5, 0.5), ("beta", 0.5, 10.5, 10.5)]
    shares = np.array([0.5, 0.3, 0.2])
    found = total_distribution(beliefs(*parts), [WHOLE] * 3, shares)
    rng = np.random.default_rng(1)
    drawn = sum(
        s * 100 * beta_distribution.rvs(a, b, size=10**6, random_state=rng)
        for s, (_, _, a, b) in zip(shares, parts, strict=True)
    )
    assert found.error == pytest.approx(np.std(drawn), rel=0.01)
    shares_below = [0.025, 0.25, 0.5, 0.75, 0.975]
    assert found.quantile(shares_below) == pytest.approx(np.quantile(drawn, shares_below), abs=0.08)
    assert [found.share_below(x) for x in (75, 85, 90)] == pytest.approx(
        [np.mean(drawn < x) for x in (75, 85, 90)], abs=0.003
    )


def test_mass_at_an_end_of_the_scale_stays_there():
    """A figure far above its stretch has 100 points for certain; the total is that of the others."""
    both = beliefs(("split", 500, 1, 1), ("split", 50, 5, 5))
    found = total_distribution(both, [POINTS, POINTS], [0.5, 0.5])
    assert found.quantile([0.5])[0] == pytest.approx(75, abs=0.05)
    assert found.mass.sum() == pytest.approx(1)
    alone = total_distribution(beliefs(("split", 500, 1, 1)), [POINTS], [1.0])
    assert alone.error == 0
    assert alone.mass[-1] == pytest.approx(1)


def test_what_nothing_makes_uncertain_is_its_own_interval():
    found = total_distribution(beliefs(("exact", 73.3, 0, 0)), [POINTS], [1.0])
    spread = spread_of(found, 73.3, 0.95)
    assert (spread.lower, spread.upper, spread.error) == (73.3, 73.3, 0.0)


def test_an_interval_holds_its_total():
    found = total_distribution(beliefs(("beta", 1.0, 3.5, 0.5)), [WHOLE], [1.0])
    spread = spread_of(found, 100.0, 0.8)
    assert spread.upper == 100.0
    assert spread.lower < 90


def test_many_suppliers_at_once_are_each_their_own():
    family = np.full((2, 300), "split", object)
    value = np.vstack([np.linspace(20, 80, 300), np.full(300, 50.0)])
    many = Beliefs(value, family, value * 0 + 3, value * 0 + 3, np.zeros(2, dtype=bool), value, family)
    shares = np.full((2, 300), 0.5)
    shares[:, 7] = [1.0, 0.0]
    found = total_distributions(many, [POINTS, POINTS], shares)
    assert len(found) == 300
    assert found[7].error == pytest.approx(3, rel=0.002)
    assert found[299].quantile([0.5])[0] == pytest.approx(65, abs=0.01)
    assert found[299].error == pytest.approx(3 / np.sqrt(2), rel=0.002)


def test_an_interval_holds_the_total_unrounded_and_as_shown():
    found = total_distribution(beliefs(("split", 60, 4, 4)), [POINTS], [1.0])
    assert spread_of(found, 92.384, 0.95, 92.4).upper == 92.4
    assert spread_of(found, 92.384, 0.95).upper == 92.384
    assert spread_of(found, 12.04, 0.95, 12.0).lower == 12.0
    inside = spread_of(found, 60.04, 0.95, 60.0)
    assert inside == spread_of(found, 60.04, 0.95)
    sure = total_distribution(beliefs(("exact", 84.96, 0, 0)), [POINTS], [1.0])
    assert spread_of(sure, 84.96, 0.95, 85.0) == Spread(84.96, 85.0, 0.0)
