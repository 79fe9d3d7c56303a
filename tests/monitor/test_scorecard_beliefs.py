"""What is known of each true figure."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta as beta_distribution
from scipy.stats import norm

from monitor_review_parts import figures, frame, kpi_row, review_plan
from supplier_eval.monitor.scorecard_beliefs import Beliefs, raw_beliefs, standard_errors
from supplier_eval.monitor.scorecard_table import checked_table, period_figures, suppliers_of

PLAN = review_plan()
KPIS = {kpi.id: kpi for kpi in PLAN.kpis}
CSAT, MILESTONES, ONTIME, PRICE = range(4)


def beliefs(*rows):
    table = checked_table(frame(*rows), PLAN)
    found = period_figures(table, PLAN, "2026-01", suppliers_of(table, "2026-01"))
    return found, raw_beliefs(found, KPIS)


def test_a_rate_has_the_posterior_of_jeffreys():
    _, found = beliefs(figures("S1"))
    assert (found.first[ONTIME, 0], found.second[ONTIME, 0]) == (380.5, 20.5)
    assert (found.first[MILESTONES, 0], found.second[MILESTONES, 0]) == (10.5, 0.5)


@pytest.mark.parametrize(
    ("a", "b"), [(0.5, 0.5), (3.5, 0.5), (0.5, 3000.5), (380.5, 20.5), (2850.5, 150.5), (1.5, 2.5)]
)
def test_quantiles_of_a_rate_are_those_of_its_distribution(a, b):
    one = np.ones((1, 1))
    found = Beliefs(
        one * a / (a + b), np.full((1, 1), "beta", object), one * a, one * b, np.array([False]), one, one.astype(object)
    )
    shares = np.linspace(0.005, 0.995, 100)
    exact = beta_distribution.ppf(shares, a, b)
    assert found.figures(0, 0, shares) == pytest.approx(exact, abs=0.01 * beta_distribution.std(a, b))


def test_lower_is_better_turns_the_good_share():
    one = np.ones((1, 1))
    found = Beliefs(
        one * 0.1, np.full((1, 1), "beta", object), one * 90, one * 10, np.array([True]), one, one.astype(object)
    )
    assert found.figures(0, 0, np.array([0.5]))[0] == pytest.approx(1 - beta_distribution.median(90, 10), abs=1e-3)


def test_a_mean_has_its_standard_error():
    found, raw = beliefs(figures("S1"))
    assert standard_errors(found, CSAT).tolist() == pytest.approx([0.06])
    assert raw.figures(CSAT, 0, norm.ppf([0.975]))[0] == pytest.approx(4.2 + 1.95996 * 0.06, abs=1e-4)


def test_few_answers_borrow_the_spread_of_all():
    """Three equal answers are not certain: pooled sd .6 over the root of 3."""
    found, _ = beliefs(figures("S1"), [*figures("S2", csat=None), kpi_row("S3", "csat", 5.0, 3, sd=0.0)])
    errors = standard_errors(found, CSAT)
    pooled = np.sqrt((99 * 0.36 + 2 * 0) / 101)
    assert errors[0] == pytest.approx(0.06)
    assert np.isnan(errors[1])
    assert errors[2] == pytest.approx(pooled / np.sqrt(3))


def test_other_kinds_reach_to_the_ends_of_their_interval():
    row = kpi_row("S1", "price_level", 100.0, 5, lower=96.0, upper=110.0)
    _, found = beliefs([row])
    ends = found.figures(PRICE, 0, norm.ppf([0.025, 0.5, 0.975]))
    assert ends.tolist() == pytest.approx([96, 100, 110])


def test_a_figure_without_any_interval_is_exact():
    _, found = beliefs(figures("S1"))
    assert found.family[PRICE, 0] == "exact"
    assert found.figures(PRICE, 0, norm.ppf([0.01, 0.99])).tolist() == [100.0, 100.0]


def test_nothing_is_known_of_what_was_not_measured():
    _, found = beliefs(figures("S1", ontime=None))
    assert found.family[ONTIME, 0] == ""
    assert np.isnan(found.value[ONTIME, 0])
