"""Corners and proved segments of two objectives: one line, jumps, corners inside a line left out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from award_fronts import mavrotas, shared_lot
from supplier_eval.award.frontier_lines import Lines, _without_middles, ends, proved_pairs, same, search_lines
from supplier_eval.award.frontier_search import Clock
from supplier_eval.award.frontier_structure import ShareSearch, Spot
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.model import choose_solver

GAINS = ("max_attr:first", "max_attr:second")


def search(problem, names=("cost", "attr:quality"), seconds=60.0):
    return ShareSearch(targets_of(problem, names), Clock(seconds), solver=choose_solver(None))


def spot(x, y):
    return Spot((x, y), np.zeros(0))


def test_the_ends_are_counted_between_0_and_1():
    """Mavrotas (2009): (20, 160) and (8, 184)."""
    asked = search(mavrotas(), GAINS)
    made = ends(asked)
    assert [one.at for one in made.spots] == [pytest.approx((0, 1), abs=1e-9), pytest.approx((1, 0), abs=1e-9)]
    assert asked.ideal == pytest.approx([-20, -184])
    assert asked.spread == pytest.approx([12, 24])


def test_one_line_is_proved_with_a_few_solves():
    asked = search(mavrotas(), GAINS)
    made = search_lines(asked, most=50)
    assert proved_pairs(made) == [(0, 1)]
    assert made.open == []
    assert asked.solves <= 6


def test_points_stand_in_order_and_none_dominates_another():
    made = search_lines(search(shared_lot()), most=50)
    assert made.open == []
    for left, right in pairwise(made.spots):
        assert left.at[0] < right.at[0]
        assert left.at[1] > right.at[1]


def test_where_the_front_jumps_nothing_is_proved():
    """All of B has a better quality for 10 more than half A and half B; no mix between them is on the front."""
    made = search_lines(search(shared_lot()), most=50)
    assert 0 < len(proved_pairs(made)) < len(made.spots) - 1


@pytest.mark.parametrize(("most", "seconds", "why"), [(3, 60.0, "most"), (50, 0.0, "time")])
def test_a_search_that_is_stopped_says_why(most, seconds, why):
    made = search_lines(search(shared_lot(), seconds=seconds), most=most)
    assert made.open == [why]
    assert len(made.spots) == (3 if most == 3 else 0)


def test_points_on_one_proved_line_are_one_line():
    first, second, third = spot(0.0, 1.0), spot(0.5, 0.5), spot(1.0, 0.0)
    lines = {(id(first), id(second)), (id(second), id(third))}
    made = Lines([first, second, third], set(lines))
    assert _without_middles(made) == [first, third]
    assert (id(first), id(third)) in made.proved
    bent = Lines([first, spot(0.4, 0.5), third], lines)
    assert len(_without_middles(bent)) == 3


def test_points_are_the_same_within_a_hundred_thousandth():
    assert same(spot(0.5, 0.5), spot(0.500009, 0.5))
    assert not same(spot(0.5, 0.5), spot(0.50002, 0.5))


def test_a_point_goes_to_its_place_and_a_reason_stands_once():
    made = Lines([spot(0.0, 1.0), spot(1.0, 0.0)])
    made.add(spot(0.5, 0.2))
    made.stopped("time")
    made.stopped("time")
    assert [one.at[0] for one in made.spots] == [0.0, 0.5, 1.0]
    assert made.open == ["time"]
