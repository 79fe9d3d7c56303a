"""AUGMECON2 on awards: the smallest steps find all, equal parts find some, what is passed over is counted."""

from __future__ import annotations

import pytest

from award_fronts import enumerated_front, four_lots, shared_lot
from supplier_eval.award.frontier_grid import search_grid, search_share_grid
from supplier_eval.award.frontier_search import Clock, Hit, WholeSearch
from supplier_eval.award.frontier_structure import ShareSearch
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.frontier_zones import front_of
from supplier_eval.award.model import choose_solver

THREE = ("cost", "attr:quality", "risk")
COUNTED = ("cost", "attr:quality", "winners")


def whole(names=COUNTED, seconds=60.0):
    return WholeSearch(targets_of(four_lots(), names), Clock(seconds), gap=0.0, solver=choose_solver(None))


def shares(seconds=60.0):
    return ShareSearch(targets_of(shared_lot(), COUNTED), Clock(seconds), solver=choose_solver(None))


def costs(made):
    return [found.costs for found in front_of(made.found)]


def test_the_smallest_steps_find_the_whole_front_and_jump():
    """Winners 1, 2, 3 are three rows; quality goes by 50: without jumps every row has 61 levels from 6,000 to 9,000."""
    asked = whole()
    made = search_grid(asked, "unit", most=100)
    assert costs(made) == enumerated_front(four_lots(), COUNTED)
    assert made.open == []
    assert asked.solves < 3 * 61
    assert made.jumped > asked.solves


@pytest.mark.parametrize("parts", [1, 4, 30])
def test_equal_parts_find_points_of_the_front_only(parts):
    made = search_grid(whole(), parts, most=100)
    assert set(costs(made)) <= set(enumerated_front(four_lots(), COUNTED))
    assert made.open == ["sampled"]


def test_more_parts_find_more():
    few, many = (len(costs(search_grid(whole(THREE), parts, most=100))) for parts in (1, 12))
    assert few < many <= len(enumerated_front(four_lots(), THREE))


def test_a_grid_stops_at_so_many():
    made = search_grid(whole(), "unit", most=5)
    assert len({found.costs for found in made.found}) == 5
    assert made.open == ["most"]


def test_no_time_finds_nothing():
    assert search_grid(whole(seconds=0.0), 4, most=9).open == ["time"]
    assert search_share_grid(shares(seconds=0.0), 4, most=9).open == ["time"]


@pytest.mark.parametrize(("status", "why"), [("error", "solver"), ("no_award_found", "time")])
def test_a_step_without_an_answer_ends_the_sweep(status, why):
    asked = whole()
    least, calls = asked.least, []

    def once(weights, limits, **more):
        calls.append(limits)
        return Hit(status) if len(calls) == 12 else least(weights, limits, **more)

    asked.least = once
    assert search_grid(asked, "unit", most=100).open == [why]
    assert len(calls) == 12


def test_an_award_beyond_its_limit_ends_the_sweep():
    asked = whole()
    least, calls = asked.least, []

    def once(weights, limits, **more):
        calls.append(limits)
        return least(weights, [float("inf")] * 3 if len(calls) > 12 else limits, **more)

    asked.least = once
    assert search_grid(asked, "unit", most=100).open == ["numeric"]


def test_shares_give_a_grid_of_points():
    made = search_share_grid(shares(), 3, most=100)
    assert made.open == ["sampled"]
    assert made.spots == sorted(made.spots, key=lambda one: one.at)
    assert len(made.spots) == len({tuple(round(x, 6) for x in one.at) for one in made.spots})
    assert search_share_grid(shares(), 3, most=4).open == ["most", "sampled"]
