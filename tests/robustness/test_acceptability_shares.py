"""Shares, expected ranks and central weights with errors that hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from supplier_eval.robustness.acceptability import tally
from supplier_eval.robustness.acceptability_shares import (
    ahead_shares,
    central_weights,
    estimate,
    expected_ranks,
    rank_shares,
    tied_shares,
)
from supplier_eval.robustness.region import simplex
from supplier_eval.robustness.sampling import draw_weights


def counts(values, draws=4096, seed=0):
    return tally(values, draw_weights(simplex(len(values)), draws, seed=seed).weights)


def test_three_bids_best_in_one_criterion_each_have_the_published_figures():
    """SMAA with the identity as utilities: by symmetry every share is 1/3; a bid is first where its weight is the
    largest, whose mean is the rank-order centroid (1 + 1/2 + 1/3)/3 = 11/18; the others share the rest, 7/36 each."""
    found = counts(100 * np.eye(3))
    assert rank_shares(found).mean == pytest.approx(np.full((3, 3), 1 / 3), abs=0.004)
    central, ever = central_weights(found, np.ones(3))
    expected = np.full((3, 3), 7 / 36) + (11 / 18 - 7 / 36) * np.eye(3)
    assert central.mean == pytest.approx(expected, abs=0.004)
    assert ever.all()


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_two_criteria_split_the_segment_where_the_lines_cross(cut):
    """Bid 1 leads by 1 - cut in criterion 1 and trails by cut in criterion 2: first where w1 >= cut."""
    share = rank_shares(counts(np.array([[1 - cut, 0.0], [0.0, cut]])))
    assert abs(share.mean[0, 0] - (1 - cut)) <= 5 * share.error[0, 0]


@pytest.mark.parametrize("cut", [0.3, 0.6])
def test_three_criteria_split_the_triangle_by_its_area(cut):
    """First where w1 >= cut: a triangle of area (1 - cut) squared."""
    share = rank_shares(counts(np.array([[1 - cut, 0.0], [0.0, cut], [0.0, cut]])))
    assert abs(share.mean[0, 0] - (1 - cut) ** 2) <= 5 * share.error[0, 0]


def test_pairwise_shares_and_ties_add_up_to_one():
    rng = np.random.default_rng(0)
    values = rng.integers(0, 3, (3, 6)) * 1.0
    values[:, 5] = values[:, 0]
    found = counts(values, 256)
    ahead, tied = ahead_shares(found).mean, tied_shares(found).mean
    assert ahead + ahead.T + tied == pytest.approx(np.ones((6, 6)))
    assert tied[0, 5] == 1
    assert np.diag(tied).tolist() == [1.0] * 6


def test_the_expected_rank_is_the_mean_over_the_row():
    found = counts(np.random.default_rng(1).uniform(0, 100, (4, 5)), 256)
    assert expected_ranks(found).mean == pytest.approx(rank_shares(found).mean @ np.arange(1, 6))


def test_where_scrambles_do_not_differ_the_error_is_one_over_the_draws():
    found = estimate(np.full((16, 2), 0.1), 4096)
    assert found.mean.tolist() == [0.1, 0.1]
    assert found.error.tolist() == [1 / 4096, 1 / 4096]


def test_the_error_is_that_of_a_mean_of_independent_figures():
    x = np.random.default_rng(0).random(16)
    assert estimate(x, 100).error == pytest.approx(x.std(ddof=1) / 4)


def test_a_bid_never_first_has_no_central_weights():
    central, ever = central_weights(counts(np.array([[90.0, 10.0], [80.0, 20.0]]), 64), np.ones(2))
    assert ever.tolist() == [True, False]
    assert central.mean[1].tolist() == [0, 0]
    assert (central.error > 0).all()


def test_one_lucky_scramble_says_no_more_than_the_width_of_the_region():
    weights = np.array([[[0.95, 0.05], [0.5, 0.5]], [[0.4, 0.6], [0.3, 0.7]]])
    found = tally(np.array([[100.0, 0.0], [0.0, 40.0]]), weights)
    lucky = tally(np.array([[10.0, 0.0], [0.0, 60.0]]), weights)
    assert (central_weights(found, [0.65, 0.65])[0].error[0] < 0.65).all()
    assert central_weights(lucky, [0.65, 0.65])[0].error[0].tolist() == [0.65, 0.65]


def test_intervals_cover_the_exact_share_about_as_often_as_they_say():
    """Sixty small studies of an area known exactly; 95 % intervals by Student's t with 15 degrees."""
    values, exact, hits = np.array([[0.6, 0.0], [0.0, 0.4], [0.0, 0.4]]), 0.36, 0
    for seed in range(60):
        share = rank_shares(counts(values, 512, seed))
        hits += abs(share.mean[0, 0] - exact) <= t.ppf(0.975, 15) * share.error[0, 0]
    assert 52 <= hits <= 60
