"""Intervals of one weight in closed form: the published case, exact bisection, ties and ends."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.stability import ordered_pairs, places, reach, room, slopes

STEPS = 45  # halvings of 0-1: far below 1e-9


def interval(values, weights, i, winner):
    """The interval of one weight of a flat list, others in proportion."""
    inside = np.eye(len(weights))[i]
    beside = np.delete(np.eye(len(weights)), i, 0).T @ (np.delete(weights, i) / np.delete(weights, i).sum())
    slope = slopes(values, inside, beside, 1.0)
    totals = np.asarray(weights) @ values
    return reach(totals[winner] - totals, slope[winner] - slope, weights[i])


def test_the_published_intervals_of_three_criteria_and_three_bids():
    """Worked case weight_interval_proportional: utilities of 3 bids (rows) on 3 criteria, weights 0.5, 0.3, 0.2;
    intervals checked by their source against a grid of 200,001 points; tolerance 1e-5."""
    values = 100 * np.array([[1.0, 0.2, 0.5], [0.3, 1.0, 0.6], [0.6, 0.5, 1.0]]).T
    published = [(0.48717948717948717, 1.0), (0.0, 0.32258064516129037), (0.0, 0.21568627450980396)]
    for i, ends in enumerate(published):
        found = interval(values, [0.5, 0.3, 0.2], i, 0)
        assert (found.lower, found.upper) == pytest.approx(ends, abs=1e-12)
        taking_over = [*found.low.tolist(), *found.high.tolist()]
        assert taking_over == [2], "the third bid takes over at the one end that is neither 0 nor 1"


@st.composite
def tables(draw):
    """Exact values, weights, a criterion and the bid that is first."""
    k, n = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    cell = st.integers(0, 400).map(lambda x: Fraction(x, 4))
    values = [[draw(cell) for _ in range(n)] for _ in range(k)]
    parts = [draw(st.integers(0, 20)) for _ in range(k)]
    i = draw(st.integers(0, k - 1))
    assume(sum(parts) > parts[i])
    weights = [Fraction(p, sum(parts)) for p in parts]
    return values, weights, i


def exact_totals(values, weights, i, share):
    """Totals at a share of criterion i, in fractions."""
    rest = 1 - weights[i]
    moved = [share if c == i else w * (1 - share) / rest for c, w in enumerate(weights)]
    return [sum(w * row[b] for w, row in zip(moved, values, strict=True)) for b in range(len(values[0]))]


def last_that_holds(holds, inside, outside):
    """By halving: the last point towards `outside` at which it holds."""
    if holds(outside):
        return outside
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


@settings(max_examples=120, deadline=None)
@given(tables())
def test_the_interval_is_that_of_an_exact_bisection(table):
    values, weights, i = table
    now = exact_totals(values, weights, i, weights[i])
    winner = now.index(max(now))

    def first(share):
        totals = exact_totals(values, weights, i, share)
        return totals[winner] == max(totals)

    found = interval(np.array(values, dtype=float), [float(w) for w in weights], i, winner)
    assert found.holds_now and found.ever
    assert found.lower == pytest.approx(float(last_that_holds(first, weights[i], Fraction(0))), abs=1e-9)
    assert found.upper == pytest.approx(float(last_that_holds(first, weights[i], Fraction(1))), abs=1e-9)
    for end, names, beyond in ((found.lower, found.low, -1), (found.upper, found.high, 1)):
        assert bool(names.size) == (end > 0 if beyond < 0 else end < 1)
        step = Fraction(end) + Fraction(beyond, 10**7)
        if names.size and 0 <= step <= 1:
            there = exact_totals(values, weights, i, step)
            assert there[names[0]] == max(there), "the first of those named leads beyond the end"
            at_end = exact_totals(values, weights, i, Fraction(end))
            assert all(abs(at_end[j] - at_end[winner]) < 1e-6 for j in names), "all that are named tie at the end"


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_interval_of_the_whole_order_is_that_of_an_exact_bisection(table):
    values, weights, i = table
    now = exact_totals(values, weights, i, weights[i])
    pairs = [(a, b) for a in range(len(now)) for b in range(len(now)) if now[a] > now[b]]

    def same(share):
        totals = exact_totals(values, weights, i, share)
        return all(totals[a] >= totals[b] for a, b in pairs)

    figures, w = np.array(values, dtype=float), np.array(weights, dtype=float)
    beside = np.where(np.arange(len(w)) == i, 0.0, w) / (1 - w[i])
    slope = slopes(figures, np.eye(len(w))[i], beside, 1.0)
    totals = w @ figures
    ahead, behind = np.array(pairs, dtype=int).reshape(-1, 2).T
    found = reach(totals[ahead] - totals[behind], slope[ahead] - slope[behind], float(w[i]))
    assert found.lower == pytest.approx(float(last_that_holds(same, weights[i], Fraction(0))), abs=1e-9)
    assert found.upper == pytest.approx(float(last_that_holds(same, weights[i], Fraction(1))), abs=1e-9)


@given(st.integers(0, 2**32 - 1))
@example(0)
def test_neither_the_order_of_bids_nor_of_criteria_reaches_the_last_bit(seed):
    rng = np.random.default_rng(seed)
    values, inside, beside = rng.uniform(0, 100, (6, 5)), rng.dirichlet(np.ones(6)), rng.dirichlet(np.ones(6))
    rows, columns = rng.permutation(6), rng.permutation(5)
    slope = slopes(values, inside, beside, 0.7)
    turned = slopes(values[rows][:, columns], inside[rows], beside[rows], 0.7)
    assert turned.tolist() == slope[columns].tolist()


def test_a_gap_that_is_noise_is_a_tie_and_the_present_share_is_an_end():
    found = reach([1e-13, -1e-13], [5.0, -3.0], 0.4)
    assert found.holds_now and found.ever
    assert found.lower == found.upper == 0.4
    assert (found.low.tolist(), found.high.tolist()) == ([0], [1])


def test_a_bid_that_stays_level_takes_over_nowhere():
    found = reach([0.0, 0.0], [0.0, 1e-12], 0.4)
    assert (found.lower, found.upper) == (0.0, 1.0)
    assert found.low.size == found.high.size == 0


def test_all_who_tie_at_an_end_are_named_the_steepest_first():
    """Gaps 1, 2, 2 shrink by 10, 20, 20 and 5 by 20: the first three close at 0.1 below the share."""
    found = reach([1.0, 2.0, 2.0, 5.0], [10.0, 20.0, 20.0, 20.0], 0.5)
    assert found.lower == pytest.approx(0.4)
    assert found.low.tolist() == [1, 2, 0]
    assert found.upper == 1.0 and found.high.size == 0


def test_who_is_not_first_now_has_an_interval_elsewhere_or_none():
    elsewhere = reach([-2.0], [10.0], 0.5)
    assert not elsewhere.holds_now and elsewhere.ever
    assert (elsewhere.lower, elsewhere.upper) == (pytest.approx(0.7), 1.0)
    for gap, slope in (([-2.0], [0.0]), ([-2.0, -2.0], [10.0, -10.0]), ([-6.0], [10.0]), ([-6.0], [-10.0])):
        never = reach(gap, slope, 0.5)
        assert not never.holds_now and not never.ever
        assert never.lower == never.upper == 0.5
        assert never.low.size == never.high.size == 0


def test_without_rivals_the_share_is_free():
    alone = reach([], [], 0.3)
    assert (alone.lower, alone.upper, alone.holds_now, alone.ever) == (0.0, 1.0, True, True)


def test_a_rival_that_catches_up_only_at_the_very_end_does_not_take_over():
    found = reach([5.0, 5.0], [10.0, -10.0], 0.5)
    assert (found.lower, found.upper) == (0.0, 1.0)
    assert found.low.size == found.high.size == 0


def test_places_follow_the_ranks_then_the_unrounded_totals_and_the_winner_leads_its_rank():
    place = places([1, 1, 3, 3, 5], [80.01, 80.04, 70.0, 70.0, 71.0], 0)
    assert place.tolist() == [0, 1, 2, 2, 3]
    ahead, behind = ordered_pairs(place)
    named = set(zip(ahead.tolist(), behind.tolist(), strict=True))
    assert (0, 1) in named and (2, 4) in named
    assert (2, 3) not in named and (3, 2) not in named


@given(st.integers(0, 2**32 - 1))
def test_the_room_of_a_block_is_the_distance_to_the_nearer_end_at_which_a_gap_closes(seed):
    rng = np.random.default_rng(seed)
    gap, slope = rng.integers(-2, 20, (4, 6)) / 2.0, rng.integers(-40, 41, (4, 6)) * 1.0
    found = room(gap, slope, 0.3, 0.5)
    for t in range(6):
        ends = reach(gap[:, t], slope[:, t], 0.3)
        down = abs(0.3 * 0.5 * 100 - ends.lower * 0.5 * 100) if ends.low.size else np.inf
        up = abs(ends.upper * 0.5 * 100 - 0.3 * 0.5 * 100) if ends.high.size else np.inf
        assert found[t] == min(down, up)
