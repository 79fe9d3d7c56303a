"""The set of values at which a bid wins: one threshold by proof, any number of intervals by search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.robustness.winning_ends import ALONE, NOT, SHARED
from supplier_eval.robustness.winning_set import single_thresholds, winning_set


class Wave:
    """One rival; the lead is any function of the value, the totals are rounded to `places` or not at all."""

    snap = 1e-12

    def __init__(self, own, rival, places=None):
        self.own, self.rival, self.places = own, rival, places
        self.slack = 0.0 if places is None else 10.0**-places

    def lead(self, which, x):
        return self.own(x) - self.rival(x)

    def outcome(self, which, x):
        places = 9 if self.places is None else self.places
        gap = np.round(np.round(self.own(x), places) - np.round(self.rival(x), places), 9)
        return np.where(gap > 0, ALONE, np.where(gap == 0, SHARED, NOT))

    def leads(self, which, x):
        return self.lead(which, x)[np.newaxis]

    def kinks(self, which):
        return np.zeros(0)

    def switches(self, which, x):
        return np.zeros((0, x.size))

    def steps(self, which, x):
        if self.places is None:
            return np.zeros((0, x.size))
        return np.stack([self.own(x), self.rival(x)]) * 10.0**self.places


def flat(height):
    return lambda x: np.full(x.shape, height)


@settings(max_examples=30, deadline=None)
@given(st.floats(1.0, 99.0), st.booleans())
def test_a_threshold_is_where_the_totals_meet_from_either_side(where, falling):
    judge = Wave((lambda x: where - x) if falling else (lambda x: x - where), flat(0.0))
    good, bad = (0.0, 100.0) if falling else (100.0, 0.0)
    (found,) = single_thresholds(judge, [0], [good], [bad])
    (one,) = found.wins
    assert (one.upper if falling else one.lower) == pytest.approx(where, rel=1e-13)
    assert (one.lower if falling else one.upper) == good
    assert not (one.upper_closed if falling else one.lower_closed)
    assert found.ties == ((one.upper, one.upper) if falling else (one.lower, one.lower),)


def test_questions_side_by_side_do_not_disturb_each_other():
    class Several(Wave):
        def lead(self, which, x):
            return np.array([3.0, -1.0, 200.0, 0.0])[which] - x

        def outcome(self, which, x):
            gap = np.round(self.lead(which, x), 9)
            return np.where(gap > 0, ALONE, np.where(gap == 0, SHARED, NOT))

    found = single_thresholds(Several(flat(0.0), flat(0.0)), [2, 0, 1, 3], [0.0] * 4, [100.0] * 4)
    always, some, never, tied = found
    assert (always.wins[0].lower, always.wins[0].upper, always.wins[0].upper_end) == (0.0, 100.0, "asked")
    assert some.wins[0].upper == 3.0
    assert never.wins == never.ties == tied.wins == ()
    assert len(tied.ties) == 1
    assert single_thresholds(Several(flat(0.0), flat(0.0)), [], [], []) == []


def test_a_wave_wins_in_several_intervals_with_open_ends():
    found = winning_set(Wave(np.sin, flat(0.0)), 0, 1.0, 20.0)
    ends = [(one.lower, one.upper) for one in found.wins]
    wanted = [(1.0, np.pi), (2 * np.pi, 3 * np.pi), (4 * np.pi, 5 * np.pi), (6 * np.pi, 20.0)]
    assert np.allclose(ends, wanted, rtol=1e-13)
    assert [one.lower_closed for one in found.wins] == [True, False, False, False]
    assert len(found.ties) == 6


def test_a_touch_is_a_tie_between_two_winning_intervals():
    found = winning_set(Wave(lambda x: (x - 3.0) ** 2, flat(0.0)), 0, 0.0, 10.0)
    assert len(found.wins) == 2
    assert found.wins[0].upper == pytest.approx(3.0, abs=1e-4)
    assert not found.wins[0].holds(3.0)
    assert not found.wins[1].holds(3.0)


def test_a_window_as_narrow_as_a_billionth_is_not_missed():
    width = 1e-9
    judge = Wave(lambda x: 1e9 * (width**2 - (x - 5.0) ** 2), flat(0.0))
    judge.outcome = lambda which, x: np.where(judge.lead(which, x) > 0, ALONE, NOT)
    found = winning_set(judge, 0, 0.0, 10.0)
    assert len(found.wins) == 1
    assert found.wins[0].upper - found.wins[0].lower == pytest.approx(2 * width, rel=1e-3)


@settings(max_examples=12, deadline=None)
@given(st.floats(0.5, 3.0), st.floats(0.5, 3.0), st.integers(0, 2))
def test_where_rounded_totals_flicker_every_step_is_told_apart(steep, steeper, places):
    judge = Wave(lambda x: steep * x + 10.0, lambda x: steeper * x + 11.0, places)
    found = winning_set(judge, 0, 0.0, 10.0)
    assert found.complete
    x = np.linspace(0.0, 10.0, 9_973)
    inside = np.array([any(one.holds(v) for one in found.wins) for v in x.tolist()])
    tied = np.array([any(low <= v <= high for low, high in found.ties) for v in x.tolist()])
    verdict = judge.outcome(np.zeros(x.shape, int), x)
    edges = np.array([e for one in found.wins for e in one[:2]] + [e for pair in found.ties for e in pair])
    clear = np.array([not edges.size or np.abs(edges - v).min() > 1e-7 for v in x.tolist()])
    assert np.array_equal(inside[clear], verdict[clear] == ALONE)
    assert np.array_equal(tied[clear], verdict[clear] == SHARED)
