"""AUGMECON2 on lists of points: the whole front with the smallest steps, jumps counted, grids that sample."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.augmecon import Levels, sweep, weights_of

POINTS = [(0, 9, 5), (2, 5, 9), (4, 4, 4), (7, 3, 3), (9, 0, 8), (8, 8, 0), (9, 9, 9)]
points = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=12, unique=True)


def asked_of(rows, found):
    """Looks the best of a list of points up, and keeps it."""

    def ask(weights, limits):
        inside = [row for row in rows if all(a <= b for a, b in zip(row, limits, strict=True))]
        if not inside:
            return "infeasible"
        best = min(inside, key=lambda row: sum(w * a for w, a in zip(weights, row, strict=True)))
        found.append(best)
        return tuple(map(Fraction, best))

    return ask


def front(rows):
    return {a for a in rows if not any(b != a and all(x <= y for x, y in zip(b, a, strict=True)) for b in rows)}


def levels(best=0, worst=9, step=1):
    return Levels(Fraction(worst), Fraction(best), Fraction(step))


def unit_weights():
    return weights_of((1.0, 9.0, 9.0), 1.0)


def test_levels_run_from_the_loosest_to_the_tightest():
    made = levels(best=2, worst=10, step=4)
    assert made.count == 3
    assert [made.level(at) for at in range(3)] == [10, 6, 2]


@pytest.mark.parametrize(("reached", "following"), [(10, 1), (7, 1), (6, 2), (3, 2), (2, 3), (0, 3)])
def test_levels_that_an_award_keeps_are_jumped_over(reached, following):
    """Levels 10, 6, 2: whoever reaches 6 is the best on level 6 too; the next to be asked is 2."""
    assert levels(best=2, worst=10, step=4).after(0, Fraction(reached)) == following


def test_the_smallest_steps_find_every_point_of_the_front():
    found = []
    made = sweep(asked_of(POINTS, found), levels(), levels(), unit_weights())
    assert set(found) == front(POINTS) == set(POINTS[:-1])
    assert made.stopped == ""


def test_solves_and_jumps_are_counted_on_one_point():
    """(0, 3, 4) at levels 9..0: the first row solves 9, jumps 8 to 3, then 2 has none; the third limit likewise."""
    made = sweep(asked_of([(0, 3, 4)], []), levels(), levels(), unit_weights())
    assert (made.solves, made.jumped) == (3, 6 + 5)


@given(points)
def test_the_front_of_any_points_is_found_with_fewer_questions_than_levels(rows):
    found = []
    made = sweep(asked_of(rows, found), levels(), levels(), unit_weights())
    assert set(found) == front(rows)
    assert made.solves + made.jumped <= 100 + 10


@given(points, st.integers(1, 4))
def test_a_coarser_grid_finds_points_of_the_front_only(rows, parts):
    found, step = [], Fraction(9, parts)
    sweep(asked_of(rows, found), levels(step=step), levels(step=step), weights_of((9.0, 9.0, 9.0)))
    assert set(found) <= front(rows)


@pytest.mark.parametrize("why", ["time", "most", "solver"])
def test_a_sweep_that_is_stopped_says_why_and_asks_no_more(why):
    answers = iter([(Fraction(0), Fraction(5), Fraction(5)), why])
    made = sweep(lambda *_: next(answers), levels(), levels(), unit_weights())
    assert (made.solves, made.stopped) == (2, why)


def test_rewards_never_outweigh_one_step_of_the_first_objective():
    first, second, third = weights_of((50.0, 20.0, 8.0), 0.01)
    assert second * 20 + third * 8 < first * 0.01


def test_without_a_step_the_reward_is_a_thousandth_of_the_ranges():
    first, second, third = weights_of((50.0, 20.0, 8.0))
    assert second * 20 == pytest.approx(first * 50 / 1000)
    assert third * 8 == pytest.approx(second * 20 / 10)
