"""Largest leads: by hand, against exact volumes, and by draws in a Euclidean ball."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.exact_shares import exact_shares
from supplier_eval.robustness.optimality import STRICT, WEAK, dominance, largest_leads
from supplier_eval.robustness.region import ball, intervals, order, simplex


def leads(values, region):
    return largest_leads(np.asarray(values, dtype=float), region.A, region.b, region.ball)


def test_a_bid_best_on_one_criterion_leads_there():
    found = leads([[90, 40, 60], [10, 70, 50]], simplex(2))
    np.testing.assert_allclose(found.lead[:2], [30, 20], atol=1e-9)
    np.testing.assert_allclose(found.weights[:2], [[1, 0], [0, 1]], atol=1e-9)


def test_a_bid_under_the_line_of_two_others_never_leads_although_nobody_dominates_it():
    """(48, 48) against (100, 0) and (0, 100): at equal weights it has 48 and they have 50."""
    found = leads([[100, 0, 48], [0, 100, 48]], simplex(2))
    assert found.lead[2] == pytest.approx(-2, abs=1e-9)
    np.testing.assert_allclose(found.weights[2], [0.5, 0.5], atol=1e-9)
    assert dominance([[100, 0, 48], [0, 100, 48]])[:, 2].tolist() == [0, 0, 0]


def test_a_bid_on_the_line_of_two_others_can_only_tie():
    assert leads([[100, 0, 50], [0, 100, 50]], simplex(2)).lead[2] == 0.0


@pytest.mark.parametrize("values", [[[40], [60]], [[40, 40], [60, 60]]], ids=["one bid", "two identical"])
@pytest.mark.parametrize("region", [simplex(2), ball([0.5, 0.5], 0.1, "euclidean")], ids=["simplex", "euclidean"])
def test_where_no_bid_is_different_the_lead_is_infinite(values, region):
    found = leads(values, region)
    assert np.isinf(found.lead).all() and (found.lead > 0).all()
    assert region.contains(found.weights).all()


def test_bids_that_differ_only_on_a_weight_of_nought_are_not_held_against_each_other():
    found = leads([[60, 60, 40], [0, 100, 50]], intervals([0.0, 0.0], [1.0, 0.0]))
    np.testing.assert_allclose(found.lead, [20, 20, -20], atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_bid_leads_somewhere_exactly_if_its_share_has_a_volume(seed):
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, 6)), int(rng.integers(2, 7))
    values = rng.integers(0, 5, (n, m)) * 25.0
    weights = rng.multinomial(20, rng.dirichlet(np.ones(n))) / 20
    region = [simplex(n), ball(weights, 0.1), order(rng.integers(1, 4, n))][seed % 3]
    found, exact = leads(values, region), exact_shares(values, region.A, region.b)
    assert ((found.lead > 0) == (exact.first > 0)).all()
    assert (found.same == exact.same).all()
    assert region.contains(found.weights).all()
    totals = found.weights @ values
    for i in np.flatnonzero(np.isfinite(found.lead)):
        others = totals[i, found.same != found.same[i]]
        assert totals[i, i] - others.max() == pytest.approx(found.lead[i], abs=1e-8)


def test_twelve_criteria_are_no_obstacle():
    values = np.random.default_rng(2).uniform(0, 100, (12, 9))
    found = leads(values, simplex(12))
    best = values.argmax(axis=1)
    assert (found.lead[np.unique(best)] > 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_no_draw_from_a_euclidean_ball_leads_by_more(seed):
    rng = np.random.default_rng(seed)
    centre, radius, values = np.array([0.4, 0.3, 0.25, 0.05]), 0.1, rng.uniform(0, 100, (4, 6))
    region = ball(centre, radius, "euclidean")
    found = leads(values, region)
    assert region.contains(found.weights).all()
    moves = rng.normal(size=(40_000, 4))
    moves -= moves.mean(axis=1, keepdims=True)
    drawn = centre + radius * moves / np.sqrt((moves**2).sum(axis=1, keepdims=True))
    drawn = drawn[(drawn >= 0).all(axis=1)]
    totals = drawn @ values
    for i in range(6):
        best = (totals[:, i] - np.delete(totals, i, axis=1).max(axis=1)).max()
        assert found.lead[i] - 0.5 <= best <= found.lead[i] + 1e-8


def test_two_bids_in_a_euclidean_ball_by_hand():
    """The lead 100 (w1 - w2) grows fastest along (1, -1, 0) / sqrt 2: at distance r it gains 100 sqrt 2 r."""
    found = leads([[100, 0], [0, 100], [50, 50]], ball([0.3, 0.4, 0.3], 0.1, "euclidean"))
    np.testing.assert_allclose(found.lead, [-10 + 10 * 2**0.5, 10 + 10 * 2**0.5], atol=1e-7)


def test_a_euclidean_ball_without_radius_is_its_centre():
    found = leads([[100, 0], [0, 100]], ball([0.3, 0.7], 0.0, "euclidean"))
    np.testing.assert_allclose(found.lead, [-40, 40], atol=1e-9)
    np.testing.assert_allclose(found.weights, [[0.3, 0.7]] * 2, atol=1e-9)


def test_dominance_names_nowhere_worse_and_everywhere_better_apart():
    table = dominance([[50, 50, 40, 50], [60, 50, 40, 60]])
    assert table[0].tolist() == [0, WEAK, STRICT, 0]
    assert table[1].tolist() == [0, 0, STRICT, 0]
    assert table[3].tolist() == [0, WEAK, STRICT, 0]


def test_what_cannot_be_ranked_is_refused():
    with pytest.raises(ValueError, match="finite"):
        leads([[np.nan, 1], [0, 1]], simplex(2))
    with pytest.raises(ValueError, match="go with"):
        leads([[1, 1], [0, 1]], simplex(3))
    with pytest.raises(ValueError, match="contradict"):
        largest_leads(np.eye(2), np.eye(2), [0.4, 0.4])
