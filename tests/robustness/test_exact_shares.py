"""Exact shares of weights: by hand, by closure, by plain draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.exact_shares import TooManyFree, exact_shares
from supplier_eval.robustness.region import ball, intervals, order, simplex


def shares(values, region):
    return exact_shares(np.asarray(values, dtype=float), region.A, region.b)


def test_three_bids_each_best_on_one_of_three_criteria():
    """By symmetry a third each; the favoured weight is the largest of three, whose mean is (1 + 1/2 + 1/3) / 3."""
    found = shares(100 * np.eye(3), simplex(3))
    np.testing.assert_allclose(found.first, 1 / 3, atol=1e-14)
    np.testing.assert_allclose(found.central, 7 / 36 + np.eye(3) * (11 / 18 - 7 / 36), atol=1e-14)
    np.testing.assert_allclose(found.ahead, 0.5 - 0.5 * np.eye(3), atol=1e-14)


def test_two_bids_on_two_criteria_part_at_the_weight_where_they_tie():
    """Totals 80w + 20(1-w) and 50: they tie at w = 1/2; 90w and 60(1-w) tie at w = 2/5."""
    np.testing.assert_allclose(shares([[80, 50], [20, 50]], simplex(2)).first, [0.5, 0.5], atol=1e-15)
    found = shares([[90, 0], [0, 60]], simplex(2))
    np.testing.assert_allclose(found.first, [0.6, 0.4], atol=1e-15)
    np.testing.assert_allclose(found.central, [[0.7, 0.3], [0.2, 0.8]], atol=1e-15)


def test_two_bids_on_three_criteria_by_the_area_of_a_triangle():
    """A leads where 60 w1 > 30 w2 + 60 w3; on the edges that is w2 <= 2/3 and w3 <= 1/2: 2/3 * 1/2 of the area."""
    found = shares([[60, 0], [0, 30], [0, 60]], simplex(3))
    np.testing.assert_allclose(found.first, [1 / 3, 2 / 3], atol=1e-15)
    np.testing.assert_allclose(found.central[0], [(1 + 1 / 3 + 1 / 2) / 3, 2 / 9, 1 / 6], atol=1e-15)


def test_a_fixed_weight_is_eliminated_first():
    """A has 25 points from w1 = 1/2; B has 60 w2, w2 in [0, 1/2]: they tie at w2 = 5/12."""
    fixed = intervals([0.5, 0, 0], [0.5, 1, 1])
    found = shares([[50, 0], [0, 60], [0, 0]], fixed)
    assert found.free == 2
    np.testing.assert_allclose(found.first, [5 / 6, 1 / 6], atol=1e-14)
    np.testing.assert_allclose(found.central, [[0.5, 5 / 24, 7 / 24], [0.5, 11 / 24, 1 / 24]], atol=1e-14)


def test_a_single_point_has_one_winner():
    """Totals at 0.3 and 0.7: 31, 60 and 59."""
    found = shares([[80, 60, 10], [10, 60, 80]], intervals([0.3, 0.7], [0.3, 0.7]))
    assert found.free == 1
    assert found.first.tolist() == [0.0, 1.0, 0.0]
    assert found.ahead.tolist() == [[0, 0, 0], [1, 0, 1], [1, 0, 0]]


def test_bids_that_tie_at_a_single_point_share_it():
    found = shares([[80, 20], [20, 80]], intervals([0.5, 0.5], [0.5, 0.5]))
    assert found.first.tolist() == [1.0, 1.0]
    assert found.same.tolist() == [0, 0]
    assert found.closure == 1.0


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ([[40], [60]], [1]),
        ([[40, 40], [60, 60]], [1, 1]),
        ([[50, 50, 50], [50, 50, 50]], [1, 1, 1]),
        ([[70, 70], [20, 30]], [0, 1]),
        ([[0, 0], [0, 0]], [1, 1]),
    ],
    ids=["one bid", "two identical", "all equal", "constant criterion", "all nought"],
)
def test_degenerate_values_give_whole_shares(values, first):
    for region in (simplex(2), ball([0.3, 0.7], 0.05), ball([1.0, 0.0], 0.05), ball([0.3, 0.7], 0.0)):
        found = shares(values, region)
        assert found.first.tolist() == first
        assert np.isfinite(found.central).all() and np.isfinite(found.ahead).all()


def test_identical_bids_share_and_the_others_are_not_touched():
    alone = shares([[90, 20], [10, 70]], simplex(2))
    doubled = shares([[90, 20, 90], [10, 70, 10]], simplex(2))
    assert doubled.first.tolist() == [alone.first[0], alone.first[1], alone.first[0]]
    assert doubled.ahead[0, 2] == doubled.ahead[2, 0] == 0.0


def test_bids_that_differ_only_on_a_weight_of_nought_share():
    found = shares([[60, 60, 40], [0, 100, 50]], intervals([0.0, 0.0], [1.0, 0.0]))
    assert found.first.tolist() == [1.0, 1.0, 0.0]


def test_a_ball_at_the_border_is_cut_there():
    """Centre (0.98, 0.02), radius 0.05: w1 in [0.93, 1]; the bids tie at w1 = 0.95."""
    found = shares([[5, 0], [0, 95]], ball([0.98, 0.02], 0.05))
    np.testing.assert_allclose(found.first, [5 / 7, 2 / 7], atol=1e-12)


def test_more_than_six_free_weights_are_refused_and_fixed_ones_do_not_count():
    values = np.random.default_rng(5).uniform(0, 100, (12, 6))
    with pytest.raises(TooManyFree) as refused:
        shares(values, simplex(12))
    assert refused.value.free == 12
    low, high = np.zeros(12), np.ones(12)
    low[::2] = high[::2] = 0.1
    found = shares(values, intervals(low, high))
    assert found.free == 6
    assert found.closure == pytest.approx(1, abs=1e-12)
    inner = exact_shares(0.4 * values[1::2] + 0.1 * values[::2].sum(axis=0), np.zeros((0, 6)), [])
    np.testing.assert_allclose(found.first, inner.first, atol=1e-12)


def test_prescribed_proportions_count_as_eliminated():
    """Seven criteria, two of which always weigh the same: six are free, and the pair acts as one criterion."""
    values = np.random.default_rng(8).uniform(0, 100, (7, 5))
    row = np.zeros((1, 7))
    row[0, :2] = 1, -1
    found = exact_shares(values, np.vstack([row, -row]), [0.0, 0.0])
    assert found.free == 6
    joined = exact_shares(np.vstack([values[:2].mean(axis=0), values[2:]]), np.zeros((0, 6)), [])
    np.testing.assert_allclose(found.first, joined.first, atol=1e-12)
    np.testing.assert_allclose(found.central[:, :2].sum(axis=1), joined.central[:, 0], atol=1e-12)


@st.composite
def cases(draw):
    """Values in coarse or fine steps, with or without noise far below nine decimals; all kinds of regions."""
    n, m = draw(st.integers(2, 6)), draw(st.integers(2, 10))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    steps = draw(st.sampled_from([2, 4, 100, 100_000]))
    noise = draw(st.sampled_from([0.0, 1e-6, 1e-9, 1e-11, 1e-12, 1e-14]))
    values = np.clip(rng.integers(0, steps + 1, (n, m)) * (100 / steps) + noise * rng.normal(size=(n, m)), 0, 100)
    weights = rng.multinomial(20, rng.dirichlet(np.ones(n))) / 20
    regions = [simplex(n), ball(weights, 0.05), ball(weights, 0.05, "sum"), order(rng.integers(1, 4, n))]
    regions.append(intervals(np.where(np.arange(n) == 0, weights, 0), np.where(np.arange(n) == 0, weights, 1)))
    return values, draw(st.sampled_from(regions))


@settings(max_examples=70, deadline=None)
@given(cases())
def test_the_shares_of_different_bids_close_at_one(case):
    found = shares(*case)
    assert found.closure == pytest.approx(1, abs=1e-9)
    different = np.flatnonzero(found.same == np.arange(len(found.same)))
    pairs = (found.ahead + found.ahead.T)[np.ix_(different, different)]
    np.testing.assert_allclose(pairs, 1 - np.eye(len(different)), atol=1e-9)
    assert (found.first <= found.ahead.min(axis=1, initial=1.0, where=found.same[:, None] != found.same) + 1e-9).all()
    weighed = (found.first[different, None] * found.central[different]).sum(axis=0)
    np.testing.assert_allclose(weighed, found.centre, atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_bids_changes_no_bit_and_that_of_inequalities_neither(case, random):
    values, region = case
    bids = list(range(values.shape[1]))
    random.shuffle(bids)
    rows = list(range(len(region.b)))
    random.shuffle(rows)
    straight = shares(values, region)
    shuffled = exact_shares(values[:, bids], region.A[rows], region.b[rows])
    if np.ptp(np.round(values, 6) - values) == 0:  # noise below nine decimals may name another bid as the first
        assert (shuffled.first == straight.first[bids]).all()
        assert (shuffled.ahead == straight.ahead[np.ix_(bids, bids)]).all()
    np.testing.assert_allclose(shuffled.first, straight.first[bids], atol=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_plain_draws_agree_within_four_errors(seed):
    rng = np.random.default_rng(seed)
    n, m, draws = 2 + seed % 5, 6, 20_000
    values = rng.uniform(0, 100, (n, m))
    totals = rng.dirichlet(np.ones(n), draws) @ values
    drawn = np.bincount(totals.argmax(axis=1), minlength=m) / draws
    exact = shares(values, simplex(n))
    assert (np.abs(drawn - exact.first) <= 4 * np.sqrt(exact.first * (1 - exact.first) / draws) + 1e-9).all()
    ahead = (totals[:, :, None] > totals[:, None, :]).mean(axis=0)
    assert (np.abs(ahead - exact.ahead) <= 4 * np.sqrt(exact.ahead * (1 - exact.ahead) / draws) + 1e-9).all()


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(ValueError, match="finite"):
        shares([[np.nan, 1], [0, 1]], simplex(2))
    with pytest.raises(ValueError, match="go with"):
        shares([[1, 1], [0, 1]], simplex(3))
    with pytest.raises(ValueError, match="contradict"):
        exact_shares(np.eye(2), np.eye(2), [0.4, 0.4])
