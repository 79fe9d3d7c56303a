"""What is known of each true figure."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta as beta_distribution

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


def share_below(found, k, figure):
    figures, masses = found.places(k)
    return float(np.sum(masses[0][figures[0] < figure]))


@pytest.mark.parametrize(
    ("a", "b"), [(0.5, 0.5), (3.5, 0.5), (0.5, 3000.5), (380.5, 20.5), (2850.5, 150.5), (1.5, 2.5)]
)
@pytest.mark.parametrize("falls", [False, True])
def test_the_places_of_a_rate_are_those_of_its_distribution(a, b, falls):
    one = np.ones((1, 1))
    beta = np.full((1, 1), "beta", object)
    found = Beliefs(one, beta, one * a, one * b, np.array([falls]), one, one.astype(object))
    figures, masses = found.places(0)
    exact = beta_distribution(b, a) if falls else beta_distribution(a, b)
    assert masses.sum() == pytest.approx(1)
    assert np.sum(masses * figures) == pytest.approx(exact.mean(), abs=0.002 * exact.std())
    assert np.sqrt(np.sum(masses * (figures - exact.mean()) ** 2)) == pytest.approx(exact.std(), rel=0.003)
    edges = np.sort(figures[0])
    at = (edges[:-1] + edges[1:])[::8] / 2
    below = [np.sum(masses[figures < edge]) for edge in at]
    assert below == pytest.approx(exact.cdf(at), abs=0.02)


def test_a_mean_has_its_standard_error():
    found, raw = beliefs(figures("S1"))
    assert standard_errors(found, CSAT).tolist() == pytest.approx([0.06])
    figures_, masses = raw.places(CSAT)
    assert np.sum(masses[0] * figures_[0]) == pytest.approx(4.2)
    assert np.sqrt(np.sum(masses[0] * (figures_[0] - 4.2) ** 2)) == pytest.approx(0.06, rel=0.002)


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
    assert share_below(found, PRICE, 96.0) == pytest.approx(0.025, abs=0.004)
    assert share_below(found, PRICE, 100.0) == pytest.approx(0.5)
    assert share_below(found, PRICE, 110.0) == pytest.approx(0.975, abs=0.004)


def test_a_figure_without_any_interval_is_exact():
    _, found = beliefs(figures("S1"))
    assert found.family[PRICE, 0] == "exact"
    assert set(found.places(PRICE)[0][0]) == {100.0}


def test_nothing_is_known_of_what_was_not_measured():
    _, found = beliefs(figures("S1", ontime=None))
    assert found.family[ONTIME, 0] == ""
    assert np.isnan(found.value[ONTIME, 0])
